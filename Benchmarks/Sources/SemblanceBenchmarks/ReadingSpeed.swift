// SPDX-License-Identifier: Apache-2.0
import Formats

/// Reads a file a few times, typed, and prints the best.
enum ReadingSpeed {
  static func measure(_ path: String, threads: Int) throws {
    let bytes = try FileBytes.read(path)
    let megabytes = Double(bytes.count) / 1e6
    let reader = CSVReader(options: CSVReadOptions(threads: threads))
    var bestWall = Double.infinity
    var bestProcessor = Double.infinity
    var cells = 0
    for _ in 0..<5 {
      let wall = Measurement.now()
      let processor = Measurement.processorTime()
      let table = try reader.read(bytes: bytes, name: path).table
      bestWall = min(bestWall, Measurement.now() - wall)
      bestProcessor = min(bestProcessor, Measurement.processorTime() - processor)
      cells = table.rowCount * table.columnCount
    }
    print(
      "\(Int(megabytes)) MB, \(cells) cells: \(Int(megabytes / bestWall)) MB/s of wall time, "
        + "\(Int(megabytes / bestProcessor)) MB/s of CPU time (best of 5, \(threads) thread(s))")
  }
}
