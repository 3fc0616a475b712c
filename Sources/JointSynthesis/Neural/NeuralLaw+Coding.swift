// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis

extension ByteWriter {
  mutating func write(_ law: NeuralLaw) {
    write(count: law.groups.count)
    for group in law.groups {
      write(counts: group.variables)
      write(group.training)
      write(group.network)
      if let layer = group.layer {
        write(count: layer.width)
        write(RoundedWeights(layer.weights))
      }
    }
    write(weights: law.aims)
  }

  private mutating func write(_ training: NeuralTraining) {
    write(counts: [
      training.roundCount, training.bestRound, training.learnedRowCount, training.keptRowCount,
    ])
    for loss in [training.loss, training.shuffledLoss, training.independentLoss] { write(loss) }
  }

  private mutating func write(_ network: AutoregressiveNetwork) {
    write(counts: [network.contextWidth, network.innerWidth])
    for column in network.columns {
      write(count: column.binCount)
      let lists = [
        column.embeddings, column.start, column.inner, column.innerStart, column.outer,
        column.outerStart,
      ]
      for list in lists where !list.isEmpty { write(RoundedWeights(list)) }
    }
  }

  private mutating func write(_ weights: RoundedWeights) {
    write(count: -weights.exponent)
    for step in weights.steps {
      let bits = UInt16(bitPattern: step)
      write(byte: UInt8(bits & 255))
      write(byte: UInt8(bits >> 8))
    }
  }
}

extension ByteReader {
  /// Reads networks of some variables; what cannot have been written throws.
  ///
  /// - Parameter hasNormals: Whether normals lead to variables, which then do not to each other.
  mutating func neuralLaw(
    of variables: [JointVariable], hasNormals: Bool
  ) throws(Damage) -> NeuralLaw {
    var groups: [NeuralLaw.Group] = []
    for _ in 0..<(try entryCount()) {
      let places = try counts()
      let training = try neuralTraining()
      let network = try network(columnCount: places.count, isJoined: !hasNormals)
      groups.append(
        .init(
          variables: places, network: network,
          layer: hasNormals ? try layer(contextWidth: network.contextWidth) : nil,
          training: training))
    }
    guard
      let law = NeuralLaw(
        groups: groups, binCounts: variables.map { max(1, $0.layout.binCount) },
        aims: try weights())
    else { throw Damage() }
    return law
  }

  private mutating func neuralTraining() throws(Damage) -> NeuralTraining {
    let counts = try counts()
    let losses = [try number(), try number(), try number()]
    guard counts.count == 4, losses.allSatisfy(\.isFinite) else { throw Damage() }
    return NeuralTraining(
      roundCount: counts[0], bestRound: counts[1], learnedRowCount: counts[2],
      keptRowCount: counts[3], loss: losses[0], shuffledLoss: losses[1],
      independentLoss: losses[2])
  }

  private mutating func layer(contextWidth: Int) throws(Damage) -> LatentLayer {
    let width = try count()
    guard width <= AutoregressiveNetwork.greatestWidth,
      let layer = LatentLayer(
        width: width, contextWidth: contextWidth, weights: try rounded(width * contextWidth))
    else { throw Damage() }
    return layer
  }

  private mutating func network(
    columnCount: Int, isJoined: Bool
  ) throws(Damage) -> AutoregressiveNetwork {
    let widths = try counts()
    guard widths.count == 2, widths.allSatisfy({ $0 <= AutoregressiveNetwork.greatestWidth }) else {
      throw Damage()
    }
    let (context, inner) = (widths[0], widths[1])
    var columns: [AutoregressiveNetwork.Column] = []
    for _ in 0..<columnCount {
      let bins = try count()
      guard bins <= 256 else { throw Damage() }
      columns.append(
        AutoregressiveNetwork.Column(
          embeddings: isJoined ? try rounded(bins * context) : [], start: try rounded(context),
          inner: try rounded(context * inner), innerStart: try rounded(inner),
          outer: try rounded(bins * inner), outerStart: try rounded(bins)))
    }
    guard
      let network = AutoregressiveNetwork(
        contextWidth: context, innerWidth: inner, columns: columns)
    else { throw Damage() }
    return network
  }

  private mutating func rounded(_ count: Int) throws(Damage) -> [Float] {
    let exponent = try self.count()
    guard exponent <= -RoundedWeights.exponents.lowerBound else { throw Damage() }
    let bytes = try raw(2 * count)
    var steps: [Int16] = []
    steps.reserveCapacity(count)
    for place in 0..<count {
      let first = bytes.startIndex + 2 * place
      steps.append(
        Int16(bitPattern: UInt16(bytes[first]) | UInt16(bytes[first + 1]) << 8))
    }
    guard let weights = RoundedWeights(exponent: -exponent, steps: steps) else { throw Damage() }
    return weights.weights
  }
}
