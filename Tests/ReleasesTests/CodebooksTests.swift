// SPDX-License-Identifier: Apache-2.0
import Foundation
import Schemas
import Synthesis
import Tables
import Testing

@testable import Releases

struct CodebooksTests {
  private static func package(format: String = "csv") -> DataPackage {
    let missing = MissingCells(
      reasons: [MissingReason(code: "-9", label: "refused")], codes: [0, 0, 1, 0])
    let table = Table(columns: [
      Column(name: "id", values: .wholeNumbers([5, 6, 7, 8]), form: .number(NumberForm())),
      Column(
        name: "age", values: .wholeNumbers([20, 30, 0, 40]), missing: missing,
        form: .number(NumberForm())),
      Column(
        name: "a level", values: .texts(codes: [0, 1, 0, 0], pool: TextPool(["N", "S", "unused"]))),
      Column(
        name: "day", values: .dates([0, 1, 2, 3]), form: .calendar(pattern: "dd/MM/yyyy")),
      Column(
        name: "said",
        values: .texts(codes: [0, 1, 2, 3], pool: TextPool(["one two", "x", "y", "z"]))),
    ])
    var schema = SchemaInference().infer(table)
    schema.variables[0].role = .key
    schema.variables[1].kind = .wholeNumber
    schema.variables[1].label = ["en": "Age in years"]
    schema.variables[2].kind = .category
    schema.variables[2].valueLabels = [ValueLabel(code: "N", label: ["en": "North"])]
    schema.variables[4].kind = .text
    return DataPackage(
      name: "people", file: ReleaseFile(path: "p.synthetic.csv", content: [1, 2]), format: format,
      table: table, schema: schema,
      dialect: format == "csv"
        ? .init(
          delimiter: ";", quote: "\"", lineEnding: "\r\n", hasHeader: true, encoding: "UTF-8")
        : nil,
      software: .init(name: "Semblance", version: "1"))
  }

  private func object(_ value: JSONValue) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: Data(value.bytes))
    return try #require(json as? [String: Any])
  }

  @Test func `every codebook with room for it says that the data are synthetic`() throws {
    let package = Self.package()
    let csvw = String(decoding: try #require(CSVWDocument(package)).value.bytes, as: UTF8.self)
    let croissant = String(decoding: CroissantDocument(package).value.bytes, as: UTF8.self)
    for text in [csvw, croissant] {
      #expect(text.contains(SyntheticMark.datasetType))
      #expect(text.contains(SyntheticMark.digitalSourceType))
      #expect(text.contains("synthetic data"))
    }
  }

  @Test func `CSV on the Web names titles, types, codes of missing and the dialect`() throws {
    let root = try object(try #require(CSVWDocument(Self.package())).value)
    let schema = try #require(root["tableSchema"] as? [String: Any])
    let columns = try #require(schema["columns"] as? [[String: Any]])
    #expect(schema["primaryKey"] as? String == "id")
    #expect((root["dialect"] as? [String: Any])?["delimiter"] as? String == ";")
    #expect(columns.map { $0["titles"] as? String } == ["id", "age", "a level", "day", "said"])
    #expect(columns[1]["null"] as? [String] == ["-9"])
    #expect(columns[2]["name"] == nil)
    #expect(columns[2]["dc:description"] as? String == "N = North")
    #expect((columns[3]["datatype"] as? [String: String])?["format"] == "dd/MM/yyyy")
    #expect(CSVWDocument(Self.package(format: "sav")) == nil)
  }

  @Test func `Croissant names columns only of files that its programs open`() throws {
    let root = try object(CroissantDocument(Self.package()).value)
    let sets = try #require(root["recordSet"] as? [[String: Any]])
    #expect((sets[0]["field"] as? [Any])?.count == 5)
    #expect((sets[0]["key"] as? [String: String])?["@id"] == "records/id")
    #expect(try object(CroissantDocument(Self.package(format: "sav")).value)["recordSet"] == nil)
  }

  @Test func `generative metadata holds the distributions of the synthetic file`() throws {
    let root = try object(GenerativeMetadata(Self.package()).value)
    let variables = try #require(root["vars"] as? [[String: Any]])
    func parameters(_ place: Int) -> [String: Any]? {
      (variables[place]["distribution"] as? [String: Any])?["parameters"] as? [String: Any]
    }
    #expect(parameters(0)?["lower"] as? Int == 5)
    // 20, 30 and 40: mean 30, standard deviation (200/3)^(1/2); the upper end is exclusive.
    #expect(parameters(1)?["mean"] as? Double == 30)
    #expect(parameters(1)?["upper"] as? Int == 41)
    let deviation = try #require(parameters(1)?["sd"] as? Double)
    #expect(abs(deviation - 8.164_965_809) < 1e-9)
    #expect(variables[1]["prop_missing"] as? Double == 0.25)
    #expect(parameters(2)?["labels"] as? [String] == ["N", "S"])
    #expect(parameters(2)?["probs"] as? [Double] == [0.75, 0.25])
    #expect(parameters(3)?["upper"] as? String == "1970-01-04")
    // Free texts are told by their length alone.
    #expect(parameters(4)?["avg_words"] as? Double == 1.25)
    #expect(
      !String(decoding: GenerativeMetadata(Self.package()).value.bytes, as: UTF8.self).contains(
        "one two"))
  }

  @Test func `SDV metadata holds types and the key`() throws {
    let root = try object(SDVMetadata(Self.package()).value)
    let table = try #require((root["tables"] as? [String: [String: Any]])?["people"])
    let columns = try #require(table["columns"] as? [String: [String: Any]])
    #expect(table["primary_key"] as? String == "id")
    #expect(columns["age"]?["computer_representation"] as? String == "Int64")
    #expect(columns["a level"]?["sdtype"] as? String == "categorical")
    #expect(columns["day"]?["datetime_format"] as? String == "%d/%m/%Y")
    #expect(columns["said"]?["sdtype"] as? String == "unknown")
  }
}
