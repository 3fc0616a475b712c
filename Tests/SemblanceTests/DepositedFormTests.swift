// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Schemas
import Semblance
import Studies
import Synthesis
import Tables
import TreeSynthesis
import Testing

/// Where the deposit lies, if it does.
private let depositFolder: String? = {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  return ["../shared/data", "../../shared/data"]
    .map { root.appendingPathComponent("\($0)/uk-bcs2007-teaching").standardized.path }
    .first { FileManager.default.fileExists(atPath: $0) }
}()

/// A deposit of the UK Data Archive: a tab-separated file whose labels are in a document beside it.
@Suite(.enabled(if: depositFolder != nil, "no ../shared/data/uk-bcs2007-teaching"))
struct DepositedFormTests {
  @Test func `the deposited form goes in and comes out, and SPSS gets the dictionary too`() throws {
    let folder = try #require(depositFolder)
    let file = "\(folder)/bcs_2007_8_teaching_data.tab"
    let input = try RealInput(
      path: file,
      schemaPath: "\(folder)/bcs_2007_8_teaching_data_unrestricted_ukda_data_dictionary.rtf",
      threads: 2)
    #expect(input.schema.variables.allSatisfy { !$0.label.isEmpty })
    let work = try #require(input.schema.variable(named: "work"))
    #expect(work.kind == .category && work.valueLabels.map(\.code) == ["1", "2", "8", "9"])
    #expect(work.missingCodes.map(\.label) == ["refused", "don't know"])
    #expect(input.schema.variables.count { $0.valueLabels.count > 1 } == 26)
    // Ratings by a few rows would take their time in a debug build; margins are enough here.
    let sample = input.table.selecting(rows: Array(0..<1500))
    let fit = try Fit(sample, schema: input.schema, options: FitOptions(threads: 2))
    let rows = fit.model.sample(rows: 0..<200, key: RandomKey(seed: "deposit"), threads: 1)
    let text = try Self.written(input.document(ofSynthetic: rows), as: "tab")
    let real = try String(contentsOfFile: file, encoding: .utf8)
    #expect(
      text.prefix { $0 != "\r\n" && $0 != "\n" } == real.prefix { $0 != "\r\n" && $0 != "\n" })
    #expect(text.contains("\t \t"))
    #expect(text.utf8.contains(13) == real.utf8.contains(13))

    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).sav").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try FormatCatalogue.standard.write(input.document(ofSynthetic: rows), to: path)
    let read = try RealInput(path: path)
    #expect(read.file.label.hasPrefix("SYNTHETIC"))
    let again = try #require(read.schema.variable(named: "work"))
    #expect(again.label == work.label && again.valueLabels == work.valueLabels)
    #expect(again.stored?.missingValues == ["8", "9"])
  }

  static func written(_ document: StudyDocument, as ending: String) throws -> String {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).\(ending)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try FormatCatalogue.standard.write(document, to: path)
    return try String(contentsOfFile: path, encoding: .utf8)
  }
}
