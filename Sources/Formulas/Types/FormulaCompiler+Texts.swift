// SPDX-License-Identifier: Apache-2.0
import Tables

extension FormulaCompiler {
  /// Functions of texts.
  func texts(
    _ name: String, _ parts: [CompiledPart], at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    switch name {
    case "text": return asText(parts[0], at: place)
    case "number":
      let part = try text(parts[0], of: name)
      return CompiledPart(.number, at: place) { Self.spelledNumbers(part.evaluate($0)) }
    case "lower": return try mapped(name, parts[0], at: place) { $0.lowercased() }
    case "upper": return try mapped(name, parts[0], at: place) { $0.uppercased() }
    case "trim":
      return try mapped(name, parts[0], at: place) { text in
        let signs = text.unicodeScalars
        let start = signs.drop { $0.properties.isWhitespace }
        let end = start.reversed().drop { $0.properties.isWhitespace }
        return String(String.UnicodeScalarView(end.reversed()))
      }
    case "length":
      let part = try text(parts[0], of: name)
      return CompiledPart(.whole, at: place) { frame in
        Self.perText(part.evaluate(frame)) { .wholes($0.map { Int64($0.count) }) }
      }
    case "slice":
      let from = try wholeLiteral(parts[1], of: name)
      let count = try wholeLiteral(parts[2], of: name)
      guard from >= 1, count >= 0 else {
        throw place.error(
          "`slice` counts from 1", remedy: "Write `slice(x, 1, 3)` for the first three.")
      }
      return try mapped(name, parts[0], at: place) { String($0.dropFirst(from - 1).prefix(count)) }
    case "replace":
      let old = try textLiteral(parts[1], of: name)
      let new = try textLiteral(parts[2], of: name)
      guard !old.isEmpty else {
        throw parts[1].error("`replace` looks for an empty text", "Write what is to be replaced.")
      }
      return try mapped(name, parts[0], at: place) { Self.replacing(old, by: new, in: $0) }
    case "pad":
      let width = try wholeLiteral(parts[1], of: name)
      let sign = try textLiteral(parts[2], of: name)
      guard (0...1000).contains(width), sign.count == 1 else {
        throw place.error(
          "`pad` takes a width up to 1000 and one sign", remedy: "Write `pad(x, 5, '0')`.")
      }
      return try mapped(name, asText(parts[0], at: place), at: place) {
        String(repeating: sign, count: max(0, width - $0.count)) + $0
      }
    case "starts_with", "ends_with", "contains", "matches":
      return try textTest(name, parts, at: place)
    default: return try join(parts, at: place)
    }
  }

  // MARK: Arguments

  /// A text, or the labels of a category.
  private func text(_ part: CompiledPart, of what: String) throws(DataError) -> CompiledPart {
    if part.type.isCategory {
      return CompiledPart(.text, at: part.place) { Self.labels(of: part.evaluate($0)) }
    }
    guard part.type == .text || part.type == .missing else {
      throw part.error(
        "`\(what)` takes a text, not \(part.type.words)", "Write `text(x)` to convert it.")
    }
    return part
  }

  private func textLiteral(_ part: CompiledPart, of what: String) throws(DataError) -> String {
    guard case .text(let text) = part.literal else {
      throw part.error("`\(what)` needs a text in quotes here", "Write it out, as 'abc'.")
    }
    return text
  }

  private func wholeLiteral(_ part: CompiledPart, of what: String) throws(DataError) -> Int {
    guard case .whole(let value) = part.literal, abs(value) <= 1_000_000 else {
      throw part.error("`\(what)` needs a whole number here", "Write it out, as 3.")
    }
    return Int(value)
  }

  // MARK: Values

  /// Applies a function once a distinct text.
  private static func perText(
    _ vector: ValueVector, _ body: ([String]) -> ValueVector.Values
  ) -> ValueVector {
    let (codes, pool) = vector.texts
    let distinct = ValueVector(body(pool.texts))
    let rows = codes.map { Int32(bitPattern: $0) }
    var result = distinct.gathered(rows, absent: ValueVector.undefined)
    result.isConstant = vector.isConstant
    if !distinct.missing.codes.isEmpty, !vector.missing.codes.isEmpty {
      result.missing = ValueVector.missing(vector, result, count: result.count)
    } else if distinct.missing.codes.isEmpty {
      result.missing = vector.missing
    }
    return result
  }

  private func mapped(
    _ name: String, _ part: CompiledPart, at place: SourcePlace,
    _ body: @escaping @Sendable (String) -> String
  ) throws(DataError) -> CompiledPart {
    let part = try text(part, of: name)
    return CompiledPart(.text, at: place) { frame in
      var vector = part.evaluate(frame)
      let (codes, pool) = vector.texts
      vector.values = .texts(codes, TextPool(pool.texts.map(body)))
      return vector
    }
  }

