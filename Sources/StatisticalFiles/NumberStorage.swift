// SPDX-License-Identifier: Apache-2.0
import Schemas

/// Chooses the storage type of numbers.
enum NumberStorage {
  /// The storage a variable had, if its values still fit; else the smallest that fits in Stata, and a
  /// double elsewhere.
  static func storage(
    _ values: [Double], tags: [UInt8], stored: StoredForm.Storage?, kind: StatisticalFormat
  ) -> StoredForm.Storage {
    guard kind == .dta else { return .double }
    var isWhole = true
    var isSingle = true
    var least = 0.0
    var greatest = 0.0
    for row in values.indices where tags[row] == 0 {
      let value = values[row]
      if value != value.rounded() { isWhole = false }
      if isSingle, NumberCode.decimal(ofSingle: Float(value)) != value { isSingle = false }
      least = min(least, value)
      greatest = max(greatest, value)
    }
    var fitting: [StoredForm.Storage] = []
    if isWhole {
      // Stata keeps the numbers above these for its kinds of missing.
      if least >= -127, greatest <= 100 { fitting.append(.int8) }
      if least >= -32_767, greatest <= 32_740 { fitting.append(.int16) }
      if least >= -2_147_483_647, greatest <= 2_147_483_620 { fitting.append(.int32) }
    }
    if isSingle, least > -1.7e38, greatest < 1.7e38 { fitting.append(.float) }
    fitting.append(.double)
    if let stored, fitting.contains(stored) { return stored }
    return isWhole ? fitting[0] : .double
  }
}
