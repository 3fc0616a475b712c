// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Chooses the predictors of a variable in wide tables: those with the most mutual information.
struct PredictorScreen {
  /// The classes into which bins are pooled for screening.
  static let classCount = 16

  let binned: BinnedTable
  let maximumCount: Int
  private let classes: [String: [UInt8]]

  init(binned: BinnedTable, maximumCount: Int) {
    self.binned = binned
    self.maximumCount = maximumCount
    var classes: [String: [UInt8]] = [:]
    if binned.variables.count > maximumCount {
      for variable in binned.variables { classes[variable.name] = Self.pooled(variable) }
    }
    self.classes = classes
  }

  /// Returns the predictors of a variable, in the order of the candidates.
  func predictors(of name: String, among candidates: [String]) -> [String] {
    guard candidates.count > maximumCount, let target = classes[name] else { return candidates }
    let scores = candidates.map { candidate in
      classes[candidate].map { Self.information(target, $0) } ?? 0
    }
    let chosen = candidates.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
      .prefix(maximumCount)
    return chosen.sorted().map { candidates[$0] }
  }

  /// Bins pooled into classes of about equal weight, in the order of the bins.
  static func pooled(_ variable: BinnedVariable) -> [UInt8] {
    var counts = [Int](repeating: 0, count: 256)
    for code in variable.codes { counts[Int(code)] += 1 }
    let aim = max(1, variable.codes.count / classCount)
    var classOfBin = [UInt8](repeating: 0, count: 256)
    var current = 0
    var weight = 0
    for bin in 0..<256 where counts[bin] > 0 {
      classOfBin[bin] = UInt8(current)
      weight += counts[bin]
      if weight >= aim, current < classCount - 1 {
        current += 1
        weight = 0
      }
    }
    return variable.codes.map { classOfBin[Int($0)] }
  }

  /// The share of a variable's entropy that another explains, in 0...1; 0 for a variable of one class.
  static func explainedShare(of target: [UInt8], by other: [UInt8]) -> Double {
    var counts = [Double](repeating: 0, count: classCount)
    for code in target { counts[Int(code)] += 1 }
    let total = Double(target.count)
    let used = counts.filter { $0 > 0 }
    let entropy =
      used.reduce(0) { $0 - $1 * ElementaryFunctions.log($1 / total) } + Double(used.count - 1) / 2
    guard used.count > 1 else { return 0 }
    return min(max(0, (entropy + information(target, other)) / entropy), 1)
  }

  /// Σ c log c over the joint table less that over the margin of the second variable.
  ///
  /// The rest of the mutual information is the same for all candidates. The Miller–Madow term takes
  /// off what chance adds.
  private static func information(_ first: [UInt8], _ second: [UInt8]) -> Double {
    var joint = [Double](repeating: 0, count: classCount * classCount)
    joint.withUnsafeMutableBufferPointer { joint in
      for row in first.indices { joint[Int(second[row]) * classCount + Int(first[row])] += 1 }
    }
    var sum = 0.0
    var freedom = 0.0
    for row in 0..<classCount {
      var margin = 0.0
      var used = 0.0
      for cell in joint[row * classCount..<(row + 1) * classCount] where cell > 0 {
        sum += cell * ElementaryFunctions.log(cell)
        margin += cell
        used += 1
      }
      if margin > 0 {
        sum -= margin * ElementaryFunctions.log(margin)
        freedom += used - 1
      }
    }
    return sum - freedom / 2
  }
}
