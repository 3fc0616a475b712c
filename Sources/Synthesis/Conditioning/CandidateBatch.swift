// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

/// Candidates that were drawn together: bins, values and weights.
struct CandidateBatch {
  /// The bins, a stretch of ``count`` a variable.
  let bins: [UInt8]
  /// The values; none of variables that were not drawn.
  let outputs: [DrawnColumn]
  /// The logarithms of the weights.
  let weights: [Double]
  /// The same with chances that are never quite nothing.
  let backedWeights: [Double]
  /// The variable at which a candidate became impossible, or −1.
  let ends: [Int32]
  /// The number of candidates.
  let count: Int

  /// Draws candidates.
  ///
  /// - Parameters:
  ///   - places: The variables to draw.
  ///   - pieces: The numbers of the candidates; one piece, unless drawing permits more and `accepts` is `nil`.
  ///   - rowOfCandidate: Whose conditions each candidate is under.
  ///   - key: Names the run of the candidates, by which `drawing` draws.
  ///   - accepts: Which rows of a table satisfy what is left of a condition; `nil` for all.
  init(
    _ frame: ModelFrame, _ variables: [DrawnVariable], _ drawing: any CandidateDrawing,
    places: [Int], pieces: [Range<Int>], rowOfCandidate: [Int32], conditions: RowConditions,
    key: RandomKey,
    accepts: ((Table) -> [Bool])?
  ) {
    let count = rowOfCandidate.count
    let drawn = Set(places)
    let none = DrawnColumn(
      layout: VariableLayout(
        missingReasons: [], content: .scale(.init(cells: [], gridScale: 0, storage: .numbers))),
      count: 0)
    let outputs = variables.enumerated().map {
      drawn.contains($0) ? DrawnColumn(layout: $1.layout, count: count) : none
    }
    var bins = [UInt8](repeating: 0, count: max(1, variables.count * count))
    var weights = [Double](repeating: 0, count: max(1, count))
    var backed = weights
    var ends = [Int32](repeating: -1, count: max(1, count))
    bins.withUnsafeMutableBufferPointer { bins in
      weights.withUnsafeMutableBufferPointer { weights in
        backed.withUnsafeMutableBufferPointer { backed in
          ends.withUnsafeMutableBufferPointer { ends in
            guard let bins = bins.baseAddress, let weights = weights.baseAddress,
              let backed = backed.baseAddress, let ends = ends.baseAddress
            else { return }
            drawing.draw(
              CandidateChunk(
                places: places, pieces: pieces, count: count, rowOfCandidate: rowOfCandidate,
                conditions: conditions, bins: bins, stride: count, outputs: outputs,
                weights: weights, backedWeights: backed, ends: ends))
          }
        }
      }
    }
    if let accepts, count > 0, let first = pieces.first?.lowerBound {
      let table = RowAssembly(
        frame: frame, rows: first..<first + count, key: key, threads: 1
      ).table(
        zip(variables, outputs).map { .init(name: $0.name, layout: $0.layout, output: $1) })
      for (row, isAccepted) in accepts(table).enumerated() where !isAccepted {
        weights[row] = -.infinity
        backed[row] = -.infinity
      }
    }
    (self.bins, self.outputs, self.weights, self.backedWeights, self.ends, self.count) =
      (bins, outputs, weights, backed, ends, count)
  }

  /// Copies one candidate's cells to a row of the output.
  func copy(
    _ candidate: Int, places: [Int], to row: Int, of columns: [DrawnColumn], bins store: RowBins
  ) {
    for (number, place) in places.enumerated() {
      let (own, column) = (outputs[place], columns[place])
      if !own.numbers.isEmpty { column.numbers[row] = own.numbers[candidate] }
      if !own.levels.isEmpty { column.levels[row] = own.levels[candidate] }
      if !own.missing.isEmpty { column.missing[row] = own.missing[candidate] }
      store.bins[number * store.rowCount + row] = bins[place * count + candidate]
    }
  }
}

/// Where the threads write the bins of chosen candidates: each row is written by one thread at a time.
final class RowBins: @unchecked Sendable {
  /// The bins, a stretch of rows a variable.
  let bins: UnsafeMutableBufferPointer<UInt8>
  /// The number of rows.
  let rowCount: Int

  init(rowCount: Int, variableCount: Int) {
    self.rowCount = rowCount
    bins = .allocate(capacity: rowCount * variableCount)
    bins.initialize(repeating: 0)
  }

  deinit { bins.deallocate() }
}
