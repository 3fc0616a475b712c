// SPDX-License-Identifier: Apache-2.0
import Tables

/// Finds columns whose every cell follows from the cell of another: a code and its label, a band and its
/// value, a place and its region.
struct LookupFinder {
  /// The fewest rows, on average, behind a value that decides another.
  static let minimumMeanSupport = 5.0

  /// One column as distinct numbers; missing reasons count as values of their own.
  struct Coded {
    var codes: [UInt32]
    var count: Int
    /// The rows of each value.
    var counts: [Int] = []

    /// A column that is left out: it decides none and follows from none.
    static let unknown = Coded()

    private init() {
      codes = []
      count = 0
    }

    init(_ column: Column) {
      let distinct = DistinctValues(column)
      guard !column.missing.isEmpty else {
        codes = distinct.codes
        count = distinct.count
        counts = Self.tally(codes, count)
        return
      }
      // Values that only stand behind missing cells would inflate the count.
      var renumbered = [UInt32](repeating: .max, count: distinct.count + 256)
      var next: UInt32 = 0
      codes = distinct.codes.indices.map { row in
        let missing = Int(column.missing.codes[row])
        let key = missing == 0 ? Int(distinct.codes[row]) : distinct.count + missing
        if renumbered[key] == .max {
          renumbered[key] = next
          next += 1
        }
        return renumbered[key]
      }
      count = Int(next)
      counts = Self.tally(codes, count)
    }

    private static func tally(_ codes: [UInt32], _ count: Int) -> [Int] {
      var counts = [Int](repeating: 0, count: count)
      for code in codes { counts[Int(code)] += 1 }
      return counts
    }
  }

  /// Whether the first rows of a column alone show more values than some number.
  static func hasMore(than count: Int, _ column: Column) -> Bool {
    // Texts are numbered already.
    if case .texts = column.values { return false }
    let rows = (0..<min(column.count, 4 * count + 64)).filter { !column.missing.isMissing(at: $0) }
    guard rows.count > count, rows.count < column.count else { return false }
    return DistinctValues(column.selecting(rows: rows)).count > count
  }

  /// Whether every value of `target` follows from the value of `source` in the same row, and not by
  /// chance, as nearly constant targets do.
  ///
  /// - Parameter tries: How many pairs of columns are tried.
  static func follows(_ target: Coded, from source: Coded, tries: Int = 1) -> Bool {
    guard source.count >= target.count, target.count > 1,
      Double(source.count) * minimumMeanSupport <= Double(source.codes.count),
      Coincidence.ofAgreement(
        counts: target.counts, comparisons: source.codes.count - source.count)
        >= Coincidence.threshold(tries: tries)
    else { return false }
    var decided = [UInt32](repeating: .max, count: source.count)
    for row in source.codes.indices {
      let from = Int(source.codes[row])
      if decided[from] == .max {
        decided[from] = target.codes[row]
      } else if decided[from] != target.codes[row] {
        return false
      }
    }
    return true
  }
}
