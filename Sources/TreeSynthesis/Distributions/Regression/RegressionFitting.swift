// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Schemas
import Synthesis

/// Fits a ``RegressionModel`` to a problem.
struct RegressionFitting {
  /// A value that at least this share of the present rows has is a class of its own.
  private static let greatShare = 0.2
  /// The most coefficients of all classes together whose covariances are held.
  static let mostSpreadCoefficients = 1000
  /// The most rows on which laws are compared.
  private static let comparedRows = 5000

  let problem: DistributionProblem
  /// λ, of which λ β²/2 is taken from the log-likelihood for each coefficient but the constant's.
  let penalty: Double
  /// Whether covariances are held, from which parameters are drawn.
  let hasSpread: Bool
  /// What finds coefficients in the place of likelihoods; `nil` for these.
  let machines: SupportVectorDistribution.Machines?

  /// Whether values on a scale are durations, whose hazards are proportional.
  let hasHazards: Bool

  private let counts: [Double]

  init(
    _ problem: DistributionProblem, penalty: Double, hasSpread: Bool, hasHazards: Bool = false,
    machines: SupportVectorDistribution.Machines? = nil
  ) {
    self.hasHazards = hasHazards
    self.machines = machines
    self.problem = problem
    self.penalty = penalty
    self.hasSpread = hasSpread
    counts = problem.counts
  }

  private var missingCount: Int { min(problem.layout.missingReasons.count, counts.count) }

  /// Fits the model.
  func model() -> RegressionModel {
    let present = (missingCount..<counts.count).filter { counts[$0] > 0 }
    if machines == nil, let order = orderedBins(present) {
      return model(lawBins: order) { levels, design, ridge in
        orderedLaw(levels, design, ridge, levelCount: order.count)
      }
    }
    guard problem.layout.isScale, present.count > 2 else {
      return model(lawBins: []) { _, _, _ in nil }
    }
    let total = present.reduce(0) { $0 + counts[$1] }
    let free = present.filter { counts[$0] < Self.greatShare * total }
    if hasHazards, present.count > 2 {
      return model(lawBins: present) { bins, design, ridge in
        orderedLaw(bins, design, ridge, levelCount: present.count, link: .complementaryLogLog)
          ?? normalLaw(bins, design, ridge, weights: present.map { counts[$0] })
      }
    }
    let cut = model(lawBins: free.count > 2 ? free : []) { bins, design, ridge in
      normalLaw(bins, design, ridge, weights: free.map { counts[$0] })
    }
    guard machines == nil, let ranges = countRanges(present) else { return cut }
    let counted = model(lawBins: present) { bins, design, ridge in
      countLaw(bins, design, ridge, ranges)
    }
    return misfit(counted) < misfit(cut) ? counted : cut
  }

  // MARK: Kinds of targets

