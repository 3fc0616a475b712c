// SPDX-License-Identifier: Apache-2.0
import Tables

extension FormulaCompiler {
  /// `if`, `case` and `first_present`.
  func choice(
    _ name: String, _ parts: [CompiledPart], at place: SourcePlace
  ) throws(DataError) -> CompiledPart? {
    var conditions: [CompiledPart] = []
    var values: [CompiledPart] = []
    switch name {
    case "if":
      conditions = [try condition(parts[0], of: name)]
      values = [parts[1], parts[2]]
    case "case":
      guard parts.count % 2 == 1 else {
        throw place.error(
          "`case` has no default", remedy: "Write `case(c1, a1, c2, a2, …, default)`.")
      }
      for index in stride(from: 0, to: parts.count - 1, by: 2) {
        conditions.append(try condition(parts[index], of: name))
        values.append(parts[index + 1])
      }
      values.append(parts[parts.count - 1])
    case "first_present": values = parts
    default: return nil
    }
    let type = try commonType(values, of: name)
    let sources = values.map { Self.converted($0, to: type) }
    if name == "first_present" {
      return CompiledPart(type, at: place) { frame in
        let count = frame.rowCount
        let vectors = sources.map { $0(frame) }
        // From the last to the first, so that the first that is present has the last word.
        var sources = [UInt16](repeating: UInt16(vectors.count - 1), count: count)
        for (index, vector) in vectors.enumerated().reversed() {
          Self.note(UInt16(index), in: &sources) { !vector.isMissing(at: $0) }
        }
        return Self.merge(vectors, type: type, sources)
      }
    }
    return CompiledPart(type, at: place) { [conditions] frame in
      let count = frame.rowCount
      let vectors = sources.map { $0(frame) }
      let tests = conditions.map { $0.evaluate(frame) }
      let flags = tests.map(\.booleans)
      if tests.count == 1, tests[0].missing.codes.isEmpty,
        let chosen = Self.chosen(flags[0], tests[0].mask, vectors[0], vectors[1], count)
      {
        return chosen
      }
      var sources = [UInt16](repeating: UInt16(vectors.count - 1), count: count)
      for (index, test) in tests.enumerated().reversed() {
        let mask = test.mask
        flags[index].withUnsafeBufferPointer { flags in
          Self.note(UInt16(index), in: &sources) { flags[$0 & mask] }
        }
        guard !test.missing.codes.isEmpty else { continue }
        Self.note(UInt16(vectors.count), in: &sources) { test.isMissing(at: $0) }
      }
      var result = Self.merge(vectors + [ValueVector.missingConstant], type: type, sources)
      // A condition that is missing gives a missing result, for the condition's own reason.
      for (index, test) in tests.enumerated() where !test.missing.codes.isEmpty {
        Self.copyReasons(of: test, to: &result) { row in
          test.isMissing(at: row)
            && !(0..<index).contains {
              tests[$0].isMissing(at: row) || flags[$0][row & tests[$0].mask]
            }
        }
      }
      return result
    }
  }

