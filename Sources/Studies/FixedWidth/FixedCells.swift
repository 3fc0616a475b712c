// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// Cuts lines of fixed width into fields of delimited text, whose reader finds out their types.
struct FixedCells {
  private let layout: FixedLayout
  /// Whether the line END DATA ends the data.
  private let isEnded: Bool

  init(_ layout: FixedLayout, isEnded: Bool) {
    self.layout = layout
    self.isEnded = isEnded
  }

  /// The lines as comma-separated text with a header.
  ///
  /// - Throws: `DataError` if there is no line.
  func delimited(_ bytes: ArraySlice<UInt8>, file: String) throws(DataError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 4)
    for (place, field) in layout.fields.enumerated() {
      if place > 0 { result.append(0x2C) }
      Self.quote(Array(field.name.utf8)[...], &result)
    }
    result.append(0x0A)
    var start = bytes.startIndex
    var count = 0
    while start < bytes.endIndex {
      let newline = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
      var end = newline
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      let line = bytes[start..<end]
      start = newline + 1
      if isEnded, Self.isEnd(line) { break }
      // An empty line is no record, unless the only field is blank there.
      if line.isEmpty { continue }
      count += 1
      for (place, field) in layout.fields.enumerated() {
        if place > 0 { result.append(0x2C) }
        append(field, line, &result)
      }
      result.append(0x0A)
    }
    guard count > 0 else {
      throw DataError(
        "there are no lines of data", file: file,
        remedy: "Check that the data file lies beside its dictionary.")
    }
    return result
  }

  private static func isEnd(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count < 40 else { return false }
    let words = String(decoding: line, as: UTF8.self).uppercased()
      .split { $0.isWhitespace || $0 == "." }
    return words == ["END", "DATA"]
  }

  private func append(
    _ field: FixedLayout.Field, _ line: ArraySlice<UInt8>, _ result: inout [UInt8]
  ) {
    let first = min(line.endIndex, line.startIndex + field.start - 1)
    var cell = line[first..<min(line.endIndex, line.startIndex + field.end)]
    while cell.last == 0x20 { cell.removeLast() }
    if !field.isText { while cell.first == 0x20 { cell.removeFirst() } }
    guard !cell.isEmpty else { return }
    if field.impliedDecimals > 0, !field.isText, !cell.contains(0x2E),
      let point = point(field, cell)
    {
      result += point
      return
    }
    Self.quote(cell, &result)
  }

  /// A number without a decimal mark with the mark in its place.
  private func point(_ field: FixedLayout.Field, _ cell: ArraySlice<UInt8>) -> [UInt8]? {
    let isNegative = cell.first == 0x2D
    let digits = isNegative ? cell.dropFirst() : cell
    guard !digits.isEmpty, digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    // A declared code of missing is written as it is meant.
    if field.missingCodes.contains(String(decoding: cell, as: UTF8.self)) { return nil }
    var padded = [UInt8](
      repeating: 0x30, count: max(0, field.impliedDecimals + 1 - digits.count))
    padded += digits
    padded.insert(0x2E, at: padded.count - field.impliedDecimals)
    return (isNegative ? [0x2D] : []) + padded
  }

  private static func quote(_ cell: ArraySlice<UInt8>, _ result: inout [UInt8]) {
    guard cell.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x20 }) else {
      result += cell
      return
    }
    result.append(0x22)
    for byte in cell {
      if byte == 0x22 { result.append(0x22) }
      result.append(byte)
    }
    result.append(0x22)
  }

  /// The numbers of a column that lie in the ranges that a dictionary declares as missing.
  func codes(in column: Column, of field: FixedLayout.Field) -> [String] {
    guard !field.missingRanges.isEmpty else { return [] }
    var codes: [String] = []
    func add(_ number: Double, _ text: String) {
      guard codes.count < 200, field.missingRanges.contains(where: { $0.contains(number) }),
        !codes.contains(text), !field.missingCodes.contains(text)
      else { return }
      codes.append(text)
    }
    switch column.values {
    case .wholeNumbers(let list):
      for row in list.indices where !column.missing.isMissing(at: row) {
        add(Double(list[row]), String(list[row]))
      }
    case .numbers(let list):
      for row in list.indices where !column.missing.isMissing(at: row) {
        add(list[row], String(list[row]))
      }
    default: break
    }
    return codes
  }
}
