// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis
import Tables

/// Stores rows by their bins, and finds which lie near each other.
///
/// ## Source
/// Chawla, Bowyer, Hall and Kegelmeyer (2002), JAIR 16, for SMOTE, SMOTE-NC and SMOTE-N, with scales divided
/// by their deviations first; He, Bai, Garcia and Li, "ADASYN", IJCNN 2008, 1322–1328.
struct RowsFitting {
  /// The near rows of each row.
  static let neighbourCount = 5
  /// The most rows that are stored, to be drawn as they are or beside their neighbours.
  static let mostRows = 100_000
  static let mostNeighbouredRows = 20_000

  let binned: [BinnedVariable]
  let steps: [PlanStep]
  let groups: [[Int]]
  /// Whether rows lie on lines between near ones.
  let isInterpolated: Bool
  /// Whether rows among those of other classes weigh more, of levels that are to be more common.
  let isAdaptive: Bool
  let threads: Int

  /// Returns the rows.
  func fit(progress: ProgressHandler) -> StoredRows {
    let whole = binned.first?.codes.count ?? 0
    let count = min(whole, isInterpolated ? Self.mostNeighbouredRows : Self.mostRows)
    let rows = (0..<count).map { $0 * whole / count }
    let columns = binned.map { variable in rows.map { variable.codes[$0] } }
    var aims: [Double] = []
    if let shares = steps.first?.balance, !shares.isEmpty {
      aims = BalancedMargin(binned[0].margin, of: binned[0].layout, shares: shares).margin
      // A bin of which no row was stored cannot be drawn.
      let stored = Set(columns[0])
      for bin in aims.indices where !stored.contains(UInt8(bin)) { aims[bin] = 0 }
    }
    var groupOfVariable = [Int](repeating: 0, count: binned.count)
    var found: [StoredRows.Group] = []
    for (number, places) in groups.enumerated() {
      progress.report("fitting", number, of: groups.count)
      for place in places { groupOfVariable[place] = number }
      found.append(
        isInterpolated ? neighbours(places, columns, aims: aims) : .init())
    }
    guard
      let stored = StoredRows(
        columns: columns, groupOfVariable: groupOfVariable, groups: found, aims: aims,
        layouts: binned.map(\.layout))
    else { preconditionFailure("stored rows add up") }
    return stored
  }

  /// The near rows of each row, within its level of the balanced variable where there is one.
  private func neighbours(
    _ places: [Int], _ columns: [[UInt8]], aims: [Double]
  ) -> StoredRows.Group {
    let isClassed = !aims.isEmpty && places.contains(0)
    let others = places.filter { !isClassed || $0 != 0 }
    let data = Self.rows(
      others.map { (binned[$0].layout, columns[$0]) }, classes: isClassed ? columns[0] : [])
    var group = StoredRows.Group(
      neighbours: data.nearest(
        Self.neighbourCount, groups: isClassed ? columns[0].map(Int32.init) : [],
        threads: threads), neighbourCount: Self.neighbourCount)
    guard isAdaptive, isClassed else { return group }
    let margin = binned[0].margin
    let total = margin.reduce(0, +) / aims.reduce(0, +)
    let isRaised = aims.indices.map { aims[$0] * total > margin[$0] * (1 + 1e-9) }
    let classes = columns[0].map { Int($0) }
    let asked = classes.indices.filter { isRaised[classes[$0]] }
    let all = data.nearest(Self.neighbourCount, of: asked, threads: threads)
    // Rows of other levels, and those of a level none of whose rows has others near, are drawn evenly.
    var weights = [Double](repeating: 1, count: data.rowCount)
    var sums = [Double](repeating: 0, count: 256)
    for (place, row) in asked.enumerated() {
      let near = all[place * Self.neighbourCount..<(place + 1) * Self.neighbourCount]
        .filter { $0 >= 0 }
      let others = near.count { classes[Int($0)] != classes[row] }
      weights[row] = Double(others) / Double(max(near.count, 1))
      sums[classes[row]] += weights[row]
    }
    for row in asked where sums[classes[row]] <= 0 { weights[row] = 1 }
    group.weights = weights
    return group
  }

  /// Rows for distances: scales over their deviations, levels of which each pair costs 1, or by what they
  /// say of the classes where there are levels only.
  static func rows(
    _ variables: [(layout: VariableLayout, codes: [UInt8])], classes: [UInt8]
  ) -> MixedNeighbours {
    let count = variables.first?.codes.count ?? classes.count
    let scales = variables.compactMap { variable -> [Double]? in
      guard let places = BinPlaces(variable.layout) else { return nil }
      let missingCount = variable.layout.missingReasons.count
      let values = variable.codes.map { code in
        Int(code) < missingCount ? .nan : places.centres[Int(code) - missingCount]
      }
      let present = values.filter { !$0.isNaN }
      let mean = present.reduce(0, +) / Double(max(present.count, 1))
      let square = present.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (square / Double(max(present.count - 1, 1))).squareRoot()
      return values.map { deviation > 0 ? ($0 - mean) / deviation : $0.isNaN ? .nan : 0 }
    }
    let levels = variables.filter { BinPlaces($0.layout) == nil }
    let classCount = Int(classes.max() ?? 0) + 1
    let costs = levels.map { variable in
      let width = max(1, variable.layout.binCount)
      return scales.isEmpty && !classes.isEmpty
        ? MixedNeighbours.valueDifferences(
          variable.codes, count: width, classes: classes.map(Int32.init), classCount: classCount)
        : MixedNeighbours.overlap(width, cost: 1)
    }
    return MixedNeighbours(
      rowCount: count,
      numbers: (0..<count * scales.count).map { scales[$0 % scales.count][$0 / scales.count] },
      codes: levels.map(\.codes), costs: costs)
  }
}
