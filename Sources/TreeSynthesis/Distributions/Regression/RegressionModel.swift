// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Synthesis

/// A fitted regression of a variable's bins: first which class a row is of, then, within one of the
/// classes, a law of a stretch of bins.
///
/// Each level is a class, and so is each missing reason and each value that very many rows share; what is
/// left of a scale is one class together, whose bins follow the law.
struct RegressionModel: Sendable {
  /// The columns.
  var design: RegressionDesign
  /// The class of each bin.
  var classOfBin: [Int]
  /// The log-odds of each class but the first: one coefficient a column, class after class.
  var classCoefficients: [Double]
  /// Whether there are log-odds of every class against all others, whose probabilities are scaled to add
  /// up, and not of each against the first.
  var isOneAgainstRest = false
  /// The bins that follow the law, in its order; empty where none does.
  var lawBins: [Int] = []
  /// The law, and its coefficients, one a column.
  var law: RegressionLaw?
  var lawCoefficients: [Double] = []
  /// The factors of the covariances of both sets of coefficients, where parameters are drawn for each run.
  var classSpread: CholeskyFactor?
  var lawSpread: CholeskyFactor?
  /// The least number of rows that a law rests on.
  var support: Double

  /// The number of classes.
  var classCount: Int { (classOfBin.max() ?? 0) + 1 }

  /// The class whose bins follow the law; `nil` where there is none.
  var lawClass: Int? { lawBins.first.map { classOfBin[$0] } }

  /// The predictors that are asked.
  var asked: Set<Int> {
    design.asked(classCoefficients).union(design.asked(lawCoefficients))
  }

  /// The number of free parameters, the edges between a law's bins included.
  var freedom: Int {
    let further =
      switch law {
      case .normal, .ordered, .hazards: max(0, lawBins.count - 1)
      case .counts(_, _, let size): size > 0 ? 1 : 0
      case nil: 0
      }
    return classCoefficients.count + lawCoefficients.count + further
  }

  /// A model whose parameters are drawn from what the table leaves open.
  ///
  /// ## Source
  /// Rubin, "Multiple Imputation for Nonresponse in Surveys" (1987), section 5.3: a linear model's
  /// variance from a scaled inverse χ², then its coefficients; for the others the normal approximation
  /// of the posterior.
  func drawn(using stream: StreamKey) -> RegressionModel {
    var model = self
    var draws = stream.stream(entity: 0)
    if let classSpread {
      let z = classCoefficients.map { _ in Draws.normal(using: &draws) }
      model.classCoefficients = zip(classCoefficients, classSpread.product(z)).map { $0 + $1 }
    }
    guard let law, let lawSpread else { return model }
    var scale = 1.0
    if case .normal(let edges, let residual, let within, let freedom) = law {
      let chi = 2 * Draws.gamma(shape: freedom / 2, scale: 1, using: &draws)
      scale = (freedom / max(chi, 1e-9)).squareRoot()
      model.law = .normal(
        edges: edges, residual: residual * scale * scale, within: within, freedom: freedom)
    }
    let z = (0..<lawSpread.isKept.count).map { _ in Draws.normal(using: &draws) }
    let moved = lawSpread.product(z)
    model.lawCoefficients = zip(lawCoefficients, moved).map { $0 + scale * $1 }
    if case .ordered(let thresholds) = law {
      let drawn = zip(thresholds, moved.dropFirst(lawCoefficients.count)).map { $0 + $1 }
      model.law = .ordered(thresholds: drawn.sorted())
    }
    return model
  }

  /// What weighs bins.
  var weigher: Weigher { Weigher(self) }

  struct Weigher: BinWeigher {
    private let model: RegressionModel
    private let classes: LinearTable
    private let line: LinearTable
    private let scale: Double
    private let lawClass: Int

    init(_ model: RegressionModel) {
      self.model = model
      classes = LinearTable(model.design, model.classCoefficients)
      line = LinearTable(model.design, model.lawCoefficients)
      lawClass = model.lawClass ?? -1
      if case .normal(_, let residual, let within, _) = model.law {
        scale = max((residual + within).squareRoot(), 1e-6)
      } else {
        scale = 1
      }
    }

