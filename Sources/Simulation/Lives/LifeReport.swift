// SPDX-License-Identifier: Apache-2.0
import Tables

/// What a model's report compares between scenarios, person by person.
struct LifeReport: Sendable {
  /// A column to compare: its table and its name.
  struct Subject: Sendable {
    var table: Int
    var column: String
  }

  var subjects: [Subject] = []
  /// Columns whose values are compared apart; `decile` is that of the subject in the first scenario.
  var groups: [String] = []
  var measures: [LifeMeasure] = [.mean]
  var weight: String?

  /// A figure of a run.
  private struct Figure {
    var first: Double
    var value: Double
    var error: Double
    var units: Int
  }

  private struct Place: Hashable {
    var scenario: Int
    var period: Int
    var subject: Int
    var measure: String
    var by: String
    var group: String
  }

  /// The comparison, a row for each scenario, period, measure and group.
  func tables(_ model: LifeModel, _ finished: [LifeRun]) throws(DataError) -> [Table] {
    let each = model.scenarios.count
    var figures: [Place: [Int: Figure]] = [:]
    var places: [Place] = []
    for run in 0..<finished.count / each {
      let base = finished[run * each]
      for (subject, declared) in subjects.enumerated() {
        for (period, snapshot) in base.snapshots.enumerated() {
          let first = LifeUnits(base, snapshot, declared.table, declared.column, weight, groups)
          for scenario in 0..<each {
            let life = finished[run * each + scenario]
            let units =
              scenario == 0
              ? first
              : LifeUnits(
                life, life.snapshots[period], declared.table, declared.column, weight, groups)
            compare(first, units) { measure, by, group, figure in
              let place = Place(
                scenario: scenario, period: snapshot.period, subject: subject, measure: measure,
                by: by, group: group)
              if figures[place] == nil { places.append(place) }
              figures[place, default: [:]][run] = Figure(
                first: figure.0, value: figure.1, error: figure.2, units: figure.3)
            }
          }
        }
      }
    }
    places.sort {
      ($0.scenario, $0.period, $0.subject) < ($1.scenario, $1.period, $1.subject)
    }
    return [table(model, places, figures)]
  }

  /// The figures of two scenarios, group by group.
  private func compare(
    _ base: LifeUnits, _ other: LifeUnits,
    _ body: (String, String, String, (Double, Double, Double, Int)) -> Void
  ) {
    for by in ["all"] + groups {
      for group in base.groupNames(by) {
        let one = base.members(by, group, of: base)
        let two = other.members(by, group, of: base)
        for measure in measures {
          if measure == .winnersLosers {
            for (name, test) in Self.outcomes {
              let pairs = two.compactMap { row in
                base.rowOf[other.keys[row]].map { (base.values[$0], other.values[row], row) }
              }
              let weights = pairs.map { other.weights[$0.2] }
              guard
                let found = LifeMeasure.mean.estimate(
                  pairs.map { test($0.0, $0.1) ? 1 : 0 }, weights)
              else { continue }
              body(
                name, by, group,
                (0, found.value, Self.error(found.influence, weights), pairs.count))
            }
            continue
          }
          guard
            let first = measure.estimate(
              one.map { base.values[$0] }, one.map { base.weights[$0] }),
            let second = measure.estimate(
              two.map { other.values[$0] }, two.map { other.weights[$0] })
          else { continue }
          body(
            measure.name, by, group,
            (
              first.value, second.value,
              pairedError(base, one, first.influence, other, two, second.influence), two.count
            ))
        }
      }
    }
  }

  private static let outcomes: [(String, @Sendable (Double, Double) -> Bool)] = [
    ("winners", { $1 - $0 > 1e-9 * max(1, abs($0)) }),
    ("losers", { $0 - $1 > 1e-9 * max(1, abs($0)) }),
    ("unchanged", { abs($1 - $0) <= 1e-9 * max(1, abs($0)) }),
  ]

  private static func error(_ influence: [Double], _ weights: [Double]) -> Double {
    let total = weights.reduce(0, +)
    let count = Double(influence.count)
    guard count > 1, total > 0 else { return 0 }
    let square = zip(influence, weights).reduce(0) { $0 + ($1.0 * $1.1) * ($1.0 * $1.1) }
    return (square * count / (count - 1)).squareRoot() / total
  }

