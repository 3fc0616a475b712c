// SPDX-License-Identifier: Apache-2.0
import Numerics
import Tables

extension FormulaCompiler {
  /// Functions of numbers.
  func mathematics(
    _ name: String, _ parts: [CompiledPart], at place: SourcePlace
  ) throws(DataError) -> CompiledPart? {
    switch name {
    case "exp", "log", "log1p", "sqrt", "logit", "invlogit":
      let part = try numeric(parts[0], of: name)
      let change = Self.change(name)
      return CompiledPart(.number, at: place) { frame in
        var result = part.evaluate(frame)
        var list = result.numbers
        result.values = .numbers([])
        list.withUnsafeMutableBufferPointer { change($0) }
        result.values = .numbers(list)
        return result.finite()
      }
    case "abs", "sign":
      let part = try numeric(parts[0], of: name)
      if part.type == .whole {
        return CompiledPart(.whole, at: place) { frame in
          var vector = part.evaluate(frame)
          vector.values = .wholes(
            vector.wholes.map { name == "sign" ? $0.signum() : ($0 == .min ? .max : abs($0)) })
          return vector
        }
      }
      return CompiledPart(.number, at: place) { frame in
        Self.mapped(part.evaluate(frame)) {
          name == "abs" ? abs($0) : ($0 > 0 ? 1 : ($0 < 0 ? -1 : 0))
        }
      }
    case "floor", "ceil": return try rounding(name, parts, at: place)
    case "round": return try rounding(name, parts, at: place)
    case "min", "max": return try extreme(name, parts, at: place)
    default: return nil
    }
  }

  static func mapped(_ vector: ValueVector, _ body: (Double) -> Double) -> ValueVector {
    ValueVector(
      .numbers(vector.numbers.map(body)), missing: vector.missing, isConstant: vector.isConstant
    ).finite()
  }

  /// What a function makes of many numbers, in place.
  private static func change(
    _ name: String
  ) -> @Sendable (UnsafeMutableBufferPointer<Double>) -> Void {
    func each(
      _ body: @escaping @Sendable (Double) -> Double
    ) -> @Sendable (UnsafeMutableBufferPointer<Double>) -> Void {
      { values in for index in values.indices { values[index] = body(values[index]) } }
    }
    return switch name {
    case "exp": { ElementaryFunctions.exp(each: $0) }
    case "log": { ElementaryFunctions.log(each: $0) }
    case "log1p": each { log1p($0) }
    case "sqrt": each { $0 >= 0 ? $0.squareRoot() : .nan }
    case "logit": each { $0 > 0 && $0 < 1 ? ElementaryFunctions.log($0) - log1p(-$0) : .nan }
    default: { invlogit(each: $0) }
    }
  }

  /// log(1 + x), whose rounding in 1 + x is divided out again.
  ///
  /// ## Source
  /// Goldberg, "What every computer scientist should know about floating-point arithmetic", ACM
  /// Computing Surveys 23 (1991), theorem 4.
  static func log1p(_ x: Double) -> Double {
    guard x > -1 else { return .nan }
    let sum = 1 + x
    return sum == 1 ? x : ElementaryFunctions.log(sum) * x / (sum - 1)
  }

  static func invlogit(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + ElementaryFunctions.exp(-x)) }
    let power = ElementaryFunctions.exp(x)
    return power / (1 + power)
  }

  /// The values of ``invlogit(_:)`` in place of many numbers.
  static func invlogit(each values: UnsafeMutableBufferPointer<Double>) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: values.count) { powers in
      for index in values.indices { powers[index] = -values[index].magnitude }
      ElementaryFunctions.exp(each: powers)
      for index in values.indices {
        values[index] = (values[index] >= 0 ? 1 : powers[index]) / (1 + powers[index])
      }
    }
  }

  private func rounding(
    _ name: String, _ parts: [CompiledPart], at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    let part = try numeric(parts[0], of: name)
    if parts.count == 2 {
      guard case .whole(let digits) = parts[1].literal, (-15...15).contains(digits) else {
        throw parts[1].error(
          "the number of digits is no whole number from -15 to 15",
          "Write it out, as `round(x, 2)`.")
      }
      let scale = Self.power(10, Double(abs(digits)))
      return CompiledPart(.number, at: place) { frame in
        Self.mapped(part.evaluate(frame)) {
          digits >= 0 ? ($0 * scale).rounded() / scale : ($0 / scale).rounded() * scale
        }
      }
    }
    if part.type == .whole { return part }
    return CompiledPart(.whole, at: place) { frame in
      var vector = part.evaluate(frame)
      let list = vector.numbers
      switch name {
      case "floor": vector.values = .numbers(list.map { $0.rounded(.down) })
      case "ceil": vector.values = .numbers(list.map { $0.rounded(.up) })
      default: break
      }
      return Self.rounded(vector)
    }
  }

  /// The least or the greatest of several values of one type.
  private func extreme(
    _ name: String, _ parts: [CompiledPart], at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    guard parts.count > 1 else {
      throw place.error(
        "`\(name)` has one value to choose from",
        remedy: "Write `\(name)(a, b)`, or a column of a child table, as `\(name)(child.x)`.")
    }
    var type = parts[0].type
    for part in parts.dropFirst() where part.type != .missing {
      if type == .missing || (type == .whole && part.type == .number) {
        type = part.type
      } else if type != part.type, !(type == .number && part.type == .whole) {
        throw part.error(
          "`\(name)` compares \(type.words) with \(part.type.words)", "Give values of one type.")
      }
    }
    switch type {
    case .number, .whole, .date, .dateTime, .time, .duration, .missing: break
    default:
      throw place.error(
        "`\(name)` takes no \(type.words.dropFirst(2))", remedy: "Give numbers or dates.")
    }
    let isLeast = name == "min"
    let isNumber = type == .number
    return CompiledPart(type, at: place) { frame in
      var result = parts[0].evaluate(frame)
      for part in parts.dropFirst() {
        let next = part.evaluate(frame)
        result =
          isNumber
          ? Self.combine(result, next) { isLeast ? Swift.min($0, $1) : Swift.max($0, $1) }
          : Self.combineWholes(result, next) { isLeast ? Swift.min($0, $1) : Swift.max($0, $1) }
      }
      return result
    }
  }
}
