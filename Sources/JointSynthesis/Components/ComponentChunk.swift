// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Synthesis

/// Draws chunks of rows of components: first each row's scores, then every variable given them.
final class ComponentChunk: JointChunk {
  private let law: ComponentLaw
  private let streams: [[StreamKey]]
  private let firstStream: StreamKey
  private let missingStreams: [StreamKey]
  private let missingCounts: [Int]
  private let shares: [ClassShares]
  private let classBins: [BinsOfClasses]
  /// Where the first variable is balanced, for each of its classes the sums over nodes of its probability.
  private var nodeSums: [[Double]] = []
  private var nodes: [Double] = []
  private let bins: UnsafeMutablePointer<UInt8>
  private let stride: Int
  /// The scores of each group, a stretch a component.
  private var scores: [[Double]]
  private var spare: [Double]
  private var means: [Double]
  private var list: [Double]
  private var firstRow = 0
  private var count = 0

  init(
    _ law: ComponentLaw, _ variables: [JointVariable], key: RandomKey, table: String,
    bins: UnsafeMutablePointer<UInt8>, stride: Int
  ) {
    self.law = law
    streams = law.counts.enumerated().map { group, count in
      (0..<count).map {
        key.stream(table: table, path: ["components", "score", String(group), String($0)])
      }
    }
    firstStream = key.stream(table: table, path: ["components", "balanced", "scores"])
    missingStreams = variables.map { key.stream(table: table, path: [$0.name, "missing"]) }
    missingCounts = variables.map { $0.layout.missingReasons.count }
    shares = law.parts.map(ClassShares.init)
    classBins = law.parts.enumerated().map { place, part in
      BinsOfClasses(
        part.classes, weights: place == 0 && !law.aims.isEmpty ? law.aims : part.weights)
    }
    self.bins = bins
    self.stride = stride
    scores = law.counts.map { [Double](repeating: 0, count: $0 * stride) }
    spare = [Double](repeating: 0, count: 2 * stride)
    means = [Double](repeating: 0, count: stride)
    list = [Double](repeating: 0, count: 256)
    if let first = law.parts.first, !law.aims.isEmpty { weighNodes(first) }
  }

  private func weighNodes(_ first: ComponentLaw.Part) {
    nodes = ComponentLaw.nodes(law.counts[first.group])
    nodeSums = [[Double]](repeating: [], count: first.classes.count)
    for node in 0..<ComponentLaw.nodeCount {
      shares[0].fill(&list) { nodes[$0 * ComponentLaw.nodeCount + node] }
      for own in nodeSums.indices {
        nodeSums[own].append((nodeSums[own].last ?? 0) + list[own])
      }
    }
  }

  func begin(firstRow: Int, count: Int) {
    self.firstRow = firstRow
    self.count = count
    for (group, streams) in streams.enumerated() {
      for (component, stream) in streams.enumerated() {
        stream.fillSpare(&spare, firstRow: firstRow, count: count, stride: stride)
        let start = component * stride
        spare.withUnsafeBufferPointer { spare in
          scores[group].withUnsafeMutableBufferPointer { scores in
            for row in 0..<count {
              scores[start &+ row] = NormalDistribution.quantile(max(spare[row], 0x1p-54))
            }
          }
        }
      }
    }
  }

  func fill(_ place: Int, uniforms: UnsafePointer<Double>) {
    let part = law.parts[place]
    let own = bins + place * stride
    if place == 0, !law.aims.isEmpty { return fillBalanced(part, own, uniforms) }
    guard let normal = part.normal, let latent = law.bins[place] else {
      return classBins(place, part, uniforms) { own[$0] = $1 }
    }
    let missingCount = missingCounts[place]
    let deviation = part.rest.squareRoot()
    let (count, stride) = (count, stride)
    means.withUnsafeMutableBufferPointer { means in
      for row in 0..<count { means[row] = 0 }
      scores[part.group].withUnsafeBufferPointer { scores in
        for (component, loading) in normal.enumerated() where loading != 0 {
          let start = component &* stride
          for row in 0..<count { means[row] += loading * scores[start &+ row] }
        }
      }
      for row in 0..<count {
        let z = means[row] + deviation * NormalDistribution.quantile(max(uniforms[row], 0x1p-54))
        own[row] = UInt8(missingCount + latent.bin(z))
      }
    }
    guard !part.factors.isEmpty else { return }
    missingStreams[place].fillSpare(&spare, firstRow: firstRow, count: count, stride: stride)
    spare.withUnsafeBufferPointer { spare in
      guard let uniforms = spare.baseAddress else { return }
      classBins(place, part, uniforms) { row, bin in
        if Int(bin) < missingCount { own[row] = bin }
      }
    }
  }

