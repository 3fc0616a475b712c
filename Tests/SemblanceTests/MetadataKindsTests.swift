// SPDX-License-Identifier: Apache-2.0
import DatabaseFiles
import Dictionaries
import Fabrication
import Formats
import Randomness
import Schemas
import StatisticalFiles
import Studies
import Tables
import Testing

@testable import Semblance

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Each kind of dictionary that is read here makes a table that keeps to it.
@Suite struct MetadataKindsTests {
  /// Of each kind: the dictionary, the columns, the level, and how many facts are checked at least.
  static let kinds:
    [(kind: String, file: String, text: String, columns: [String], level: Int, facts: Int)] = [
      (
        "Data Package", "datapackage.json",
        """
        {"resources": [{"name": "t", "schema": {"fields": [
          {"name": "code", "type": "string", "constraints": {"enum": ["a", "b c"]}},
          {"name": "age", "type": "integer", "constraints": {"minimum": 16, "maximum": 99}}],
          "missingValues": ["", "-1"]}}]}
        """, ["code", "age"], 2, 5
      ),
      (
        "DDI", "ddi.xml",
        """
        <codeBook xmlns="ddi:codebook:2_5"><dataDscr>
          <var name="sex" nature="nominal" dcml="0"><labl>Sex</labl>
            <catgry><catValu>1</catValu><labl>male</labl></catgry>
            <catgry><catValu>2</catValu><labl>female</labl></catgry>
            <catgry missing="Y"><catValu>-9</catValu><labl>refused</labl></catgry>
            <varFormat type="numeric"/></var>
          <var name="hours" intrvl="contin" dcml="1"><valrng><range min="0" max="80"/></valrng>
            <varFormat type="numeric"/></var>
        </dataDscr></codeBook>
        """, ["sex", "hours"], 2, 4
      ),
      (
        "CSVW", "t.csv-metadata.json",
        """
        {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": {"columns": [
          {"titles": "id", "datatype": "integer"},
          {"titles": "grade", "datatype": {"base": "string", "format": "low|high"}},
          {"titles": "n", "null": "-9", "datatype": {"base": "integer", "minimum": 1, "maximum": 9}}],
          "primaryKey": "id"}}
        """, ["id", "grade", "n"], 2, 5
      ),
      (
        "GMF", "gmf.json",
        """
        {"n_rows": 10, "vars": [
          {"name": "sex", "type": "categorical", "dtype": "Categorical",
            "distribution": {"name": "core.multinoulli", "parameters": {"labels": ["f", "m"], "probs": [0.5, 0.5]}}},
          {"name": "age", "type": "discrete", "dtype": "Int64",
            "distribution": {"name": "core.uniform", "parameters": {"lower": 20, "upper": 30}}}]}
        """, ["sex", "age"], 1, 1
      ),
      (
        "Croissant", "croissant.json",
        """
        {"@context": {"cr": "http://mlcommons.org/croissant/"}, "name": "x",
         "conformsTo": "http://mlcommons.org/croissant/1.0",
         "recordSet": [{"@id": "r", "key": {"@id": "r/id"}, "field": [
           {"@id": "r/id", "name": "id", "dataType": "sc:Integer"},
           {"@id": "r/kind", "name": "kind", "dataType": "sc:Text", "references": {"field": {"@id": "kinds/name"}}},
           {"@id": "r/ok", "name": "ok", "dataType": "sc:Boolean"}]},
          {"@id": "kinds", "field": [{"@id": "kinds/name", "name": "name", "dataType": "sc:Text"}],
           "data": [{"kinds/name": "cat"}, {"kinds/name": "dog"}]}]}
        """, ["id", "kind", "ok"], 2, 2
      ),
      (
        "SDV", "metadata.json",
        """
        {"METADATA_SPEC_VERSION": "SINGLE_TABLE_V1", "primary_key": "id", "columns": {
          "id": {"sdtype": "id", "regex_format": "[A-Z]{3}[0-9]{5}"},
          "size": {"sdtype": "categorical", "order": ["s", "m", "l"]},
          "when": {"sdtype": "datetime", "datetime_format": "%Y-%m-%d"},
          "n": {"sdtype": "numerical", "computer_representation": "Int64"}}}
        """, ["id", "n", "size", "when"], 1, 3
      ),
      (
        "describe", "d.yaml",
        """
        schema: 1
        rows: 100
        variables:
          sex: {kind: category, values: {"1": male, "2": female}, missing: ["-9"]}
          age: {kind: whole number, minimum: 16, maximum: 99}
          pay: {kind: number, decimals: 2, minimum: 0, maximum: 5000}
        """, ["sex", "age", "pay"], 2, 6
      ),
      (
        "JSON Schema", "p.schema.json",
        """
        {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "required": ["id", "plate"],
         "properties": {"id": {"type": "integer"}, "plate": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{3}$"},
           "score": {"type": "integer", "minimum": 0, "maximum": 10}}}
        """, ["id", "plate", "score"], 2, 6
      ),
    ]