  private static func spelledNumbers(_ vector: ValueVector) -> ValueVector {
    perText(vector) { .numbers($0.map { Double($0) ?? .nan }) }.finite()
  }

  /// - Precondition: what is replaced is not empty.
  private static func replacing(_ old: String, by new: String, in text: String) -> String {
    let signs = Array(text.unicodeScalars)
    let wanted = Array(old.unicodeScalars)
    var result = String.UnicodeScalarView()
    var index = 0
    while index < signs.count {
      if signs[index...].starts(with: wanted) {
        result.append(contentsOf: new.unicodeScalars)
        index += wanted.count
      } else {
        result.append(signs[index])
        index += 1
      }
    }
    return String(result)
  }

  private func textTest(
    _ name: String, _ parts: [CompiledPart], at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    let part = try text(parts[0], of: name)
    let wanted = try textLiteral(parts[1], of: name)
    let test: @Sendable (String) -> Bool
    if name == "matches" {
      let matcher = PatternMatcher(try TextPattern(wanted, at: parts[1].place))
      test = { matcher.matches($0) }
    } else {
      test = { text in
        switch name {
        case "starts_with": text.unicodeScalars.starts(with: wanted.unicodeScalars)
        case "ends_with":
          text.unicodeScalars.reversed().starts(with: wanted.unicodeScalars.reversed())
        default: wanted.isEmpty || Self.replacing(wanted, by: "", in: text) != text
        }
      }
    }
    return CompiledPart(.boolean, at: place) { frame in
      Self.perText(part.evaluate(frame)) { .booleans($0.map(test)) }
    }
  }

  private func asText(_ part: CompiledPart, at place: SourcePlace) -> CompiledPart {
    let type = part.type
    if type == .text || type == .missing { return part }
    if type.isCategory {
      return CompiledPart(.text, at: place) { Self.labels(of: part.evaluate($0)) }
    }
    return CompiledPart(.text, at: place) { frame in
      let vector = part.evaluate(frame)
      var pool = TextPool()
      for index in 0..<vector.count { pool.append(Self.spelling(vector, index, type)) }
      return ValueVector(
        .texts((0..<vector.count).map { UInt32($0) }, pool), missing: vector.missing,
        isConstant: vector.isConstant)
    }
  }

  private static func spelling(_ vector: ValueVector, _ index: Int, _ type: FormulaType) -> String {
    switch vector.values {
    case .numbers(let list):
      let value = list[index]
      if value == value.rounded(), abs(value) < 9e15 { return String(Int(value)) }
      return String(value)
    case .booleans(let list): return list[index] ? "true" : "false"
    case .wholes(let list):
      let value = list[index]
      switch type {
      case .date: return Expression.Literal.date(Int(value)).description
      case .dateTime:
        return Expression.Literal.date(Int(floorDays(value))).description + " "
          + clock(value - floorDays(value) * DurationUnit.day)
      case .time: return clock(value)
      case .duration: return String(Double(value) / Double(DurationUnit.day))
      default: return String(value)
      }
    default: return ""
    }
  }

  private static func clock(_ microseconds: Int64) -> String {
    let seconds = microseconds / DurationUnit.second
    return [seconds / 3600, seconds / 60 % 60, seconds % 60].map {
      ($0 < 10 ? "0" : "") + String($0)
    }.joined(separator: ":")
  }

  private func join(_ parts: [CompiledPart], at place: SourcePlace) throws(DataError)
    -> CompiledPart
  {
    var texts: [CompiledPart] = []
    for part in parts {
      guard part.type == .text || part.type.isCategory || part.type == .missing else {
        throw part.error(
          "`join` takes texts, not \(part.type.words)", "Write `text(x)` to convert it.")
      }
      texts.append(asText(part, at: place))
    }
    return CompiledPart(.text, at: place) { [texts] frame in
      let vectors = texts.map { $0.evaluate(frame) }
      let isConstant = vectors.allSatisfy(\.isConstant)
      let count = isConstant ? 1 : frame.rowCount
      let lists = vectors.map(\.texts)
      var pool = TextPool()
      for row in 0..<count {
        var text = ""
        for (index, list) in lists.enumerated() {
          let code = Int(list.codes[row & vectors[index].mask])
          if code < list.pool.count { text += list.pool[code] }
        }
        pool.append(text)
      }
      var result = ValueVector(
        .texts((0..<count).map { UInt32($0) }, pool), isConstant: isConstant)
      var missing = MissingCells.none
      for vector in vectors {
        let before = ValueVector(result.values, missing: missing, isConstant: isConstant)
        missing = ValueVector.missing(before, vector, count: count)
      }
      result.missing = missing
      return result
    }
  }
}
