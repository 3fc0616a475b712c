// SPDX-License-Identifier: Apache-2.0
import Synthesis

extension ByteWriter {
  mutating func write(_ network: BayesianNetwork) {
    for classes in network.classes { write(classes) }
    for node in network.nodes {
      write(counts: node.parents)
      write(counts: node.rowOfCell.map(Int.init))
      write(counts: node.backing.map(Int.init))
      write(counts: node.starts.map(Int.init))
      write(node.bins)
      write(weights: node.sums)
    }
  }
}

extension ByteReader {
  /// Reads a network of some variables; what cannot have been written throws.
  mutating func network(of variables: [JointVariable]) throws(Damage) -> BayesianNetwork {
    var classes: [BinClasses] = []
    for _ in variables { classes.append(try binClasses()) }
    var nodes: [BayesianNetwork.Node] = []
    for variable in variables {
      let node = BayesianNetwork.Node(
        parents: try counts(), rowOfCell: try small(), backing: try small(), starts: try small(),
        bins: try list(), sums: try weights())
      guard node.bins.allSatisfy({ Int($0) < max(1, variable.layout.binCount) }) else {
        throw Damage()
      }
      nodes.append(node)
    }
    guard let network = BayesianNetwork(classes: classes, nodes: nodes) else { throw Damage() }
    return network
  }

  private mutating func small() throws(Damage) -> [Int32] {
    var list: [Int32] = []
    for entry in try counts() {
      guard let entry = Int32(exactly: entry) else { throw Damage() }
      list.append(entry)
    }
    return list
  }
}
