// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness

/// Places among rows, each the mean of at least so many of them.
///
/// ## Source
/// Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28 (1982) 129–137;
/// Forgy (1965) for the start.
struct Prototypes {
  /// The rows from which places are learned, at most.
  private static let mostRows = 8000
  private static let roundCount = 8

  /// The places, one after another.
  private(set) var centres: [Double]
  /// The number of columns of a place.
  let width: Int
  /// The place of each row.
  private(set) var ofRow: [Int] = []

  var count: Int { centres.count / width }

  /// Finds places.
  ///
  /// - Parameters:
  ///   - count: How many places there are at most.
  ///   - minimumCount: The fewest rows of one; rows of smaller ones go to the nearest that is left.
  init(_ rows: SparseDesign, count: Int, minimumCount: Int, using stream: StreamKey) {
    width = rows.columnCount
    var draws = stream.stream(entity: 0)
    let step = max(1, rows.rowCount / Self.mostRows)
    let sample = stride(from: 0, to: rows.rowCount, by: step).map { $0 }
    let started = Draws.sample(min(count, sample.count), of: sample.count, using: &draws).sorted()
    centres = []
    for place in started {
      var centre = [Double](repeating: 0, count: width)
      for entry in rows.starts[sample[place]]..<rows.starts[sample[place] + 1] {
        centre[Int(rows.columns[entry])] = rows.values[entry]
      }
      centres += centre
    }
    for _ in 0..<Self.roundCount { move(to: sample, rows) }
    ofRow = nearest((0..<rows.rowCount).map { $0 }, rows)
    while self.count > 1 {
      var sizes = [Int](repeating: 0, count: self.count)
      for place in ofRow { sizes[place] += 1 }
      let kept = sizes.indices.filter { sizes[$0] >= minimumCount }
      if kept.count == sizes.count { break }
      // All are too small: the largest takes all rows.
      let largest = sizes.indices.max { (sizes[$0], $1) < (sizes[$1], $0) } ?? 0
      keep(kept.isEmpty ? [largest] : kept)
      ofRow = nearest((0..<rows.rowCount).map { $0 }, rows)
    }
    // Each place is the mean of its rows, and of no others.
    centre(rows)
  }

  private mutating func keep(_ places: [Int]) {
    centres = places.flatMap { centres[$0 * width..<($0 + 1) * width] }
  }

  private mutating func move(to sample: [Int], _ rows: SparseDesign) {
    let places = nearest(sample, rows)
    var sums = [Double](repeating: 0, count: centres.count)
    var sizes = [Double](repeating: 0, count: count)
    for (row, place) in zip(sample, places) {
      sizes[place] += 1
      for entry in rows.starts[row]..<rows.starts[row + 1] {
        sums[place * width + Int(rows.columns[entry])] += rows.values[entry]
      }
    }
    for place in 0..<count where sizes[place] > 0 {
      for column in 0..<width {
        centres[place * width + column] = sums[place * width + column] / sizes[place]
      }
    }
  }

  private mutating func centre(_ rows: SparseDesign) {
    var sums = [Double](repeating: 0, count: centres.count)
    var sizes = [Double](repeating: 0, count: count)
    for (row, place) in ofRow.enumerated() {
      sizes[place] += 1
      for entry in rows.starts[row]..<rows.starts[row + 1] {
        sums[place * width + Int(rows.columns[entry])] += rows.values[entry]
      }
    }
    for index in centres.indices where sizes[index / width] > 0 {
      centres[index] = sums[index] / sizes[index / width]
    }
  }

  /// The nearest place of each of some rows; the first of equally near ones.
  private func nearest(_ list: [Int], _ rows: SparseDesign) -> [Int] {
    let squares = (0..<count).map { place in
      centres[place * width..<(place + 1) * width].reduce(0) { $0 + $1 * $1 }
    }
    return list.map { row in
      var best = (place: 0, distance: Double.infinity)
      let entries = rows.starts[row]..<rows.starts[row + 1]
      centres.withUnsafeBufferPointer { centres in
        for place in squares.indices {
          var product = 0.0
          for entry in entries {
            product += rows.values[entry] * centres[place &* width &+ Int(rows.columns[entry])]
          }
          let distance = squares[place] - 2 * product
          if distance < best.distance { best = (place, distance) }
        }
      }
      return best.place
    }
  }
}