  static func temporary(_ ending: String) -> String { FabricateVerbTests.temporaryName(ending) }

  @Test(arguments: kinds.indices) func `a dictionary alone makes a table that keeps to it`(
    place: Int
  ) throws {
    let kind = Self.kinds[place]
    let verb = try FabricateVerb(text: kind.text, file: kind.file)
    let table = try verb.specification.sample(rows: 0..<600, key: RandomKey(seed: kind.kind))
    #expect(table.columnNames == kind.columns, "\(kind.kind)")
    let assessment = try #require(verb.assessment(of: table))
    #expect(assessment.level == kind.level, "\(kind.kind): \(assessment.unbounded)")
    #expect(assessment.checks.count >= kind.facts, "\(kind.kind): \(assessment.checks)")
    for check in assessment.checks {
      #expect(check.violationCount == 0 && check.cellCount > 0, "\(kind.kind): \(check)")
    }
    #expect(assessment.page.contains("ONS scale this is level \(kind.level)"))
  }

  @Test func `generative metadata are drawn between their bounds`() throws {
    let verb = try FabricateVerb(text: Self.kinds[3].text, file: "gmf.json")
    let table = try verb.specification.sample(rows: 0..<500, key: RandomKey(seed: "g"))
    guard case .wholeNumbers(let ages)? = table.column(named: "age")?.values else {
      return #expect(Bool(false))
    }
    #expect(ages.min() == 20 && ages.max() == 30)
  }

  // MARK: Headers of files

  static func study() -> StudyDocument {
    let sex = Column(
      name: "sex", values: .wholeNumbers([1, 2, 1, 0]),
      missing: MissingCells(
        reasons: [MissingReason(code: "-9", label: "refused")], codes: [0, 0, 0, 1]),
      form: .number(NumberForm()))
    let pay = Column(
      name: "pay", values: .numbers([1.25, 2.5, 3.75, 4]),
      form: .number(NumberForm(decimals: 2)))
    let name = Column(
      name: "who",
      values: .texts(codes: [0, 1, 2, 3], pool: TextPool(["secret1", "secret2", "x", "y"])))
    let day = Column(
      name: "day", values: .dates([18_000, 18_001, 18_002, 18_003]),
      form: .calendar(pattern: "yyyy-MM-dd"))
    return StudyDocument(
      table: Table(columns: [sex, pay, name, day]),
      schema: Schema(variables: [
        Variable(
          name: "sex", kind: .category, label: ["en": "Sex of person"],
          valueLabels: [
            ValueLabel(code: "1", label: ["en": "male"]),
            ValueLabel(code: "2", label: ["en": "female"]),
            ValueLabel(code: "-9", label: ["en": "refused"]),
          ], measure: .nominal, missingCodes: [MissingReason(code: "-9", label: "refused")],
          form: .number(NumberForm())),
        Variable(name: "pay", kind: .number, measure: .scale, decimals: 2, form: pay.form),
        Variable(name: "who", kind: .text, measure: .nominal),
        Variable(name: "day", kind: .date, measure: .scale, form: day.form),
      ]), file: FileFacts(format: "csv"))
  }

