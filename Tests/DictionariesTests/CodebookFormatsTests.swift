// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables
import Testing

@testable import Dictionaries

/// One small table, described in every format: `id` a key, `age` with -9 refused, `region` N, S or E.
struct CodebookFormatsTests {
  private func codebook(_ text: String, _ file: String = "book.json") throws -> Codebook {
    try #require(try Codebook(bytes: Array(text.utf8), file: file))
  }

  private func entry(_ name: String, of codebook: Codebook) throws -> Codebook.Entry {
    try #require(codebook.entries.first { $0.name == name })
  }

  @Test func `CSV on the Web gives titles, limits, codes of missing and keys`() throws {
    let book = try codebook(
      """
      {"@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}], "url": "people.csv",
       "dc:title": "People", "tableSchema": {"columns": [
        {"name": "id", "titles": "id", "datatype": "integer", "required": true},
        {"name": "age", "titles": {"en": ["Age"]}, "dc:description": "Age in years",
         "datatype": {"base": "integer", "minimum": 16, "maximum": 95}, "null": ["-9", ""]},
        {"name": "region", "titles": ["region"], "datatype": {"base": "string", "format": "N|S|E"}},
        {"name": "extra", "virtual": true}], "primaryKey": "id"}}
      """)
    #expect(book.format == "CSV on the Web" && book.title == "People")
    #expect(book.entries.map(\.name) == ["id", "Age", "region"])
    #expect(try entry("id", of: book).role == .key)
    let age = try entry("Age", of: book)
    #expect(age.label == "Age in years" && age.minimum == 16 && age.maximum == 95)
    #expect(age.missingCodes == [MissingReason(code: "-9")])
    #expect(try entry("region", of: book).kind == .category)
    #expect(book.textColumns == ["region"])
  }

  @Test func `Croissant gives descriptions, types and the key`() throws {
    let book = try codebook(
      """
      {"@context": {"cr": "http://mlcommons.org/croissant/"}, "@type": "sc:Dataset",
       "conformsTo": "http://mlcommons.org/croissant/1.1", "name": "people",
       "recordSet": [
        {"@id": "levels", "data": [{"levels/x": "N"}], "field": [{"@id": "levels/x", "name": "x"}]},
        {"@id": "people", "key": {"@id": "people/id"}, "field": [
         {"@id": "people/id", "name": "id", "dataType": "sc:Integer"},
         {"@id": "people/age", "name": "age", "description": "Age in years", "dataType": "sc:Float",
          "source": {"fileObject": {"@id": "f"}, "extract": {"column": "AGE"}}},
         {"@id": "people/region", "name": "region", "dataType": ["sc:Text", "sc:Enumeration"]}]}]}
      """)
    #expect(book.entries.map(\.name) == ["id", "AGE", "region"])
    #expect(try entry("id", of: book).role == .key)
    #expect(try entry("AGE", of: book).label == "Age in years")
    #expect(try entry("AGE", of: book).measure == .scale)
    #expect(try entry("region", of: book).kind == .category)
  }

  @Test func `generative metadata gives kinds and leaves its distributions aside`() throws {
    let book = try codebook(
      """
      {"gmf_version": "1.1", "n_rows": 3, "n_columns": 3, "vars": [
       {"name": "id", "type": "discrete", "dtype": "Int64", "prop_missing": 0.0, "distribution":
        {"name": "core.unique_key", "unique": true, "parameters": {"lower": 1, "consecutive": true}}},
       {"name": "age", "type": "discrete", "dtype": "Int64", "description": "Age in years",
        "distribution": {"name": "core.uniform", "parameters": {"lower": 16, "upper": 96}}},
       {"name": "region", "type": "categorical", "dtype": "Categorical", "distribution":
        {"name": "core.multinoulli", "parameters": {"labels": ["N", "S"], "probs": [0.5, 0.5]}}}]}
      """)
    #expect(try entry("id", of: book).role == .key)
    let age = try entry("age", of: book)
    #expect(age.label == "Age in years" && age.measure == .scale)
    #expect(age.minimum == nil && age.maximum == nil)
    #expect(try entry("region", of: book).kind == .category)
  }

