// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Simulation
import Tables
import Testing

/// Structural models of other packages, against exact values worked out apart from any generator.
///
/// `SEMBLANCE_RUNS=1000000` asks for a million rows, which the corpus names; the bound is four
/// standard errors at any number.
struct CausalFactsTests {
  let rows = ProcessInfo.processInfo.environment["SEMBLANCE_RUNS"].flatMap { Int($0) } ?? 20_000

  /// The exact values of one model; nil if `../shared/data` is absent.
  func facts(_ name: String) throws -> [String: Any]? {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["SEMBLANCE_SHARED"] ?? root.path() + "/../shared"
    guard
      let data = FileManager.default.contents(atPath: shared + "/data/causal-facts/facts.json")
    else {
      print("skipped: ../shared/data is absent")
      return nil
    }
    let list = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    return try #require(list.first { $0["id"] as? String == name }?["expect"] as? [String: Any])
  }

  func outcome(_ columns: String, _ more: String = "") throws -> StructuralOutcome {
    let lines = columns.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    let text = "simulate: 1\ntables:\n  t:\n    rows: \(rows)\n    columns:\n\(lines)\n\(more)"
    return try StructuralModel(yaml: text, file: "m.yaml").run(RandomKey(seed: "facts"))
  }

  func numbers(_ table: Table, _ name: String) throws -> [Double] {
    let column = try #require(table.column(named: name))
    let list: [Double] =
      switch column.values {
      case .numbers(let list): list
      case .wholeNumbers(let list): list.map { Double($0) }
      case .booleans(let list): list.map { $0 ? 1 : 0 }
      default: []
      }
    return list.indices.filter { !column.missing.isMissing(at: $0) }.map { list[$0] }
  }

  func check(_ values: [Double], _ expected: Any?, _ what: String) throws {
    let expected = try #require((expected as? NSNumber)?.doubleValue)
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let error = (square / count).squareRoot()
    #expect((mean - expected).magnitude <= 4 * error + 1e-9, "\(what): \(mean), not \(expected)")
  }

  @Test func `the confounded treatment of simcausal has its effects`() throws {
    guard let facts = try facts("simcausal-readme") else { return }
    let outcome = try outcome(
      """
      CVD: ~ categorical(c1 = 0.5, c2 = 0.25, c3 = 0.25)
      severity: "case(CVD == 'c1', 1, CVD == 'c2', 2, 3)"
      A1C: ~ normal(5 + if(severity > 1, 10, 0) + if(severity > 2, 5, 0), 1)
      TI: ~ bernoulli(invlogit(-0.5 - 0.3 * severity + 0.2 * A1C))
      Y: ~ bernoulli(invlogit(-3 + if(TI, 1.2, 0) + 0.1 * severity + 0.3 * A1C))
      """, "truth: {effects: [{do: {TI: [0, 1]}, on: Y}]}")
    let table = outcome.collected[0]
    try check(try numbers(table, "TI"), facts["P_TI"], "P(TI)")
    try check(try numbers(table, "A1C"), facts["E_A1C"], "E(A1C)")
    let effects = try #require(outcome.effects)
    let names = try #require(effects.column(named: "measure")).texts
    let values = try numbers(effects, "value")
    let errors = try numbers(effects, "standard_error")
    for (measure, key) in [
      ("mean under true", "E_Y_do1"), ("mean under false", "E_Y_do0"), ("ATE", "ATE"),
      ("naive contrast", "naive_difference"),
    ] {
      let row = try #require(names.firstIndex(of: measure))
      let expected = try #require((facts[key] as? NSNumber)?.doubleValue)
      #expect((values[row] - expected).magnitude <= 4 * errors[row], "\(measure): \(values[row])")
    }
    let truth = try #require(outcome.facts.column(named: "value")).texts
    #expect(truth.contains("severity, A1C"), "the adjustment set closes the back door")
  }

  @Test func `cells go missing as in simstudy, and bias what they should`() throws {
    guard let facts = try facts("simstudy-missing") else { return }
    let outcome = try outcome(
      """
      m: ~ binomial(1, 0.5)
      u: {value: "~ binomial(1, 0.5)", hidden: true}
      x1: ~ normal(20 * m + 20 * u, sqrt(2))
      x2: ~ normal(20 * m + 20 * u, sqrt(2))
      x3: ~ normal(20 * m + 20 * u, sqrt(2))
      """,
      """
      missing:
        x1: {probability: 0.15, kind: MCAR}
        x2: {probability: 0.05 + 0.25 * m, kind: MAR}
        x3: {probability: 0.05 + 0.25 * u, kind: MNAR}
      """)
    #expect(outcome.collected[0].column(named: "u") == nil)
    let table = outcome.collected[0]
    try check(
      try numbers(outcome.complete[0], "x3"), facts["true_mean"], "the mean of everything")
    try check(try numbers(table, "x1"), facts["obs_x1_MCAR"], "MCAR")
    try check(try numbers(table, "x2"), facts["obs_x2_MAR"], "MAR")
    try check(try numbers(table, "x3"), facts["obs_x3_MNAR"], "MNAR")
    let m = try numbers(table, "m")
    for (name, key) in [("x2", "obs_x2_given_m0"), ("x3", "obs_x3_given_m0")] {
      let column = try #require(table.column(named: name))
      let rows = m.indices.filter { m[$0] == 0 && !column.missing.isMissing(at: $0) }
      guard case .numbers(let list) = column.values else { continue }
      try check(rows.map { list[$0] }, facts[key], "\(name) given m = 0")
    }
  }

