// SPDX-License-Identifier: Apache-2.0
import CMatrices

/// A network's weights laid out for multiplying, and what is reckoned with them.
public final class NetworkTables: @unchecked Sendable {
  /// The numbers that say what is known.
  public let contextWidth: Int
  /// The numbers of each column's own layer.
  public let innerWidth: Int
  let columns: [ColumnWeights]
  /// The number of normals behind a row, and what they say.
  private let latent: (width: Int, weights: FloatRoom)?
  private let rooms: [FloatRoom]

  /// Lays out a network, and the layer of the normals behind a row if there is one.
  public init(_ network: AutoregressiveNetwork, layer: LatentLayer? = nil) {
    latent = layer.map { ($0.width, FloatRoom($0.weights)) }
    contextWidth = network.contextWidth
    innerWidth = network.innerWidth
    var columns: [ColumnWeights] = []
    var rooms: [FloatRoom] = []
    for column in network.columns {
      let (bins, wide) = (column.binCount, padded(column.binCount))
      func room(_ values: [Float]) -> UnsafeMutablePointer<Float> {
        let room = FloatRoom(values)
        rooms.append(room)
        return room.base
      }
      let outer = room(column.outer)
      let across = FloatRoom(network.innerWidth * wide)
      rooms.append(across)
      matrix_transpose(across.base, wide, outer, network.innerWidth, bins, network.innerWidth)
      let rest = [Float](repeating: ColumnWeights.impossible, count: wide - bins)
      columns.append(
        ColumnWeights(
          binCount: bins, embeddings: room(column.embeddings), start: room(column.start),
          inner: room(column.inner), innerStart: room(column.innerStart), outer: outer,
          outerAcross: across.base, outerStart: room(column.outerStart + rest)))
    }
    self.columns = columns
    self.rooms = rooms
  }

  /// The padded number of bins of a column: the length of its rows of probabilities.
  public func rowLength(of column: Int) -> Int { columns[column].paddedCount }

  /// The longest row of probabilities.
  public var longestRow: Int { columns.reduce(8) { max($0, $1.paddedCount) } }

  /// Adds to what is known of a row that a column's bin is known.
  ///
  /// - Parameters:
  ///   - bin: Below the column's number of bins.
  ///   - known: `contextWidth` floats, 0 where nothing is known.
  @inline(__always)
  public func add(column: Int, bin: Int, to known: UnsafeMutablePointer<Float>) {
    matrix_add(known, columns[column].embeddings + bin * contextWidth, 1, contextWidth)
  }

  /// Writes what the normals behind some rows say of them.
  ///
  /// - Parameters:
  ///   - normals: A row of the layer's width each.
  ///   - known: Room for `contextWidth` floats a row.
  public func know(
    _ normals: UnsafePointer<Float>, rows: Int, into known: UnsafeMutablePointer<Float>
  ) {
    guard let (width, weights) = latent else { return }
    matrix_multiply(
      known, contextWidth, normals, width, 1, weights.base, contextWidth, nil, 0, rows,
      contextWidth, width)
  }

  /// The probabilities of a column's bins in some rows, row by row the same however many at once.
  ///
  /// - Parameters:
  ///   - known: What is known of each row: `contextWidth` floats each.
  ///   - room: Room for `contextWidth + innerWidth` floats a row.
  ///   - probabilities: Room for ``rowLength(of:)`` floats a row; those beyond the bins become 0.
  public func probabilities(
    of column: Int, known: UnsafePointer<Float>, rows: Int, room: UnsafeMutablePointer<Float>,
    into probabilities: UnsafeMutablePointer<Float>
  ) {
    let own = columns[column]
    for row in 0..<rows {
      let context = room + row * contextWidth
      context.update(from: known + row * contextWidth, count: contextWidth)
      matrix_add(context, own.start, 1, contextWidth)
    }
    matrix_rectify(room, rows * contextWidth)
    own.probabilities(
      contexts: room, rows: rows, contextWidth: contextWidth, innerWidth: innerWidth,
      inner: room + rows * contextWidth, into: probabilities)
  }
}
