// SPDX-License-Identifier: Apache-2.0
public import Tables

extension ByteReader {
  /// Reads the values of a column.
  public mutating func values() throws(Damage) -> ColumnValues {
    let kind = try byte()
    let count = try entryCount()
    switch kind {
    case 0:
      var list: [Double] = []
      for _ in 0..<count {
        let value = try number()
        guard value.isFinite else { throw Damage() }
        list.append(value)
      }
      return .numbers(list)
    case 1: return .wholeNumbers(try wholeNumbers(count))
    case 2:
      var pool = TextPool()
      for _ in 0..<count { pool.append(try text()) }
      return .texts(codes: (0..<count).map { UInt32($0) }, pool: pool)
    case 3: return .dates(try wholeNumbers(count).map { Int32(clamping: $0) })
    case 4: return .times(try wholeNumbers(count))
    case 5: return .dateTimes(try wholeNumbers(count))
    case 6: return .booleans(try wholeNumbers(count).map { $0 != 0 })
    default: throw Damage()
    }
  }

  private mutating func wholeNumbers(_ count: Int) throws(Damage) -> [Int64] {
    var list: [Int64] = []
    for _ in 0..<count { list.append(try wholeNumber()) }
    return list
  }

  /// Reads missing reasons.
  public mutating func missingReasons() throws(Damage) -> [MissingReason] {
    var reasons: [MissingReason] = []
    for _ in 0..<(try entryCount()) {
      let code = try text()
      reasons.append(MissingReason(code: code, label: try byte() == 1 ? try text() : nil))
    }
    return reasons
  }

  /// Reads how the bins of a variable stand for its values.
  public mutating func layout() throws(Damage) -> VariableLayout {
    let reasons = try missingReasons()
    let content: VariableLayout.Content =
      try byte() == 0 ? .scale(try scale()) : .levels(try levels())
    let layout = VariableLayout(missingReasons: reasons, content: content)
    guard layout.binCount <= 256 else { throw Damage() }
    return layout
  }

  private mutating func scale() throws(Damage) -> ScaleLayout {
    guard let storage = ScaleStorage(rawValue: try text()) else { throw Damage() }
    let gridScale = try number()
    var cells: [ScaleCell] = []
    for _ in 0..<(try entryCount()) {
      var cell = ScaleCell(
        lower: try number(), upper: try number(), smoothWeight: try number(), step: try number(),
        spikes: [])
      for _ in 0..<(try entryCount()) {
        cell.spikes.append(.init(value: try number(), weight: try number()))
      }
      guard cell.lower.isFinite, cell.upper.isFinite, cell.lower <= cell.upper, cell.step > 0,
        cell.smoothWeight >= 0, cell.weight > 0, cell.weight.isFinite,
        cell.spikes.allSatisfy({ $0.value.isFinite && $0.weight > 0 })
      else { throw Damage() }
      cells.append(cell)
    }
    guard gridScale.isFinite, gridScale >= 0 else { throw Damage() }
    return ScaleLayout(cells: cells, gridScale: gridScale, storage: storage)
  }

  private mutating func levels() throws(Damage) -> LevelLayout {
    let layout = LevelLayout(
      levels: try values(), weights: try weights(), rareWeight: try number(),
      groupStarts: try counts())
    guard layout.levels.count == layout.weights.count, layout.rareWeight >= 0,
      layout.rareWeight.isFinite, isSound(layout.groupStarts, levelCount: layout.count)
    else { throw Damage() }
    return layout
  }

  /// Groups start at 0, hold as many levels each but the last, and at most 256.
  private func isSound(_ groupStarts: [Int], levelCount: Int) -> Bool {
    guard let first = groupStarts.first else { return true }
    let size = groupStarts.count > 1 ? groupStarts[1] : levelCount
    return first == 0 && (1...256).contains(size)
      && groupStarts.enumerated().allSatisfy { $1 == $0 * size && $1 < levelCount }
      && levelCount <= groupStarts.count * size
  }
}
