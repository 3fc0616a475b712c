// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Finds disclosures that a reader of plain tables of the real data would expect anyway.
///
/// ## Source
/// `check_1way` and `check_2way` of synthpop's `disclosure`: a level with more than 50 of the records
/// and more than 90 % of them; cells of more than 5 records in which a key's level alone gives the
/// target's level a probability above 80 %.
struct ExpectedKnowledge {
  let target: KeyColumn
  let minimumCount: Int

  /// Returns flags, those of most records first.
  func flags(
    _ figures: AttributeFigures, keys: [KeyColumn], classes: [[UInt32]],
    jointCounts: [[UInt64: Int]]
  ) -> [KeyDisclosure.ExpectedKnowledge] {
    guard figures.determinedRightly > 0 else { return [] }
    var flags = oneWay(figures)
    for (place, key) in keys.enumerated() {
      var records: [UInt64: Int] = [:]
      for cell in figures.rightCells where cell.count > 5 {
        let keyCode = classes[place][Int(cell.keyClass)]
        let pair = Self.pair(keyCode, cell.level)
        let joint = Double(jointCounts[place][pair] ?? 0)
        guard joint > 0.8 * Double(key.realCount(keyCode)) else { continue }
        records[pair, default: 0] += cell.count
      }
      for (pair, count) in records {
        flags.append(
          .init(
            level: target.label(UInt32(pair & 0xffff_ffff), minimumCount: minimumCount),
            key: key.name, keyLevel: key.label(UInt32(pair >> 32), minimumCount: minimumCount),
            recordCount: count))
      }
    }
    return Array(
      flags.sorted {
        ($1.recordCount, $0.key ?? "", $0.keyLevel ?? "", $0.level)
          < ($0.recordCount, $1.key ?? "", $1.keyLevel ?? "", $1.level)
      }.prefix(20))
  }

  private func oneWay(_ figures: AttributeFigures) -> [KeyDisclosure.ExpectedKnowledge] {
    var records: [UInt32: Int] = [:]
    for cell in figures.rightCells { records[cell.level, default: 0] += cell.count }
    guard let most = records.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      most.value > 50, Double(most.value) > 0.9 * Double(figures.determinedRightly)
    else { return [] }
    return [
      .init(
        level: target.label(most.key, minimumCount: minimumCount), key: nil, keyLevel: nil,
        recordCount: most.value)
    ]
  }

  /// A key's code and a target's code as one number.
  static func pair(_ key: UInt32, _ target: UInt32) -> UInt64 { UInt64(key) << 32 | UInt64(target) }

  /// How many real rows have each pair of codes.
  static func jointCounts(_ key: KeyColumn, _ target: KeyColumn) -> [UInt64: Int] {
    var counts: [UInt64: Int] = [:]
    for row in key.real.indices { counts[pair(key.real[row], target.real[row]), default: 0] += 1 }
    return counts
  }
}
