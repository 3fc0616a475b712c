// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Synthesis

/// The distribution of a variable's bins among the rows of the nearest prototypes.
///
/// What classic nearest neighbours keep are real rows. Here each prototype is the mean of at least the
/// plan's least number of rows, and holds how often the target's bins occur among them.
struct NearestDistribution: BinDistribution {
  static let method = "nearest"

  /// How many prototypes a row is drawn from.
  static let neighbourCount = 3
  private static let mostPrototypes = 400

  private let design: RegressionDesign
  private let centres: [Double]
  /// The rows of each of the target's bins at each prototype.
  private let counts: [Double]
  private let binCount: Int

  static func fit(_ problem: DistributionProblem) -> NearestDistribution {
    let design = RegressionDesign(problem).stretched(
      by: problem.predictors.map { Association.cramersV(of: $0, problem.target, problem.rows) })
    let rows = design.rows(problem.rows, of: problem.predictors)
    let wanted = problem.predictors.isEmpty ? 1 : problem.rows.count / (2 * problem.minimumCount)
    let prototypes = Prototypes(
      rows, count: max(1, min(mostPrototypes, wanted)), minimumCount: problem.minimumCount,
      using: problem.stream)
    let binCount = problem.target.binCount
    var counts = [Double](repeating: 0, count: prototypes.count * binCount)
    for (place, row) in zip(prototypes.ofRow, problem.rows) {
      counts[place * binCount + Int(problem.target.codes[Int(row)])] += 1
    }
    return NearestDistribution(
      design: design, centres: prototypes.centres, counts: counts, binCount: binCount)
  }

  private init(design: RegressionDesign, centres: [Double], counts: [Double], binCount: Int) {
    self.design = design
    self.centres = centres
    self.counts = counts
    self.binCount = binCount
  }

  init(_ reader: inout ByteReader, shape: DistributionShape) throws(ByteReader.Damage) {
    design = try RegressionDesign(&reader, predictorCount: shape.predictorCount)
    centres = try reader.numbers()
    counts = try reader.weights()
    binCount = shape.binCount
    guard !counts.isEmpty, counts.count % binCount == 0,
      centres.count == counts.count / binCount * design.columnCount,
      sizes.allSatisfy({ $0 > 0 })
    else { throw ByteReader.Damage() }
  }

  func write(to writer: inout ByteWriter) {
    design.write(to: &writer)
    writer.write(numbers: centres)
    writer.write(weights: counts)
  }

  private var sizes: [Double] {
    stride(from: 0, to: counts.count, by: binCount).map { first in
      counts[first..<first + binCount].reduce(0, +)
    }
  }

  var asked: Set<Int> {
    counts.count == binCount
      ? [] : Set(design.entries.indices.filter { design.entries[$0].contains { $0.column > 0 } })
  }

  var words: String {
    "\(counts.count / binCount) prototype(s), each the mean of its rows, with how often its bins occur"
  }

  var leastSupport: Double? { sizes.min() }

  func weigher(_ stream: @autoclosure () -> StreamKey) -> any BinWeigher { Weigher(self) }

  private struct Weigher: BinWeigher {
    private let fitted: NearestDistribution
    private let squares: [Double]
    private let sizes: [Double]

    init(_ fitted: NearestDistribution) {
      self.fitted = fitted
      let width = fitted.design.columnCount
      sizes = fitted.sizes
      squares = sizes.indices.map { place in
        fitted.centres[place * width..<(place + 1) * width].reduce(0) { $0 + $1 * $1 }
      }
    }

    func weigh(
      _ columns: [UnsafePointer<UInt8>], count: Int, parts: UnsafePointer<Double>?,
      into result: UnsafeMutablePointer<Double>
    ) {
      let width = fitted.design.columnCount
      let wanted = min(NearestDistribution.neighbourCount, sizes.count)
      result.update(repeating: 0, count: count * fitted.binCount)
      for row in 0..<count {
        // The constant is 1 in every row and prototype, so that it adds nothing to a distance.
        var entries = [RegressionDesign.Entry(column: 0, value: 1)]
        var square = 1.0
        for (place, list) in fitted.design.entries.enumerated() {
          let bin = Int(columns[place][row])
          guard bin < list.count, list[bin].column > 0 else { continue }
          entries.append(list[bin])
          square += list[bin].value * list[bin].value
        }
        var nearest: [(distance: Double, place: Int)] = []
        fitted.centres.withUnsafeBufferPointer { centres in
          for place in sizes.indices {
            var product = 0.0
            for entry in entries {
              product += entry.value * centres[place &* width &+ entry.column]
            }
            let distance = max(0, squares[place] - 2 * product + square)
            if nearest.count < wanted || distance < nearest[wanted - 1].distance {
              if nearest.count == wanted { nearest.removeLast() }
              let index = nearest.firstIndex { distance < $0.distance } ?? nearest.count
              nearest.insert((distance, place), at: index)
            }
          }
        }
        let own = result + row * fitted.binCount
        for entry in nearest {
          let weight = 1 / ((entry.distance + 1e-3) * sizes[entry.place])
          for bin in 0..<fitted.binCount {
            own[bin] += weight * fitted.counts[entry.place * fitted.binCount + bin]
          }
        }
      }
    }
  }
}

extension RegressionDesign {
  /// The design with the entries of each predictor multiplied by a number.
  func stretched(by factors: [Double]) -> RegressionDesign {
    var design = self
    design.multiply(by: factors)
    return design
  }
}
