// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Schemas

/// How many people of the population each real record stands for.
///
/// Known from the survey weight, from a size of the population that the owner gives, or from both, where
/// the weights are scaled to the size. Nothing else is a population: without either there is none here.
struct PopulationWeights {
  /// One a real record; `nil` where each stands for equally many.
  let weights: [Double]?
  /// What is reported.
  let population: KeyDisclosure.Population
  private let equalWeight: Double

  /// Weights whose sum is below so many times the number of rows are scaled to the sample.
  static let leastSampleRatio = 1.05

  /// Reads what is known of the population; `nil`, and why, where nothing is.
  static func known(
    _ tables: ComparedTables, schema: Schema, size: Double?
  ) -> (weights: PopulationWeights?, reason: String?) {
    let rowCount = tables.rowCounts[0]
    let column = tables.columns.first { schema.variable(named: $0.name)?.role == .weight }
    guard let column else {
      guard let size else {
        return (
          nil,
          "no variable is declared a weight, and no size of the population is given, so that only "
            + "the counts of this table are known"
        )
      }
      let each = size / Double(rowCount)
      return (
        PopulationWeights(
          weights: nil,
          population: .init(size: size, weight: nil, note: nil), equalWeight: each), nil
      )
    }
    guard column.isContinuous else {
      return (nil, "the weight \(column.name) is no number")
    }
    let side = column.sides[0]
    var weights: [Double] = []
    var present: [Double] = []
    for row in 0..<rowCount {
      let isKnown = side.codes[row] != 0 && side.values[row] > 0 && side.values[row].isFinite
      weights.append(isKnown ? side.values[row] : 0)
      if isKnown { present.append(side.values[row]) }
    }
    guard !present.isEmpty else { return (nil, "the weight \(column.name) has no positive value") }
    var notes: [String] = []
    let mean = CompensatedSum(present).value / Double(present.count)
    if present.count < rowCount {
      // A record without a weight is taken for one of the average.
      for row in weights.indices where weights[row] == 0 { weights[row] = mean }
      let count = rowCount - present.count
      notes.append(
        count == 1
          ? "1 record without a positive weight has the mean one"
          : "\(count) records without a positive weight have the mean one")
    }
    let sum = CompensatedSum(weights).value
    if let size {
      let factor = size / sum
      weights = weights.map { $0 * factor }
      notes.append("weights are scaled to the size given")
    } else if sum < leastSampleRatio * Double(rowCount) {
      return (
        nil,
        "the weights of \(column.name) sum to about the number of rows, so that they do not tell the "
          + "size of the population; give it too"
      )
    }
    return (
      PopulationWeights(
        weights: weights,
        population: .init(
          size: size ?? sum, weight: column.name,
          note: notes.isEmpty ? nil : notes.joined(separator: "; ")), equalWeight: mean), nil
    )
  }

  /// Measures the risk of all real records by their classes.
  ///
  /// - Parameter isPresent: Whether a class occurs in the synthetic table.
  func risk(_ classes: RowClasses, isPresent: [Bool]) -> KeyDisclosure.PopulationRisk {
    var counts = [Int](repeating: 0, count: classes.count)
    for number in classes.real { counts[Int(number)] += 1 }
    var people: [Double]
    if let weights {
      people = [Double](repeating: 0, count: classes.count)
      for (row, number) in classes.real.enumerated() { people[Int(number)] += weights[row] }
    } else {
      people = counts.map { Double($0) * equalWeight }
    }
    var (all, present) = (CompensatedSum(), CompensatedSum())
    var greatest = 0.0
    // Many classes have the same counts, where each record stands for equally many.
    var known: [Int: Double] = [:]
    for number in 0..<classes.count where counts[number] > 0 {
      let count = counts[number]
      // Small weights may say less people than the sample holds, which it cannot.
      let share = min(1, Double(count) / people[number])
      let same = weights == nil ? known[count] : nil
      let risk = same ?? IndividualRisk.exact(sampleCount: count, share: share)
      if weights == nil { known[count] = risk }
      all.add(Double(count) * risk)
      if isPresent[number] { present.add(Double(count) * risk) }
      greatest = max(greatest, risk)
    }
    let rows = Double(classes.real.count)
    return KeyDisclosure.PopulationRisk(
      expectedFound: all.value, expectedFoundShare: 100 * all.value / rows,
      expectedFoundInSynthetic: present.value, greatest: 100 * greatest)
  }
}