  /// The error of a difference: whoever is in both scenarios counts with the difference.
  private func pairedError(
    _ base: LifeUnits, _ one: [Int], _ first: [Double], _ other: LifeUnits, _ two: [Int],
    _ second: [Double]
  ) -> Double {
    let totals = (
      one.reduce(0) { $0 + base.weights[$1] }, two.reduce(0) { $0 + other.weights[$1] }
    )
    var parts: [UInt64: Double] = [:]
    for (place, row) in one.enumerated() {
      parts[base.keys[row]] = -first[place] * base.weights[row] / totals.0
    }
    for (place, row) in two.enumerated() {
      parts[other.keys[row], default: 0] += second[place] * other.weights[row] / totals.1
    }
    // Sums go over the rows in their order, as a dictionary has none.
    var square = 0.0
    for row in one { square += (parts[base.keys[row]] ?? 0) * (parts[base.keys[row]] ?? 0) }
    for row in two where base.rowOf[other.keys[row]] == nil {
      square += (parts[other.keys[row]] ?? 0) * (parts[other.keys[row]] ?? 0)
    }
    let count = Double(parts.count)
    return count > 1 ? (square * count / (count - 1)).squareRoot() : 0
  }

  private func table(
    _ model: LifeModel, _ places: [Place], _ figures: [Place: [Int: Figure]]
  ) -> Table {
    var lists = [[Double?]](repeating: [], count: 6)
    var units: [Int64] = []
    for place in places {
      let runs = (figures[place] ?? [:]).sorted { $0.key < $1.key }
      let count = Double(runs.count)
      func average(_ value: (Figure) -> Double) -> Double {
        runs.reduce(0) { $0 + value($1.value) } / count
      }
      units.append(Int64(average { Double($0.units) }.rounded()))
      let isOutcome = ["winners", "losers", "unchanged"].contains(place.measure)
      lists[0].append(isOutcome ? nil : average(\.first))
      lists[1].append(average(\.value))
      lists[2].append(isOutcome ? nil : average { $0.value - $0.first })
      lists[3].append(average(\.error))
      let errors = spread(
        runs.map { ($0.key / model.runs.replications, $0.value.value - $0.value.first) })
      lists[4].append(model.runs.replications > 1 ? errors.chance : nil)
      lists[5].append(model.runs.parameterDraws > 1 ? errors.ignorance : nil)
    }
    let names = [
      "first", "value", "difference", "standard_error", "error_of_chance", "spread_of_ignorance",
    ]
    let columns = zip(names, lists).map { name, list in
      Column(
        name: name, values: .numbers(list.map { $0 ?? 0 }),
        missing: MissingCells(
          reasons: [MissingReason(code: "")], codes: list.map { $0 == nil ? 1 : 0 }),
        form: .number(NumberForm(decimals: 6)))
    }
    func texts(_ name: String, _ text: (Place) -> String) -> Column {
      Column(name: name, texts: places.map(text))
    }
    return Table(
      name: "comparison",
      columns: [
        texts("scenario") { model.scenarios[$0.scenario].name ?? "" },
        model.periods.column(places.map(\.period)),
        texts("column") {
          "\(model.populations[subjects[$0.subject].table].name).\(subjects[$0.subject].column)"
        },
        texts("measure", \.measure), texts("by", \.by), texts("group", \.group),
        Column(name: "rows", values: .wholeNumbers(units), form: .number(NumberForm())),
      ] + columns)
  }

  /// The error of a mean over replications, and the spread between guesses of what is not known.
  private func spread(_ differences: [(draw: Int, value: Double)]) -> (
    chance: Double, ignorance: Double
  ) {
    var within = 0.0
    var means: [Double] = []
    let draws = Set(differences.map(\.draw)).sorted()
    var count = 1.0
    for draw in draws {
      let list = differences.filter { $0.draw == draw }.map(\.value)
      count = Double(list.count)
      let mean = list.reduce(0, +) / count
      means.append(mean)
      if count > 1 {
        within += list.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
      }
    }
    within /= Double(draws.count)
    let grand = means.reduce(0, +) / Double(means.count)
    let between =
      means.count < 2
      ? 0 : means.reduce(0) { $0 + ($1 - grand) * ($1 - grand) } / Double(means.count - 1)
    return (
      (within / count / Double(draws.count)).squareRoot(),
      max(0, between - within / count).squareRoot()
    )
  }
}
