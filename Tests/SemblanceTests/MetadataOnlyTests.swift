// SPDX-License-Identifier: Apache-2.0
import Fabrication
import Randomness
import Schemas
import Tables
import Testing

@testable import Semblance

@Suite struct MetadataOnlyTests {
  static let dictionary = """
    schema: 1
    rows: 20000
    variables:
      id: {kind: text, role: identifier}
      sex:
        kind: category
        values: {"1": male, "2": "female, or \\"other\\"", "-9": refused}
        missing: ["-9", "-8"]
      agree: {kind: ordered category, values: {"1": no, "2": maybe, "3": yes}}
      member: {kind: boolean}
    """
  static let package = """
    {"resources": [{"name": "t", "schema": {"fields": [
      {"name": "code", "type": "string", "constraints": {"enum": ["a", "b c", "`d`"]}},
      {"name": "age", "type": "integer", "constraints": {"minimum": 16, "maximum": 99}},
      {"name": "share", "type": "number", "constraints": {"minimum": 0, "maximum": 1}}],
      "missingValues": ["", "-1"]}}]}
    """

  static func made(_ text: String, _ file: String) throws -> (FabricateVerb, Table) {
    let verb = try FabricateVerb(text: text, file: file)
    return (verb, try verb.specification.sample(rows: 0..<2000, key: RandomKey(seed: "m")))
  }

  @Test func `a dictionary alone gives its columns, levels and missing codes`() throws {
    let (verb, table) = try Self.made(Self.dictionary, "d.yaml")
    #expect(table.columnNames == ["id", "sex", "agree", "member"])
    guard case .texts(let codes, let pool)? = table.column(named: "sex")?.values,
      let sex = table.column(named: "sex"),
      case .texts(_, let ids)? = table.column(named: "id")?.values
    else { return #expect(Bool(false)) }
    #expect(Set(codes.map { pool[Int($0)] }) == ["1", "2"])
    #expect(Set((0..<2000).compactMap { sex.missing.reason(at: $0)?.code }) == ["-9", "-8"])
    #expect(sex.missing.reasons.first { $0.code == "-9" }?.label == "refused")
    #expect(Set(ids.texts).count == 2000)
    let assessment = try #require(verb.assessment(of: table))
    #expect(assessment.level == 2)
    #expect(assessment.checks.allSatisfy { $0.violationCount == 0 && $0.cellCount > 0 })
    #expect(assessment.page.contains("cannot be known"))
  }

  @Test func `a Data Package gives its bounds and lists`() throws {
    let (verb, table) = try Self.made(Self.package, "datapackage.json")
    guard case .wholeNumbers(let ages)? = table.column(named: "age")?.values,
      case .numbers(let shares)? = table.column(named: "share")?.values
    else { return #expect(Bool(false)) }
    #expect(ages.min() == 16 && ages.max() == 99)
    #expect(shares.allSatisfy { (0...1).contains($0) })
    let assessment = try #require(verb.assessment(of: table))
    #expect(assessment.checks.allSatisfy { $0.violationCount == 0 })
  }

  @Test func `a table that breaks its dictionary is found out`() throws {
    let (verb, table) = try Self.made(Self.dictionary, "d.yaml")
    var columns = table.columns
    columns[1].values = .texts(
      codes: [UInt32](repeating: 0, count: 2000), pool: TextPool(["7"]))
    columns[0].values = .texts(
      codes: [UInt32](repeating: 0, count: 2000), pool: TextPool(["x"]))
    let assessment = try #require(verb.assessment(of: Table(columns: columns)))
    #expect(
      assessment.checks.filter { $0.violationCount > 0 }.map(\.variable).sorted() == ["id", "sex"])
  }

  @Test func `free text without a list makes it structural only`() throws {
    let (verb, table) = try Self.made("variables:\n  remark: {kind: text}", "d.yaml")
    #expect(try #require(verb.assessment(of: table)).level == 1)
  }
}
