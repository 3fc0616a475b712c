// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness

/// Rows of a class between near rows of it, as SMOTE-NC makes them, in bins.
///
/// An ordered bin lies between those of a row and of one of its five nearest, at an even share of the way; levels
/// are those most of the five have. Ordered bins are as far apart as their numbers over their deviation, and
/// levels that differ cost what SMOTE-NC has them cost, the square of the median deviation, which is 1 here.
///
/// ## Source
/// Chawla et al., "SMOTE: synthetic minority over-sampling technique", JAIR 16 (2002) 321–357, section 6.1.
struct MinorityRows {
  private static let neighbourCount = 5

  /// For each predictor the bins of the made rows.
  let codes: [[UInt8]]

  /// - Parameters:
  ///   - rows: The rows of the class.
  ///   - count: How many to make.
  init(
    _ predictors: [TreePredictor], rows: [Int32], count: Int, threads: Int,
    using stream: inout some RandomNumberGenerator
  ) {
    let ordered = predictors.filter(\.isOrdered)
    let levels = predictors.filter { !$0.isOrdered }
    let scales = ordered.map { predictor -> Double in
      let n = Double(max(rows.count, 1))
      let mean = rows.reduce(0) { $0 + Double(predictor.codes[Int($1)]) } / n
      let square = rows.reduce(0) {
        $0 + (Double(predictor.codes[Int($1)]) - mean) * (Double(predictor.codes[Int($1)]) - mean)
      }
      return square > 0 ? 1 / (square / n).squareRoot() : 1
    }
    let data = MixedNeighbours(
      rowCount: rows.count,
      numbers: rows.flatMap { row in
        zip(ordered, scales).map { Double($0.codes[Int(row)]) * $1 }
      },
      codes: levels.map { predictor in rows.map { predictor.codes[Int($0)] } },
      costs: levels.map { MixedNeighbours.overlap($0.binCount, cost: 1) })
    let near = data.nearest(Self.neighbourCount, threads: threads)
    var made = [[UInt8]](repeating: [], count: predictors.count)
    for _ in 0..<(rows.isEmpty ? 0 : count) {
      let place = Draws.integer(below: rows.count, using: &stream)
      let own = near[place * Self.neighbourCount..<(place + 1) * Self.neighbourCount]
        .filter { $0 >= 0 }
      let other =
        own.isEmpty
        ? place : Int(own[own.startIndex + Draws.integer(below: own.count, using: &stream)])
      let share = Draws.uniform(using: &stream)
      for (index, predictor) in predictors.enumerated() {
        let first = predictor.codes[Int(rows[place])]
        guard !predictor.isOrdered else {
          let second = Double(predictor.codes[Int(rows[other])])
          made[index].append(
            UInt8((Double(first) + share * (second - Double(first))).rounded()))
          continue
        }
        var votes: [UInt8: Int] = [:]
        for neighbour in own { votes[predictor.codes[Int(rows[Int(neighbour)])], default: 0] += 1 }
        let most = votes.max { ($0.value, $1.key) < ($1.value, $0.key) }
        made[index].append(most?.key ?? first)
      }
    }
    codes = made
  }
}
