// SPDX-License-Identifier: Apache-2.0
import CMatrices
import Numerics
import Randomness
import Tables

/// A variational autoencoder in training: its parameters, and room for a batch of rows.
final class VariationalRun: @unchecked Sendable {
  /// The rows that one thread takes at a time.
  private static let blockSize = 64

  /// The rows that are learned from, and those that are kept apart.
  let learned: [Int]
  let kept: [Int]
  /// The counts of each column's bins in the rows that are learned from.
  let margins: [[Double]]

  private let training: VariationalTraining
  let parameters: [ColumnParameters]
  let encoder: EncoderParameters
  private let columnCount: Int
  private let contextWidth: Int
  private let latentWidth: Int
  private let batchSize: Int
  private let stream: StreamKey
  private let keptCodes: [UInt8]
  private var stepCount = 0

  // A batch: bins and contexts column by column, the rest row by row.
  private let codes: UnsafeMutablePointer<UInt8>
  private let likelihoods: UnsafeMutablePointer<Double>
  private let divergences: UnsafeMutablePointer<Double>
  private let contexts: FloatRoom
  private let hidden: FloatRoom
  private let hiddenBack: FloatRoom
  private let code: FloatRoom
  private let codeBack: FloatRoom
  private let noise: FloatRoom
  private let normals: FloatRoom
  private let known: FloatRoom
  private let codeAcross: FloatRoom
  private let spreadAcross: FloatRoom
  private let rooms: [FloatRoom]

  init(_ training: VariationalTraining) {
    self.training = training
    let options = training.options
    let key = RandomKey(seed: "variational autoencoder")
    stream = key.stream("rounds")
    let rowCount = training.codes.first?.count ?? 0
    let dealt = TrainingRows(
      count: rowCount, keptShare: options.validationShare, most: options.mostKept, key: key)
    (learned, kept) = (dealt.learned, dealt.kept)
    margins = zip(training.columns, training.codes).map {
      dealt.margin(of: $1, binCount: $0.binCount)
    }
    keptCodes = training.codes.flatMap { [kept] list in kept.map { list[$0] } }
    columnCount = training.columns.count
    (contextWidth, latentWidth) = (options.contextWidth, options.latentWidth)
    batchSize = max(1, min(options.batchSize, learned.count))
    parameters = dealt.parameters(
      training.columns, codes: training.codes, contextWidth: options.contextWidth,
      innerWidth: options.innerWidth, key: key)
    var own = key.stream("weights").stream(entity: .max)
    encoder = EncoderParameters(
      contextWidth: contextWidth, latentWidth: latentWidth, using: &own)
    codes = .allocate(capacity: max(1, columnCount * batchSize))
    codes.initialize(repeating: 0, count: max(1, columnCount * batchSize))
    likelihoods = .allocate(capacity: max(1, columnCount * batchSize))
    likelihoods.initialize(repeating: 1, count: max(1, columnCount * batchSize))
    divergences = .allocate(capacity: batchSize)
    divergences.initialize(repeating: 0, count: batchSize)
    contexts = FloatRoom(columnCount * batchSize * contextWidth)
    (hidden, hiddenBack, known) = (
      FloatRoom(batchSize * contextWidth), FloatRoom(batchSize * contextWidth),
      FloatRoom(batchSize * contextWidth)
    )
    (code, codeBack) = (
      FloatRoom(batchSize * 2 * latentWidth), FloatRoom(batchSize * 2 * latentWidth)
    )
    (noise, normals) = (FloatRoom(batchSize * latentWidth), FloatRoom(batchSize * latentWidth))
    codeAcross = FloatRoom(2 * latentWidth * contextWidth)
    spreadAcross = FloatRoom(contextWidth * latentWidth)
    let most = parameters.reduce(contextWidth) { [batchSize] in
      max($0, $1.roomCount(rows: batchSize))
    }
    rooms = (0..<max(1, training.threads)).map { _ in FloatRoom(most) }
  }

  deinit {
    codes.deallocate()
    likelihoods.deallocate()
    divergences.deallocate()
  }

  /// The network and the layer before it, by the running means of parameters.
  var state: (network: AutoregressiveNetwork, layer: LatentLayer) {
    guard
      let network = AutoregressiveNetwork(
        contextWidth: contextWidth, innerWidth: training.options.innerWidth,
        columns: parameters.map { $0.meanColumn() })
    else { preconditionFailure("trained weights add up") }
    return (network, encoder.meanLayer)
  }

