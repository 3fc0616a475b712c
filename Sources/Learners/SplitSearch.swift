// SPDX-License-Identifier: Apache-2.0

/// A split of a node: rows whose predictor lies at or below a position go left.
struct Split {
  var predictor: Int
  var threshold: UInt8
  /// The part of the log-likelihood that depends on the split: Σ g(cells) − g(left) − g(right).
  var likelihood: Double
}

/// Finds the best split of a node on one predictor.
///
/// Large nodes fill a histogram of predictor position × class and scan it; small ones sort their rows by
/// position and move them over one by one, so that the cost follows the rows and not the bins.
struct SplitSearch<Weights: RowWeights>: ~Copyable {
  private let weights: Weights
  private let minimumLeafWeight: Double
  private let histogram: UnsafeMutablePointer<Weights.Count>
  private let left: UnsafeMutablePointer<Weights.Count>
  private let right: UnsafeMutablePointer<Weights.Count>
  /// The rows at each position; all zero between searches.
  private let counts: UnsafeMutablePointer<Int32>
  private let own: UnsafeMutablePointer<UInt8>
  private let sortedClasses: UnsafeMutablePointer<UInt8>
  private let sortedRows: UnsafeMutablePointer<Int32>

  init(weights: Weights, minimumLeafWeight: Double, rowCount: Int) {
    self.weights = weights
    self.minimumLeafWeight = minimumLeafWeight
    histogram = .allocate(capacity: 256 * 256)
    left = .allocate(capacity: 256)
    right = .allocate(capacity: 256)
    counts = .allocate(capacity: 256)
    counts.initialize(repeating: 0, count: 256)
    own = .allocate(capacity: max(rowCount, 1))
    sortedClasses = .allocate(capacity: max(rowCount, 1))
    sortedRows = .allocate(capacity: Weights.areEqual ? 1 : max(rowCount, 1))
  }

  deinit {
    histogram.deallocate()
    left.deallocate()
    right.deallocate()
    counts.deallocate()
    own.deallocate()
    sortedClasses.deallocate()
    sortedRows.deallocate()
  }

  /// Returns the best split on a predictor, or `nil` if it has one position only or no split leaves
  /// enough weight on both sides.
  ///
  /// - Parameters:
  ///   - positions: The predictor's position for every row of the table.
  ///   - rows: The node's rows.
  ///   - classes: The class of each of the node's rows, in the order of `rows`.
  ///   - classWeights: The node's weight in each class.
  /// - Returns: The split; `isConstant` is set if the node has one position only.
  func best(
    predictor: Int, positions: UnsafePointer<UInt8>, positionCount: Int,
    rows: UnsafeBufferPointer<Int32>, classes: UnsafePointer<UInt8>,
    classWeights: UnsafeBufferPointer<Weights.Count>, isConstant: inout Bool
  ) -> Split? {
    let cellCount = positionCount * classWeights.count
    return cellCount <= rows.count * 2
      ? scanHistogram(predictor, positions, positionCount, rows, classes, classWeights, &isConstant)
      : scanSorted(predictor, positions, positionCount, rows, classes, classWeights, &isConstant)
  }

  private func scanHistogram(
    _ predictor: Int, _ positions: UnsafePointer<UInt8>, _ positionCount: Int,
    _ rows: UnsafeBufferPointer<Int32>, _ classes: UnsafePointer<UInt8>,
    _ classWeights: UnsafeBufferPointer<Weights.Count>, _ isConstant: inout Bool
  ) -> Split? {
    let classCount = classWeights.count
    histogram.update(repeating: 0, count: positionCount * classCount)
    for index in 0..<rows.count {
      let row = rows[index]
      histogram[Int(positions[Int(row)]) &* classCount &+ Int(classes[index])] +=
        weights.weight(ofRow: row)
    }
    var scan = Scan(weights, classWeights, left, right)
    var best: Split?
    var seen = 0
    for position in 0..<positionCount {
      let cells = histogram + position * classCount
      var added: Weights.Count = 0
      for index in 0..<classCount where cells[index] != 0 {
        scan.move(cells[index], ofClass: index, weights, left, right)
        added += cells[index]
      }
      guard added != 0 else { continue }
      seen += 1
      scan.shift(added)
      consider(position, predictor, scan, &best)
    }
    isConstant = seen < 2
    return best
  }

