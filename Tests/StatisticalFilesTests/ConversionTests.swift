// SPDX-License-Identifier: Apache-2.0
import Foundation
import Schemas
import Studies
import Tables
import Testing

@testable import StatisticalFiles

/// What a hand-made document of everything becomes in each format.
struct ConversionTests {
  static let long = String(repeating: "ligne très longue — ", count: 300)

  /// Six rows; the third is missing nearly everywhere.
  static let document: StudyDocument = {
    func missing(_ codes: [UInt8], _ reasons: [String: String?]) -> MissingCells {
      MissingCells(
        reasons: reasons.sorted { $0.key < $1.key }.map {
          MissingReason(code: $0.key, label: $0.value)
        },
        codes: codes)
    }
    let calendar = "yyyy-MM-dd"
    let columns = [
      Column(
        name: "возраст респондента", values: .wholeNumbers([34, 51, 0, 17, 0, 90]),
        missing: missing(
          [0, 0, 4, 0, 1, 0], ["-9": "refused", "-8": "don't know", "-7": nil, ".": nil]),
        form: .number(NumberForm())),
      Column(
        name: "income", values: .numbers([1.5, 2.25, 0, -3.75, 0, 1e6]),
        missing: missing([0, 0, 1, 0, 2, 0], [".a": "refused", ".b": "not asked"]),
        form: .number(NumberForm(decimals: 2))),
      Column(
        name: "comment_a",
        values: .texts(codes: [0, 1, 2, 0, 1, 1], pool: TextPool([long, "short", "x"])),
        missing: missing([0, 0, 1, 0, 0, 0], ["": nil])),
      Column(
        name: "comment_b",
        values: .texts(codes: [1, 0, 0, 1, 1, 1], pool: TextPool([long + "b", "kürzer"]))),
      Column(
        name: "born", values: .dates([0, -141_428, 0, -400_000, 20_000, 2_932_896]),
        missing: missing([0, 0, 1, 0, 0, 0], [".": nil]), form: .calendar(pattern: calendar)),
      Column(
        name: "at", values: .times([0, 1, 0, 86_399_999_999, 3_600_000_000, 61_500_000]),
        missing: missing([0, 0, 1, 0, 0, 0], [".": nil]),
        form: .calendar(pattern: "HH:mm:ss.SSS")),
      Column(
        name: "stamp",
        values: .dateTimes([0, 1_500_000_000_123_000, 0, -1_000_000, 1_000_000, 86_400_000_000]),
        missing: missing([0, 0, 1, 0, 0, 0], [".": nil]),
        form: .calendar(pattern: calendar + " HH:mm:ss.SSS")),
      Column(
        name: "if", values: .booleans([true, false, false, true, true, false]),
        form: .boolean(true: "yes", false: "no")),
    ]
    var schema = SchemaInference().infer(Table(columns: columns))
    schema.variables[0].label = ["en": String(repeating: "Возраст ", count: 60)]
    schema.variables[0].valueLabels = [
      ValueLabel(code: "17", label: ["en": "youngest"]),
      ValueLabel(code: "-9", label: ["en": "refused"]),
      ValueLabel(code: "34", label: ["en": "thirty-four"]),
    ]
    return StudyDocument(
      table: Table(columns: columns), schema: schema,
      file: FileFacts(
        format: "csv", label: "Everything",
        notes: [String(repeating: "a note of many words ", count: 9)],
        weight: "income"))
  }()

  static func convert(
    _ name: String, version: Int? = nil
  ) throws -> (document: StudyDocument, messages: [String]) {
    var document = document
    document.file.requestedVersion = version
    let (again, diagnostics) = try StatisticalFileRoundTripTests.roundTrip(document, as: name)
    return (again, diagnostics.map(\.message))
  }

