// SPDX-License-Identifier: Apache-2.0
import Foundation
import Schemas
import Studies
import Tables
import Testing

@testable import StatisticalFiles

/// Readers that do not rest on ReadStat: pandas for Stata and SAS (recorded), PSPP for SPSS (run).
@Suite(.enabled(if: StatisticalSamples.isPresent, "no ../shared/data/statfiles"))
struct IndependentReaderTests {
  struct PandasRecord: Decodable {
    var columns: [String: String]
  }

  @Test(
    arguments: StatisticalSamples.names.filter {
      ["dta", "xpt", "sas7bdat"].contains($0.split(separator: ".").last?.lowercased() ?? "")
    })
  func `Stata and SAS files read as pandas reads them`(name: String) throws {
    let url = StatisticalSamples.fixtures.appendingPathComponent("\(name).pandas.json")
    let theirs = try JSONDecoder().decode(PandasRecord.self, from: Data(contentsOf: url))
    let ours = ReadRecord(try StatisticalFileReaderTests.read(name))
    var compared = 0
    for column in ours.columns {
      guard let sum = theirs.columns[column.name] else { continue }
      // pandas 2 and 3 read an IBM zero as 5.4e-79; these columns hold one.
      if name == "pyreadstat__sample.xpt",
        ["MYDATE", "DTIME", "MYTIME"].contains(column.name)
      {
        continue
      }
      compared += 1
      #expect(column.sha256 == sum, "\(column.name)")
    }
    #expect(compared > 0)
  }

  @Test(.enabled(if: ExternalProgram.hasPSPP, "no pspp"))
  func `missing codes of a portable file are those that PSPP displays`() throws {
    let name = "anes__NES1948.POR"
    let document = try StatisticalFileReaderTests.read(name)
    let text = try ExternalProgram.pspp(StatisticalSamples.path(name), isPortable: true).dictionary
    var expected: [String: String] = [:]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines.drop(while: { !$0.hasPrefix("Name,") }).dropFirst() {
      // Labels in between may hold commas.
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard let first = fields.first, let last = fields.last, fields.count > 1 else { break }
      expected[String(first)] = String(last)
    }
    #expect(expected.count == 67)
    #expect(expected.values.count { !$0.isEmpty } > 50)
    for variable in document.schema.variables {
      let stored = try #require(variable.stored)
      let ranges = stored.missingRanges.map {
        "\($0.lowest.map(NumberCode.text) ?? "LOWEST") THRU "
          + ($0.highest.map(NumberCode.text) ?? "HIGHEST")
      }
      let words = (ranges + stored.missingValues).joined(separator: "; ")
      #expect(words == expected[variable.name], "\(variable.name)")
    }
  }

  @Test(
    .enabled(if: ExternalProgram.hasPSPP, "no pspp"),
    arguments: StatisticalSamples.names.filter {
      // PSPP 1.6 takes the date formats of sample.por for unknown ones, and not those of its copy.
      ["sav", "zsav", "por"].contains($0.split(separator: ".").last?.lowercased() ?? "")
        && $0 != "pyreadstat__sample.por"
    })
  func `PSPP sees the same dictionary and cases in a copy written here`(name: String) throws {
    let document = try StatisticalFileReaderTests.read(name)
    let kind = try #require(StatisticalFormat(rawValue: document.file.format))
    let copy = StatisticalSamples.temporary(kind.rawValue)
    defer { try? FileManager.default.removeItem(atPath: copy) }
    _ = try #require(StatisticalFileWriter(kind)).write(document, to: copy)
    let original = try ExternalProgram.pspp(
      StatisticalSamples.path(name), isPortable: kind == .por)
    let written = try ExternalProgram.pspp(copy, isPortable: kind == .por)
    #expect(!original.cases.isEmpty)
    if name == "pyreadstat__hebrews.sav" {
      // The original has a short name that is cut inside a letter, at which PSPP renames the variable.
      #expect(original.dictionary.contains("invalid name"))
      #expect(written.dictionary.contains("\nותק_ב,1,") && !written.dictionary.contains("warning"))
    } else {
      #expect(written.dictionary == original.dictionary)
    }
    #expect(written.cases == original.cases)
  }

  @Test(.enabled(if: ExternalProgram.hasPyreadstat, "no pyreadstat in python3"))
  func `pyreadstat reads copies written here as it reads the originals`() throws {
    let folder = StatisticalSamples.temporary("copies")
    let records = StatisticalSamples.temporary("records")
    defer {
      try? FileManager.default.removeItem(atPath: folder)
      try? FileManager.default.removeItem(atPath: records)
    }
    for path in [folder, records] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    let names = StatisticalSamples.names.filter { !$0.hasSuffix("sas7bdat") }
    for name in names {
      let document = try StatisticalFileReaderTests.read(name)
      let kind = try #require(StatisticalFormat(rawValue: document.file.format))
      _ = try #require(StatisticalFileWriter(kind)).write(document, to: "\(folder)/\(name)")
    }
    let script = StatisticalSamples.fixtures.appendingPathComponent("record.py").path
    let result = try ExternalProgram.run("python3", [script, folder, records])
    #expect(result.status == 0, "\(result.text.suffix(500))")
    for name in names {
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(records)/\(name).json"))
      let copy = try JSONDecoder().decode(ReadRecord.self, from: data)
      var original = try StatisticalSamples.record(name)
      if name.lowercased().hasSuffix("por") { original.notes = [] }
      #expect(ReadRecord.differences(copy, original) == [], "\(name)")
    }
  }
}
