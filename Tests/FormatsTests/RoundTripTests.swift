// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@testable import Formats

/// What was read is written byte for byte as it was, where the file is well formed.
@Suite struct RoundTripTests {
  static let texts: [String: String] = [
    "plain": "a,b\n1,x\n2,y\n",
    "no final line ending": "a,b\n1,x\n2,y",
    "carriage returns and line feeds": "a,b\r\n1,x\r\n2,y\r\n",
    "carriage returns": "a,b\r1,x\r2,y\r",
    "byte order mark": "\u{FEFF}a,b\n1,é\n2,y\n",
    "semicolons and decimal commas": "a;b;c\n1,5;x;1.234,5\n2,25;y;12,0\n",
    "tabs": "a\tb\n1\tx y\n2\tz\n",
    "bars": "a|b\n1|x\n2|z\n",
    "a space after each comma": "39, State-gov, 77516\n50, Private, 83311\n38, Private, 215646\n",
    "every field quoted": "\"a\",\"b\"\n\"1\",\"x\"\n\"2\",\"y\"\n",
    "texts quoted": "\"a\",\"b\"\n1,\"x\"\n2,\"y\"\n",
    "texts quoted, NA not": "\"a\",\"b\"\n1,\"x\"\n2,NA\n3,\"y\"\n",
    "texts quoted, header not": "a,b\n1,'x'\n2,'y'\n",
    "some columns quoted": "a,b,c\n1,\"7\",x\n2,\"8\",y\n",
    "empty cells quoted": "\"a\",\"b\"\n\"x\",\"\"\n\"\",\"y\"\n\"z\",\"\"\n",
    "quotes inside": "a,b\n1,\"he said \"\"no\"\"\"\n2,plain\n",
    "delimiters inside": "a,b\n1,\"x, y\"\n2,plain\n",
    "line feeds inside": "a,b\n1,\"x\ny\"\n2,plain\n",
    "quotes escaped by backslashes": "a,b\n1,\"he said \\\"no\\\"\"\n2,\"a, b\"\n",
    "delimiters escaped by backslashes": "a,b\n1,x\\, y\n2,plain\n3,plain\n",
    "fixed decimals": "a,b\n1.50,x\n2.00,y\n",
    "varying decimals": "a,b\n1.5,x\n2,y\n3.25,z\n",
    "whole numbers with .0": "a,b\n1.0,x\n2.5,y\n3.25,z\n",
    "only .0": "a,b\n1.0,x\n2.0,y\n",
    "no zero before the point": "a,b\n.5,x\n1.25,y\n-.75,z\n",
    "signs": "a,b\n+1.5,x\n-2.0,y\n0.0,z\n",
    "minus zero": "a,b\n-0.0,x\n1.5,y\n",
    "full precision": "a,b\n0.1815266425255691,x\n0.83322744,y\n1e-05,z\n",
    "zero-padded codes": "a,b\n007,x\n042,y\n",
    "long digits": "a,b\n12345678901234567890123,x\n12345678901234567890124,y\n",
    "telephone numbers": "a,b\n+441632960001,x\n+441632960002,y\n",
    "grouped numbers": "a,b\n\"1,234\",x\n56,y\n\"7,654,321\",z\n",
    "money": "a,b\n£1.50,x\n-£22.00,y\n",
    "grouped money": "a,b\n\"$1,234.50\",x\n$22.00,y\n",
    "per cent": "a,b\n15%,x\n22.5%,y\n",
    "units": "a,b\n15 kg,x\n22 kg,y\n",
    "ISO dates": "a,b\n2021-01-31,x\n1969-12-01,y\n",
    "British dates": "a,b\n31/01/2021,x\n01/12/1969,y\n",
    "American dates": "a,b\n01/31/2021,x\n12/01/1969,y\n",
    "unpadded dates": "a,b\n1/31/2021,x\n12/1/1969,y\n",
    "German dates": "a;b\n31.01.2021;1,5\n01.12.1969;2,5\n",
    "named months": "a,b\n31-Jan-2021,x\n01-Dec-1969,y\n",
    "long named months": "a,b\n31 January 2021,x\n1 May 1969,y\n",
    "compact dates": "a,b\n20210131,x\n19691201,y\n20200229,z\n20200301,x\n20200302,y\n",
    "date-times": "a,b\n2021-01-31 23:59:59,x\n1969-12-31 00:00:00,y\n",
    "date-times with T and Z": "a,b\n2021-01-31T23:59:59Z,x\n1969-12-31T00:00:00Z,y\n",
    "microseconds": "a,b\n2021-01-31 23:59:59.123456,x\n1969-12-31 00:00:00.000001,y\n",
    "afternoons": "a,b\n1/31/2021 11:59 PM,x\n12/1/1969 12:00 AM,y\n",
    "times": "a,b\n09:30,x\n23:59,y\n",
    "months": "a,b\n2021-06,x\n2021-07,y\n",
    "truth": "a,b\ntrue,Yes\nfalse,No\n",
    "letters of truth": "a,b\nY,T\nN,F\n",
    "missing codes": "a,b,c\n1,NA,\n.,x,2.5\n3,N/A,NaN\n",
    "white space as missing": "a,b\n1,  \n ,x\n3,y\n",
    "spaces around texts": "a,b\n 1x ,  x\n2,y \n",
    "one column": "a\nx\n\"\"\ny\n",
    "no header": "1,2.5,x\n3,4.5,y\n",
    "row names of R": "\"x\",\"y\"\n\"1\",5,\"a\"\n\"2\",6,\"b\"\n",
    "names twice and empty": "a,a,,b\n1,2,3,x\n4,5,6,y\n",
    "names with spaces": "a, b ,c\n1,2,x\n3,4,y\n",
    "header only": "a,b,c\n",
    "quotes in an unquoted text": "a\tb\n1\t5\" pipe\n2\t\"so\" he said\n",
  ]

