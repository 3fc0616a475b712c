// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@testable import Formats

struct HeaderTests {
  @Test(arguments: [
    // As pandas writes a frame without names, with its index and without.
    (",0,1\n0,5.1,3.5\n1,4.9,3.0\n", true, ["V1", "0", "1"]),
    ("0,1,2,3\n17,3.5,a,1\n18,2.5,b,0\n", true, ["0", "1", "2", "3"]),
    ("0,1,2\n5,3,1\n4,4,4\n", true, ["0", "1", "2"]),
    // Rows of values that count as well, or too few of them to tell.
    ("0,1,2\n3,4,5\n6,7,8\n", false, ["V1", "V2", "V3"]),
    ("0,1\n1,0\n0,1\n", false, ["V1", "V2"]),
    ("1,2,3\n9,7,5\n", false, ["V1", "V2", "V3"]),
    ("0,1,3\n5,3,1\n", false, ["V1", "V2", "V3"]),
    ("00,01,02\n5,3,1\n", false, ["V1", "V2", "V3"]),
  ])
  func `a first record that counts its columns names them`(
    text: String, hasHeader: Bool, names: [String]
  ) throws {
    let document = try CSVReader().read(bytes: Array(text.utf8), name: "a.csv")
    #expect(document.dialect.hasHeader == hasHeader)
    #expect(document.table.columnNames == names)
    #expect(try CSVWriter(dialect: document.dialect).bytes(of: document.table) == Array(text.utf8))
  }
}
