// SPDX-License-Identifier: Apache-2.0
import Foundation
import Studies
import Tables
import Testing

@testable import StatisticalFiles

@Suite(.enabled(if: StatisticalSamples.isPresent, "no ../shared/data/statfiles"))
struct StatisticalFileRoundTripTests {
  @Test(arguments: StatisticalSamples.names.filter { !$0.hasSuffix("sas7bdat") })
  func `what is read and written again reads the same`(name: String) throws {
    var document = try StatisticalFileReaderTests.read(name)
    // ReadStat reads the notes of portable files and writes none.
    if document.file.format == "por" { document.file.notes = [] }
    let (again, diagnostics) = try Self.roundTrip(document, as: document.file.format)
    #expect(ReadRecord.differences(ReadRecord(again), ReadRecord(document)) == [])
    #expect(again.file.weight == document.file.weight)
    #expect(diagnostics.map(\.message) == [])
  }

  static func roundTrip(
    _ document: StudyDocument, as name: String
  ) throws -> (StudyDocument, [Diagnostic]) {
    let kind = try #require(StatisticalFormat(rawValue: name))
    let path = StatisticalSamples.temporary(name)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let writer = try #require(StatisticalFileWriter(kind))
    let diagnostics = try writer.write(document, to: path)
    return (try StatisticalFileReader(kind).read(TableLocation(path: path)), diagnostics)
  }
}
