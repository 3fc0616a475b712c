// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Synthesis
import Tables

/// Shifts what a network gives each bin, so that drawn rows have the margins of the table.
///
/// Rows are drawn column by column. Each column's probabilities, given what was drawn, are multiplied by one
/// factor a bin, found by proportional fitting, so that their mean is the bin's share in the table: what
/// errors of earlier columns would add up to is taken away before the next column is drawn.
///
/// ## Source
/// Deming and Stephan (1940), Annals of Mathematical Statistics 11: proportional fitting.
struct NeuralCalibration {
  /// The fewest and the most rows that are drawn, whole blocks of them.
  private static let rowCounts = 1024...16_384
  /// The rows that one thread takes at a time.
  private static let blockSize = 256
  /// The rounds of proportional fitting.
  private static let roundCount = 8
  /// The greatest factor of a bin, and one over the least.
  private static let greatestFactor = 50.0
  /// What stands for a bin that no row has.
  private static let impossible: Float = -100

  /// The count of each bin in the table, column by column.
  let margins: [[Double]]
  let threads: Int

  /// Returns the network with the margins of the table.
  ///
  /// - Parameter layer: How normals behind a row lead to it, if they do.
  func calibrated(
    _ network: AutoregressiveNetwork, layer: LatentLayer? = nil
  ) -> AutoregressiveNetwork {
    var network = network
    let tables = NetworkTables(network, layer: layer)
    // As many as the table has, so that a small one costs little.
    let wanted = Int((margins.first ?? []).reduce(0, +))
    let count = min(max(wanted, Self.rowCounts.lowerBound), Self.rowCounts.upperBound)
    let blocks = (count + Self.blockSize - 1) / Self.blockSize
    let rowCount = blocks * Self.blockSize
    let rows = NeuralRows(rowCount, width: tables.contextWidth, length: tables.longestRow)
    let key = RandomKey(seed: "autoregressive network")
    if let layer {
      let stream = key.stream(path: ["calibration", "normals"])
      _ = ChunkedWork(count: blocks, threads: threads, chunkSize: 1).map { list in
        list.map {
          rows.know($0 * Self.blockSize..<($0 + 1) * Self.blockSize, layer, tables, stream)
        }
      }
    }
    for column in margins.indices {
      let margin = margins[column]
      let total = margin.reduce(0, +)
      let length = tables.rowLength(of: column)
      _ = ChunkedWork(count: blocks, threads: threads, chunkSize: 1).map { list in
        list.map { rows.reckon(column, $0 * Self.blockSize..<($0 + 1) * Self.blockSize, tables) }
      }
      var factors = [Double](repeating: 1, count: margin.count)
      for _ in 0..<Self.roundCount {
        let parts = ChunkedWork(count: blocks, threads: threads, chunkSize: 1).map {
          [factors] list in
          list.map {
            rows.means($0 * Self.blockSize..<($0 + 1) * Self.blockSize, length, factors)
          }
        }
        for bin in margin.indices {
          let mean = parts.reduce(0) { $0 + $1[bin] } / Double(rowCount)
          let aim = margin[bin] / total
          guard aim > 0 else {
            factors[bin] = 0
            continue
          }
          let wanted = mean > 0 ? factors[bin] * aim / mean : factors[bin]
          factors[bin] = min(max(wanted, 1 / Self.greatestFactor), Self.greatestFactor)
        }
      }
      network.columns[column].outerStart =
        RoundedWeights(
          zip(network.columns[column].outerStart, factors).map { start, factor in
            factor > 0 ? start + Float(ElementaryFunctions.log(factor)) : Self.impossible
          }
        ).weights
      for bin in factors.indices where factors[bin] == 0 {
        for place in bin * tables.innerWidth..<(bin + 1) * tables.innerWidth {
          network.columns[column].outer[place] = 0
        }
      }
      guard layer == nil else { continue }
      let stream = key.stream(path: ["calibration", String(column)])
      _ = ChunkedWork(count: blocks, threads: threads, chunkSize: 1).map { [factors] list in
        list.map {
          rows.draw(
            column, $0 * Self.blockSize..<($0 + 1) * Self.blockSize, tables, factors, stream)
        }
      }
    }
    return network
  }
}

/// Rows that are drawn to see which margins a network has; threads write rows of their own.
private final class NeuralRows: @unchecked Sendable {
  private let width: Int
  private let known: UnsafeMutablePointer<Float>
  private let probabilities: UnsafeMutablePointer<Float>

  init(_ count: Int, width: Int, length: Int) {
    self.width = width
    known = .allocate(capacity: count * width)
    known.initialize(repeating: 0, count: count * width)
    probabilities = .allocate(capacity: count * length)
    probabilities.initialize(repeating: 0, count: count * length)
  }

  deinit {
    known.deallocate()
    probabilities.deallocate()
  }

  /// Draws the normals behind rows, and takes what they say as known.
  func know(
    _ rows: Range<Int>, _ layer: LatentLayer, _ tables: NetworkTables, _ stream: StreamKey
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.count * layer.width) { normals in
      guard let base = normals.baseAddress else { return }
      for (index, row) in rows.enumerated() {
        var draws = stream.stream(entity: UInt64(row))
        for place in 0..<layer.width {
          base[index * layer.width + place] = Float(
            Draws.normal(mean: 0, standardDeviation: 1, using: &draws))
        }
      }
      tables.know(base, rows: rows.count, into: known + rows.lowerBound * width)
    }
  }

  func reckon(_ column: Int, _ rows: Range<Int>, _ tables: NetworkTables) {
    withUnsafeTemporaryAllocation(
      of: Float.self, capacity: rows.count * (width + tables.innerWidth)
    ) { room in
      guard let room = room.baseAddress else { return }
      tables.probabilities(
        of: column, known: known + rows.lowerBound * width, rows: rows.count, room: room,
        into: probabilities + rows.lowerBound * tables.rowLength(of: column))
    }
  }

  /// The sum of each bin's probabilities times its factor.
  func means(_ rows: Range<Int>, _ length: Int, _ factors: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: factors.count)
    for row in rows {
      let own = probabilities + row * length
      var whole = 0.0
      for bin in factors.indices { whole += Double(own[bin]) * factors[bin] }
      guard whole > 0 else { continue }
      for bin in factors.indices { sums[bin] += Double(own[bin]) * factors[bin] / whole }
    }
    return sums
  }

  func draw(
    _ column: Int, _ rows: Range<Int>, _ tables: NetworkTables, _ factors: [Double],
    _ stream: StreamKey
  ) {
    let length = tables.rowLength(of: column)
    ChunkUniforms.with(stream, rows: rows.lowerBound, count: rows.count, isTwice: false) {
      uniforms in
      for (index, row) in rows.enumerated() {
        let own = probabilities + row * length
        for bin in factors.indices { own[bin] *= Float(factors[bin]) }
        let bin = NeuralChunk.bin(own, 0..<factors.count, uniform: uniforms.choice[index]) ?? 0
        tables.add(column: column, bin: bin, to: known + row * width)
      }
    }
  }
}
