// SPDX-License-Identifier: Apache-2.0

/// Rows of numbers, some of them missing, and of classes, as mixtures learn them.
public struct MixtureData: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of numbers of a row.
  public let numberCount: Int
  /// The numbers, row by row; what is missing may be anything.
  public let numbers: [Double]
  /// The classes of each row, column by column.
  public let codes: [[UInt8]]
  /// The number of classes of each column.
  public let classCounts: [Int]
  /// Which numbers are looked at in rows of each pattern; all of them in the first.
  let patterns: [[Int]]
  /// The pattern of each row.
  let patternOfRow: [Int32]

  /// The most patterns of missing numbers; in rows of rarer ones some present numbers count as missing.
  static let mostPatterns = 64

  /// Creates rows.
  ///
  /// - Parameter isMissing: Whether each number is missing, row by row; empty where none is.
  public init(
    rowCount: Int, numbers: [Double], isMissing: [Bool] = [], codes: [[UInt8]] = [],
    classCounts: [Int] = []
  ) {
    self.rowCount = rowCount
    numberCount = rowCount > 0 ? numbers.count / rowCount : 0
    self.numbers = numbers
    self.codes = codes
    self.classCounts = classCounts
    let all = Array(0..<(rowCount > 0 ? numbers.count / rowCount : 0))
    let size = all.count
    guard !isMissing.isEmpty else {
      patterns = [all]
      patternOfRow = [Int32](repeating: 0, count: rowCount)
      return
    }
    var seen: [[Int]: Int] = [all: 0]
    var counts = [0]
    var ofRow = [Int](repeating: 0, count: rowCount)
    for row in 0..<rowCount {
      let present = all.filter { !isMissing[row * size + $0] }
      if let known = seen[present] {
        ofRow[row] = known
      } else {
        ofRow[row] = counts.count
        seen[present] = counts.count
        counts.append(0)
      }
      counts[ofRow[row]] += 1
    }
    let byNumber = Dictionary(seen.map { ($0.value, $0.key) }, uniquingKeysWith: { $1 })
    let order = counts.indices.dropFirst().sorted { (counts[$1], $0) < (counts[$0], $1) }
    var kept = ([0] + order.prefix(Self.mostPatterns - 2)).map { byNumber[$0] ?? all }
    if order.count > Self.mostPatterns - 2, !kept.contains([]) { kept.append([]) }
    let sets = kept.map(Set.init)
    // A rare pattern's rows show the most of their present numbers that a kept pattern has.
    let place = counts.indices.map { number -> Int32 in
      let present = Set(byNumber[number] ?? all)
      let best = kept.indices.filter { sets[$0].isSubset(of: present) }
        .max { (kept[$0].count, $1) < (kept[$1].count, $0) }
      return Int32(best ?? 0)
    }
    patterns = kept
    patternOfRow = ofRow.map { place[$0] }
  }
}
