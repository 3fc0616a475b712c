// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Synthesis

/// Naive Bayes of groups of a variable's bins; within a group bins have the shares of the whole table.
struct NaiveBayesDistribution: BinDistribution {
  static let method = "naive-bayes"

  /// About how many groups the values of a scale become, as target and as predictor.
  private static let targetGroups = 24
  private static let predictorGroups = 10

  private let model: NaiveBayes
  /// For each predictor the group of each bin.
  private let groups: [[UInt8]]
  /// The class of each of the target's bins, and its share within the class.
  private let classOfBin: [Int]
  private let shares: [Double]
  private let support: Double

  static func fit(_ problem: DistributionProblem) -> NaiveBayesDistribution {
    let counts = problem.counts
    let target = BinGroups(problem.layout, weights: counts, mostGroups: targetGroups)
    var sizes = [Double](repeating: 0, count: target.count)
    for (bin, count) in counts.enumerated() { sizes[target.ofBin[bin]] += count }
    let predictors = zip(problem.predictors, problem.predictorLayouts).map { predictor, layout in
      var own = [Double](repeating: 0, count: predictor.binCount)
      for row in problem.rows { own[Int(predictor.codes[Int(row)])] += 1 }
      return BinGroups(layout, weights: own, mostGroups: predictorGroups)
    }
    let grouped = zip(problem.predictors, predictors).map { predictor, groups in
      TreePredictor(
        codes: predictor.codes.map { UInt8(groups.ofBin[Int($0)]) }, binCount: max(1, groups.count),
        isOrdered: predictor.isOrdered)
    }
    let model = NaiveBayes(
      classes: problem.rows.map { target.ofBin[Int(problem.target.codes[Int($0)])] },
      classCount: target.count, predictors: grouped, rows: problem.rows,
      minimumCount: Double(problem.minimumCount))
    return NaiveBayesDistribution(
      model: model, groups: predictors.map { $0.ofBin.map { UInt8($0) } },
      classOfBin: target.ofBin,
      shares: counts.enumerated().map { bin, count in
        sizes[target.ofBin[bin]] > 0 ? count / sizes[target.ofBin[bin]] : 0
      }, support: Double(problem.minimumCount))
  }

  private init(
    model: NaiveBayes, groups: [[UInt8]], classOfBin: [Int], shares: [Double], support: Double
  ) {
    self.model = model
    self.groups = groups
    self.classOfBin = classOfBin
    self.shares = shares
    self.support = support
  }

  init(_ reader: inout ByteReader, shape: DistributionShape) throws(ByteReader.Damage) {
    let classes = try reader.numbers()
    var logarithms: [[Double]] = []
    var groups: [[UInt8]] = []
    for _ in 0..<shape.predictorCount {
      groups.append(try reader.list())
      logarithms.append(try reader.numbers())
    }
    classOfBin = try reader.counts()
    shares = try reader.weights()
    support = try reader.number()
    guard let model = NaiveBayes(classLogarithms: classes, logarithms: logarithms),
      zip(groups, model.binCounts).allSatisfy({ list, count in
        list.count <= 256 && list.allSatisfy { Int($0) < count }
      }),
      classOfBin.count == shape.binCount, shares.count == shape.binCount,
      classOfBin.allSatisfy({ $0 < model.classCount }), support >= 0, support.isFinite
    else { throw ByteReader.Damage() }
    self.model = model
    self.groups = groups
  }

  func write(to writer: inout ByteWriter) {
    writer.write(numbers: model.classLogarithms)
    for (list, logarithms) in zip(groups, model.logarithms) {
      writer.write(list)
      writer.write(numbers: logarithms)
    }
    writer.write(counts: classOfBin)
    writer.write(weights: shares)
    writer.write(support)
  }

  var asked: Set<Int> { Set(groups.indices) }

  var words: String {
    "shares of \(model.binCounts.reduce(0, +)) groups of predictors' bins in each of "
      + "\(model.classCount) groups of its own"
  }

  var leastSupport: Double? { support }

  func weigher(_ stream: @autoclosure () -> StreamKey) -> any BinWeigher { Weigher(self) }

  private struct Weigher: BinWeigher {
    private let fitted: NaiveBayesDistribution
    /// For each predictor and each of 256 bins, what it adds to each class.
    private let effects: [Double]

    init(_ fitted: NaiveBayesDistribution) {
      self.fitted = fitted
      let count = fitted.model.classCount
      var effects = [Double](repeating: 0, count: fitted.groups.count * 256 * count)
      for (place, list) in fitted.groups.enumerated() {
        for (bin, group) in list.enumerated() {
          for index in 0..<count {
            effects[(place * 256 + bin) * count + index] =
              fitted.model.logarithms[place][Int(group) * count + index]
          }
        }
      }
      self.effects = effects
    }

    func weigh(
      _ columns: [UnsafePointer<UInt8>], count: Int, parts: UnsafePointer<Double>?,
      into result: UnsafeMutablePointer<Double>
    ) {
      let classCount = fitted.model.classCount
      let binCount = fitted.classOfBin.count
      var sums = [Double](repeating: 0, count: classCount)
      sums.withUnsafeMutableBufferPointer { sums in
        effects.withUnsafeBufferPointer { effects in
          for row in 0..<count {
            for index in 0..<classCount { sums[index] = fitted.model.classLogarithms[index] }
            for (place, column) in columns.enumerated() {
              let first = (place &* 256 &+ Int(column[row])) &* classCount
              for index in 0..<classCount { sums[index] += effects[first &+ index] }
            }
            var greatest = -Double.infinity
            for index in 0..<classCount { greatest = max(greatest, sums[index]) }
            for index in 0..<classCount { sums[index] -= greatest }
            ElementaryFunctions.exp(each: sums)
            let own = result + row * binCount
            for bin in 0..<binCount {
              own[bin] = sums[fitted.classOfBin[bin]] * fitted.shares[bin]
            }
          }
        }
      }
    }
  }
}
