// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Tables

/// Rows that a network never learns from, by which it is judged.
struct KeptRows: Sendable {
  /// The rows that one thread takes at a time.
  private static let blockSize = 128

  private let codes: [[UInt8]]
  private let count: Int
  private let threads: Int
  /// A random order of the columns for each row.
  private let orders: [[Int]]

  init(columns: [NeuralColumn], codes: [[UInt8]], rows: [Int], threads: Int) {
    self.codes = codes.map { list in rows.map { list[$0] } }
    count = rows.count
    self.threads = threads
    let stream = RandomKey(seed: "autoregressive network").stream("orders of kept rows")
    orders = rows.indices.map { index in
      var draws = stream.stream(entity: UInt64(index))
      return Draws.permutation(of: columns.count, using: &draws)
    }
  }

  /// The mean of −log p of a row, in nats, if columns were independent.
  func independentLoss(_ margins: [[Double]]) -> Double {
    guard count > 0 else { return 0 }
    var sum = 0.0
    for (list, margin) in zip(codes, margins) {
      let total = margin.reduce(0, +) + 0.5 * Double(margin.count)
      let losses = margin.map { -ElementaryFunctions.log(($0 + 0.5) / total) }
      sum += list.reduce(0) { $0 + losses[Int($1)] }
    }
    return sum / Double(count)
  }

  /// The mean of −log p of a row, in nats, by a network.
  ///
  /// - Parameter isShuffled: Whether each row's columns come in a random order of its own.
  func loss(_ network: AutoregressiveNetwork, isShuffled: Bool) -> Double {
    guard count > 0 else { return 0 }
    let tables = NetworkTables(network)
    let blocks = (count + Self.blockSize - 1) / Self.blockSize
    let sums = ChunkedWork(count: blocks, threads: threads, chunkSize: 1).map { list in
      list.map { block in
        let range = block * Self.blockSize..<min(count, (block + 1) * Self.blockSize)
        return loss(range, tables, isShuffled: isShuffled)
      }
    }
    return sums.reduce(0, +) / Double(count)
  }

  private func loss(_ range: Range<Int>, _ tables: NetworkTables, isShuffled: Bool) -> Double {
    let width = tables.contextWidth
    let known = FloatRoom(range.count * width)
    let room = FloatRoom(range.count * (width + tables.innerWidth))
    let probabilities = FloatRoom(range.count * tables.longestRow)
    var sum = 0.0
    for step in codes.indices {
      if isShuffled {
        for (index, row) in range.enumerated() {
          let column = orders[row][step]
          let own = known.base + index * width
          tables.probabilities(
            of: column, known: own, rows: 1, room: room.base, into: probabilities.base)
          let p = probabilities.base[Int(codes[column][row])]
          sum -= ElementaryFunctions.log(Double(max(p, 0x1p-100)))
          tables.add(column: column, bin: Int(codes[column][row]), to: own)
        }
      } else {
        tables.probabilities(
          of: step, known: known.base, rows: range.count, room: room.base, into: probabilities.base)
        for (index, row) in range.enumerated() {
          let bin = Int(codes[step][row])
          let p = probabilities.base[index * tables.rowLength(of: step) + bin]
          sum -= ElementaryFunctions.log(Double(max(p, 0x1p-100)))
          tables.add(column: step, bin: bin, to: known.base + index * width)
        }
      }
    }
    return sum
  }
}
