// SPDX-License-Identifier: Apache-2.0
import Tables

extension FormulaCompiler {
  /// What asks for missing values and labels.
  func missingness(
    _ name: String, _ parts: [CompiledPart], at place: SourcePlace
  ) throws(DataError) -> CompiledPart? {
    let part = parts[0]
    switch name {
    case "is_missing":
      return CompiledPart(.boolean, at: place) { frame in
        let vector = part.evaluate(frame)
        let flags =
          vector.missing.codes.isEmpty
          ? Array(repeating: false, count: vector.count) : vector.missing.codes.map { $0 != 0 }
        return ValueVector(.booleans(flags), isConstant: vector.isConstant)
      }
    case "reason":
      return CompiledPart(.text, at: place) { frame in
        let vector = part.evaluate(frame)
        let pool = TextPool([""] + vector.missing.reasons.map(\.code))
        let codes =
          vector.missing.codes.isEmpty
          ? Array(repeating: UInt32(0), count: vector.count)
          : vector.missing.codes.map { UInt32($0) }
        var result = ValueVector(.texts(codes, pool), isConstant: vector.isConstant)
        // A value that is present has no reason to be missing.
        result.mark(MissingReason(code: "", label: "present")) { codes[$0] == 0 }
        return result
      }
    case "label", "code":
      guard case .category(let set) = part.type else {
        throw part.error(
          "`\(name)` takes a category, not \(part.type.words)",
          "Declare value labels for the column, or use it as it is.")
      }
      if name == "label" {
        return CompiledPart(.text, at: place) { Self.labels(of: part.evaluate($0)) }
      }
      guard set.codes.allSatisfy({ Int64($0) != nil }) else {
        throw part.error(
          "the codes of this category are no whole numbers", "Write `text(x)` for the code.")
      }
      return CompiledPart(.whole, at: place) { frame in
        let vector = part.evaluate(frame)
        guard case .levels(let codes, let levels) = vector.values else { return vector }
        let numbers = levels.codes.map { Int64($0) ?? 0 }
        return ValueVector(
          .wholes(codes.map { numbers[Int($0)] }), missing: vector.missing,
          isConstant: vector.isConstant)
      }
    default: return nil
    }
  }

  static func labels(of vector: ValueVector) -> ValueVector {
    guard case .levels(let codes, let set) = vector.values else { return vector }
    let pool = TextPool(set.codes.indices.map { set.label(at: $0) })
    return ValueVector(
      .texts(codes.map { UInt32(bitPattern: $0) }, pool), missing: vector.missing,
      isConstant: vector.isConstant)
  }

  /// `table(name, keys…)`.
  func lookup(
    _ values: [Expression], at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    let name: String
    switch values[0].kind {
    case .name(let path): name = path.joined(separator: ".")
    case .literal(.text(let text)): name = text
    default:
      throw values[0].error(
        "the first argument of `table` is no name", remedy: "Write `table(rates, age, sex)`.")
    }
    guard let table = scope.lookups[name] else {
      throw values[0].error(
        "there is no look-up table `\(name)`",
        remedy: Suggestion.remedy(
          for: name, among: scope.lookups.keys.sorted(),
          otherwise: "Name one under `lookups:` first."))
    }
    guard values.count - 1 == table.keyTypes.count else {
      let keys = table.names.dropLast().map { "`\($0)`" }.joined(separator: ", ")
      throw place.error(
        "`\(name)` has \(table.keyTypes.count) keys, not \(values.count - 1)",
        remedy: "Give one argument each for \(keys).")
    }
    var keys: [CompiledPart] = []
    for (index, value) in values.dropFirst().enumerated() {
      let part = try compile(value)
      let wanted = table.keyTypes[index]
      let fits =
        part.type.isSame(as: wanted) || (part.type.isNumeric && wanted.isNumeric)
        || (part.type.isCategory && wanted == .text) || part.type == .missing
      guard fits else {
        throw part.error(
          "key `\(table.names[index])` is \(wanted.words), but this is \(part.type.words)",
          Self.conversionAdvice(part.type))
      }
      keys.append(
        part.type.isCategory
          ? CompiledPart(.text, at: part.place) { Self.labels(of: part.evaluate($0)) } : part)
    }
    return CompiledPart(table.valueType, at: place) { [keys] frame in
      table.values(of: keys.map { $0.evaluate(frame) }, count: frame.rowCount)
    }
  }
}
