// SPDX-License-Identifier: Apache-2.0
import Schemas

/// Walks over the dictionary of an SPSS system file.
///
/// It finds what ReadStat 1.1.8 does not read (alignments, which would be lost on the way) or does not
/// write well (short names that are cut inside a character).
///
/// ## Source
/// PSPP developer documentation, "System File Format": records 2, 3, 4, 6 and 7, subtypes 11 and 14.
struct SystemFileScan {
  /// A variable record that is no continuation of another.
  struct Name {
    /// Where the short name stands; it takes eight bytes, with spaces after it.
    var offset: Int
    /// The short name without spaces.
    var bytes: [UInt8]
  }

  private let bytes: [UInt8]
  private var place = 176
  private let isLittleEndian: Bool
  private(set) var names: [Name] = []
  /// Where the texts of extension records 13 (long names) and 14 (widths of very long texts) stand.
  private(set) var nameTexts: [Range<Int>] = []
  private var display: [Int32] = []
  private var longWidths: [[UInt8]: Int] = [:]

  /// Walks as far as the bytes make sense; `nil` if they are no system file.
  init?(_ bytes: [UInt8]) {
    guard bytes.count > 176, bytes.starts(with: "$FL".utf8) else { return nil }
    self.bytes = bytes
    isLittleEndian = bytes[64] != 0
    run()
  }

  private mutating func run() {
    while let type = int() {
      switch type {
      case 2: guard variable() else { return }
      case 3: guard valueLabels() else { return }
      case 4: guard skip(int(), 4) else { return }
      case 6: guard skip(int(), 80) else { return }
      case 7: guard addition() else { return }
      default: return
      }
    }
  }

  /// The alignments, one a variable in the order of the file; empty if the file does not say.
  var alignments: [StoredForm.Alignment?] {
    guard !names.isEmpty, display.count % names.count == 0 else { return [] }
    let fields = display.count / names.count
    guard fields == 2 || fields == 3 else { return [] }
    var alignments: [StoredForm.Alignment?] = []
    var index = 0
    while index < names.count {
      switch display[index * fields + fields - 1] {
      case 0: alignments.append(.left)
      case 1: alignments.append(.right)
      case 2: alignments.append(.center)
      default: alignments.append(nil)
      }
      // A very long text takes several variables of 252 bytes each, of which only the first counts.
      index += max(1, ((longWidths[names[index].bytes] ?? 0) + 251) / 252)
    }
    return alignments
  }

  // MARK: Records

  private mutating func variable() -> Bool {
    guard let type = int(), let hasLabel = int(), let missingCount = int(), advance(8),
      place + 8 <= bytes.count
    else { return false }
    if type >= 0 {
      names.append(
        Name(offset: place, bytes: bytes[place..<place + 8].prefix { $0 != 0x20 }.map { $0 }))
    }
    place += 8
    if hasLabel == 1 {
      guard let length = int(), length >= 0, advance((Int(length) + 3) / 4 * 4) else {
        return false
      }
    }
    return advance(Int(missingCount.magnitude) * 8)
  }

  private mutating func valueLabels() -> Bool {
    guard let count = int(), count >= 0 else { return false }
    for _ in 0..<count {
      guard advance(8), place < bytes.count else { return false }
      guard advance((Int(bytes[place]) + 8) / 8 * 8) else { return false }
    }
    return true
  }

  private mutating func addition() -> Bool {
    guard let subtype = int(), let size = int(), let count = int(), size >= 0, count >= 0 else {
      return false
    }
    let (length, isTooLong) = Int(size).multipliedReportingOverflow(by: Int(count))
    guard !isTooLong, length <= bytes.count - place else { return false }
    let end = place + length
    if subtype == 13 || subtype == 14 { nameTexts.append(place..<end) }
    if subtype == 11, size == 4 {
      display = []
      while place < end, let value = int() { display.append(value) }
    } else if subtype == 14 {
      for entry in bytes[place..<end].split(whereSeparator: { $0 == 0 || $0 == 9 }) {
        let parts = entry.split(separator: 0x3D)
        guard parts.count == 2, let width = Int(String(decoding: parts[1], as: UTF8.self)),
          (0...65_535).contains(width)
        else { continue }
        longWidths[Array(parts[0])] = width
      }
    }
    place = end
    return true
  }

  // MARK: Bytes

  private mutating func int() -> Int32? {
    guard place + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for offset in 0..<4 {
      let byte = UInt32(bytes[place + offset])
      value |= byte << (UInt32(isLittleEndian ? offset : 3 - offset) * 8)
    }
    place += 4
    return Int32(bitPattern: value)
  }

  private mutating func advance(_ count: Int) -> Bool {
    guard count >= 0, count <= bytes.count - place else { return false }
    place += count
    return true
  }

  private mutating func skip(_ count: Int32?, _ size: Int) -> Bool {
    guard let count, count >= 0 else { return false }
    return advance(Int(count) * size)
  }
}
