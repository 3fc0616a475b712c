// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables
import Testing

@testable import Dictionaries

struct DDIDocumentTests {
  static let text: String = {
    let table = Table(columns: [
      Column(
        name: "age", values: .wholeNumbers([34, 0, 71]),
        missing: MissingCells(
          reasons: [MissingReason(code: "-9", label: "Refused")], codes: [0, 1, 0]),
        form: .number(NumberForm())),
      Column(name: "a<&\"b", values: .texts(codes: [0, 1, 0], pool: TextPool(["N", "S"]))),
    ])
    let schema = Schema(variables: [
      Variable(
        name: "age", kind: .wholeNumber, label: ["en": "Age & more"], measure: .scale, minimum: 16),
      Variable(
        name: "a<&\"b", kind: .category,
        valueLabels: [
          ValueLabel(code: "N", label: ["en": "North"]),
          ValueLabel(code: "S", label: ["en": "South"]),
        ], measure: .nominal),
    ])
    let document = DDIDocument(
      title: "SYNTHETIC: x", fileName: "x.csv", sha256: "00", fileType: "csv",
      software: ("Semblance", "1"), table: table, schema: schema, abstract: "Made up.")
    return String(decoding: document.bytes, as: UTF8.self)
  }()

  @Test(arguments: [
    "<dataKind>Synthetic data</dataKind>", "<titl>SYNTHETIC: x</titl>",
    "<caseQnty>3</caseQnty>", "<item VALUE=\"-9\"/>", "<range UNITS=\"REAL\" min=\"16\"/>",
    "<sumStat type=\"vald\">2</sumStat>", "<sumStat type=\"mean\">52.5</sumStat>",
    "<catgry missing=\"Y\">", "name=\"a&lt;&amp;&quot;b\"",
    "<labl level=\"variable\">Age &amp; more</labl>",
    "<catStat type=\"freq\">2</catStat>",
  ])
  func `the document says what the file holds, in DDI's words`(part: String) {
    #expect(Self.text.contains(part))
  }

  @Test func `elements of a variable stand in the order of the schema`() throws {
    let order = [
      "<labl level=\"variable\">", "<valrng>", "<invalrng>", "<sumStat", "<catgry", "<varFormat",
    ]
    let places = order.map { Self.text.firstRange(of: $0)?.lowerBound }
    #expect(places.allSatisfy { $0 != nil })
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
  }
}