  /// Visits each row that is learned from once, and returns the mean bound of −log p of a row.
  ///
  /// - Parameter divergenceShare: How much the divergence of normals counts.
  func round(_ number: Int, rate: Float, divergenceShare: Float) -> Double {
    var draws = stream.stream(entity: .max, period: UInt32(number))
    var rows = learned
    Draws.shuffle(&rows, using: &draws)
    var total = 0.0
    var place = 0
    while place < rows.count {
      let count = min(batchSize, rows.count - place)
      total += gradients(
        Array(rows[place..<place + count]), round: UInt32(number), divergenceShare: divergenceShare
      )
      stepCount += 1
      let step = AdamRoom.Step(number: stepCount, rate: rate, decay: training.options.decay)
      NeuralWork.perform(columnCount + 1, threads: rooms.count) { [self] place, _ in
        if place < columnCount {
          parameters[place].step(step)
        } else {
          encoder.step(step)
        }
      }
      place += count
    }
    return total / Double(max(1, rows.count))
  }

  // MARK: A batch

  /// Reckons the gradients of some rows' bound of −log p, and returns its sum.
  func gradients(_ rows: [Int], round: UInt32, divergenceShare: Float) -> Double {
    let count = rows.count
    let stride = batchSize * contextWidth
    let blocks = (count + Self.blockSize - 1) / Self.blockSize
    let weights = encoder.weights(parameters.map { UnsafePointer($0.weights.embeddings) })
    encoder.transposes(code: codeAcross, spread: spreadAcross)
    NeuralWork.perform(blocks, threads: rooms.count) { [self] block, _ in
      let range = block * Self.blockSize..<min(count, (block + 1) * Self.blockSize)
      gather(rows, range)
      weights.encode(
        codes, stride: batchSize, rows: range, hidden: hidden.base, into: code.base)
      for row in range {
        var draws = stream.stream(entity: UInt64(rows[row]), period: round)
        divergences[row] = weights.draw(
          code.base + row * 2 * latentWidth, using: &draws,
          noise: noise.base + row * latentWidth, into: normals.base + row * latentWidth)
      }
      weights.know(normals.base, rows: range, into: known.base)
      for (place, own) in parameters.enumerated() {
        let first = contexts.base + place * stride + range.lowerBound * contextWidth
        first.update(
          from: known.base + range.lowerBound * contextWidth, count: range.count * contextWidth)
        for row in 0..<range.count {
          matrix_add(first + row * contextWidth, own.weights.start, 1, contextWidth)
        }
        matrix_rectify(first, range.count * contextWidth)
      }
    }
    NeuralWork.perform(columnCount, threads: rooms.count) { [self] place, worker in
      parameters[place].learn(
        contexts: contexts.base + place * stride, codes: codes + place * batchSize, rows: count,
        room: rooms[worker].base, likelihoods: likelihoods + place * batchSize)
      ElementaryFunctions.log(
        each: UnsafeMutableBufferPointer(start: likelihoods + place * batchSize, count: count))
    }
    NeuralWork.perform(blocks, threads: rooms.count) { [self] block, _ in
      goBack(
        block * Self.blockSize..<min(count, (block + 1) * Self.blockSize), stride: stride,
        divergenceShare: divergenceShare)
    }
    NeuralWork.perform(columnCount + 1, threads: rooms.count) { [self] place, _ in
      if place < columnCount {
        parameters[place].learnEmbeddings(
          from: hiddenBack.base, codes: codes + place * batchSize, rows: count)
      } else {
        encoder.learn(
          hidden: hidden.base, hiddenBack: hiddenBack.base, codeBack: codeBack.base,
          normals: normals.base, knownBack: known.base, rows: count)
      }
    }
    var loss = 0.0
    for row in 0..<count {
      loss += divergences[row]
      for place in 0..<columnCount { loss -= likelihoods[place * batchSize + row] }
    }
    return loss
  }

  private func gather(_ rows: [Int], _ range: Range<Int>) {
    for place in 0..<columnCount {
      training.codes[place].withUnsafeBufferPointer { all in
        for index in range { codes[place * batchSize + index] = all[rows[index]] }
      }
    }
  }

