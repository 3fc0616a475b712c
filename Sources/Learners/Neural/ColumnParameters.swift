// SPDX-License-Identifier: Apache-2.0
import CMatrices
import Numerics
import Randomness

/// The parameters of one column while they are learned, with their gradients and Adam's moments.
///
/// A bin on a scale has its own row of parameters and leans on those of knots near it; the sum is what is
/// multiplied.
final class ColumnParameters: @unchecked Sendable {
  let column: NeuralColumn
  let weights: ColumnWeights
  private let room: AdamRoom
  private let effective: [FloatRoom]
  private let hats: NeuralColumn.Hats
  private let contextWidth: Int
  private let innerWidth: Int

  // Where each kind of parameter begins.
  private let startPlace: Int
  private let innerPlace: Int
  private let innerStartPlace: Int
  private let outerPlace: Int
  private let outerStartPlace: Int

  /// Begins with bins as common as in some rows, whatever is known.
  ///
  /// - Parameter margin: The count of each bin.
  init(
    _ column: NeuralColumn, margin: [Double], contextWidth: Int, innerWidth: Int, columnCount: Int,
    using stream: inout RandomStream
  ) {
    self.column = column
    self.contextWidth = contextWidth
    self.innerWidth = innerWidth
    hats = column.hats
    let rows = column.binCount + hats.knotCount
    startPlace = rows * contextWidth
    innerPlace = startPlace + contextWidth
    innerStartPlace = innerPlace + contextWidth * innerWidth
    outerPlace = innerStartPlace + innerWidth
    outerStartPlace = outerPlace + rows * innerWidth
    let wide = padded(column.binCount)
    let count = outerStartPlace + wide
    room = AdamRoom(count)
    let parameters = room.parameters
    effective = [
      FloatRoom(column.binCount * contextWidth), FloatRoom(column.binCount * innerWidth),
      FloatRoom(wide * innerWidth),
    ]
    weights = ColumnWeights(
      binCount: column.binCount, embeddings: effective[0].base,
      start: parameters.base + startPlace, inner: parameters.base + innerPlace,
      innerStart: parameters.base + innerStartPlace, outer: effective[1].base,
      outerAcross: effective[2].base, outerStart: parameters.base + outerStartPlace)
    begin(margin, columnCount: columnCount, using: &stream)
    room.beginMeans()
    expand()
  }

  var parameters: FloatRoom { room.parameters }
  var gradients: FloatRoom { room.gradients }

  private func begin(_ margin: [Double], columnCount: Int, using stream: inout RandomStream) {
    func fill(_ range: Range<Int>, _ deviation: Double) {
      for place in range {
        parameters.base[place] = Float(
          Draws.normal(mean: 0, standardDeviation: deviation, using: &stream))
      }
    }
    // All columns together say about as much as one number of deviation 1 does.
    let spread = (1 / Double(max(1, columnCount))).squareRoot()
    for bin in 0..<column.binCount where hats.perBin[bin].isEmpty {
      fill(bin * contextWidth..<(bin + 1) * contextWidth, spread)
    }
    fill(column.binCount * contextWidth..<startPlace, spread)
    fill(startPlace..<innerPlace, 0.1)
    fill(innerPlace..<innerStartPlace, (2 / Double(contextWidth)).squareRoot())
    for bin in 0..<column.binCount where hats.perBin[bin].isEmpty {
      let place = outerPlace + bin * innerWidth
      fill(place..<place + innerWidth, 0.01)
    }
    fill(outerPlace + column.binCount * innerWidth..<outerStartPlace, 0.01)
    let total = margin.reduce(0, +) + 0.5 * Double(column.binCount)
    for bin in 0..<padded(column.binCount) {
      parameters.base[outerStartPlace + bin] =
        bin < column.binCount
        ? Float(ElementaryFunctions.log((margin[bin] + 0.5) / total)) : ColumnWeights.impossible
    }
  }

  // MARK: Bins and knots

  /// Adds up what is multiplied.
  func expand() { expand(parameters.base, into: effective) }

  private func expand(_ from: UnsafeMutablePointer<Float>, into rooms: [FloatRoom]) {
    for (target, place, width) in [
      (rooms[0], 0, contextWidth), (rooms[1], outerPlace, innerWidth),
    ] {
      let own = from + place
      target.base.update(from: own, count: column.binCount * width)
      for bin in 0..<column.binCount {
        for (knot, weight) in hats.perBin[bin] {
          matrix_add(
            target.base + bin * width, own + (column.binCount + knot) * width, weight, width)
        }
      }
    }
    matrix_transpose(
      rooms[2].base, padded(column.binCount), rooms[1].base, innerWidth, column.binCount,
      innerWidth)
  }

