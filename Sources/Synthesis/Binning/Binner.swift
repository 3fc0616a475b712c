// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Tables

/// Cuts columns into at most 256 bins: missing reasons, then cells of a scale or levels.
public struct Binner: Sendable {
  /// The most reasons for missing that get a bin of their own.
  static let maximumReasonCount = 100

  /// The fewest rows behind a level, a spike or a smooth part.
  public var minimumWeight: Double
  /// The most cells of a scale.
  public var maximumCellCount: Int

  /// Creates a binner.
  public init(minimumWeight: Double, maximumCellCount: Int = 224) {
    self.minimumWeight = minimumWeight
    self.maximumCellCount = maximumCellCount
  }

  /// Returns the bins of a column.
  ///
  /// - Parameters:
  ///   - column: The values.
  ///   - variable: What they mean.
  ///   - grouping: For a category with many levels, a number for each of its distinct values by which
  ///     to bring like levels together; `nil` leaves them in order of frequency.
  /// - Returns: The bins, and the bin of each row.
  public func bin(
    _ column: Column, as variable: Variable, grouping: ((Int) -> Double)? = nil
  ) -> BinnedVariable {
    let (used, codeOfReason) = Self.missingBins(of: column.missing)
    let reasons = used.map { column.missing.reasons[Int($0) - 1] }
    var codes = [UInt8](repeating: 0, count: column.count)
    for (row, code) in column.missing.codes.enumerated() where code != 0 {
      codes[row] = codeOfReason[Int(code)]
    }
    // Ordered codes lie on a scale too: each common one is a cell of its own.
    let isCategorical =
      variable.kind == .category || variable.kind == .boolean || variable.kind == .text
      || !column.values.isScale
    if isCategorical {
      return binLevels(column, variable, reasons, codes, grouping)
    }
    let values = column.values.scaleValues
    let missing = column.missing
    var runs = ValueRuns(values) { missing.isMissing(at: $0) }
    if variable.kind == .orderedCategory {
      runs = runs.keeping(atLeast: minimumWeight)
      // Not one level is common: nothing of them may be shown.
      guard !runs.values.isEmpty else {
        return binLevels(column, variable, reasons, codes, grouping)
      }
    }
    return binScale(column, variable, reasons, codes, runs)
  }

  /// The codes of the reasons that get a bin, and the bin of each code.
  ///
  /// Above ``maximumReasonCount`` the less common reasons share the bin of the most common one.
  private static func missingBins(of missing: MissingCells) -> (used: [UInt8], bins: [UInt8]) {
    var counts = [Int](repeating: 0, count: 256)
    for code in missing.codes { counts[Int(code)] += 1 }
    let byCount = (1..<256).filter { counts[$0] > 0 }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }
    let used = byCount.prefix(maximumReasonCount).sorted().map { UInt8($0) }
    var bins = [UInt8](repeating: 0, count: 256)
    if let most = byCount.first, let bin = used.firstIndex(of: UInt8(most)) {
      bins = [UInt8](repeating: UInt8(bin), count: 256)
    }
    for (bin, code) in used.enumerated() { bins[Int(code)] = UInt8(bin) }
    return (used, bins)
  }

  // MARK: Scales

  private func binScale(
    _ column: Column, _ variable: Variable, _ reasons: [MissingReason], _ start: [UInt8],
    _ runs: ValueRuns
  ) -> BinnedVariable {
    var codes = start
    let values = column.values.scaleValues
    let missing = column.missing
    let gridScale = column.gridScale > 0 ? column.gridScale : Self.usualGrid(of: runs)
    let binner = ScaleBinner(
      minimumWeight: minimumWeight,
      maximumCellCount: min(maximumCellCount, 250 - reasons.count), gridScale: gridScale)
    let (cells, greatest) = binner.cells(of: runs)
    for row in values.indices where !missing.isMissing(at: row) {
      codes[row] = UInt8(reasons.count + Self.index(of: values[row], in: greatest))
    }
    return BinnedVariable(
      name: variable.name,
      layout: VariableLayout(
        missingReasons: reasons,
        content: .scale(
          .init(
            cells: cells, gridScale: gridScale,
            storage: ScaleStorage(column.values) ?? .numbers))),
      codes: codes, levelCodes: [])
  }

  /// The grid of nearly all values where a few have so many decimals that their column has none.
  private static func usualGrid(of runs: ValueRuns) -> Double {
    var scale = 1.0
    let allowed = 0.02 * runs.total
    for _ in 0...8 {
      var offGrid = 0.0
      for (value, count) in zip(runs.values, runs.counts) {
        let steps = value * scale
        if abs(steps) >= 0x1p50 || abs(steps - steps.rounded()) > 1e-6 * max(1, abs(steps)) * 1e-3 {
          offGrid += count
        }
        if offGrid > allowed { break }
      }
      if offGrid <= allowed { return scale }
      scale *= 10
    }
    return 0
  }

  /// The first entry that is not below a value; the last one if all are.
  @inline(__always)
  static func index(of value: Double, in greatest: [Double]) -> Int {
    var low = 0
    var high = greatest.count - 1
    while low < high {
      let middle = (low + high) >> 1
      if greatest[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Levels

  private func binLevels(
    _ column: Column, _ variable: Variable, _ reasons: [MissingReason], _ start: [UInt8],
    _ grouping: ((Int) -> Double)?
  ) -> BinnedVariable {
    var codes = start
    let distinct = DistinctValues(column)
    var weights = [Double](repeating: 0, count: distinct.count)
    for row in codes.indices where !column.missing.isMissing(at: row) {
      weights[Int(distinct.codes[row])] += 1
    }
    let total = weights.reduce(0, +)
    var shown = weights.indices.filter { weights[$0] >= minimumWeight }
    shown.sort { (weights[$1], $0) < (weights[$0], $1) }
    let room = 254 - reasons.count
    var groupStarts: [Int] = []
    if shown.count > room {
      if let grouping {
        shown.sort { (grouping($0), $0) < (grouping($1), $1) }
      }
      var size = 1
      while size * size < shown.count { size += 1 }
      size = min(size, 250)
      groupStarts = Array(stride(from: 0, to: min(shown.count, size * room), by: size))
      shown = Array(shown.prefix(groupStarts.count * size))
    }
    let kept = shown.map { weights[$0] }
    let rareWeight = total - kept.reduce(0, +)
    var indexOfLevel = [UInt32](repeating: .max, count: distinct.count)
    for (index, level) in shown.enumerated() { indexOfLevel[level] = UInt32(index) }
    let groupSize = groupStarts.count > 1 ? groupStarts[1] : max(1, shown.count)
    let presentBins = groupStarts.isEmpty ? shown.count : groupStarts.count
    var levelCodes = [UInt32](repeating: .max, count: groupStarts.isEmpty ? 0 : codes.count)
    for row in codes.indices where !column.missing.isMissing(at: row) {
      let index = indexOfLevel[Int(distinct.codes[row])]
      guard index != .max else {
        codes[row] = UInt8(reasons.count + presentBins)
        continue
      }
      if groupStarts.isEmpty {
        codes[row] = UInt8(reasons.count + Int(index))
      } else {
        codes[row] = UInt8(reasons.count + Int(index) / groupSize)
        levelCodes[row] = index
      }
    }
    return BinnedVariable(
      name: variable.name,
      layout: VariableLayout(
        missingReasons: reasons,
        content: .levels(
          LevelLayout(
            levels: distinct.values(at: shown), weights: kept, rareWeight: rareWeight,
            groupStarts: groupStarts))),
      codes: codes, levelCodes: levelCodes)
  }
}