  /// Brings the gradients of columns' contexts back to what is known, to normals, and to the encoder.
  private func goBack(_ range: Range<Int>, stride: Int, divergenceShare: Float) {
    let (first, length) = (range.lowerBound * contextWidth, range.count * contextWidth)
    (known.base + first).update(repeating: 0, count: length)
    for place in 0..<columnCount {
      matrix_add(known.base + first, contexts.base + place * stride + first, 1, length)
    }
    // The gradients of normals come to stand where those of their means belong.
    let width = 2 * latentWidth
    let back = codeBack.base + range.lowerBound * width
    matrix_multiply(
      back, width, known.base + first, contextWidth, 1, spreadAcross.base, latentWidth, nil, 0,
      range.count, latentWidth, contextWidth)
    for row in range {
      let (own, values) = (codeBack.base + row * width, code.base + row * width)
      for place in 0..<latentWidth {
        let logarithm = values[latentWidth + place]
        let kept = EncoderWeights.logarithms.contains(logarithm)
        let deviation = Float(
          ElementaryFunctions.exp(
            Double(
              min(
                max(logarithm, EncoderWeights.logarithms.lowerBound),
                EncoderWeights.logarithms.upperBound)) / 2))
        own[latentWidth + place] =
          kept
          ? 0.5 * own[place] * noise.base[row * latentWidth + place] * deviation
            + 0.5 * divergenceShare * (deviation * deviation - 1)
          : logarithm < 0 ? -0.01 : 0.01
        own[place] += divergenceShare * values[place]
      }
    }
    matrix_multiply(
      hiddenBack.base + first, contextWidth, back, width, 1, codeAcross.base, contextWidth, nil, 0,
      range.count, contextWidth, width)
    matrix_rectify_back(hiddenBack.base + first, hidden.base + first, length)
  }

  // MARK: Rows kept apart

  /// The mean bound of −log p of a row that is kept apart, by running means of parameters.
  ///
  /// - Parameter network: The columns by the same means.
  func keptLoss(_ network: AutoregressiveNetwork) -> Double {
    guard !kept.isEmpty else { return 0 }
    let tables = NetworkTables(network)
    let weights = encoder.meanWeights(tables.columns.map { UnsafePointer($0.embeddings) })
    let noiseKey = stream
    let blocks = (kept.count + Self.blockSize - 1) / Self.blockSize
    let sums = ChunkedWork(count: blocks, threads: training.threads, chunkSize: 1).map {
      [self] list in
      list.map { block in
        keptLoss(
          block * Self.blockSize..<min(kept.count, (block + 1) * Self.blockSize), tables, weights,
          noiseKey)
      }
    }
    return sums.reduce(0, +) / Double(kept.count)
  }

  private func keptLoss(
    _ range: Range<Int>, _ tables: NetworkTables, _ weights: EncoderWeights, _ noiseKey: StreamKey
  ) -> Double {
    let count = range.count
    let (hidden, known) = (FloatRoom(count * contextWidth), FloatRoom(count * contextWidth))
    let code = FloatRoom(count * 2 * latentWidth)
    let (noise, normals) = (FloatRoom(latentWidth), FloatRoom(count * latentWidth))
    let room = FloatRoom(count * (contextWidth + tables.innerWidth))
    let probabilities = FloatRoom(count * tables.longestRow)
    var bins = [UInt8](repeating: 0, count: max(1, columnCount * count))
    for place in 0..<columnCount {
      for (index, row) in range.enumerated() {
        bins[place * count + index] = keptCodes[place * kept.count + row]
      }
    }
    var sum = 0.0
    bins.withUnsafeBufferPointer { bins in
      guard let base = bins.baseAddress else { return }
      weights.encode(base, stride: count, rows: 0..<count, hidden: hidden.base, into: code.base)
    }
    for (index, row) in range.enumerated() {
      // The same noise each round, so that rounds can be compared.
      var draws = noiseKey.stream(entity: UInt64(kept[row]), period: .max)
      sum += weights.draw(
        code.base + index * 2 * latentWidth, using: &draws, noise: noise.base,
        into: normals.base + index * latentWidth)
    }
    weights.know(normals.base, rows: 0..<count, into: known.base)
    for column in 0..<columnCount {
      tables.probabilities(
        of: column, known: known.base, rows: count, room: room.base, into: probabilities.base)
      let length = tables.rowLength(of: column)
      for index in 0..<count {
        let p = probabilities.base[index * length + Int(bins[column * count + index])]
        sum -= ElementaryFunctions.log(Double(max(p, 0x1p-100)))
      }
    }
    return sum
  }
}