  /// One of two values a row, where they are numbers and nothing is missing; nil elsewhere.
  private static func chosen(
    _ flags: [Bool], _ mask: Int, _ first: ValueVector, _ second: ValueVector, _ count: Int
  ) -> ValueVector? {
    guard first.missing.codes.isEmpty, second.missing.codes.isEmpty else { return nil }
    func pick<Value>(_ one: [Value], _ other: [Value]) -> [Value] {
      [Value](unsafeUninitializedCapacity: count) { room, filled in
        flags.withUnsafeBufferPointer { flags in
          one.withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { other in
              for row in 0..<count {
                let isFirst = flags[row & mask]
                let (a, b) = (one[row & first.mask], other[row & second.mask])
                room.initializeElement(at: row, to: isFirst ? a : b)
              }
            }
          }
        }
        filled = count
      }
    }
    switch (first.values, second.values) {
    case (.numbers(let one), .numbers(let other)): return ValueVector(.numbers(pick(one, other)))
    case (.wholes(let one), .wholes(let other)): return ValueVector(.wholes(pick(one, other)))
    default: return nil
    }
  }

  /// The one type that all values have; whole numbers become numbers, labels become levels.
  private func commonType(_ parts: [CompiledPart], of name: String) throws(DataError) -> FormulaType
  {
    var type = FormulaType.missing
    for part in parts {
      switch (type, part.type) {
      case (.missing, _): type = part.type
      case (_, .missing): break
      case (.whole, .number): type = .number
      case (.number, .whole): break
      case (.category(let first), .category(let second)):
        if first != second { type = .text }
      case (.category(let set), .text):
        if case .text(let label) = part.literal, set.index(of: label) != nil { break }
        type = .text
      case (.text, .category): break
      default:
        guard type == part.type else {
          throw part.error(
            "`\(name)` gives \(type.words) in one case and \(part.type.words) in another",
            "Give values of one type; `number(x)` and `text(x)` convert.")
        }
      }
    }
    return type
  }

  /// The values of a part as a type that is at least as wide.
  private static func converted(
    _ part: CompiledPart, to type: FormulaType
  ) -> @Sendable (Frame) -> ValueVector {
    let evaluate = part.evaluate
    switch (part.type, type) {
    case (.whole, .number):
      return { frame in
        var vector = evaluate(frame)
        vector.values = .numbers(vector.numbers)
        return vector
      }
    case (.category, .text): return { labels(of: evaluate($0)) }
    case (.text, .category(let set)):
      guard case .text(let label) = part.literal else { return evaluate }
      let place = Int32(set.index(of: label) ?? 0)
      return { _ in ValueVector(.levels([place], set), isConstant: true) }
    default: return evaluate
    }
  }

  /// Notes a source for the rows that pass a test.
  @inline(__always)
  private static func note(
    _ source: UInt16, in sources: inout [UInt16], where applies: (Int) -> Bool
  ) {
    sources.withUnsafeMutableBufferPointer { sources in
      for row in sources.indices { sources[row] = applies(row) ? source : sources[row] }
    }
  }

  /// A vector whose rows come from different vectors of one type.
  ///
  /// - Parameter sources: For each row, the index of its vector.
  static func merge(
    _ vectors: [ValueVector], type: FormulaType, _ sources: [UInt16]
  ) -> ValueVector {
    let count = sources.count
    func pick<Value>(_ lists: [[Value]]) -> [Value] {
      guard count > 0 else { return [] }
      return [Value](unsafeUninitializedCapacity: count) { room, filled in
        sources.withUnsafeBufferPointer { sources in
          for (index, list) in lists.enumerated() {
            let mask = vectors[index].mask
            list.withUnsafeBufferPointer { list in
              // All rows get a value at first, so that there is none without one.
              if index == 0 {
                for row in 0..<count { room.initializeElement(at: row, to: list[row & mask]) }
              } else {
                for row in 0..<count where Int(sources[row]) == index {
                  room[row] = list[row & mask]
                }
              }
            }
          }
        }
        filled = count
      }
    }
    var result: ValueVector
    switch type {
    case .number: result = ValueVector(.numbers(pick(vectors.map(\.numbers))))
    case .boolean: result = ValueVector(.booleans(pick(vectors.map(\.booleans))))
    case .text:
      var pool = TextPool()
      let lists = vectors.map { vector -> [UInt32] in
        let texts = vector.texts
        let offset = UInt32(pool.count)
        for text in texts.pool.texts { pool.append(text) }
        return texts.codes.map { $0 + offset }
      }
      result = ValueVector(.texts(pick(lists), pool))
    case .category:
      var set = LevelSet(codes: [], isOrdered: false, isClosed: false)
      for vector in vectors {
        if case .levels(_, let levels) = vector.values, levels.codes.count >= set.codes.count {
          set = levels
        }
      }
      let lists = vectors.map { vector -> [Int32] in
        guard case .levels(let codes, let levels) = vector.values else {
          return Array(repeating: 0, count: vector.count)
        }
        let places = levels.codes.map { code -> Int32 in
          if let place = set.index(of: code) { return Int32(place) }
          set.codes.append(code)
          set.labels.append(nil)
          return Int32(set.codes.count - 1)
        }
        return codes.map { places[Int($0)] }
      }
      result = ValueVector(.levels(pick(lists), set))
    default: result = ValueVector(.wholes(pick(vectors.map(\.wholes))))
    }
    for (index, vector) in vectors.enumerated() where !vector.missing.codes.isEmpty {
      copyReasons(of: vector, to: &result) {
        Int(sources[$0]) == index && vector.isMissing(at: $0)
      }
    }
    return result
  }

  /// Marks rows of a result as missing for the reasons that another vector has there.
  static func copyReasons(
    of vector: ValueVector, to result: inout ValueVector, where applies: (Int) -> Bool
  ) {
    let count = result.count
    guard let first = (0..<count).first(where: applies) else { return }
    var reasons = result.missing.reasons
    let renumbered = vector.missing.reasons.map { ValueVector.code(of: $0, in: &reasons) }
    var codes = result.missing.codes
    if codes.isEmpty { codes = Array(repeating: 0, count: count) }
    for row in first..<count where applies(row) {
      codes[row] = renumbered[Int(vector.missing.codes[row & vector.mask]) - 1]
    }
    result.missing = MissingCells(reasons: reasons, codes: codes)
  }
}
