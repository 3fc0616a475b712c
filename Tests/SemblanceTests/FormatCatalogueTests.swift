// SPDX-License-Identifier: Apache-2.0
import Foundation
import Studies
import Tables
import Testing

@testable import Semblance

struct FormatCatalogueTests {
  @Test func `every format that is read or written says what it keeps`() {
    let formats = FormatCatalogue.standard.entries
    #expect(Set(formats.map(\.format.name)).count == formats.count)
    for entry in formats {
      #expect(entry.format.isRead == (entry.reader != nil))
      #expect(entry.format.isWritten == (entry.writer != nil))
      #expect(!entry.format.keeps.isEmpty)
      #expect(!entry.format.extensions.isEmpty || !entry.format.schemes.isEmpty)
    }
  }

  @Test func `a format that is only read gives a transport file`() {
    let catalogue = FormatCatalogue.standard
    #expect(catalogue.writtenExtension(like: "sas7bdat") == "xpt")
    #expect(catalogue.writtenExtension(like: "sav") == "sav")
    #expect(catalogue.writtenExtension(like: "xlsm") == "xlsx")
    #expect(catalogue.writtenExtension(like: "arrows") == "arrow")
    #expect(catalogue.writtenExtension(like: "feather") == "feather")
    #expect(catalogue.writtenExtension(like: "csv.gz") == "csv.gz")
    #expect(catalogue.writtenExtension(like: "data") == "data")
  }

  @Test func `the first bytes win over a wrong extension`() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).sav").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("SQLite format 3\0".utf8).write(to: URL(fileURLWithPath: path))
    let reader = try FormatCatalogue.standard.reader(for: TableLocation(path: path))
    #expect(reader.format.name == "sqlite")
  }

  @Test(arguments: [
    ("a/people.csv.gz", "people", "csv.gz"), ("x.SAV", "x", "SAV"), ("-", "table", "csv"),
    ("postgresql://u@h:1/db?sslmode=require#s.t", "db.s.t", "csv"),
    ("postgresql://u@h/db#SELECT a/b FROM t", "db.query", "csv"),
    ("d.sqlite#Track", "d.Track", "sqlite"), ("a.b.csv", "a.b", "csv"), ("c#.csv", "c#", "csv"),
  ])
  func `names fall into a base and an extension`(path: String, base: String, ending: String) {
    #expect(FileName(path).base == base)
    #expect(FileName(path).pathExtension == ending)
  }
}
