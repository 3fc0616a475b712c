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
    let values: ColumnValues
    switch pattern {
    case .sequence(let start, let step):
      values = .wholeNumbers(rows.map { start &+ Int64($0) &* step })
    case .digits(let count):
      // Distinct as long as there are fewer rows than numbers of so many digits.
      let space = (0..<min(count, 18)).reduce(Int64(1)) { product, _ in product * 10 }
      let first = space / 10
      let offset = Int64(stream.bits(entity: 0, draw: 1).0 % UInt64(max(space - first, 1)))
      values = .wholeNumbers(
        rows.map { first + (offset + Int64($0) &* 7_919) % max(space - first, 1) })
    case .templates(let templates):
      var pool = TextPool()
      for row in rows {
        var generator = stream.stream(entity: UInt64(row), period: 0, draw: 1)
        pool.append(TextTemplate.text(from: templates, using: &generator))
      }
      values = .texts(codes: rows.indices.map { UInt32($0 - rows.lowerBound) }, pool: pool)
    case .words(let shortest, let longest):
      var pool = TextPool()
      for row in rows {
        var generator = stream.stream(entity: UInt64(row), period: 0, draw: 1)
        pool.append(PlainWords.text(shortest...max(shortest, longest), using: &generator))
      }
      values = .texts(codes: rows.indices.map { UInt32($0 - rows.lowerBound) }, pool: pool)
    }
    return Column(name: name, values: values, missing: cells, form: form)
  }
}