  @Test func `survival times have the medians and means of simstudy`() throws {
    guard let facts = try facts("simstudy-survival") else { return }
    // (−ln U · scale / e^formula)^shape is a Weibull of scale (scale / e^formula)^shape, shape 1/shape.
    let outcome = try outcome(
      """
      event_1: ~ weibull(scale = exp(10) ^ 0.3, shape = 1 / 0.3)
      event_2: ~ weibull(scale = exp(6.5) ^ 0.4, shape = 1 / 0.4)
      event_3: ~ weibull(scale = exp(7) ^ 0.5, shape = 1 / 0.5)
      grp: ~ binomial(1, 0.5)
      x1: ~ binomial(1, 0.5)
      power: if(grp == 1, 1.0, 1.5)
      time: ~ weibull(scale = (if(grp == 1, 50, 25) / exp(1.5 * x1)) ^ power, shape = 1 / power)
      """)
    let table = outcome.collected[0]
    for event in 1...3 {
      // The share below the exact median is a half, with a standard error of 0.5/√n.
      let median = try #require((facts["median_event_\(event)"] as? NSNumber)?.doubleValue)
      let times = try numbers(table, "event_\(event)")
      try check(times.map { $0 < median ? 1 : 0 }, NSNumber(value: 0.5), "median \(event)")
    }
    let means = try #require(facts["vignette_mean"] as? [String: Any])
    let (grp, x1) = (try numbers(table, "grp"), try numbers(table, "x1"))
    let times = try numbers(table, "time")
    for (key, expected) in means {
      let parts = key.split(separator: ",").compactMap { Double($0.split(separator: "=")[1]) }
      let rows = times.indices.filter { grp[$0] == parts[0] && x1[$0] == parts[1] }
      try check(rows.map { times[$0] }, expected, key)
    }
  }

  @Test func `the regression of simDAG is found again`() throws {
    guard let facts = try facts("simdag-readme") else { return }
    let outcome = try outcome(
      """
      age: ~ normal(50, 4)
      sex: ~ binomial(1, 0.5)
      bmi: ~ normal(12 + 1.1 * age + 0.4 * sex, 2)
      death: ~ bernoulli(invlogit(-15 + 0.1 * age + 0.3 * bmi))
      """)
    let table = outcome.collected[0]
    try check(try numbers(table, "bmi"), facts["mean_bmi"], "E(bmi)")
    // P(death) is 0.9998: its own error says more than that of a sample with hardly a 0.
    let deaths = try numbers(table, "death")
    let p = try #require((facts["P_death"] as? NSNumber)?.doubleValue)
    let share = deaths.reduce(0, +) / Double(deaths.count)
    #expect((share - p).magnitude <= 4 * (p * (1 - p) / Double(deaths.count)).squareRoot())
    // Least squares: age and sex are independent with known spreads, so each slope has its own
    // covariance formula in the centred data; residuals have the stated spread.
    let coefficients = try #require(facts["bmi_coefficients"] as? [String: Any])
    let (age, sex, bmi) = (
      try numbers(table, "age"), try numbers(table, "sex"), try numbers(table, "bmi")
    )
    let residuals = bmi.indices.map { bmi[$0] - 12 - 1.1 * age[$0] - 0.4 * sex[$0] }
    // Normal equations at the stated coefficients: residuals are uncorrelated with each predictor.
    try check(residuals, NSNumber(value: 0), "intercept")
    try check(
      residuals.indices.map { residuals[$0] * (age[$0] - 50) }, NSNumber(value: 0), "age")
    try check(
      residuals.indices.map { residuals[$0] * (sex[$0] - 0.5) }, NSNumber(value: 0), "sex")
    let spread = try #require((coefficients["residual_sd"] as? NSNumber)?.doubleValue)
    try check(residuals.map { $0 * $0 }, NSNumber(value: spread * spread), "residual variance")
  }
}

extension Column {
  /// The texts of a text column.
  fileprivate var texts: [String] {
    guard case .texts(let codes, let pool) = values else { return [] }
    return codes.map { pool[Int($0)] }
  }
}
