// SPDX-License-Identifier: Apache-2.0
import Tables

/// Which row holds an entity's state some periods before.
///
/// A period is a distinct time of the table; the one before is the next smaller. An entity without a
/// row in it has no value there.
struct PanelOrder {
  private let periods: [Int?]
  private let entities: [LookupTable.Key]
  private let rowOf: [Place: Int32]

  private struct Place: Hashable {
    let entity: LookupTable.Key
    let period: Int
  }

  init(entities: ValueVector, times: ValueVector, count: Int) {
    let keys = (0..<count).map { times.key(at: $0) }
    var numbers: [Double] = []
    var texts: [String] = []
    for key in Set(keys) {
      switch key {
      case .number(let value): numbers.append(value)
      case .text(let text): texts.append(text)
      case .flag, .missing: break
      }
    }
    var period: [LookupTable.Key: Int] = [:]
    for (index, value) in numbers.sorted().enumerated() { period[.number(value)] = index }
    for (index, text) in texts.sorted(by: { Self.precedes($0, $1) }).enumerated() {
      period[.text(text)] = index
    }
    self.entities = (0..<count).map { entities.key(at: $0) }
    periods = keys.map { period[$0] }
    var rowOf: [Place: Int32] = [:]
    for row in 0..<count {
      guard let period = periods[row], self.entities[row] != .missing else { continue }
      rowOf[Place(entity: self.entities[row], period: period)] = Int32(row)
    }
    self.rowOf = rowOf
  }

  /// The row of each row's entity some periods before; −1 where there is none.
  func rows(back count: Int) -> [Int32] {
    periods.indices.map { row in
      guard let period = periods[row] else { return -1 }
      return rowOf[Place(entity: entities[row], period: period - count)] ?? -1
    }
  }

  /// Order by code point, which no locale changes.
  static func precedes(_ first: String, _ second: String) -> Bool {
    first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars)
  }
}
