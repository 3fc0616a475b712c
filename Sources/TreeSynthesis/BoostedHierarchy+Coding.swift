// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis

extension ByteWriter {
  mutating func write(_ fitted: BoostedHierarchy) {
    write(fitted.hierarchy.bins)
    write(counts: fitted.hierarchy.nodes.map(\.middle))
    for split in fitted.splits {
      write(signed: split.base)
      write(count: split.rowCount)
      write(count: split.ensembles.count)
      for ensemble in split.ensembles { write(ensemble) }
    }
  }

  private mutating func write(_ ensemble: BoostedEnsemble) {
    write(counts: ensemble.asked.map(Int.init))
    for order in ensemble.positions {
      // Readers fill an order up with zeros, so that what ends in them says the same without.
      let length = order.isEmpty ? 0 : (order.lastIndex { $0 != 0 } ?? 0) + 1
      write(Array(order.prefix(length)))
    }
    // Roots follow each other, so that the size of each tree says where the next starts.
    let ends = ensemble.roots.dropFirst().map(Int.init) + [ensemble.nodes.count]
    write(counts: zip(ensemble.roots, ends).map { $1 - Int($0) })
    for (root, end) in zip(ensemble.roots, ends) {
      for place in Int(root)..<end {
        let node = ensemble.nodes[place]
        if node.isLeaf {
          write(count: 0)
          write(signed: node.value)
        } else {
          write(count: Int(node.predictor) + 1)
          write(byte: node.threshold)
          write(count: Int(node.link) - place)
        }
      }
    }
  }

  /// Writes a number of either sign, short where it is small.
  private mutating func write(signed value: Int32) {
    write(count: value >= 0 ? Int(value) << 1 : (-1 - Int(value)) << 1 | 1)
  }
}

extension ByteReader {
  /// Reads a hierarchy; what cannot have been written throws.
  mutating func hierarchy(
    predictorCount: Int, layout: VariableLayout
  ) throws(Damage) -> BoostedHierarchy {
    guard let hierarchy = BinHierarchy(bins: try list(), middles: try counts()),
      hierarchy.bins.allSatisfy({ Int($0) < max(1, layout.binCount) })
    else { throw Damage() }
    var splits: [BoostedSplit] = []
    for _ in hierarchy.nodes {
      let base = try signed()
      guard abs(Int(base)) < 1 << 22 else { throw Damage() }
      let rowCount = try count()
      var ensembles: [BoostedEnsemble] = []
      for _ in 0..<(try entryCount()) { ensembles.append(try ensemble()) }
      splits.append(BoostedSplit(base: base, ensembles: ensembles, rowCount: rowCount))
    }
    guard
      let fitted = BoostedHierarchy(
        hierarchy: hierarchy, splits: splits, predictorCount: predictorCount)
    else { throw Damage() }
    return fitted
  }

  private mutating func ensemble() throws(Damage) -> BoostedEnsemble {
    var asked: [Int32] = []
    for predictor in try counts() {
      guard let predictor = Int32(exactly: predictor) else { throw Damage() }
      asked.append(predictor)
    }
    var positions: [[UInt8]] = []
    for _ in asked {
      let order = try list()
      guard order.count <= 256 else { throw Damage() }
      positions.append(
        order.isEmpty ? [] : order + [UInt8](repeating: 0, count: 256 - order.count))
    }
    var roots: [Int32] = []
    var nodes: [BoostedEnsemble.Node] = []
    for size in try counts() {
      let root = nodes.count
      guard size > 0, let start = Int32(exactly: root) else { throw Damage() }
      roots.append(start)
      for place in 0..<size { nodes.append(try node(at: root + place, end: root + size)) }
    }
    guard
      let ensemble = BoostedEnsemble(
        asked: asked, positions: positions, roots: roots, nodes: nodes)
    else { throw Damage() }
    return ensemble
  }

  private mutating func node(at place: Int, end: Int) throws(Damage) -> BoostedEnsemble.Node {
    let predictor = try count()
    guard let here = Int32(exactly: place) else { throw Damage() }
    guard predictor > 0 else { return .init(place: here, value: try signed()) }
    let threshold = try byte()
    let step = try count()
    guard let predictor = Int16(exactly: predictor - 1), step > 0, step < end - place,
      let link = Int32(exactly: place + step)
    else { throw Damage() }
    return .init(link: link, predictor: predictor, threshold: threshold)
  }

  private mutating func signed() throws(Damage) -> Int32 {
    let code = try count()
    let value = code & 1 == 0 ? code >> 1 : -1 - code >> 1
    guard let value = Int32(exactly: value) else { throw Damage() }
    return value
  }
}
