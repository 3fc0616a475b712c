// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Schemas
import Synthesis
import Tables
import Testing

@testable import Contracts

@Suite struct `Reading and writing contracts` {
  private static let whole = """
    contract: 1
    purpose: presentation
    rows: 2x
    seed: workshop-2026
    variables:
      income: {faithful: [distribution, missingness], within: {ks: 0.02}, extremes: {top-code: {quantile: 0.99}}}
      postcode: {unfaithful: replaced, by: uk.postcode}
      weight: {role: weight}
      region: {transforms: [{group: {minimum: 10}}]}
    relationships:
      - {between: [age, sex, income], within: {tv: 5%}}
      - {between: [ethnicity, health], kept: no}
    outliers: suppress
    analyses:
      - {model: "income ~ age + sex", family: gaussian, overlap: 0.7}
    rules:
      - "age >= 16 or marital == 'single'"
    balance: {lesion: {rare: 30%}}
    disclosure: {keys: [age, sex], minimum-count: 10, near-matches: report, epsilon: null}
    marking: {column: synthetic, suffix: true}
    """

  @Test func `every key of the interface's example is read, with its line`() throws {
    let contract = try Contract(yaml: Self.whole, file: "c.yaml")
    #expect(contract.purpose == .presentation)
    #expect(contract.rows == "2x")
    #expect(contract.variable("income")?.transforms == [.topCode(quantile: 0.99)])
    #expect(contract.variable("income")?.limits.map(\.value) == [0.02])
    #expect(contract.variable("postcode")?.provider == "uk.postcode")
    #expect(contract.variable("weight")?.role == .weight)
    #expect(contract.relationships.map(\.isKept) == [true, false])
    #expect(
      contract.relationships[0].limits == [Limit(.tv, 0.05, place: .init(line: 11, column: 44))])
    #expect(contract.relationships[1].place.line == 12)
    #expect(contract.analyses[0].terms == ["age", "sex"])
    #expect(contract.rules[0].place == ClausePlace(line: 17, column: 6))
    #expect(contract.balance[0].shares == ["rare": 0.3])
    #expect(contract.disclosure.minimumCount == 10)
    #expect(contract.marking?.column == "synthetic")
  }

  @Test func `a contract that is written reads as the same contract`() throws {
    let contract = try Contract(yaml: Self.whole, file: "c.yaml")
    let text = ContractYAML.text(for: contract)
    let again = try Contract(yaml: text, file: "c.yaml")
    #expect(ContractYAML.text(for: again) == text)
    #expect(again.variables.map(\.transforms) == contract.variables.map(\.transforms))
    #expect(again.balance.map(\.shares) == contract.balance.map(\.shares))
  }

  @Test(arguments: [
    ("contract: 1\npurpos: preview\n", 2, 1, "purpose"),
    ("contract: 1\npurpose: previw\n", 2, 10, "preview"),
    ("contract: 1\nvariables:\n  age: {faithfull: [distribution]}\n", 3, 9, "faithful"),
    ("contract: 1\nvariables:\n  age: {faithful: [distributon]}\n", 3, 20, "distribution"),
    ("contract: 1\nvariables:\n  age: {within: {kss: 0.1}}\n", 3, 18, "ks"),
    ("contract: 1\nrelationships:\n  - {betwen: [a, b]}\n", 3, 6, "between"),
    ("contract: 1\noutliers: blurr\n", 2, 11, "blur"),
    ("contract: 1\nanalyses:\n  - {model: \"y ~ x\", family: gausian}\n", 3, 30, "gaussian"),
    ("contract: 1\ndisclosure: {minimum-cuont: 3}\n", 2, 14, "minimum-count"),
  ])
  func `a misspelt word is refused where it stands, and the right one named`(
    text: String, line: Int, column: Int, meant: String
  ) throws {
    let error = try #require(throws: DataError.self) { try Contract(yaml: text, file: "c.yaml") }
    #expect(error.file == "c.yaml")
    #expect(error.line == line)
    #expect(error.position == column)
    #expect(error.remedy == "Did you mean \"\(meant)\"?")
  }

  @Test(arguments: [
    "", "variables: {}", "contract: 2", "contract: 1\nrows: -3", "contract: 1\nrows: many",
    "contract: 1\nvariables: {a: {within: {ks: minus}}}",
    "contract: 1\nvariables: {a: {unfaithful: replaced, faithful: [moments]}}",
    "contract: 1\nvariables: {a: {by: uk.postcode}}",
    "contract: 1\nvariables: {a: {extremes: {top-code: {quantile: 1.2}}}}",
    "contract: 1\nrelationships: [{between: [a]}]",
    "contract: 1\nrelationships: [{between: [a, a]}]",
    "contract: 1\nrelationships: [{between: [a, b], kept: no, within: {tv: 0.1}}]",
    "contract: 1\nanalyses: [{model: \"y ~ x * z\"}]",
    "contract: 1\nanalyses: [{family: gaussian}]",
    "contract: 1\nbalance: {a: {x: 70%, y: 40%}}", "contract: 1\ndisclosure: {epsilon: 1}",
    "contract: 1\ndisclosure: {near-matches: hide}", "contract: 1\nmarking: {suffix: no}",
    "contract: 1\npurpose: preview\npurpose: preview", "contract: 1\n\tpurpose: preview",
  ])
  func `what cannot be promised is refused`(text: String) {
    #expect(throws: DataError.self) { try Contract(yaml: text, file: "c.yaml") }
  }

  @Test func `a name that the table lacks is refused with the nearest one`() throws {
    let schema = Schema(variables: [Variable(name: "income", kind: .number, measure: .scale)])
    let contract = try Contract(
      yaml: "contract: 1\nvariables:\n  incom: {faithful: [moments]}\n", file: "c.yaml")
    let error = try #require(throws: DataError.self) { try contract.checked(for: schema) }
    #expect(error.line == 3)
    #expect(error.remedy == "Did you mean \"income\"?")
  }

  @Test func `the JSON Schema is JSON and knows every key that is read`() throws {
    let text = ContractJSONSchema.text
    struct Document: Decodable {
      struct Anything: Decodable { init(from decoder: any Decoder) throws {} }
      var properties: [String: Anything]
    }
    let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
    #expect(Set(document.properties.keys) == Set(Contract.keys))
    for key in VariableReader.keys { #expect(text.contains("\"\(key)\": {")) }
  }
}