  /// Draws the first variable by other weights, and then the scores that such a row may have.
  private func fillBalanced(
    _ part: ComponentLaw.Part, _ own: UnsafeMutablePointer<UInt8>, _ uniforms: UnsafePointer<Double>
  ) {
    let aims = CumulativeChoice.sums(law.aims)
    firstStream.fillSpare(&spare, firstRow: firstRow, count: count, stride: stride)
    for row in 0..<count {
      let bin = CumulativeChoice.index(in: aims, uniform: uniforms[row])
      own[row] = UInt8(bin)
      holdBalanced(part, row, bin)
    }
  }

  /// Draws the scores that a row of a bin of the first variable may have.
  private func holdBalanced(_ part: ComponentLaw.Part, _ row: Int, _ bin: Int) {
    let node = CumulativeChoice.index(
      in: nodeSums[Int(part.classes.classOfBin[bin])], uniform: spare[row])
    for component in 0..<law.counts[part.group] {
      scores[part.group][component * stride + row] =
        nodes[component * ComponentLaw.nodeCount + node]
    }
  }

  private func fillShares(_ place: Int, _ part: ComponentLaw.Part, _ row: Int) {
    let (group, stride) = (part.group, stride)
    scores[group].withUnsafeBufferPointer { scores in
      shares[place].fill(&list) { scores[$0 &* stride &+ row] }
    }
  }

  /// Takes the bin of each row by its scores: a class of bins, and one of them by weight.
  @inline(__always)
  private func classBins(
    _ place: Int, _ part: ComponentLaw.Part, _ uniforms: UnsafePointer<Double>,
    _ take: (Int, UInt8) -> Void
  ) {
    let (own, picks, classCount) = (shares[place], classBins[place], max(1, part.classes.count))
    let (count, stride) = (count, stride)
    var list = [Double](repeating: 0, count: 256)
    scores[part.group].withUnsafeBufferPointer { scores in
      for row in 0..<count {
        own.fill(&list) { scores[$0 &* stride &+ row] }
        list.withUnsafeMutableBufferPointer { list in
          for own in 1..<classCount { list[own] += list[own - 1] }
          take(row, picks.bin(uniform: uniforms[row]) { list[$0] })
        }
      }
    }
  }

  func redraw(
    _ place: Int, offset: Int, uniform: Double, from first: Int, through last: Int
  ) -> Int? {
    let part = law.parts[place]
    let missingCount = missingCounts[place]
    if part.normal != nil, let latent = law.bins[place] {
      let low = max(0, first - missingCount)
      let high = min(latent.thresholds.count, last - missingCount)
      guard low <= high else { return nil }
      let z = latent.draw(
        mean: means[offset], deviation: part.rest.squareRoot(), from: low, through: high,
        uniform: uniform)
      return missingCount + min(max(latent.bin(z), low), high)
    }
    fillShares(place, part, offset)
    var kept: [Int] = []
    var sums: [Double] = []
    for bin in part.weights.indices where bin >= first && bin <= last && part.weights[bin] > 0 {
      let own = Int(part.classes.classOfBin[bin])
      let whole = classBins[place].weight(own)
      guard whole > 0, list[own] > 0 else { continue }
      kept.append(bin)
      sums.append((sums.last ?? 0) + list[own] / whole * part.weights[bin])
    }
    return kept.isEmpty ? nil : kept[CumulativeChoice.index(in: sums, uniform: uniform)]
  }

  // MARK: Conditions

  func chances(_ place: Int, offset: Int, into result: UnsafeMutablePointer<Double>) {
    let part = law.parts[place]
    if place == 0, !law.aims.isEmpty {
      let total = law.aims.reduce(0, +)
      for bin in law.aims.indices { result[bin] = law.aims[bin] / total }
      return
    }
    let missingCount = missingCounts[place]
    let isScale = part.normal != nil && law.bins[place] != nil
    var rest = 1.0
    if !isScale || !part.factors.isEmpty {
      fillShares(place, part, offset)
      for bin in part.weights.indices where part.weights[bin] > 0 {
        guard !isScale || bin < missingCount else { continue }
        let own = Int(part.classes.classOfBin[bin])
        result[bin] = list[own] * part.weights[bin] / classBins[place].weight(own)
        rest -= result[bin]
      }
    }
    guard let normal = part.normal, let latent = law.bins[place] else { return }
    var mean = 0.0
    for (component, loading) in normal.enumerated() {
      mean += loading * scores[part.group][component * stride + offset]
    }
    for bin in 0...latent.thresholds.count {
      result[missingCount + bin] =
        max(0, rest) * latent.chance(bin, mean: mean, deviation: part.rest.squareRoot())
    }
  }

  func hold(_ place: Int, offset: Int, bin: Int, uniform: Double) {
    guard place == 0, !law.aims.isEmpty else { return }
    holdBalanced(law.parts[0], offset, bin)
  }
}