  @Test(arguments: ["sav", "zsav"])
  func `SPSS keeps everything but letters, which become numbers that are declared`(
    name: String
  ) throws {
    let (read, messages) = try Self.convert(name)
    #expect(
      read.table.columnNames == [
        "возраст_респондента", "income", "comment_a", "comment_b", "born", "at", "stamp", "if",
      ])
    let source = Self.document.table
    for index in [2, 3, 4, 5, 6] {
      #expect(Self.present(read.table.columns[index]) == Self.present(source.columns[index]))
    }
    #expect(read.table.columns[0].missing.reason(at: 4)?.code == "-7")
    #expect(read.table.columns[0].missing.reason(at: 2)?.code == ".")
    #expect(read.table.columns[0].missing.reasons.first { $0.code == "-9" }?.label == "refused")
    #expect(Set(read.schema.variables[0].stored?.missingValues ?? []) == ["-7", "-8", "-9"])
    // The least income is −3.75, so that letters start at −5.
    #expect(
      read.table.columns[1].missing.reason(at: 2) == MissingReason(code: "-5", label: "refused"))
    #expect(
      read.table.columns[1].missing.reason(at: 4) == MissingReason(code: "-6", label: "not asked"))
    #expect(messages.contains("missing codes stand in the file as: .a → -5, .b → -6"))
    #expect(messages.contains { $0.hasPrefix("the label was cut to 255 bytes") })
    #expect(read.schema.variables[0].label["en"]?.utf8.count ?? 0 > 240)
    #expect(read.file.weight == "income")
    #expect(read.file.notes.joined(separator: " ").split(separator: " ").count == 45)
    #expect(read.schema.variables[7].valueLabels.map(\.code) == ["0", "1"])
  }

  @Test(
    .enabled(if: ExternalProgram.hasPSPP, "no pspp"), arguments: ["sav", "zsav", "por"])
  func `PSPP opens the file without a warning`(name: String) throws {
    let kind = try #require(StatisticalFormat(rawValue: name))
    let path = StatisticalSamples.temporary(name)
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try #require(StatisticalFileWriter(kind)).write(Self.document, to: path)
    let seen = try ExternalProgram.pspp(path, isPortable: kind == .por)
    #expect(!seen.dictionary.contains("warning") && !seen.dictionary.contains("error"))
    #expect(seen.cases.split(separator: "\n").count == 6)
    if kind != .por { #expect(seen.cases.contains(Self.long)) }
  }

  @Test(arguments: [119, 118, 117, 115, 114, 113, 111, 110])
  func `Stata keeps letters, gives numbers letters, and long texts from version 117 on`(
    version: Int
  ) throws {
    let (read, messages) = try Self.convert("dta", version: version)
    // Cyrillic labels need Unicode, which version 118 brought.
    #expect(read.file.version == max(version, 118))
    #expect(read.table.columnNames[0] == "возраст_респондента")
    #expect(read.table.columnNames[7] == "if_2")
    let source = Self.document.table
    for index in [2, 3, 4, 6] {
      #expect(Self.present(read.table.columns[index]) == Self.present(source.columns[index]))
    }
    #expect(read.schema.variables[2].stored?.storage == .longText)
    #expect(
      read.table.columns[1].missing.reason(at: 2) == MissingReason(code: ".a", label: "refused"))
    #expect(read.table.columns[0].missing.reason(at: 4)?.code == ".a")
    #expect(messages.contains("missing codes stand in the file as: -7 → .a, -8 → .b, -9 → .c"))
    #expect(messages.contains("dta cannot state that the variable is the weight"))
    #expect(
      read.schema.variables[0].valueLabels.contains(
        ValueLabel(code: ".c", label: ["en": "refused"])))
  }

  @Test(arguments: [111, 113, 114, 115, 117])
  func `older versions of Stata hold what they can`(version: Int) throws {
    var plain = Self.document
    plain.table = Table(columns: [plain.table.columns[1], plain.table.columns[4]])
    plain.schema.variables = [plain.schema.variables[1], plain.schema.variables[4]]
    plain.file.requestedVersion = version
    plain.file.format = "dta"
    let (read, diagnostics) = try StatisticalFileRoundTripTests.roundTrip(plain, as: "dta")
    #expect(read.file.version == max(version, 113))
    #expect(Self.present(read.table.columns[0]) == Self.present(plain.table.columns[0]))
    #expect(read.table.columns[0].missing.reason(at: 2)?.code == ".a")
    #expect(
      diagnostics.contains { $0.message.hasPrefix("version 113 is written") } == (version < 113))
  }

  @Test(arguments: [5, 8])
  func `SAS transport files keep letters and dates, and say what is left out`(version: Int) throws {
    let (read, messages) = try Self.convert("xpt", version: version)
    #expect(read.file.version == 8)
    #expect(read.table.columnNames[1] == "income")
    let source = Self.document.table
    for index in [1, 2, 3, 4] {
      #expect(Self.present(read.table.columns[index]) == Self.present(source.columns[index]))
    }
    #expect(read.table.columns[1].missing.reason(at: 2)?.code == ".a")
    #expect(messages.contains("4 value labels were left out: SAS keeps them in a catalogue"))
    #expect(messages.contains("1 notes were left out: xpt has none"))
  }

  @Test func `portable files lose letters beyond ASCII, and say so`() throws {
    let (read, messages) = try Self.convert("por")
    #expect(read.table.columnNames[1] == "INCOME")
    #expect(read.table.rowCount == 6)
    #expect(messages.contains { $0.contains("texts were cut to 255 bytes") })
    #expect(messages.contains { $0.contains("a question mark stands for each") })
  }

  @Test func `more than three missing codes become a range where no value lies in it`() throws {
    let codes: [MissingExport.Cell] = [.number(-9), .number(-8), .number(-7), .number(99)]
    let declared = MissingDeclaration(codes: codes, column: "x") { $0.contains(34) }
    #expect(declared.ranges == [MissingRange(lowest: -9, highest: -7)])
    #expect(declared.numbers == [99])
    let refused = MissingDeclaration(codes: codes, column: "x") { _ in true }
    #expect(refused.ranges == [] && refused.numbers == [-9, -8, -7])
    #expect(
      refused.diagnostics.map(\.message) == [
        "SPSS holds three missing codes; these are plain values in the file: 99"
      ])
  }

  @Test func `a number of four bytes is read as the decimal it was`() {
    for (single, double) in [(3.1, 3.1), (0.1, 0.1), (1234.56, 1234.56), (1e-30, 1e-30), (7, 7)]
      as [(Float, Double)]
    {
      #expect(NumberCode.decimal(ofSingle: single) == double)
      #expect(Float(NumberCode.decimal(ofSingle: single)) == single)
    }
  }

  @Test func `a number beyond all dates is none`() {
    for program in [CalendarScale.Program.spss, .stata, .sas] {
      for number in [1e300, -1e300, 9.3e13, -9.3e13, 1e14] {
        #expect(CalendarScale(.date, program: program).day(number) == nil)
        #expect(CalendarScale(.time, program: program).microseconds(number) == nil)
      }
      #expect(CalendarScale(.dateTime, program: program).microseconds(1e300) == nil)
    }
    // 2018-05-06 10:10:10.
    #expect(
      CalendarScale(.dateTime, program: .spss).microseconds(13_744_980_610) == 1_525_601_410_000_000
    )
    #expect(
      CalendarScale(.dateTime, program: .stata).microseconds(1_841_220_610_000)
        == 1_525_601_410_000_000)
    #expect(
      CalendarScale(.dateTime, program: .sas).microseconds(1_841_220_610) == 1_525_601_410_000_000)
  }

  /// The present values of a column, as texts.
  static func present(_ column: Column) -> [String] {
    (0..<column.count).filter { !column.missing.isMissing(at: $0) }.map { row in
      switch column.values {
      case .numbers(let list): String(list[row])
      case .wholeNumbers(let list): String(list[row])
      case .texts(let codes, let pool): pool[Int(codes[row])].trimmingCharacters(in: .whitespaces)
      case .dates(let list): String(list[row])
      case .times(let list), .dateTimes(let list): String(list[row])
      case .booleans(let list): String(list[row])
      }
    }
  }
}
