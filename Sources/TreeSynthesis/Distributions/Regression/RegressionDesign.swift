// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Synthesis

/// The columns that a variable's predictors become in a regression: a constant, one column for a scale's
/// normal scores, one for each level but the commonest.
///
/// Each bin of a predictor is an entry of one column at most. Levels and missing reasons of too few rows
/// share a column, so that every coefficient rests on the plan's least number of rows.
///
/// ## Source
/// Normal scores: van der Waerden; expected ones within a bin: Blom, "Statistical Estimates and
/// Transformed Beta-Variables" (1958).
struct RegressionDesign: Hashable, Sendable {
  /// What a bin puts into a row.
  struct Entry: Hashable, Sendable {
    /// The column, or 0, which is that of the constant, for nothing.
    var column: Int
    var value: Double
  }

  /// The most columns.
  static let mostColumns = 300

  /// For each predictor the entry of each bin.
  private(set) var entries: [[Entry]]
  /// The number of columns; the first is the constant.
  private(set) var columnCount: Int

  /// Lays out the predictors of a problem.
  ///
  /// - Parameter mostColumns: The most columns; the least common levels share one beyond.
  init(_ problem: DistributionProblem, mostColumns: Int = mostColumns) {
    var counts: [[Double]] = []
    for predictor in problem.predictors {
      var own = [Double](repeating: 0, count: predictor.binCount)
      for row in problem.rows { own[Int(predictor.codes[Int(row)])] += 1 }
      counts.append(own)
    }
    var least = Double(problem.minimumCount)
    var design = Self.layout(problem, counts, least)
    while design.columnCount > max(mostColumns, 1 + 2 * counts.count), least < 1e9 {
      least *= 1.5
      design = Self.layout(problem, counts, least)
    }
    self = design
  }

  private init(entries: [[Entry]], columnCount: Int) {
    self.entries = entries
    self.columnCount = columnCount
  }

  private static func layout(
    _ problem: DistributionProblem, _ counts: [[Double]], _ least: Double
  ) -> RegressionDesign {
    var columnCount = 1
    var entries: [[Entry]] = []
    for (place, layout) in problem.predictorLayouts.enumerated() {
      let own = counts[place]
      let missingCount = layout.missingReasons.count
      var list = [Entry](repeating: Entry(column: 0, value: 0), count: own.count)
      var asLevels = Array(own.indices)
      if layout.isScale {
        let scores = NormalScores(weights: Array(own[min(missingCount, own.count)...]))
        if scores.variance > 0 {
          for (bin, score) in scores.means.enumerated() {
            list[missingCount + bin] = Entry(column: columnCount, value: score)
          }
          columnCount += 1
        }
        asLevels = Array(0..<min(missingCount, own.count))
      }
      // A scale's present values are what its missing reasons are compared with.
      let base = layout.isScale ? -1 : asLevels.max { (own[$0], $1) < (own[$1], $0) } ?? -1
      let others = asLevels.filter { $0 != base && own[$0] > 0 }
      for bin in others where own[bin] >= least {
        list[bin] = Entry(column: columnCount, value: 1)
        columnCount += 1
      }
      let rare = others.filter { own[$0] < least }
      if rare.reduce(0, { $0 + own[$1] }) >= Double(problem.minimumCount) {
        for bin in rare { list[bin] = Entry(column: columnCount, value: 1) }
        columnCount += 1
      }
      entries.append(list)
    }
    return RegressionDesign(entries: entries, columnCount: columnCount)
  }

  /// The rows of some of a problem's rows.
  func rows(_ rows: [Int32], of predictors: [TreePredictor]) -> SparseDesign {
    var design = SparseDesign(columnCount: columnCount)
    for row in rows {
      design.append(column: 0, value: 1)
      for (place, predictor) in predictors.enumerated() {
        let entry = entries[place][Int(predictor.codes[Int(row)])]
        if entry.column > 0 { design.append(column: entry.column, value: entry.value) }
      }
      design.endRow()
    }
    return design
  }

  /// Multiplies the entries of each predictor by a number.
  mutating func multiply(by factors: [Double]) {
    for place in entries.indices {
      for bin in entries[place].indices { entries[place][bin].value *= factors[place] }
    }
  }

  /// The predictors of which some coefficient is not 0.
  func asked(_ coefficients: [Double]) -> Set<Int> {
    Set(
      entries.indices.filter { place in
        entries[place].contains { entry in
          entry.column > 0
            && stride(from: entry.column, to: coefficients.count, by: columnCount).contains {
              coefficients[$0] != 0
            }
        }
      })
  }

  // MARK: Coding

  func write(to writer: inout ByteWriter) {
    writer.write(count: columnCount)
    for list in entries {
      writer.write(counts: list.map(\.column))
      for entry in list where entry.column > 0 { writer.write(entry.value) }
    }
  }

  init(_ reader: inout ByteReader, predictorCount: Int) throws(ByteReader.Damage) {
    columnCount = try reader.count()
    guard columnCount > 0, columnCount < 1 << 16 else { throw ByteReader.Damage() }
    entries = []
    for _ in 0..<predictorCount {
      let columns = try reader.counts()
      guard columns.count <= 256 else { throw ByteReader.Damage() }
      var list: [Entry] = []
      for column in columns {
        guard column < columnCount else { throw ByteReader.Damage() }
        let value = column > 0 ? try reader.number() : 0
        guard value.isFinite else { throw ByteReader.Damage() }
        list.append(Entry(column: column, value: value))
      }
      entries.append(list)
    }
  }
}
