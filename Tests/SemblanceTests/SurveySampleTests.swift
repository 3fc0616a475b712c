// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Fidelity
import Randomness
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `A sample of clusters in strata` {
  private static let clusterCount = 90
  private static let clusterSize = 50

  /// 90 schools of 50 children in six regions; a score that hangs on region, school (deviation 1) and chance
  /// (deviation 1.5), and a coarse one of few values.
  private static func input(_ place: Place) throws -> RealInput {
    var lines = ["school,region,score,grade"]
    for cluster in 0..<clusterCount {
      var draws = RandomKey(seed: "survey").stream("schools").stream(entity: UInt64(cluster))
      let region = cluster / 15
      let effect = Draws.normal(using: &draws)
      for _ in 0..<clusterSize {
        let score = 0.4 * Double(region) + effect + 1.5 * Draws.normal(using: &draws)
        lines.append(
          "S\(1000 + cluster),R\(region),\((score * 100).rounded() / 100),G\(Int(min(9, max(0, score + 4))))"
        )
      }
    }
    let schema = """
      schema: 1
      variables:
        school: {kind: category, role: cluster}
        region: {kind: category, role: stratum}
      """
    return try RealInput(
      path: try place.write(lines.joined(separator: "\n") + "\n", to: "children.csv"),
      schemaPath: try place.write(schema, to: "children.yaml"))
  }

  /// The share of a score's variance that lies between groups.
  private static func likeness(_ table: Table) throws -> Double {
    let schools = try #require(table.column(named: "school")).values.plainTexts
    let scores = try #require(table.column(named: "score")).values.scaleValues
    var groups: [String: [Double]] = [:]
    for (school, score) in zip(schools, scores) { groups[school, default: []].append(score) }
    let n = Double(scores.count)
    let mean = scores.reduce(0, +) / n
    var (between, within) = (0.0, 0.0)
    for group in groups.values {
      let own = group.reduce(0, +) / Double(group.count)
      between += Double(group.count) * (own - mean) * (own - mean)
      for score in group { within += (score - own) * (score - own) }
    }
    let count = Double(groups.count)
    let (first, second) = (between / (count - 1), within / (n - count))
    return (first - second) / (first + (n / count - 1) * second)
  }

  @Test func `clusters lie in their strata, resemble each other as much, and give the same errors`()
    throws
  {
    let place = try Place()
    let input = try Self.input(place)
    let generator = try Generator(fitting: input, options: FitOptions())
    // The region follows from the school in every row.
    #expect(generator.model.plan.steps.map(\.variable) == ["school", "grade", "score", "region"])
    let count = input.table.rowCount
    let made = generator.model.sample(rows: 0..<count, key: RandomKey(seed: "1"), threads: 2)
    let schools = try #require(made.column(named: "school")).values.plainTexts
    let regions = try #require(made.column(named: "region")).values.plainTexts
    let wrong = zip(schools, regions).count { school, region in
      Int(school.dropFirst()).map { ($0 - 1000) / 15 } != Int(region.dropFirst())
    }
    #expect(Double(wrong) / Double(count) < 0.02)
    let (real, synthetic) = (try Self.likeness(input.table), try Self.likeness(made))
    #expect(real > 0.3 && abs(real - synthetic) < 0.08, "\(real) \(synthetic)")
    let analysis = try NamedAnalysis(parsing: "linear: score ~ 1")
    let result = try #require(
      AnalysisMeasure([analysis], survey: SurveyDesign(strata: "region", clusters: "school"))
        .results(real: input.table, synthetic: [made], schema: input.schema).first)
    let mean = try #require(result.coefficients.first)
    let errors = (try #require(mean.realError), try #require(mean.syntheticError))
    #expect(abs(errors.1 / errors.0 - 1) < 0.3, "\(errors)")
  }

  @Test func `evaluate hands the columns of the design on`() throws {
    let place = try Place()
    let real = try Self.input(place).path
    func note(_ change: (inout EvaluateRequest) -> Void) throws -> String? {
      var request = EvaluateRequest(
        real: real, synthetic: real, output: "\(place.path)/out.evaluation",
        schema: "\(place.path)/children.yaml", analyses: ["linear: score ~ 1"], isQuick: true,
        replacesExisting: true)
      change(&request)
      let analyses = try #require(EvaluateVerb(request).run().measures.fidelity.analyses)
      // Roles of the dictionary tell the design for means; analyses take it by name only.
      #expect(analyses.count == 2 && analyses[0].model == "survey")
      #expect(analyses[0].note?.contains("strata region, clusters school") == true)
      return analyses[1].note
    }
    #expect(try note { _ in } == nil)
    let survey = try note { ($0.strata, $0.clusters) = ("region", "school") }
    #expect(survey == "a survey by its strata region, clusters school")
    // Scores below 0 are no weights.
    #expect(throws: DataError.self) { try note { $0.weights = "score" } }
  }

  @Test func `a release of a survey's sample says what both tables say of the population`() throws {
    let place = try Place()
    let source = try Self.input(place).path
    var request = SynthesizeRequest(
      input: source, output: place.path + "/out.release", seed: "1")
    request.schema = "\(place.path)/children.yaml"
    let result = try SynthesizeVerb(request).run()
    let means = try #require(result.measures?.fidelity.analyses?.first)
    #expect(means.coefficients.contains { $0.name == "score" && $0.difference != nil })
    #expect(try place.text("out.owner/report.html").contains("means and shares of the population"))
    #expect(!(try place.text("out.release/report.html").contains("means and shares")))
  }
}
