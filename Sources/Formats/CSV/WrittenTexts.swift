// SPDX-License-Identifier: Apache-2.0
import Tables

/// The texts of a pool as they stand in a file: most as they are or in quotes, few changed inside.
struct WrittenTexts {
  private enum Shape: UInt8 {
    case plain
    case quoted
    case changed
  }

  private let pool: TextPool
  /// How each text is written; empty if all are as they are.
  private let shapes: [Shape]
  /// The whole text of each that is changed inside.
  private let changed: [Int: [UInt8]]

  init(_ pool: TextPool, _ quoted: QuotedText) {
    self.pool = pool
    var shapes: [Shape] = []
    var changed: [Int: [UInt8]] = [:]
    pool.bytes.withUnsafeBufferPointer { bytes in
      if quoted.changesAny(of: bytes) {
        shapes.reserveCapacity(pool.count)
        for index in pool.indices {
          let text = UnsafeBufferPointer(rebasing: bytes[pool.range(of: index)])
          switch quoted.change(of: text) {
          case .none: shapes.append(.plain)
          case .quoting: shapes.append(.quoted)
          case .rewriting:
            var written: [UInt8] = []
            quoted.append(text, to: &written)
            changed[index] = written
            shapes.append(.changed)
          }
        }
      }
    }
    self.shapes = shapes
    self.changed = changed
  }

  /// Lends the bytes of all texts to a column of cells.
  func lend(to cells: inout CellColumn) { cells.lend(pool.bytes) }

  /// Writes one text.
  @inline(__always)
  func write(_ index: Int, to cells: inout CellColumn) {
    let shape = shapes.isEmpty ? .plain : shapes[index]
    if shape == .changed {
      cells.append(changed[index] ?? [])
    } else {
      cells.append(lent: pool.range(of: index), isQuoted: shape == .quoted)
    }
  }
}
