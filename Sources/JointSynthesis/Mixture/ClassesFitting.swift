// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Synthesis
import Tables

/// Finds classes of rows, and how many there are.
struct ClassesFitting {
  /// The most rows that classes are learned from, and that their number is chosen by.
  static let mostRows = 50_000
  static let mostRowsOfChoice = 10_000
  /// The most rows that the centres to start from are found by.
  static let mostRowsOfStart = 5000
  /// The numbers of classes that are tried, until one is no better than that before.
  static let classCounts = [1, 2, 4, 8, 16, 32, 64]
  /// The most numbers whose covariances are learned.
  static let mostCovarying = 40
  /// The most numbers of a mixture, and the most places for their covariances in all classes.
  static let mostNumbers = 4000
  static let mostCovariances = 1 << 24
  /// What one round may cost: rows × classes × (the square of numbers + columns).
  static let mostWork = 5e7
  /// A scale is one of normals if it has so many bins, and none of a greater share.
  static let fewestBins = 12
  static let greatestShare = 0.2
  /// The most classes of the bins of a variable that is no scale of normals.
  static let mostClasses = 16

  let binned: [BinnedVariable]
  let steps: [PlanStep]
  let groups: [[Int]]
  let minimumCount: Int
  let threads: Int

  /// Returns the classes.
  func fit(progress: ProgressHandler) -> LatentClasses {
    var parts = binned.map {
      LatentClasses.Part(
        group: 0, number: nil, column: nil,
        classes: BinClasses($0, most: Self.mostClasses, minimumWeight: Double(minimumCount)),
        weights: $0.margin)
    }
    var found: [LatentClasses.Group] = []
    for (number, places) in groups.enumerated() {
      var (numbers, columns) = (0, 0)
      for place in places {
        parts[place].group = number
        let missingCount = binned[place].layout.missingReasons.count
        if numbers < Self.mostNumbers, isNormal(place) {
          parts[place].number = numbers
          numbers += 1
          parts[place].classes = BinClasses(
            binned[place], most: 1, minimumWeight: Double(minimumCount))
        }
        let isMissing = parts[place].weights.prefix(missingCount).contains { $0 > 0 }
        if parts[place].number == nil || isMissing {
          parts[place].column = columns
          columns += 1
        }
      }
      progress.report("fitting", number, of: groups.count)
      var result = mixture(places, parts, numbers, columns)
      for place in places {
        guard let column = parts[place].column else { continue }
        result.mixture.keepMargin(column, parts[place].classMargin)
      }
      found.append(.init(mixture: result.mixture, counts: result.counts))
    }
    var aims: [Double] = []
    if let shares = steps.first?.balance, !shares.isEmpty {
      aims = BalancedMargin(binned[0].margin, of: binned[0].layout, shares: shares).margin
    }
    guard
      let law = LatentClasses(
        groups: found, parts: parts,
        missingCounts: binned.map { $0.layout.missingReasons.count }, aims: aims)
    else { preconditionFailure("fitted classes add up") }
    return law
  }

  /// The mixture of a group's variables, with as many classes as the score (BIC) asks for, and with
  /// covariances or without.
  private func mixture(
    _ places: [Int], _ parts: [LatentClasses.Part], _ numbers: Int, _ columns: Int
  ) -> MixtureFitting.Result {
    /// The rows that a round of so many classes may take.
    func rows(_ most: Int, classes: Int, isDiagonal: Bool) -> Int {
      let entries = (isDiagonal ? numbers : numbers * numbers) + columns
      return min(most, max(2000, Int(Self.mostWork / Double(classes * max(entries, 1)))))
    }
    guard places.count > 1 else {
      return fitted(data(places, parts, most: Self.mostRows), 1, isDiagonal: true)
    }
    let forms =
      numbers < 2 ? [true] : numbers > Self.mostCovarying ? [true] : [false, true]
    // One choice of rows for all that is compared.
    let most = Self.classCounts.last ?? 1
    let choice = data(
      places, parts,
      most: rows(Self.mostRowsOfChoice, classes: most, isDiagonal: !forms.contains(false)))
    let price = 0.5 * ElementaryFunctions.log(Double(max(choice.rowCount, 2)))
    var best: (score: Double, count: Int, isDiagonal: Bool) = (-.infinity, 1, true)
    for isDiagonal in forms {
      var last = -Double.infinity
      for count in Self.classCounts where count * numbers * numbers <= Self.mostCovariances {
        let result = fitted(choice, count, isDiagonal: isDiagonal)
        let score =
          result.logLikelihood
          - price * Double(result.mixture.parameterCount(isDiagonal: isDiagonal))
        guard score > last else { break }
        last = score
        if score > best.score { best = (score, count, isDiagonal) }
      }
    }
    let whole = data(
      places, parts,
      most: rows(Self.mostRows, classes: best.count, isDiagonal: best.isDiagonal))
    return fitted(whole, best.count, isDiagonal: best.isDiagonal)
  }

