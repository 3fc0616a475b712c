// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Synthesis

/// Draws chunks of rows of networks: each variable given all of its group before it, or given the normals behind
/// the row.
final class NeuralChunk: JointChunk {
  /// The rows whose probabilities are reckoned at once.
  private static let blockSize = 128

  private let law: NeuralLaw
  private let tables: [NetworkTables]
  /// The draws of each group's normals, normal by normal.
  private let streams: [[StreamKey]]
  private let balancedStream: StreamKey
  private let nodes: BalancedNormals?
  private var spare: [Double] = []
  private var firstRow = 0
  private let bins: UnsafeMutablePointer<UInt8>
  private let stride: Int
  /// What is known of each row, a stretch of rows a group.
  private let known: [UnsafeMutablePointer<Float>]
  private let room: UnsafeMutablePointer<Float>
  private let probabilities: UnsafeMutablePointer<Float>
  /// How many columns of each group are part of what is known.
  private var added: [Int]
  private var count = 0

  init(
    _ law: NeuralLaw, tables: [NetworkTables], key: RandomKey, table: String,
    bins: UnsafeMutablePointer<UInt8>, stride: Int
  ) {
    self.law = law
    self.tables = tables
    streams = law.groups.enumerated().map { number, group in
      (0..<(group.layer?.width ?? 0)).map {
        key.stream(table: table, path: ["network", "normal", String(number), String($0)])
      }
    }
    balancedStream = key.stream(table: table, path: ["network", "balanced", "normals"])
    nodes = BalancedNormals(law, tables)
    if law.hasNormals { spare = [Double](repeating: 0, count: 2 * stride) }
    self.bins = bins
    self.stride = stride
    known = tables.map { .allocate(capacity: stride * $0.contextWidth) }
    let widest = tables.reduce(8) { max($0, $1.contextWidth + $1.innerWidth) }
    room = .allocate(capacity: Self.blockSize * widest)
    probabilities = .allocate(
      capacity: Self.blockSize * tables.reduce(8) { max($0, $1.longestRow) })
    added = tables.map { _ in 0 }
  }

  deinit {
    for stretch in known { stretch.deallocate() }
    room.deallocate()
    probabilities.deallocate()
  }

  func begin(firstRow: Int, count: Int) {
    self.count = count
    self.firstRow = firstRow
    for (group, own) in tables.enumerated() {
      known[group].initialize(repeating: 0, count: count * own.contextWidth)
      added[group] = 0
      guard let layer = law.groups[group].layer else { continue }
      var normals = [Float](repeating: 0, count: count * layer.width)
      for (place, stream) in streams[group].enumerated() {
        stream.fillSpare(&spare, firstRow: firstRow, count: count, stride: stride)
        for row in 0..<count {
          normals[row * layer.width + place] = Float(
            NormalDistribution.quantile(max(spare[row], 0x1p-54)))
        }
      }
      own.know(normals, rows: count, into: known[group])
    }
  }

  func fill(_ place: Int, uniforms: UnsafePointer<Double>) {
    let own = bins + place * stride
    if isAimed(place) {
      let sums = CumulativeChoice.sums(law.aims)
      if nodes != nil {
        balancedStream.fillSpare(&spare, firstRow: firstRow, count: count, stride: stride)
      }
      for row in 0..<count {
        let bin = CumulativeChoice.index(in: sums, uniform: uniforms[row])
        own[row] = UInt8(bin)
        nodes?.know(
          bin, uniform: spare[row],
          into: known[law.places[place].group] + row * tables[law.places[place].group].contextWidth)
      }
      return
    }
    let (group, column) = (law.places[place].group, law.places[place].column)
    learn(group, before: column)
    let tables = tables[group]
    let (width, length) = (tables.contextWidth, tables.rowLength(of: column))
    let binCount = law.groups[group].network.columns[column].binCount
    var first = 0
    while first < count {
      let rows = min(Self.blockSize, count - first)
      tables.probabilities(
        of: column, known: known[group] + first * width, rows: rows, room: room,
        into: probabilities)
      for row in 0..<rows {
        own[first + row] = UInt8(
          Self.bin(
            probabilities + row * length, 0..<binCount, uniform: uniforms[first + row]) ?? 0)
      }
      first += rows
    }
  }

  func redraw(
    _ place: Int, offset: Int, uniform: Double, from first: Int, through last: Int
  ) -> Int? {
    let (group, column) = (law.places[place].group, law.places[place].column)
    let weights = law.groups[group].network.columns[column]
    let range = max(0, first)..<max(max(0, first), min(last + 1, weights.binCount))
    if isAimed(place) {
      let sums = CumulativeChoice.sums(Array(law.aims[range]))
      guard let total = sums.last, total > 0 else { return nil }
      return range.lowerBound + CumulativeChoice.index(in: sums, uniform: uniform)
    }
    let tables = tables[group]
    tables.probabilities(
      of: column, known: known[group] + offset * tables.contextWidth, rows: 1, room: room,
      into: probabilities)
    if let bin = Self.bin(probabilities, range, uniform: uniform) { return bin }
    // Where the network thinks all of them impossible, they are as common as in all rows.
    for bin in range {
      probabilities[bin] = Float(
        ElementaryFunctions.exp(Double(max(weights.outerStart[bin], -60))))
    }
    return Self.bin(probabilities, range, uniform: uniform)
  }

  func chances(_ place: Int, offset: Int, into result: UnsafeMutablePointer<Double>) {
    if isAimed(place) {
      let total = law.aims.reduce(0, +)
      for (bin, aim) in law.aims.enumerated() { result[bin] = aim / total }
      return
    }
    let (group, column) = (law.places[place].group, law.places[place].column)
    learn(group, before: column)
    let tables = tables[group]
    tables.probabilities(
      of: column, known: known[group] + offset * tables.contextWidth, rows: 1, room: room,
      into: probabilities)
    let bins = 0..<law.groups[group].network.columns[column].binCount
    let total = bins.reduce(0.0) { $0 + Double(probabilities[$1]) }
    guard total > 0 else { return }
    for bin in bins { result[bin] = Double(probabilities[bin]) / total }
  }

  func hold(_ place: Int, offset: Int, bin: Int, uniform: Double) {
    guard isAimed(place), let nodes else { return }
    let group = law.places[place].group
    nodes.know(bin, uniform: uniform, into: known[group] + offset * tables[group].contextWidth)
  }

  /// Whether a variable is drawn by the shares that its levels are to have.
  private func isAimed(_ place: Int) -> Bool { place == 0 && !law.aims.isEmpty }

  /// Takes the bins of a group's columns before one into what is known.
  private func learn(_ group: Int, before column: Int) {
    guard law.groups[group].layer == nil else { return }
    let width = tables[group].contextWidth
    while added[group] < column {
      let own = bins + law.groups[group].variables[added[group]] * stride
      for row in 0..<count {
        tables[group].add(
          column: added[group], bin: Int(own[row]), to: known[group] + row * width)
      }
      added[group] += 1
    }
  }

  /// The bin that a uniform number in 0..<1 picks from a range; `nil` if all of it is impossible.
  static func bin(
    _ probabilities: UnsafePointer<Float>, _ range: Range<Int>, uniform: Double
  ) -> Int? {
    var total = 0.0
    var last: Int?
    for bin in range where probabilities[bin] > 0 {
      total += Double(probabilities[bin])
      last = bin
    }
    let aim = uniform * total
    var sum = 0.0
    for bin in range where probabilities[bin] > 0 {
      sum += Double(probabilities[bin])
      if aim < sum { return bin }
    }
    return last
  }
}