    func weigh(
      _ columns: [UnsafePointer<UInt8>], count: Int, parts: UnsafePointer<Double>?,
      into result: UnsafeMutablePointer<Double>
    ) {
      let binCount = model.classOfBin.count
      let classCount = model.classCount
      withUnsafeTemporaryAllocation(of: Double.self, capacity: classCount + binCount + 1) { room in
        guard let shares = room.baseAddress else { return }
        let law = shares + classCount
        for row in 0..<count {
          let own = result + row * binCount
          shares[0] = 0
          if model.isOneAgainstRest {
            classes.add(columns, row, into: shares)
            for index in 0..<classCount {
              shares[index] = 1 / (1 + ElementaryFunctions.exp(-min(700, max(-700, shares[index]))))
            }
          } else {
            classes.add(columns, row, into: shares + 1)
            var greatest = 0.0
            for index in 0..<classCount { greatest = max(greatest, shares[index]) }
            for index in 0..<classCount {
              shares[index] = ElementaryFunctions.exp(shares[index] - greatest)
            }
          }
          for bin in 0..<binCount {
            own[bin] = model.classOfBin[bin] == lawClass ? 0 : shares[model.classOfBin[bin]]
          }
          guard let rule = model.law else { continue }
          var linear = 0.0
          line.add(columns, row, into: &linear)
          rule.weigh(linear, scale: scale, into: law)
          var total = 0.0
          for index in model.lawBins.indices { total += law[index] }
          let share = total > 0 ? shares[lawClass] / total : 0
          for (index, bin) in model.lawBins.enumerated() { own[bin] = law[index] * share }
        }
      }
    }
  }

  // MARK: Coding

  func write(to writer: inout ByteWriter) {
    design.write(to: &writer)
    writer.write(counts: classOfBin)
    writer.write(byte: isOneAgainstRest ? 1 : 0)
    writer.write(numbers: classCoefficients)
    writer.write(counts: lawBins)
    if let law {
      law.write(to: &writer)
      writer.write(numbers: lawCoefficients)
    }
    for spread in [classSpread, lawSpread] {
      writer.write(byte: spread == nil ? 0 : 1)
      guard let spread else { continue }
      writer.write(counts: spread.isKept.map { $0 ? 1 : 0 })
      writer.write(numbers: spread.lowerTriangle)
    }
    writer.write(support)
  }

  init(_ reader: inout ByteReader, shape: DistributionShape) throws(ByteReader.Damage) {
    design = try RegressionDesign(&reader, predictorCount: shape.predictorCount)
    classOfBin = try reader.counts()
    isOneAgainstRest = try reader.byte() == 1
    classCoefficients = try reader.numbers()
    lawBins = try reader.counts()
    if !lawBins.isEmpty {
      law = try RegressionLaw(&reader)
      lawCoefficients = try reader.numbers()
    }
    classSpread = try reader.spread()
    lawSpread = try reader.spread()
    support = try reader.number()
    guard isSound(shape), support >= 0, support.isFinite else { throw ByteReader.Damage() }
  }

  init(
    design: RegressionDesign, classOfBin: [Int], classCoefficients: [Double], support: Double
  ) {
    self.design = design
    self.classOfBin = classOfBin
    self.classCoefficients = classCoefficients
    self.support = support
  }

  private func isSound(_ shape: DistributionShape) -> Bool {
    let width = design.columnCount
    guard classOfBin.count == shape.binCount, classOfBin.allSatisfy({ $0 < shape.binCount }),
      classCoefficients.count == (isOneAgainstRest ? classCount : classCount - 1) * width,
      lawBins.allSatisfy({ $0 < shape.binCount }), Set(lawBins).count == lawBins.count,
      Set(lawBins.map { classOfBin[$0] }).count <= 1,
      classSpread.map({ $0.isKept.count == classCoefficients.count }) ?? true
    else { return false }
    guard let law else { return lawSpread == nil }
    var lawFreedom = width
    if case .ordered(let thresholds) = law { lawFreedom += thresholds.count }
    return law.binCount == lawBins.count && lawCoefficients.count == width
      && lawSpread.map { $0.isKept.count == lawFreedom } ?? true
  }
}

extension ByteReader {
  fileprivate mutating func spread() throws(Damage) -> CholeskyFactor? {
    guard try byte() == 1 else { return nil }
    let isKept = try counts().map { $0 == 1 }
    guard let factor = CholeskyFactor(lowerTriangle: try numbers(), isKept: isKept) else {
      throw Damage()
    }
    return factor
  }
}