  @Test(arguments: [StatisticalFormat.sav, .dta])
  func `the header of a file alone makes a file like it`(
    format: StatisticalFormat
  ) throws {
    let ending = "." + format.rawValue
    let source = Self.temporary(ending)
    let output = Self.temporary(ending)
    defer {
      unlink(source)
      unlink(output)
    }
    _ = try FormatCatalogue.standard.write(Self.study(), to: source)
    let header = try StatisticalFileReader(format).header(TableLocation(path: source))
    #expect(header.table.rowCount == 0 && header.table.columnNames == ["sex", "pay", "who", "day"])
    let verb = try FabricateVerb(path: source)
    #expect(!verb.text.contains("secret"))
    let table = try verb.specification.sample(rows: 0..<400, key: RandomKey(seed: "h"))
    let assessment = try #require(verb.assessment(of: table))
    for check in assessment.checks { #expect(check.violationCount == 0, "\(check)") }
    _ = try FormatCatalogue.standard.write(verb.document(of: table), to: output)
    let made = try StatisticalFileReader(format).read(TableLocation(path: output))
    #expect(made.table.rowCount == 400)
    let sex = try #require(made.schema.variable(named: "sex"))
    #expect(sex.label["en"] == "Sex of person")
    #expect(sex.valueLabels.contains { $0.label["en"] == "female" })
    guard case .wholeNumbers(let codes)? = made.table.column(named: "sex")?.values,
      let column = made.table.column(named: "sex")
    else { return #expect(Bool(false), "codes are numbers") }
    let present = (0..<400).filter { !column.missing.isMissing(at: $0) }
    #expect(Set(present.map { codes[$0] }) == [1, 2])
    if format == .sav { #expect(column.missing.reasons.contains { $0.code == "-9" }) }
    guard case .dates? = made.table.column(named: "day")?.values else {
      return #expect(Bool(false), "days are days")
    }
  }

  // MARK: Several tables

  @Test func `a package of several tables gives its keys`() throws {
    let text = """
      {"resources": [
        {"name": "home", "schema": {"fields": [{"name": "id", "type": "integer"},
          {"name": "area", "type": "string", "constraints": {"enum": ["n", "s"]}}], "primaryKey": "id"}},
        {"name": "person", "schema": {"fields": [{"name": "home_id", "type": "integer"},
          {"name": "number", "type": "integer"}, {"name": "friend", "type": "integer"},
          {"name": "age", "type": "integer", "constraints": {"minimum": 0, "maximum": 99}}],
          "primaryKey": ["home_id", "number"],
          "foreignKeys": [{"fields": "home_id", "reference": {"resource": "home", "fields": "id"}}]}}]}
      """
    let verb = try FabricateVerb(text: text, file: "datapackage.json")
    #expect(verb.specification.tableNames == ["home", "person"])
    let dataset = try verb.tables(key: RandomKey(seed: "p"))
    let page = try #require(verb.assessmentPage(of: dataset))
    #expect(page.contains("each is a id of home") && page.contains("### person"))
    #expect(!page.contains("broken"))
    let path = Self.temporary(".sqlite")
    defer { unlink(path) }
    try verb.write(dataset, to: path, force: false)
    #expect(try FabricateVerbTests.query(path, "PRAGMA foreign_key_check").isEmpty)
    #expect(try FabricateVerbTests.query(path, "SELECT count(*) FROM person") == [["100"]])
  }

  @Test func `SDV metadata of several tables and a database's own schema give theirs`() throws {
    let text = """
      {"METADATA_SPEC_VERSION": "MULTI_TABLE_V1", "tables": {
        "guests": {"primary_key": "g", "columns": {"g": {"sdtype": "id"}, "h": {"sdtype": "id"}}},
        "hotels": {"primary_key": "h", "columns": {"h": {"sdtype": "id"}, "stars": {"sdtype": "numerical", "computer_representation": "Int8"}}}},
       "relationships": [{"parent_table_name": "hotels", "parent_primary_key": "h",
         "child_table_name": "guests", "child_foreign_key": "h"}]}
      """
    let verb = try FabricateVerb(text: text, file: "metadata.json")
    let path = Self.temporary(".sqlite")
    let copy = Self.temporary(".sqlite")
    defer {
      unlink(path)
      unlink(copy)
    }
    try verb.write(try verb.tables(key: RandomKey(seed: "s")), to: path, force: false)
    #expect(try FabricateVerbTests.query(path, "PRAGMA foreign_key_check").isEmpty)
    // The database is a dictionary in its turn.
    let again = try FabricateVerb(path: path)
    let dataset = try again.tables(key: RandomKey(seed: "t"))
    try again.write(dataset, to: copy, force: false)
    #expect(try FabricateVerbTests.query(copy, "PRAGMA foreign_key_check").isEmpty)
    #expect(try FabricateVerbTests.query(copy, "SELECT count(*) FROM guests") == [["100"]])
    let page = try #require(again.assessmentPage(of: dataset))
    #expect(page.contains("no value comes twice") && !page.contains("broken"))
  }
}