  @Test func `SDV metadata gives types, keys and parents of all tables`() throws {
    let book = try codebook(
      """
      {"METADATA_SPEC_VERSION": "V1", "tables": {
        "homes": {"primary_key": "home", "columns": {"home": {"sdtype": "id"}}},
        "people": {"primary_key": "id", "columns": {
          "id": {"sdtype": "id"}, "home_id": {"sdtype": "id"},
          "age": {"sdtype": "numerical", "computer_representation": "Int64"},
          "level": {"sdtype": "categorical", "order": ["a", "b"]},
          "mail": {"sdtype": "email", "pii": true}}}},
       "relationships": [{"parent_table_name": "homes", "child_table_name": "people",
         "parent_primary_key": "home", "child_foreign_key": "home_id"}]}
      """)
    #expect(try entry("id", of: book).role == .key)
    #expect(try entry("home_id", of: book).role == .parentKey)
    #expect(try entry("age", of: book).measure == .scale)
    #expect(try entry("level", of: book).kind == .orderedCategory)
    #expect(try entry("mail", of: book).role == .identifier)
    let old = try codebook(
      #"{"METADATA_SPEC_VERSION": "SINGLE_TABLE_V1", "columns": {"a": {"sdtype": "boolean"}}}"#)
    #expect(old.entries.map(\.kind) == [.boolean])
  }

  @Test func `DDI gives labels, categories, ranges and codes of missing`() throws {
    let book = try codebook(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- a comment --><codeBook xmlns="ddi:codebook:2_5" version="2.5" xml:lang="en-GB">
      <stdyDscr><citation><titlStmt><titl> People &amp; places </titl></titlStmt></citation></stdyDscr>
      <dataDscr>
        <var ID="V1" name="age" intrvl="contin" dcml="0"><location width="2"/>
          <labl>Age in years</labl><qstn><qstnLit>How old?</qstnLit></qstn>
          <valrng><range UNITS="INT" min="16" max="95"/></valrng>
          <invalrng><item VALUE="-9"/></invalrng><sumStat type="mean">41</sumStat>
          <catgry missing="Y"><catValu>-9</catValu><labl>refused</labl><catStat>3</catStat></catgry>
          <varFormat type="numeric"/></var>
        <var ID="V2" name="region" intrvl="discrete" nature="ordinal">
          <catgry><catValu>1</catValu><labl><![CDATA[North < South]]></labl></catgry>
          <varFormat type="character"/></var>
        <var ID="V3" name="w" wgt="wgt"/>
      </dataDscr></codeBook>
      """, "book.xml")
    #expect(book.title == "People & places")
    let age = try entry("age", of: book)
    #expect(age.label == "Age in years" && age.language == "en" && age.measure == .scale)
    #expect(age.minimum == 16 && age.maximum == 95)
    #expect(age.missingCodes == [MissingReason(code: "-9", label: "refused")])
    let region = try entry("region", of: book)
    #expect(region.isText && region.measure == .ordinal)
    #expect(region.valueLabels.map(\.label) == ["North < South"])
    #expect(try entry("w", of: book).role == .weight)
  }

  @Test func `a DDI codebook that is written reads with the same meaning`() throws {
    let table = Table(columns: [
      Column(
        name: "answer", values: .wholeNumbers([1, 2, 0]),
        missing: MissingCells(
          reasons: [MissingReason(code: "-9", label: "refused")], codes: [0, 0, 1]),
        form: .number(NumberForm()))
    ])
    var schema = SchemaInference().infer(table)
    schema.variables[0].label = ["en": "An <answer>"]
    schema.variables[0].valueLabels = [ValueLabel(code: "1", label: ["en": "yes & no"])]
    schema.variables[0].minimum = 1
    let document = DDIDocument(
      title: "t", fileName: "f.csv", sha256: "0", fileType: "csv", software: ("s", "1"),
      table: table, schema: schema, abstract: "a")
    let book = try #require(try Codebook(bytes: document.bytes, file: "ddi.xml"))
    let entry = try entry("answer", of: book)
    #expect(entry.label == "An <answer>" && entry.minimum == 1)
    #expect(entry.valueLabels.map(\.label) == ["yes & no", "refused"])
    #expect(entry.missingCodes == [MissingReason(code: "-9", label: "refused")])
  }

  @Test func `fragments of DDI-Lifecycle that are written read with the same meaning`() throws {
    let table = Table(columns: [
      Column(
        name: "answer", values: .wholeNumbers([1, 2, 0]),
        missing: MissingCells(
          reasons: [MissingReason(code: "-9", label: "refused")], codes: [0, 0, 1]),
        form: .number(NumberForm())),
      Column(
        name: "income", values: .numbers([1.5, 0, 3]),
        missing: MissingCells(
          reasons: [MissingReason(code: ""), MissingReason(code: ".a", label: "no <answer>")],
          codes: [0, 2, 1]), form: .number(NumberForm(decimals: 1))),
      Column(name: "day", values: .dates([1, 2, 3]), form: .calendar(pattern: "yyyy-MM-dd")),
    ])
    var schema = SchemaInference().infer(table)
    schema.variables[0].kind = .category
    schema.variables[0].measure = .nominal
    schema.variables[0].label = ["en": "An <answer>"]
    schema.variables[0].valueLabels = [ValueLabel(code: "1", label: ["en": "yes & no"])]
    schema.variables[1].kind = .number
    schema.variables[1].minimum = 0.5
    schema.variables[1].maximum = 3
    schema.variables[1].role = .weight
    let document = DDILifecycleDocument(
      DDIDocument(
        title: "SYNTHETIC: t", fileName: "a file.csv", sha256: "0a1b", fileType: "csv",
        software: ("s", "1"), table: table, schema: schema, abstract: "a"))
    let book = try #require(try Codebook(bytes: document.bytes, file: "fragments.xml"))
    #expect(book.format == "DDI-Lifecycle" && book.title == "SYNTHETIC: t")
    let answer = try entry("answer", of: book)
    #expect(answer.label == "An <answer>" && answer.measure == .nominal)
    #expect(answer.valueLabels.map(\.label) == ["yes & no", "refused"])
    #expect(answer.missingCodes == [MissingReason(code: "-9", label: "refused")])
    let income = try entry("income", of: book)
    #expect(income.minimum == 0.5 && income.maximum == 3 && income.role == .weight)
    #expect(income.missingCodes == [MissingReason(code: ".a", label: "no <answer>")])
    #expect(try entry("day", of: book).valueLabels.isEmpty)
  }

  @Test(arguments: [
    "<!DOCTYPE codeBook [<!ENTITY a \"b\">]><codeBook/>", "<codeBook><var name=\"x\">",
    "<other/>", "<codeBook><titl>&nothing;</titl></codeBook>",
  ])
  func `XML that is no codebook, damaged or declares entities is refused`(text: String) {
    #expect(throws: DataError.self) { try Codebook(bytes: Array(text.utf8), file: "book.xml") }
  }
}