  private func isNormal(_ place: Int) -> Bool {
    let layout = binned[place].layout
    guard layout.isScale, steps[place].balance.isEmpty else { return false }
    let present = binned[place].margin.dropFirst(layout.missingReasons.count)
    let total = present.reduce(0, +)
    return present.count { $0 > 0 } >= Self.fewestBins
      && (present.max() ?? 0) <= Self.greatestShare * total && total >= Double(2 * minimumCount)
  }

  private func fitted(
    _ data: MixtureData, _ count: Int, isDiagonal: Bool
  ) -> MixtureFitting.Result {
    // Covariances of fewer rows than numbers would say where these rows lie.
    let fewest = max(minimumCount, isDiagonal ? 0 : 2 * data.numberCount)
    let fitting = MixtureFitting(
      regularization: 1e-3, smoothing: 1, maximumRoundCount: 60, tolerance: 2e-4,
      minimumCount: Double(fewest), isDiagonal: isDiagonal, threads: threads)
    var groups = [Int](repeating: 0, count: data.rowCount)
    if count > 1 {
      let (rows, size) = data.coded(most: Self.mostRowsOfStart)
      var stream = RandomKey(seed: "classes of rows").stream("start").stream(entity: UInt64(count))
      let start = KMeans.start(rows, columnCount: size, count: count, using: &stream)
      // Centres of some rows are enough to start from; then each row goes to its nearest.
      let centres = KMeans(rows, columnCount: size, centres: start, maximumRoundCount: 10).centres
      let (all, _) = data.coded(most: .max)
      groups = KMeans(all, columnCount: size, centres: centres, maximumRoundCount: 0).groups
    }
    return fitting.fit(data, groups: groups, classCount: count)
  }

  // MARK: Rows

  /// Rows of a group's variables: normal scores, drawn inside each bin, and classes.
  private func data(
    _ places: [Int], _ parts: [LatentClasses.Part], most: Int
  ) -> MixtureData {
    let whole = binned.first?.codes.count ?? 0
    let count = min(whole, most)
    let rows = (0..<count).map { $0 * whole / count }
    let normals = places.filter { parts[$0].number != nil }
    var numbers = [Double](repeating: 0, count: count * normals.count)
    var isMissing = [Bool](repeating: false, count: count * normals.count)
    var hasMissing = false
    for (number, place) in normals.enumerated() {
      let missingCount = binned[place].layout.missingReasons.count
      let present = Array(parts[place].weights.dropFirst(missingCount))
      let sums = CumulativeChoice.sums(present)
      let total = sums.last ?? 1
      let stream = RandomKey(seed: "classes of rows").stream(binned[place].name)
      for (index, row) in rows.enumerated() {
        let bin = Int(binned[place].codes[row]) - missingCount
        guard bin >= 0 else {
          isMissing[index * normals.count + number] = true
          hasMissing = true
          continue
        }
        let uniform = stream.uniforms(entity: UInt64(row), draw: 0).0
        let p = (sums[bin] - present[bin] * (1 - uniform)) / total
        numbers[index * normals.count + number] = NormalDistribution.quantile(
          min(max(p, 0x1p-54), 1 - 0x1p-53))
      }
    }
    let columns = places.filter { parts[$0].column != nil }
    return MixtureData(
      rowCount: count, numbers: numbers, isMissing: hasMissing ? isMissing : [],
      codes: columns.map { place in
        rows.map { parts[place].classes.classOfBin[Int(binned[place].codes[$0])] }
      }, classCounts: columns.map { parts[$0].classes.count })
  }
}

extension MixtureData {
  /// The most entries of a coded row.
  private static let mostEntries = 256

  /// Some rows as numbers, with a column of 0 and 1 for each class, so that a column of classes counts about
  /// as much as a number; in wide tables of some of the columns.
  ///
  /// - Parameter most: The most rows, evenly over all.
  fileprivate func coded(most: Int) -> (rows: [Double], size: Int) {
    let count = min(rowCount, most)
    // Where there is no room for all numbers and columns, every second or third stands for the rest.
    let step = max(
      1, (numberCount + classCounts.reduce(0, +) + Self.mostEntries - 1) / Self.mostEntries)
    let numbers = Array(stride(from: 0, to: numberCount, by: step))
    let columns = Array(stride(from: 0, to: codes.count, by: step))
    let size = max(1, numbers.count + columns.reduce(0) { $0 + classCounts[$1] })
    var rows = [Double](repeating: 0, count: count * size)
    for place in 0..<count {
      let row = place * rowCount / count
      for (k, number) in numbers.enumerated() {
        rows[place * size + k] = self.numbers[row * numberCount + number]
      }
      var start = numbers.count
      for column in columns {
        rows[place * size + start + Int(codes[column][row])] = 1
        start += classCounts[column]
      }
    }
    return (rows, size)
  }
}
