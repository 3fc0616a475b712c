// SPDX-License-Identifier: Apache-2.0
import CMatrices
import Numerics
import Randomness

/// A network in training: its parameters, and room for a batch of rows.
final class NeuralRun: @unchecked Sendable {
  /// The rows that one thread takes at a time.
  private static let blockSize = 64

  /// The rows that are learned from, and those that are kept apart.
  let learned: [Int]
  let kept: [Int]
  /// The counts of each column's bins in the rows that are learned from.
  let margins: [[Double]]

  private let training: AutoregressiveTraining
  let parameters: [ColumnParameters]
  private let columnCount: Int
  private let contextWidth: Int
  private let batchSize: Int
  private let stream: StreamKey
  private var stepCount = 0

  // A batch: contexts column by column, bins, orders, probabilities.
  private let contexts: FloatRoom
  private let codes: UnsafeMutablePointer<UInt8>
  private let orders: UnsafeMutablePointer<Int32>
  private let likelihoods: UnsafeMutablePointer<Double>
  private let starts: UnsafeMutablePointer<UnsafePointer<Float>?>
  private let embeddings: UnsafeMutablePointer<UnsafePointer<Float>?>
  private let codePlaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>
  private let rooms: [FloatRoom]

  init(_ training: AutoregressiveTraining) {
    self.training = training
    let options = training.options
    let key = RandomKey(seed: "autoregressive network")
    stream = key.stream("rounds")
    let rowCount = training.codes.first?.count ?? 0
    let dealt = TrainingRows(
      count: rowCount, keptShare: options.validationShare, most: options.mostKept, key: key)
    (learned, kept) = (dealt.learned, dealt.kept)
    margins = zip(training.columns, training.codes).map {
      dealt.margin(of: $1, binCount: $0.binCount)
    }
    columnCount = training.columns.count
    contextWidth = options.contextWidth
    batchSize = max(1, min(options.batchSize, learned.count))
    parameters = dealt.parameters(
      training.columns, codes: training.codes, contextWidth: options.contextWidth,
      innerWidth: options.innerWidth, key: key)
    contexts = FloatRoom(columnCount * batchSize * contextWidth)
    codes = .allocate(capacity: max(1, columnCount * batchSize))
    codes.initialize(repeating: 0, count: max(1, columnCount * batchSize))
    orders = .allocate(capacity: max(1, columnCount * batchSize))
    orders.initialize(repeating: 0, count: max(1, columnCount * batchSize))
    likelihoods = .allocate(capacity: max(1, columnCount * batchSize))
    likelihoods.initialize(repeating: 1, count: max(1, columnCount * batchSize))
    starts = .allocate(capacity: max(1, columnCount))
    embeddings = .allocate(capacity: max(1, columnCount))
    codePlaces = .allocate(capacity: max(1, columnCount))
    for (place, own) in parameters.enumerated() {
      (starts + place).initialize(to: UnsafePointer(own.weights.start))
      (embeddings + place).initialize(to: UnsafePointer(own.weights.embeddings))
      (codePlaces + place).initialize(to: UnsafePointer(codes + place * batchSize))
    }
    let most = parameters.reduce(contextWidth) { [batchSize] in
      max($0, $1.roomCount(rows: batchSize))
    }
    rooms = (0..<max(1, training.threads)).map { _ in FloatRoom(most) }
  }

  deinit {
    codes.deallocate()
    orders.deallocate()
    likelihoods.deallocate()
    starts.deallocate()
    embeddings.deallocate()
    codePlaces.deallocate()
  }

  /// The network by the running means of parameters.
  var network: AutoregressiveNetwork {
    guard
      let network = AutoregressiveNetwork(
        contextWidth: contextWidth, innerWidth: training.options.innerWidth,
        columns: parameters.map { $0.meanColumn() })
    else { preconditionFailure("trained weights add up") }
    return network
  }

  /// Visits each row that is learned from once, and returns the mean of −log p of a row.
  func round(_ number: Int, rate: Float) -> Double {
    var draws = stream.stream(entity: .max, period: UInt32(number))
    var rows = learned
    Draws.shuffle(&rows, using: &draws)
    var total = 0.0
    var place = 0
    while place < rows.count {
      let count = min(batchSize, rows.count - place)
      total += learn(Array(rows[place..<place + count]), round: UInt32(number), rate: rate)
      place += count
    }
    return total / Double(max(1, rows.count))
  }

  // MARK: A batch

  /// Learns from some rows, and returns the sum of −log p.
  private func learn(_ rows: [Int], round: UInt32, rate: Float) -> Double {
    let loss = gradients(rows, round: round)
    stepCount += 1
    let step = AdamRoom.Step(
      number: stepCount, rate: rate, decay: training.options.decay)
    NeuralWork.perform(columnCount, threads: rooms.count) { [self] place, _ in
      parameters[place].step(step)
    }
    return loss
  }

  /// Reckons the gradients of some rows' −log p, and returns its sum.
  func gradients(_ rows: [Int], round: UInt32) -> Double {
    let count = rows.count
    let stride = batchSize * contextWidth
    let blocks = (count + Self.blockSize - 1) / Self.blockSize
    NeuralWork.perform(blocks, threads: rooms.count) { [self] block, worker in
      let range = block * Self.blockSize..<min(count, (block + 1) * Self.blockSize)
      gather(rows, range, round: round)
      matrix_contexts(
        contexts.base, stride, starts, embeddings, codePlaces, orders, rooms[worker].base,
        range.lowerBound, range.count, columnCount, contextWidth)
    }
    NeuralWork.perform(columnCount, threads: rooms.count) { [self] place, worker in
      parameters[place].learn(
        contexts: contexts.base + place * stride, codes: codes + place * batchSize, rows: count,
        room: rooms[worker].base, likelihoods: likelihoods + place * batchSize)
      ElementaryFunctions.log(
        each: UnsafeMutableBufferPointer(start: likelihoods + place * batchSize, count: count))
    }
    NeuralWork.perform(blocks, threads: rooms.count) { [self] block, worker in
      let range = block * Self.blockSize..<min(count, (block + 1) * Self.blockSize)
      matrix_contexts_back(
        contexts.base, stride, orders, rooms[worker].base, range.lowerBound, range.count,
        columnCount, contextWidth)
    }
    NeuralWork.perform(columnCount, threads: rooms.count) { [self] place, _ in
      parameters[place].learnEmbeddings(
        from: contexts.base + place * stride, codes: codes + place * batchSize, rows: count)
    }
    var loss = 0.0
    for place in 0..<columnCount {
      for row in 0..<count { loss -= likelihoods[place * batchSize + row] }
    }
    return loss
  }

  /// Takes the bins of rows into the batch, and gives each row its order of columns.
  private func gather(_ rows: [Int], _ range: Range<Int>, round: UInt32) {
    for place in 0..<columnCount {
      training.codes[place].withUnsafeBufferPointer { all in
        for index in range { codes[place * batchSize + index] = all[rows[index]] }
      }
    }
    for index in range {
      let order = orders + index * columnCount
      for place in 0..<columnCount { order[place] = Int32(place) }
      var draws = stream.stream(entity: UInt64(rows[index]), period: round)
      guard Draws.uniform(using: &draws) < training.options.shuffledShare else { continue }
      for last in Swift.stride(from: columnCount - 1, to: 0, by: -1) {
        let other = Draws.integer(below: last + 1, using: &draws)
        (order[last], order[other]) = (order[other], order[last])
      }
    }
  }
}