  /// Hands the gradients of bins on to the knots they lean on.
  func gather() {
    for (place, width) in [(0, contextWidth), (outerPlace, innerWidth)] where hats.knotCount > 0 {
      let own = gradients.base + place
      let knots = own + column.binCount * width
      knots.update(repeating: 0, count: hats.knotCount * width)
      for bin in 0..<column.binCount {
        for (knot, weight) in hats.perBin[bin] {
          matrix_add(knots + knot * width, own + bin * width, weight, width)
        }
      }
    }
  }

  // MARK: Gradients

  /// Where the gradient of each kind of weight is summed.
  var embeddingGradients: UnsafeMutablePointer<Float> { gradients.base }

  /// The gradients of all but embeddings, and in place of contexts those of contexts.
  ///
  /// - Parameters:
  ///   - contexts: A row of `contextWidth` each, rectified; becomes gradients of what is known.
  ///   - codes: The bin of each row.
  ///   - work: Room for ``roomCount(rows:)`` floats.
  ///   - likelihoods: Becomes the probability of each row's bin.
  func learn(
    contexts: UnsafeMutablePointer<Float>, codes: UnsafePointer<UInt8>, rows: Int,
    room work: UnsafeMutablePointer<Float>, likelihoods: UnsafeMutablePointer<Double>
  ) {
    let wide = padded(column.binCount)
    let hidden = work
    let back = hidden + rows * innerWidth
    let across = back + rows * innerWidth
    let before = across + innerWidth * contextWidth
    let errors = before + rows * contextWidth
    weights.probabilities(
      contexts: contexts, rows: rows, contextWidth: contextWidth, innerWidth: innerWidth,
      inner: hidden, into: errors)
    for row in 0..<rows {
      let own = row * wide + Int(codes[row])
      likelihoods[row] = Double(max(errors[own], 0x1p-100))
      errors[own] -= 1
    }
    let gradients = gradients.base
    matrix_multiply(
      gradients + outerPlace, innerWidth, errors, 1, wide, hidden, innerWidth, nil, 0,
      column.binCount, innerWidth, rows)
    sum(errors, wide, rows, into: gradients + outerStartPlace)
    matrix_multiply(
      back, innerWidth, errors, wide, 1, weights.outer, innerWidth, nil, 0, rows, innerWidth,
      column.binCount)
    matrix_rectify_back(back, hidden, rows * innerWidth)
    matrix_multiply(
      gradients + innerPlace, innerWidth, contexts, 1, contextWidth, back, innerWidth, nil, 0,
      contextWidth, innerWidth, rows)
    sum(back, innerWidth, rows, into: gradients + innerStartPlace)
    matrix_transpose(across, contextWidth, weights.inner, innerWidth, contextWidth, innerWidth)
    matrix_multiply(
      before, contextWidth, back, innerWidth, 1, across, contextWidth, nil, 0, rows, contextWidth,
      innerWidth)
    matrix_rectify_back(before, contexts, rows * contextWidth)
    sum(before, contextWidth, rows, into: gradients + startPlace)
    contexts.update(from: before, count: rows * contextWidth)
  }

  private func sum(
    _ values: UnsafePointer<Float>, _ width: Int, _ rows: Int,
    into sums: UnsafeMutablePointer<Float>
  ) {
    sums.update(repeating: 0, count: width)
    matrix_add_rows(sums, values, width, rows, width)
  }

  /// The floats that learning from so many rows needs room for.
  func roomCount(rows: Int) -> Int {
    rows * (2 * innerWidth + contextWidth + padded(column.binCount)) + innerWidth * contextWidth
  }

  /// The gradients of embeddings, from those of what each row's bin adds.
  func learnEmbeddings(from added: UnsafePointer<Float>, codes: UnsafePointer<UInt8>, rows: Int) {
    gradients.base.update(repeating: 0, count: column.binCount * contextWidth)
    matrix_scatter(gradients.base, codes, added, rows, contextWidth)
  }

  /// Takes a step.
  func step(_ step: AdamRoom.Step) {
    gather()
    room.step(
      step,
      weights: [0..<startPlace, innerPlace..<innerStartPlace, outerPlace..<outerStartPlace])
    expand()
  }

  /// The column's weights by the running mean of its parameters.
  func meanColumn() -> AutoregressiveNetwork.Column {
    let rooms = effective.map { FloatRoom($0.count) }
    expand(room.means.base, into: rooms)
    return AutoregressiveNetwork.Column(
      embeddings: AdamRoom.bounded(rooms[0], 0, column.binCount * contextWidth),
      start: room.meanValues(startPlace, contextWidth),
      inner: room.meanValues(innerPlace, contextWidth * innerWidth),
      innerStart: room.meanValues(innerStartPlace, innerWidth),
      outer: AdamRoom.bounded(rooms[1], 0, column.binCount * innerWidth),
      outerStart: room.meanValues(outerStartPlace, column.binCount))
  }
}
