// SPDX-License-Identifier: Apache-2.0
import Foundation
import Studies
import Tables
import Testing

@testable import StatisticalFiles

/// Sample files lie in `../shared/data/statfiles`; the tests are skipped where that folder is not.
@Suite(.enabled(if: StatisticalSamples.isPresent, "no ../shared/data/statfiles"))
struct StatisticalFileReaderTests {
  @Test(arguments: StatisticalSamples.names)
  func `a file reads as pyreadstat reads it, cell by cell`(name: String) throws {
    let document = try Self.read(name)
    var ours = ReadRecord(document)
    var theirs = try StatisticalSamples.record(name)
    if name.lowercased().hasSuffix("por") {
      // pyreadstat says nothing of missing codes in portable files; PSPP does, and is asked below.
      for index in ours.columns.indices { ours.columns[index].missing = [] }
    }
    if name.hasSuffix("sas7bdat") {
      // ReadStat 1.1.8 drops the decimals of a SAS format, 1.1.9 reads them.
      for index in theirs.columns.indices where theirs.columns[index].format == "TIME20.3" {
        theirs.columns[index].format = "TIME20"
      }
    }
    #expect(ReadRecord.differences(ours, theirs) == [])
  }

  static func read(_ name: String) throws -> StudyDocument {
    let kind = try #require(
      StatisticalFormat(rawValue: name.split(separator: ".").last?.lowercased() ?? ""))
    var options = ReadingOptions()
    if name.contains("test_data_win") {
      options.cataloguePath = StatisticalSamples.path("pyreadstat__test_formats_win.sas7bcat")
    }
    return try StatisticalFileReader(kind).read(
      TableLocation(path: StatisticalSamples.path(name)), options: options)
  }
}
