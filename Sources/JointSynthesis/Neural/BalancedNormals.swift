// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Synthesis

/// Normals that a row may have whose first variable was drawn by other shares than the table's.
///
/// A bin leads to one of some fixed draws of normals, each with a chance proportional to what the network gives
/// the bin there.
final class BalancedNormals: Sendable {
  /// The number of draws.
  private static let nodeCount = 2048

  private let width: Int
  /// What is known at each draw.
  private let known: [Float]
  /// For each bin that is asked for, the sums over draws of its probability.
  private let sums: [[Double]]

  /// Prepares draws; `nil` unless the first variable is balanced and has normals behind it.
  init?(_ law: NeuralLaw, _ tables: [NetworkTables]) {
    guard !law.aims.isEmpty, let place = law.places.first,
      let layer = law.groups[place.group].layer
    else { return nil }
    let tables = tables[place.group]
    let count = Self.nodeCount
    let stream = RandomKey(seed: "variational autoencoder").stream("balanced")
    var normals: [Float] = []
    normals.reserveCapacity(count * layer.width)
    for node in 0..<count {
      var draws = stream.stream(entity: UInt64(node))
      for _ in 0..<layer.width {
        normals.append(Float(Draws.normal(mean: 0, standardDeviation: 1, using: &draws)))
      }
    }
    width = tables.contextWidth
    let length = tables.rowLength(of: place.column)
    var known = [Float](repeating: 0, count: count * width)
    var probabilities = [Float](repeating: 0, count: count * length)
    var room = [Float](repeating: 0, count: count * (width + tables.innerWidth))
    known.withUnsafeMutableBufferPointer { known in
      probabilities.withUnsafeMutableBufferPointer { probabilities in
        room.withUnsafeMutableBufferPointer { room in
          guard let known = known.baseAddress, let probabilities = probabilities.baseAddress,
            let room = room.baseAddress
          else { return }
          tables.know(normals, rows: count, into: known)
          tables.probabilities(
            of: place.column, known: known, rows: count, room: room, into: probabilities)
        }
      }
    }
    self.known = known
    sums = law.aims.indices.map { bin in
      guard law.aims[bin] > 0 else { return [] }
      return CumulativeChoice.sums(
        (0..<count).map { Double(probabilities[$0 * length + bin]) + 1e-12 })
    }
  }

  /// Writes what is known of a row with a bin.
  ///
  /// - Parameter uniform: A number in 0..<1 that picks the draw.
  func know(_ bin: Int, uniform: Double, into row: UnsafeMutablePointer<Float>) {
    guard !sums[bin].isEmpty else { return }
    let node = CumulativeChoice.index(in: sums[bin], uniform: uniform)
    for place in 0..<width { row[place] = known[node * width + place] }
  }
}
