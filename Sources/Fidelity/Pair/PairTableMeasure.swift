// SPDX-License-Identifier: Apache-2.0
public import Evaluation
import Numerics
public import Schemas
public import Tables

/// Counts the joint tables of pairs of variables in a few groups each, worst pairs first.
public struct PairTableMeasure: Sendable {
  /// The groups of a scale.
  private static let groupCount = 6
  /// The most levels that stand for themselves.
  private static let maximumLevels = 9
  /// The most cells of all tables together, which take about half a megabyte of a page.
  public static let maximumCellCount = 60_000

  /// Creates a measure.
  public init() {}

  /// Counts the tables of the pairs of a report.
  ///
  /// - Parameters:
  ///   - report: The report, whose pairs are ranked by their errors.
  ///   - real: The real table.
  ///   - synthetic: The synthetic table.
  ///   - schema: What the columns mean.
  ///   - threads: How many threads may work; they change nothing.
  /// - Throws: `DataError` if the tables share no column.
  public func tables(
    for report: FidelityReport, real: Table, synthetic: Table, schema: Schema, threads: Int = 1
  ) throws(DataError) -> PairTables {
    let aligned = try TableAlignment([real, synthetic], schema: schema).columns
    let grouped = ChunkedWork(count: aligned.count, threads: threads, chunkSize: 1)
      .map { range in range.map { Grouped(aligned[$0]) } }
    var places: [String: Int] = [:]
    for (place, column) in aligned.enumerated() { places[column.name] = place }
    let ranked = report.pairs.enumerated().sorted {
      let (left, right) = ($0.element.error.value ?? -1, $1.element.error.value ?? -1)
      return left == right ? $0.offset < $1.offset : left > right
    }.map(\.element)
    var chosen: [(first: Int, second: Int)] = []
    var cellCount = 0
    for pair in ranked {
      guard report.columns.indices.contains(pair.first),
        report.columns.indices.contains(pair.second),
        let first = places[report.columns[pair.first].name],
        let second = places[report.columns[pair.second].name]
      else { continue }
      let size = grouped[first].groups.count * grouped[second].groups.count
      guard cellCount + size <= Self.maximumCellCount else { break }
      cellCount += size
      chosen.append((first, second))
    }
    let pairs = chosen
    let counted = ChunkedWork(count: pairs.count, threads: threads).map { range in
      range.map { place -> PairTables.Pair in
        let (first, second) = pairs[place]
        return .init(
          first: first, second: second,
          real: Self.count(grouped[first], grouped[second], side: 0),
          synthetic: Self.count(grouped[first], grouped[second], side: 1))
      }
    }
    return PairTables(
      columns: zip(aligned, grouped).map { .init(name: $0.name, groups: $1.groups) },
      pairs: counted, omittedCount: report.pairs.count - counted.count)
  }

  private static func count(_ first: Grouped, _ second: Grouped, side: Int) -> [Int] {
    let width = second.groups.count
    var counts = [Int](repeating: 0, count: first.groups.count * width)
    let (rows, columns) = (first.codes[side], second.codes[side])
    for row in rows.indices { counts[Int(rows[row]) * width + Int(columns[row])] += 1 }
    return counts
  }

  /// A variable in a few groups, the same for both tables.
  private struct Grouped: Sendable {
    let groups: [PairTables.Group]
    let codes: [[UInt8]]

    init(_ column: AlignedColumn) {
      if column.isContinuous {
        self.init(scale: column)
      } else {
        self.init(levels: column)
      }
    }

    private init(scale column: AlignedColumn) {
      let sorted = column.sides[0].presentValues.sorted()
      var edges: [Double] = []
      for group in 1..<PairTableMeasure.groupCount {
        let share = Double(group) / Double(PairTableMeasure.groupCount)
        guard let edge = Quantiles.quantile(share, ofSorted: sorted), edge != edges.last,
          edge != sorted.last
        else { continue }
        edges.append(edge)
      }
      let cuts = edges
      var groups = (0...cuts.count).map { place -> PairTables.Group in
        // Days and times have no short figure; groups from below say enough.
        column.kind == .number || column.kind == .wholeNumber
          ? .interval(
            above: place > 0 ? cuts[place - 1] : nil, upTo: place < cuts.count ? cuts[place] : nil)
          : .level("group \(place + 1) of \(cuts.count + 1), from below")
      }
      let hasMissing = column.sides.contains { $0.presentCount < $0.codes.count }
      if hasMissing { groups.append(.missing) }
      let last = UInt8(groups.count - 1)
      self.groups = groups
      codes = column.sides.map { side in
        side.values.indices.map { row in
          side.codes[row] == 0 ? last : UInt8(cuts.count { $0 < side.values[row] })
        }
      }
    }

    private init(levels column: AlignedColumn) {
      let counts = LevelShares(column.sides[0].codes, levelCount: column.levels.count).counts
      let named = column.levels.indices
        .filter { counts[$0] >= LevelChart.minimumCount }
        .sorted { (counts[$1], $0) < (counts[$0], $1) }
        .prefix(PairTableMeasure.maximumLevels).sorted()
      var places = [UInt8](repeating: 0, count: column.levels.count + 1)
      var groups = named.map { PairTables.Group.level(column.levels[$0]) }
      for (place, level) in named.enumerated() { places[level + 1] = UInt8(place) }
      if named.count < column.levels.count || groups.isEmpty {
        let rest = UInt8(groups.count)
        let isNamed = Set(named)
        for level in column.levels.indices where !isNamed.contains(level) {
          places[level + 1] = rest
        }
        groups.append(.level("other levels"))
      }
      if column.sides.contains(where: { $0.presentCount < $0.codes.count }) {
        places[0] = UInt8(groups.count)
        groups.append(.missing)
      }
      let numbers = places
      self.groups = groups
      codes = column.sides.map { $0.codes.map { numbers[Int($0)] } }
    }
  }
}
