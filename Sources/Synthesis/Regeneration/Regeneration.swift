// SPDX-License-Identifier: Apache-2.0
public import Randomness
public import Tables

/// How an identifier or a free text is made anew: in the pattern of the original, from nothing of it.
public struct Regeneration: Hashable, Sendable, Codable {
  /// The column's name.
  public var name: String
  /// The pattern.
  public var pattern: RegenerationPattern
  /// The reasons a cell may be missing for, each with its share of rows.
  public var missing: [MissingShare]

  /// A reason and how many rows are missing for it.
  public struct MissingShare: Hashable, Sendable, Codable {
    /// The reason.
    public var reason: MissingReason
    /// The share of rows, rounded to a thousandth.
    public var share: Double

    /// Creates a share.
    public init(reason: MissingReason, share: Double) {
      self.reason = reason
      self.share = share
    }
  }

  /// Creates a regeneration.
  public init(name: String, pattern: RegenerationPattern, missing: [MissingShare]) {
    self.name = name
    self.pattern = pattern
    self.missing = missing
  }

  /// The least weight behind a shape or a text that stays; `nil` where nothing of rows is kept.
  public var leastSupport: Double? {
    guard case .templates(let templates, _) = pattern else { return nil }
    return templates.flatMap { template in
      [template.weight] + template.slots.flatMap { $0.common.map(\.weight) }
    }.min()
  }

  /// The column for rows of a run.
  public func column(
    rows: Range<Int>, key: RandomKey, table: String, form: WrittenForm
  ) -> Column {
    let stream = key.stream(table: table, name)
    var codes: [UInt8] = []
    if !missing.isEmpty {
      codes = rows.map { row in
        var rest = stream.uniforms(entity: UInt64(row), draw: 0).0
        for (index, entry) in missing.enumerated() {
          if rest < entry.share { return UInt8(index + 1) }
          rest -= entry.share
        }
        return 0
      }
    }
    let cells = MissingCells(reasons: missing.map(\.reason), codes: codes)
    return Column(
      name: name, values: values(rows: rows, stream: stream), missing: cells, form: form)
  }

  private func values(rows: Range<Int>, stream: StreamKey) -> ColumnValues {
    switch pattern {
    case .sequence(let start, let step, let storage):
      return Self.stored(rows.map { start &+ Int64($0) &* step }, as: storage)
    case .digits(let count, let storage):
      // Distinct as long as there are fewer rows than numbers of so many digits.
      let space = (0..<min(count, 18)).reduce(Int64(1)) { product, _ in product * 10 }
      let first = count == 1 ? 0 : space / 10
      let offset = Int64(stream.bits(entity: 0, draw: 1).0 % UInt64(space - first))
      return Self.stored(
        rows.map { first + (offset + Int64($0) &* 7_919) % (space - first) }, as: storage)
    case .numbering(let start, let range, let storage):
      let code = DistinctCode(row: 0, offset: stream.bits(entity: .max, draw: 0).0)
      let space = max(1, range)
      return Self.stored(
        rows.map { row in
          let (block, place) = Int64(row).quotientAndRemainder(dividingBy: space)
          return start &+ block &* space
            &+ Int64(code.place(of: UInt64(place), in: UInt64(space)))
        }, as: storage)
    case .templates(let templates, let isDistinct):
      let offset = stream.bits(entity: .max, draw: 0).0
      return Self.texts(rows, stream) { row, generator in
        TextTemplate.text(
          from: templates,
          code: isDistinct ? DistinctCode(row: UInt64(row), offset: offset) : nil,
          using: &generator)
      }
    case .words(let shortest, let longest):
      return Self.texts(rows, stream) { _, generator in
        PlainWords.text(shortest...max(shortest, longest), using: &generator)
      }
    case .placeholderLevels(let count):
      let codes = rows.map { row in
        UInt32(stream.uniforms(entity: UInt64(row), draw: 1).0 * Double(max(count, 1)))
      }
      return .texts(codes: codes, pool: TextPool((0..<max(count, 1)).map { "level\($0 + 1)" }))
    case .placeholderScale(let lower, let upper, let gridScale, let storage):
      let grid = gridScale > 0 ? gridScale : 1000
      return storage.values(
        rows.map { row in
          let uniform = stream.uniforms(entity: UInt64(row), draw: 1).0
          return ((lower + (upper - lower) * uniform) * grid).rounded(.down) / grid
        })
    case .placeholderTruth:
      return .booleans(rows.map { stream.uniforms(entity: UInt64($0), draw: 1).0 < 0.5 })
    }
  }

  private static func stored(_ numbers: [Int64], as storage: ScaleStorage) -> ColumnValues {
    if case .wholeNumbers = storage { return .wholeNumbers(numbers) }
    return storage.values(numbers.map(Double.init))
  }

  private static func texts(
    _ rows: Range<Int>, _ stream: StreamKey, _ text: (Int, inout RandomStream) -> String
  ) -> ColumnValues {
    var pool = TextPool()
    for row in rows {
      var generator = stream.stream(entity: UInt64(row), period: 0, draw: 1)
      pool.append(text(row, &generator))
    }
    return .texts(codes: rows.indices.map { UInt32($0 - rows.lowerBound) }, pool: pool)
  }
}
