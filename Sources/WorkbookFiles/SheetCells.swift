// SPDX-License-Identifier: Apache-2.0

/// The cells of one column of a sheet: a kind and eight bytes each.
struct SheetCells {
  /// What a cell holds.
  enum Kind: UInt8 {
    case absent
    /// A number, in the bits of a `Double`.
    case number
    /// A serial number that is shown as a date, a time, or both.
    case date, time, dateTime
    /// The number of a text in the workbook's pool.
    case text
    /// 0 or 1.
    case boolean
    /// The number of an error's text, such as `#N/A`, in the workbook's pool.
    case error
  }

  private(set) var kinds: [Kind] = []
  private(set) var bits: [UInt64] = []
  /// The most decimals that a cell's format shows.
  private(set) var decimals = 0
  /// The pattern of the column's dates, if they all have the same.
  private(set) var pattern: String?
  private var hasPattern = false

  mutating func set(_ kind: Kind, _ value: UInt64, row: Int, code: DisplayCode?) {
    if kinds.count < row {
      kinds += Array(repeating: .absent, count: row - kinds.count)
      bits += Array(repeating: 0, count: row - bits.count)
    }
    if kinds.count > row {
      kinds[row] = kind
      bits[row] = value
    } else {
      kinds.append(kind)
      bits.append(value)
    }
    guard let code else { return }
    if kind == .number { decimals = max(decimals, code.decimals) }
    if kind == .date || kind == .time || kind == .dateTime {
      if hasPattern, pattern != code.pattern { pattern = nil } else { pattern = code.pattern }
      hasPattern = true
    }
  }

  func kind(_ row: Int) -> Kind { row < kinds.count ? kinds[row] : .absent }

  func number(_ row: Int) -> Double { Double(bitPattern: bits[row]) }
}
