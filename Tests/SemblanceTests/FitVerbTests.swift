// SPDX-License-Identifier: Apache-2.0
import Contracts
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `Fitting a generator` {
  private let place: Place

  init() throws { place = try Place() }

  private func request(
    contract: String? = nil, rowCount: Int = 1200
  ) throws -> FitRequest {
    FitRequest(
      input: try place.write(RealFile.survey(rowCount: rowCount).text, to: "people.csv"),
      contract: try contract.map { try Contract(yaml: "contract: 1\n" + $0 + "\n", file: "c.yaml") }
    )
  }

  @Test func `a contract's broken relationship, balance and replaced column stand in the plan`()
    throws
  {
    let result = try FitVerb(
      request(
        contract: """
          variables:
            score: {unfaithful: replaced}
          relationships:
            - {between: [age, working], kept: no}
          balance: {region: {North: 70%}}
          """)
    ).run()
    let plan = result.generator.model.plan
    #expect(plan.step(for: "score")?.action == .replaced)
    #expect(plan.step(for: "region")?.balance == ["North": 0.7])
    #expect(result.size == (1200, 10) && result.givenUp.isEmpty)
    // Of 4,000 rows the share strays by four standard errors, 0.029, and what calibration leaves.
    let rows = result.generator.table(0..<4000)
    let regions = try #require(rows.column(named: "region")).values.plainTexts
    #expect(abs(Double(regions.count { $0 == "North" }) / 4000 - 0.7) < 0.035)
    // In real rows nine of ten work below 65, one of ten from there on; here age says nothing of it.
    let ages = try #require(rows.column(named: "age")).values.scaleValues
    let working = try #require(rows.column(named: "working")).values.plainTexts
    func share(_ isOld: Bool) -> Double {
      let own = ages.indices.filter { (ages[$0] >= 65) == isOld }
      return Double(own.count { working[$0] == "true" || working[$0] == "yes" }) / Double(own.count)
    }
    // About 880 of 4,000 rows are 65 or older: four standard errors of the difference are 0.076.
    #expect(abs(share(true) - share(false)) < 0.08, "\(share(true)) \(share(false))")
  }

  @Test func `a contract that names no column is refused with its place`() throws {
    let request = try self.request(contract: "variables:\n  wage: {faithful: [moments]}")
    let error = #expect(throws: DataError.self) { try FitVerb(request).run() }
    #expect(error?.file == "c.yaml" && error?.line == 3)
  }

  @Test func `a purpose without relationships learns none`() throws {
    var request = try self.request()
    request.contract = Contract(purpose: .preview)
    let plan = try FitVerb(request).run().generator.model.plan
    #expect(plan.steps.allSatisfy { $0.predictors.isEmpty })
  }

  @Test func `a plan that is given is followed`() throws {
    var request = try self.request()
    var plan = try FitVerb(request).run().generator.model.plan
    let last = try #require(
      plan.steps.lastIndex { $0.action == .learned && !$0.predictors.isEmpty })
    plan.steps[last].predictors = []
    request.plan = plan
    #expect(try FitVerb(request).run().generator.model.plan == plan)
  }

  @Test func `a time too short to choose methods leaves trees, and that is said`() throws {
    var request = try self.request(rowCount: 600)
    request.options.method = MethodCatalogue.automatic
    request.budget = 0.5
    let short = try FitVerb(request).run()
    #expect(short.generator.model.plan.method == "trees" && short.givenUp.count == 1)
    request.budget = 3600
    let long = try FitVerb(request).run()
    #expect(long.generator.model.plan.method == MethodCatalogue.automatic && long.givenUp.isEmpty)
    #expect(long.generator.model.plan.notes.contains { $0.contains("as far as the time allows") })
  }
}
