// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Hashing
import Tables
import Testing

@testable import Formats

/// Delimited files that break naive readers; see Fixtures/README.md for how each fixture was decided.
@Suite struct NastyFilesTests {
  struct Fixture: Decodable {
    var delimiter: String
    var quote: String
    var encoding: String
    var header: Bool
    var names: [String]?
    var nameCount: Int?
    var namesHash: String?
    var rows: Int
    var first: [[String]]
    var hash: String
  }

  struct Fixtures: Decodable {
    var read: [String: Fixture]
    var refused: [String]
  }

  static let fixtures: Fixtures? = {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    guard
      let bytes = try? FileBytes.read("/\(folder)/Fixtures/csv-nasty.json"),
      let fixtures = try? JSONDecoder().decode(Fixtures.self, from: Data(bytes))
    else { return nil }
    return fixtures
  }()

  static let isPresent = SharedData.exists("csv-nasty")

  @Test func `the fixtures are readable and cover every file`() throws {
    let fixtures = try #require(Self.fixtures)
    #expect(fixtures.read.count + fixtures.refused.count == 66)
    guard Self.isPresent else { return }
    let files = SharedData.names(in: "csv-nasty").filter {
      !$0.hasSuffix(".json") && $0 != "SOURCE.md"
    }
    #expect(Set(files) == Set(fixtures.read.keys).union(fixtures.refused))
  }

  @Test(
    .enabled(if: isPresent, "the folder ../shared/data/csv-nasty is absent"),
    arguments: (fixtures?.read.keys).map { $0.sorted() } ?? [])
  func `a nasty file is read as a person would`(file: String) throws {
    let fixture = try #require(Self.fixtures?.read[file])
    let document = try CSVReader().read(path: SharedData.path("csv-nasty/\(file)"))
    let names = document.table.columnNames
    if let expected = fixture.names {
      #expect(names == expected)
    } else {
      #expect(names.count == fixture.nameCount)
      #expect(Self.hash(names.joined(separator: "\u{1F}")) == fixture.namesHash)
    }
    #expect(document.table.rowCount == fixture.rows)
    let texts = CellTexts(document)
    let first = texts.rows.prefix(2).map { $0.prefix(8).map(Self.head) }
    #expect(first == fixture.first)
    #expect(Self.hash(texts.joined) == fixture.hash)
    if names.count > 1 { #expect(document.dialect.delimiter == fixture.delimiter) }
    if document.dialect.quoting != .minimal { #expect(document.dialect.quote == fixture.quote) }
    #expect(document.dialect.encoding.rawValue == fixture.encoding)
    #expect(document.dialect.hasHeader == fixture.header)
  }

  @Test(
    .enabled(if: isPresent, "the folder ../shared/data/csv-nasty is absent"),
    arguments: [
      ("csvlint__invalid_many_rows.csv", 4, 13), ("datatable__530_fread.txt", 2, 1),
      ("messytables__characters.csv", 1, 4),
    ])
  func `a file that no person could read for sure is refused at its line`(
    file: String, line: Int, position: Int
  ) throws {
    let path = SharedData.path("csv-nasty/\(file)")
    let error = #expect(throws: DataError.self) { try CSVReader().read(path: path) }
    #expect(error?.line == line)
    #expect(error?.position == position)
    #expect(error?.remedy.isEmpty == false)
  }

  @Test(.enabled(if: isPresent, "the folder ../shared/data/csv-nasty is absent"))
  func `a compressed file is refused by the name of its compression`() throws {
    let path = SharedData.path("csv-nasty/messytables__211.csv.gz")
    let error = #expect(throws: DataError.self) { try CSVReader().read(path: path) }
    #expect(error?.message.contains("gzip") == true)
  }

  private static func head(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(40)))
  }

  private static func hash(_ text: String) -> String {
    SHA256.digest(Array(text.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }
}