  /// The bins of an ordered category in their order; `nil` for any other target.
  private func orderedBins(_ present: [Int]) -> [Int]? {
    guard problem.variable?.kind == .orderedCategory, present.count > 2, present.count <= 40 else {
      return nil
    }
    if problem.layout.isScale { return present }
    guard case .levels(let levels) = problem.layout.content, levels.groupStarts.isEmpty,
      let labels = problem.variable?.valueLabels
    else { return nil }
    let names = levels.levels.plainTexts
    let places = Dictionary(
      labels.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    // The bin of rare levels has no place in an order; it is a class of its own.
    let ordered = present.filter { $0 - missingCount < names.count }
    let found = ordered.compactMap { bin in places[names[bin - missingCount]].map { ($0, bin) } }
    return found.count == ordered.count && found.count > 2 ? found.sorted { $0 < $1 }.map(\.1) : nil
  }

  /// The counts that each bin stands for, where the target counts something; `nil` where not.
  private func countRanges(_ present: [Int]) -> (first: [Int], last: [Int])? {
    guard problem.variable?.kind == .wholeNumber, case .scale(let scale) = problem.layout.content,
      scale.gridScale == 1, let end = scale.cells.last
    else { return nil }
    let greatest = max(end.upper, end.spikes.last?.value ?? end.upper)
    guard greatest <= Double(RegressionLaw.mostCount), present.count == scale.cells.count else {
      return nil
    }
    var (first, last, wide) = ([Int](), [Int](), 0.0)
    for (index, cell) in scale.cells.enumerated() {
      // Edges lie between values, so that the whole numbers inside are those that are drawn.
      let smooth =
        cell.smoothWeight > 0 ? [cell.lower.rounded(.up), cell.upper.rounded(.down)] : []
      let values = cell.spikes.map(\.value) + smooth
      guard let low = values.min(), let high = values.max() else { return nil }
      guard low >= 0, low == low.rounded(), high == high.rounded(), high >= low,
        index == 0 || Int(low) > last[index - 1]
      else { return nil }
      first.append(Int(low))
      last.append(Int(high))
      if high > low { wide += cell.weight }
    }
    // A count begins near nought; and bins of several counts say too little of their law.
    guard let least = first.first, least <= 1,
      wide <= 0.1 * scale.cells.reduce(0, { $0 + $1.weight })
    else { return nil }
    return (first, last)
  }

  // MARK: Fitting

  private typealias Law = (
    _ places: [Int], _ design: SparseDesign, _ ridge: [Double]
  ) -> (law: RegressionLaw, fit: RegressionFit)?

  /// - Parameters:
  ///   - lawBins: The bins that follow the law; each other bin is a class.
  ///   - law: Fits the law to the rows of these bins, of which it gets the place among them.
  private func model(lawBins: [Int], _ law: Law) -> RegressionModel {
    var (classOfBin, classCount) = classes(lawBins)
    let most =
      hasSpread
      ? max(8, Self.mostSpreadCoefficients / max(classCount - 1, 1)) : RegressionDesign.mostColumns
    let design = RegressionDesign(
      problem, mostColumns: min(most, RegressionDesign.mostColumns, max(1, problem.rows.count / 5)))
    let ridge = [0] + [Double](repeating: penalty, count: design.columnCount - 1)
    let sparse = design.rows(problem.rows, of: problem.predictors)
    let rowClasses = problem.rows.map { classOfBin[Int(problem.target.codes[Int($0)])] }
    var model = RegressionModel(
      design: design, classOfBin: classOfBin, classCoefficients: [],
      support: Double(problem.minimumCount))
    if let machines {
      model.classCoefficients = machines.classCoefficients(
        sparse, classes: rowClasses, classCount: classCount)
      model.isOneAgainstRest = classCount > 2
    } else {
      let fitted = MultinomialLogit(
        sparse, classes: rowClasses, classCount: classCount, ridge: ridge,
        accuracy: .standardErrors(0.01), maximumStepCount: 200)
      model.classCoefficients = fitted.coefficients
      if hasSpread, !fitted.coefficients.isEmpty {
        model.classSpread = CholeskyFactor(
          fitted.covariance(sparse, classes: rowClasses, ridge: ridge),
          size: fitted.coefficients.count)
      }
    }
    guard !lawBins.isEmpty else { return model }
    var places = [Int](repeating: -1, count: counts.count)
    for (place, bin) in lawBins.enumerated() { places[bin] = place }
    let rows = problem.rows.filter { places[Int(problem.target.codes[Int($0)])] >= 0 }
    let part =
      rows.count == problem.rows.count ? sparse : design.rows(rows, of: problem.predictors)
    guard let found = law(rows.map { places[Int(problem.target.codes[Int($0)])] }, part, ridge)
    else {
      // Too few rows for a line: each bin is a class of its own.
      (classOfBin, classCount) = classes([])
      return self.model(lawBins: []) { _, _, _ in nil }
    }
    model.lawBins = lawBins
    model.law = found.law
    model.lawCoefficients = Array(found.fit.coefficients.prefix(design.columnCount))
    if hasSpread {
      model.lawSpread = CholeskyFactor(
        found.fit.covariance, size: found.fit.coefficients.count)
    }
    return model
  }

  /// The class of each bin, the first class being that of most rows.
  private func classes(_ lawBins: [Int]) -> (ofBin: [Int], count: Int) {
    let isLaw = Set(lawBins)
    var groups = counts.indices.filter { !isLaw.contains($0) && counts[$0] > 0 }.map { [$0] }
    if !lawBins.isEmpty { groups.append(lawBins) }
    let sizes = groups.map { $0.reduce(0) { $0 + counts[$1] } }
    let order = groups.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    var ofBin = [Int](repeating: -1, count: counts.count)
    for (place, group) in order.enumerated() { for bin in groups[group] { ofBin[bin] = place } }
    // Bins that no row has are never drawn more often than by chance: they share the rarest class.
    return (ofBin.map { $0 >= 0 ? $0 : max(0, order.count - 1) }, max(1, order.count))
  }

  private func normalLaw(
    _ places: [Int], _ design: SparseDesign, _ ridge: [Double], weights: [Double]
  ) -> (law: RegressionLaw, fit: RegressionFit)? {
    let scores = NormalScores(weights: weights)
    let response = places.map { scores.means[$0] }
    let line =
      machines?.line(design, response)
      ?? GeneralizedLinearModel(design, response: response, family: .gaussian, ridge: ridge)?.fit
    guard let fit = line else { return nil }
    let freedom = Double(design.rowCount - fit.isKept.count { $0 })
    var squares = 0.0
    for row in 0..<design.rowCount {
      var residual = response[row]
      for entry in design.starts[row]..<design.starts[row + 1] {
        residual -= design.values[entry] * fit.coefficients[Int(design.columns[entry])]
      }
      squares += residual * residual
    }
    return (
      .normal(
        edges: scores.edges, residual: max(squares / max(freedom, 1), 1e-9),
        within: max(1 - scores.variance, 0), freedom: max(freedom, 1)), fit
    )
  }

  private func orderedLaw(
    _ places: [Int], _ design: SparseDesign, _ ridge: [Double], levelCount: Int,
    link: OrderedLink = .logit
  ) -> (law: RegressionLaw, fit: RegressionFit)? {
    guard
      let fit = OrderedRegression(
        design.droppingFirstColumn(), levels: places, levelCount: levelCount, link: link,
        ridge: Array(ridge.dropFirst()))?.fit
    else { return nil }
    let slopes = design.columnCount - 1
    let thresholds = Array(fit.coefficients[slopes...])
    guard zip(thresholds, thresholds.dropFirst()).allSatisfy(<) else { return nil }
    // A constant of 0 stands before the slopes, so that all laws have the same columns.
    let size = fit.coefficients.count + 1
    var covariance = [Double](repeating: 0, count: size * size)
    for row in 1..<size {
      for column in 1..<size {
        covariance[row * size + column] = fit.covariance[(row - 1) * (size - 1) + column - 1]
      }
    }
    return (
      link == .logit ? .ordered(thresholds: thresholds) : .hazards(thresholds: thresholds),
      RegressionFit(
        coefficients: [0] + fit.coefficients, covariance: covariance, isKept: [false] + fit.isKept,
        hasConverged: fit.hasConverged)
    )
  }

  private func countLaw(
    _ places: [Int], _ design: SparseDesign, _ ridge: [Double],
    _ ranges: (first: [Int], last: [Int])
  ) -> (law: RegressionLaw, fit: RegressionFit)? {
    let middles = zip(ranges.first, ranges.last).map { Double($0 + $1) / 2 }
    let response = places.map { middles[$0] }
    if let fitted = NegativeBinomialRegression(design, counts: response, ridge: ridge) {
      return (
        .counts(first: ranges.first, last: ranges.last, size: fitted.size), fitted.fit
      )
    }
    return GeneralizedLinearModel(design, response: response, family: .poisson, ridge: ridge).map {
      (.counts(first: ranges.first, last: ranges.last, size: 0), $0.fit)
    }
  }

  // MARK: Comparing

  /// Akaike's criterion, a row: the less, the better a model foretells.
  func misfit(_ model: RegressionModel) -> Double {
    let step = max(1, problem.rows.count / Self.comparedRows)
    let rows = stride(from: 0, to: problem.rows.count, by: step).map { problem.rows[$0] }
    return Self.loss(model, problem, rows: rows)
      + Double(model.freedom) / Double(problem.rows.count)
  }

  /// The mean of −log of what a model gave to the bins of some rows.
  static func loss(
    _ model: RegressionModel, _ problem: DistributionProblem, rows: [Int32]
  ) -> Double {
    let binCount = problem.target.binCount
    // One byte more, so that there always is an address.
    var codes: [UInt8] = []
    for predictor in problem.predictors { codes += rows.map { predictor.codes[Int($0)] } }
    codes.append(0)
    let weigher = model.weigher
    var sum = 0.0
    codes.withUnsafeBufferPointer { codes in
      guard let base = codes.baseAddress else { return }
      var weights = [Double](repeating: 0, count: binCount)
      for (place, row) in rows.enumerated() {
        weights.withUnsafeMutableBufferPointer { weights in
          guard let own = weights.baseAddress else { return }
          weigher.weigh(
            problem.predictors.indices.map { base + $0 * rows.count + place }, count: 1, parts: nil,
            into: own)
          let total = weights.reduce(0, +)
          let share = total > 0 ? weights[Int(problem.target.codes[Int(row)])] / total : 0
          sum -= ElementaryFunctions.log(max(share, 1e-9))
        }
      }
    }
    return sum / Double(max(rows.count, 1))
  }
}

extension SparseDesign {
  /// The design without its first column.
  fileprivate func droppingFirstColumn() -> SparseDesign {
    var design = SparseDesign(columnCount: columnCount - 1)
    for row in 0..<rowCount {
      for entry in starts[row]..<starts[row + 1] where columns[entry] > 0 {
        design.append(column: Int(columns[entry]) - 1, value: values[entry])
      }
      design.endRow()
    }
    return design
  }
}
