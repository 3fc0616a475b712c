// SPDX-License-Identifier: Apache-2.0
public import Randomness
public import Schemas
public import Synthesis
public import Tables

/// A model whose rows stand for a population, where those of its base stand for a sample of it.
///
/// Each row is drawn with a chance in proportion to its survey weight, which is 1 from then on. What was fitted
/// stays as it is: weights are learned as a variable, given all the others and they given it, so that
/// p(row) ∝ f(row) w(row) is the population's density if f is the sample's.
///
/// ## Source
/// Rejection by weight: von Neumann (1951); that weights turn a sample's distribution into its population's:
/// Pfeffermann, "The role of sampling weights when modeling survey data", *International Statistical Review* 61
/// (1993).
public struct PopulationModel: Model {
  /// The model that draws.
  public let base: any Model
  /// The variable of weights.
  public let weight: String
  /// The share of the base's draws that are accepted.
  public let rate: Double
  private let cap: Double
  private let kept: Set<String>

  /// The variables of the rows it makes.
  public var schema: Schema { base.schema }
  /// What was done to fit it.
  public var plan: Plan { base.plan }
  /// The rows it was fitted on.
  public var fittedRowCount: Int { base.fittedRowCount }

  /// Looks at draws for how weights spread.
  ///
  /// - Parameters:
  ///   - weight: The variable of weights.
  ///   - seed: Names the draws that are looked at.
  /// - Throws: `DataError` if there is no such variable, or its values are no weights.
  public init(
    _ base: any Model, byWeight weight: String, seed: String, threads: Int = 1
  ) throws(DataError) {
    let names = base.schema.variables.map(\.name)
    guard names.contains(weight) else {
      throw DataError(
        "the generator has no variable \"\(weight)\"", file: "--by-weight",
        remedy: "Use one of: \(names.joined(separator: ", ")).")
    }
    let pilot = base.sample(
      rows: 0..<RowChoice.pilotCount,
      key: RandomKey(seed: seed, replication: EvaluationKeys.pilotReplication), threads: threads)
    guard let weights = Self.weights(pilot, weight) else {
      throw DataError(
        "\"\(weight)\" holds no numbers, so it is no weight", file: "--by-weight",
        remedy: "Name the column of survey weights.")
    }
    guard let greatest = weights.max(), greatest > 0, !weights.contains(where: { $0 < 0 }) else {
      throw DataError(
        "\"\(weight)\" has values below 0, or none above, so it is no weight", file: "--by-weight",
        remedy: "Name the column of survey weights.")
    }
    self.base = base
    self.weight = weight
    cap = greatest
    rate = weights.reduce(0, +) / greatest / Double(weights.count)
    kept = Set(base.plan.steps.filter { $0.action == .regenerated }.map(\.variable))
    guard rate >= RowChoice.leastRate else {
      throw DataError(
        "the greatest weight is more than a thousand times the mean", file: "--by-weight",
        remedy: "Trim the weights, as surveys usually do, and fit again.")
    }
  }

  /// The weights of rows, 0 where they are missing; `nil` if they are no numbers.
  private static func weights(_ table: Table, _ name: String) -> [Double]? {
    guard let column = table.column(named: name) else { return nil }
    let values: [Double]
    switch column.values {
    case .numbers(let numbers): values = numbers
    case .wholeNumbers(let numbers): values = numbers.map { Double($0) }
    default: return nil
    }
    return values.indices.map { column.missing.isMissing(at: $0) ? 0 : values[$0] }
  }

  /// Returns rows of the run named by a key, each as likely as its weight makes it.
  public func sample(rows: Range<Int>, key: RandomKey, threads: Int) -> Table {
    let (base, name, cap) = (base, weight, cap)
    let choice = RowChoice(kept: kept) { rows, key in
      base.sample(rows: rows, key: key, threads: threads)
    } accepts: { table, rows, key in
      let stream = key.stream(path: ["population", name])
      let weights = Self.weights(table, name) ?? []
      return weights.indices.map { place in
        let uniform = stream.uniforms(entity: UInt64(rows.lowerBound + place), draw: 0).0
        return uniform * cap < weights[place]
      }
    }
    // A row without a candidate is one in thousands of millions; it keeps its first draw.
    let table =
      (try? choice.table(rows: rows, key: key).table)
      ?? base.sample(rows: rows, key: key, threads: threads)
    return Table(
      name: table.name, columns: table.columns.map { $0.name == name ? $0.ofOnes : $0 },
      rowCount: table.rowCount)
  }

  /// Says what the model holds, variable by variable.
  public func inventory() -> [ModelHolding] { base.inventory() }

  /// Says what gives the values of a variable before rows are chosen.
  public func explanation(of variable: String) -> [String] { base.explanation(of: variable) }
}

extension Column {
  /// The column with 1 in every row.
  fileprivate var ofOnes: Column {
    var column = self
    column.missing = .none
    if case .wholeNumbers = values {
      column.values = .wholeNumbers([Int64](repeating: 1, count: count))
    } else {
      column.values = .numbers([Double](repeating: 1, count: count))
    }
    return column
  }
}
