// SPDX-License-Identifier: Apache-2.0

/// Says which decimal mark a file is written with, by the cells that leave no doubt.
enum DecimalMarkJudge {
  private static let sampleCells = 20_000

  /// The marks that numbers may have, the likelier first.
  static func marks(_ cells: FieldText) -> [String] {
    var points = 0
    var commas = 0
    let rows = min(cells.rowCount, max(1, Self.sampleCells / max(cells.width, 1)))
    let step = max(1, cells.rowCount / max(rows, 1))
    for row in stride(from: 0, to: cells.rowCount, by: step) {
      for column in 0..<min(cells.width, 1000) {
        switch mark(MissingTokens.trimmed(cells.bytes(row: row, column: column))) {
        case 0x2E: points += 1
        case 0x2C: commas += 1
        default: break
        }
      }
    }
    return commas > points ? [",", "."] : [".", ","]
  }

  /// The mark of a cell of digits with one mark that cannot part thousands; else 0.
  private static func mark(_ cell: UnsafeBufferPointer<UInt8>) -> UInt8 {
    guard cell.count <= 24 else { return 0 }
    var place = 0
    if place < cell.count, cell[place] == 0x2D { place += 1 }
    let first = place
    while place < cell.count, cell[place] &- 0x30 < 10 { place += 1 }
    let whole = place - first
    guard whole > 0, place < cell.count, cell[place] == 0x2E || cell[place] == 0x2C else {
      return 0
    }
    let mark = cell[place]
    let fraction = cell.count - place - 1
    guard fraction > 0 else { return 0 }
    for index in place + 1..<cell.count where cell[index] &- 0x30 > 9 { return 0 }
    let mayGroup = fraction == 3 && whole <= 3 && cell[first] != 0x30
    return mayGroup ? 0 : mark
  }
}
