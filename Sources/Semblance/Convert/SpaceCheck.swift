// SPDX-License-Identifier: Apache-2.0
import Formats
import Studies
import Tables

/// Refuses to begin a large file that the disk has no room for.
struct SpaceCheck {
  let head: StudyDocument
  let rowCount: Int
  let textSize: Int

  /// About how many bytes the file will have; packed files are judged by the least they may come to.
  func expectedSize(format: String) -> Int {
    if !head.file.packing.isEmpty { return textSize / 20 }
    switch format {
    case "parquet", "arrow": return textSize / 10
    case "jsonl":
      let names = head.table.columnNames.reduce(2) { $0 + $1.utf8.count + 4 }
      return textSize + rowCount * names
    default: return textSize
    }
  }

  /// - Throws: `DataError` if the disk has less room than the file will need.
  func check(_ path: String, format: String) throws(DataError) {
    let needed = expectedSize(format: format)
    guard FileBytes.isRegular(path) || !path.hasPrefix("/dev/"),
      let free = FileBytes.freeSpace(for: path), free < needed
    else { return }
    throw DataError(
      "the disk has \(free >> 20) MiB left, and the output needs about \(needed >> 20) MiB",
      file: path, remedy: "Make room, or write to another disk or in a packed format.")
  }
}
