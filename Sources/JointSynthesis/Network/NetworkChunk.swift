// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// Draws chunks of rows of a network: each variable from the table row that its parents' classes name.
final class NetworkChunk: JointChunk {
  private let network: BayesianNetwork
  private let bins: UnsafeMutablePointer<UInt8>
  private let stride: Int
  private var count = 0

  init(_ network: BayesianNetwork, bins: UnsafeMutablePointer<UInt8>, stride: Int) {
    self.network = network
    self.bins = bins
    self.stride = stride
  }

  func begin(firstRow: Int, count: Int) { self.count = count }

  func fill(_ place: Int, uniforms: UnsafePointer<Double>) {
    let node = network.nodes[place]
    let own = bins + place * stride
    for offset in 0..<count {
      own[offset] = UInt8(node.bin(row: row(node, offset), uniform: uniforms[offset]))
    }
  }

  @inline(__always)
  private func row(_ node: BayesianNetwork.Node, _ offset: Int) -> Int {
    var cell = 0
    for parent in node.parents {
      let classes = network.classes[parent]
      cell = cell &* classes.count &+ Int(classes.classOfBin[Int(bins[parent * stride + offset])])
    }
    return Int(node.rowOfCell[cell])
  }

  func redraw(
    _ place: Int, offset: Int, uniform: Double, from first: Int, through last: Int
  ) -> Int? {
    let node = network.nodes[place]
    return node.bin(row: row(node, offset), uniform: uniform, from: first, through: last)
      ?? node.bin(row: 0, uniform: uniform, from: first, through: last)
  }

  func chances(_ place: Int, offset: Int, into result: UnsafeMutablePointer<Double>) {
    let node = network.nodes[place]
    node.chances(row: row(node, offset), into: result)
  }
}