  @Test(arguments: texts.keys.sorted())
  func `a small file is written as it was read`(name: String) throws {
    let bytes = Array((Self.texts[name] ?? "").utf8)
    let document = try CSVReader().read(bytes: bytes, name: "t.csv")
    let written = try CSVWriter(dialect: document.dialect).bytes(of: document.table)
    #expect(String(decoding: written, as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
  }

  @Test(arguments: [CSVDialect.Encoding.utf16LittleEndian, .utf16BigEndian, .windows1252])
  func `a file keeps its encoding`(encoding: CSVDialect.Encoding) throws {
    var bytes: [UInt8] = []
    var encoder = TextEncoding(encoding)
    bytes += encoder.byteOrderMark
    try encoder.append(Array("name,n\nMüller €,1\nŠimek – ß,2\n".utf8), to: &bytes)
    let document = try CSVReader().read(bytes: bytes, name: "t.csv")
    #expect(document.dialect.encoding == encoding)
    #expect(document.table.rowCount == 2)
    #expect(try CSVWriter(dialect: document.dialect).bytes(of: document.table) == bytes)
  }

  static let shared = [
    "penguins/penguins.csv", "penguins/penguins_raw.csv", "titanic/titanic.csv",
    "titanic/titanic-seaborn.csv", "german-credit/german.csv", "iris/iris.csv",
    "magic/magic04.data",
    "mammography/mammography.csv", "sd2011/SD2011.csv", "seattle-weather/seattle-weather.csv",
    "uk-smoking/smoking.csv", "uk-police-street/2021-06-surrey-street.csv",
    "uk-bcs2007-teaching/bcs_2007_8_teaching_data.tab", "wages-panel/PSID7682.csv",
    "world-db/CityTable.csv", "world-db/CountryTable.csv", "world-db/LanguageTable.csv",
    "adult/adult.data", "adult/adult.test", "bike-sharing/day.csv", "bike-sharing/hour.csv",
    "queues/closed_forms.csv",
  ]

  /// Lines that cannot come back, with the reason.
  static let exceptions: [String: (lines: Int, reason: String)] = [
    "adult/adult.data": (1, "a blank line at the end"),
    "adult/adult.test": (3, "a title, and a blank line at the end"),
    "bike-sharing/hour.csv": (4, "a space after a number, and lines that end otherwise"),
    "uk-bcs2007-teaching/bcs_2007_8_teaching_data.tab": (3, "numbers with exponents among others"),
    "penguins/penguins_raw.csv": (5, "numbers with more digits than tell them apart"),
  ]

  @Test(arguments: shared)
  func `a real data set is written as it was read`(name: String) throws {
    guard SharedData.exists(name) else {
      print("skipped: ../shared/data/\(name) is absent")
      return
    }
    let bytes = try FileBytes.read(SharedData.path(name))
    let document = try CSVReader(options: CSVReadOptions(threads: 2)).read(bytes: bytes, name: name)
    let written = try CSVWriter(dialect: document.dialect).bytes(of: document.table)
    let before = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let after = written.split(separator: 0x0A, omittingEmptySubsequences: false)
    let lost = Set(before).subtracting(after).count + before.count - after.count
    #expect(lost == Self.exceptions[name]?.lines ?? 0)
    if lost == 0 {
      let isSame = written == bytes
      #expect(isSame)
    }
  }
}
