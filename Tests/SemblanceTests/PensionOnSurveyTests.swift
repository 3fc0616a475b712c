// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Schemas
import Semblance
import Simulation
import Synthesis
import Tables
import Testing
import TreeSynthesis

/// Where the survey lies, if it does.
private let survey: String? = {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let shared = ProcessInfo.processInfo.environment["SEMBLANCE_SHARED"].map { "\($0)/data" }
  return [shared, root.appendingPathComponent("../shared/data").standardized.path]
    .compactMap { $0.map { "\($0)/uk-bcs2007-teaching" } }
    .first { FileManager.default.fileExists(atPath: $0) }
}()

/// Three pension rules on a population that was synthesized from a survey.
@Suite(.enabled(if: survey != nil, "no ../shared/data/uk-bcs2007-teaching"))
struct PensionOnSurveyTests {
  @Test func `three pension rules run on people synthesized from a survey, paired by person`()
    throws
  {
    let folder = try #require(survey)
    let input = try RealInput(
      path: "\(folder)/bcs_2007_8_teaching_data.tab",
      schemaPath: "\(folder)/bcs_2007_8_teaching_data_unrestricted_ukda_data_dictionary.rtf",
      threads: 2)
    let names = ["sex", "age", "work", "tenure1", "tcindwt"]
    let schema = Schema(variables: input.schema.variables.filter { names.contains($0.name) })
    let part = Table(columns: input.table.columns.filter { names.contains($0.name) })
      .selecting(rows: Array(0..<2000))
    let fit = try Fit(part, schema: schema, options: FitOptions(threads: 2))
    let people = fit.model.sample(rows: 0..<1500, key: RandomKey(seed: "people"), threads: 2)
    let files = ModelFiles { _ in (people, schema) }
    let model = try SimulatedModel(
      yaml: """
        simulate: 1
        population: {person: people.csv}
        parameters: {pension_age: {2026: 66, 2028: 67}, pension: 11500}
        periods: {from: 2027, to: 2036}
        start:
          - person.years: number(text(age))
          - person.years: {value: "47", only: is_missing(years)}
          - person.works: first_present(code(work) == 1, false)
        each_period:
          - person.years: years + 1
          - remove: {person: "~ bernoulli(invlogit(-10.5 + 0.095 * years))"}
          - person.works: {value: "false", only: years < 16 or years >= pension_age}
          - person.works:
              value: ~ bernoulli(invlogit(-2 + if(works[-1], 4, 0)))
              only: years >= 16 and years < pension_age
          - person.earns: {value: "~ lognormal(meanlog = 10, sdlog = 0.4)", only: works}
          - person.earns: {value: "0", only: not works}
          - person.net: earns + if(years >= pension_age, pension, 0)
        scenarios:
          as_it_is: {}
          later: {parameters: {pension_age: {2026: 66, 2028: 67, 2030: 70}}}
          higher: {parameters: {pension: 13000}}
        report: {compare: person.net, by: [decile, tenure1], measures: [mean, gini, winners_losers], weight: tcindwt}
        """.replacing("number(text(age))", with: Self.years(schema)), file: "pension.yaml",
      files: files)
    let outcome = try model.run(seed: "2026", threads: 2)
    let person = outcome.data[0]
    // Nobody's death hangs on the pension: the same people in all three, year by year.
    guard case .texts(let codes, _)? = person.column(named: "scenario")?.values else {
      Issue.record("there are no scenarios")
      return
    }
    let counts = (0..<3).map { scenario in codes.count { Int($0) == scenario } }
    #expect(counts[0] == counts[1] && counts[1] == counts[2] && counts[0] > 10_000)
    let comparison = try #require(outcome.data.first { $0.name == "comparison" })
    #expect(comparison.rowCount > 100)
    print("pensions on a synthesized survey: \(people.rowCount) people, \(counts[0]) person-years")
  }

  /// The age as a number, whether the survey's dictionary takes it for one or for codes.
  static func years(_ schema: Schema) -> String {
    let kind = schema.variable(named: "age")?.kind
    return kind?.isCategorical == true ? "code(age)" : "age"
  }
}