  private func scanSorted(
    _ predictor: Int, _ positions: UnsafePointer<UInt8>, _ positionCount: Int,
    _ rows: UnsafeBufferPointer<Int32>, _ classes: UnsafePointer<UInt8>,
    _ classWeights: UnsafeBufferPointer<Weights.Count>, _ isConstant: inout Bool
  ) -> Split? {
    var least = UInt8.max
    var most = UInt8.min
    for index in 0..<rows.count {
      let position = positions[Int(rows[index])]
      own[index] = position
      counts[Int(position)] &+= 1
      least = min(least, position)
      most = max(most, position)
    }
    isConstant = least == most
    guard !isConstant else {
      counts[Int(least)] = 0
      return nil
    }
    var start: Int32 = 0
    for position in Int(least)...Int(most) {
      let count = counts[position]
      counts[position] = start
      start &+= count
    }
    for index in 0..<rows.count {
      let position = Int(own[index])
      let place = Int(counts[position])
      sortedClasses[place] = classes[index]
      if !Weights.areEqual { sortedRows[place] = rows[index] }
      counts[position] &+= 1
    }
    var scan = Scan(weights, classWeights, left, right)
    var best: Split?
    var index = 0
    for position in Int(least)...Int(most) {
      let end = Int(counts[position])
      counts[position] = 0
      guard index < end else { continue }
      var added: Weights.Count = 0
      while index < end {
        let weight = weights.weight(ofRow: Weights.areEqual ? 0 : sortedRows[index])
        scan.move(weight, ofClass: Int(sortedClasses[index]), weights, left, right)
        added += weight
        index &+= 1
      }
      scan.shift(added)
      consider(position, predictor, scan, &best)
    }
    return best
  }

  @inline(__always)
  private func consider(
    _ position: Int, _ predictor: Int, _ scan: Scan<Weights>, _ best: inout Split?
  ) {
    guard weights.number(scan.leftWeight) >= minimumLeafWeight,
      weights.number(scan.rightWeight) >= minimumLeafWeight
    else { return }
    let likelihood =
      scan.cells - weights.entropyTerm(scan.leftWeight) - weights.entropyTerm(scan.rightWeight)
    if let found = best, found.likelihood >= likelihood { return }
    best = Split(predictor: predictor, threshold: UInt8(position), likelihood: likelihood)
  }
}

/// The running state of a scan: what has moved to the left, and Σ g over the cells of both sides.
private struct Scan<Weights: RowWeights> {
  var leftWeight: Weights.Count = 0
  var rightWeight: Weights.Count = 0
  var cells = 0.0

  init(
    _ weights: Weights, _ classWeights: UnsafeBufferPointer<Weights.Count>,
    _ left: UnsafeMutablePointer<Weights.Count>, _ right: UnsafeMutablePointer<Weights.Count>
  ) {
    for index in 0..<classWeights.count {
      left[index] = 0
      right[index] = classWeights[index]
      rightWeight += classWeights[index]
      cells += weights.entropyTerm(classWeights[index])
    }
  }

  @inline(__always)
  mutating func move(
    _ weight: Weights.Count, ofClass index: Int, _ weights: Weights,
    _ left: UnsafeMutablePointer<Weights.Count>, _ right: UnsafeMutablePointer<Weights.Count>
  ) {
    let remaining = right[index] - weight
    // One sum in the chain from row to row, not two.
    cells += weights.growth(of: left[index], by: weight) - weights.growth(of: remaining, by: weight)
    left[index] += weight
    right[index] = remaining
  }

  @inline(__always)
  mutating func shift(_ weight: Weights.Count) {
    leftWeight += weight
    rightWeight -= weight
  }
}
