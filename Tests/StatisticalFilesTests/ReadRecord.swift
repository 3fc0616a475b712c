// SPDX-License-Identifier: Apache-2.0
import Foundation
import Hashing
import Schemas
import Studies
import Tables

/// What a reader says of a file, in the form that `Tests/Fixtures/statfiles/record.py` writes.
struct ReadRecord: Codable, Equatable {
  struct Column: Codable, Equatable {
    var name: String
    var label: String
    var format: String
    var storage: String
    var measure: String
    var displayWidth: Int
    var alignment: String
    var valueLabels: [[String]]
    var missing: [[String]]
    var sha256: String
  }

  var rows: Int
  var fileLabel: String
  var notes: [String]
  var columns: [Column]

  /// The record of a document; dates are turned back into stored numbers by arithmetic of its own.
  init(_ document: StudyDocument) {
    rows = document.table.rowCount
    fileLabel = document.file.label
    notes = document.file.notes
    columns = document.table.columns.map { column in
      let variable = document.variable(of: column)
      let stored = variable.stored ?? StoredForm(storage: .double)
      let words: [StoredForm.Storage: String] = [
        .text: "string", .longText: "string", .int8: "int8", .int16: "int16", .int32: "int32",
        .float: "float", .double: "double",
      ]
      let storage = words[stored.storage] ?? ""
      let lines = (0..<column.count).map {
        Self.cell(column, row: $0, storage: storage, stored: stored, format: document.file.format)
      }
      let digest = SHA256.hex(SHA256.digest(Array(lines.joined(separator: "\n").utf8)))
      return Column(
        name: column.name, label: variable.label["en"] ?? "", format: stored.format,
        storage: storage, measure: stored.statesMeasure ? variable.measure.rawValue : "unknown",
        displayWidth: stored.displayWidth, alignment: stored.alignment?.rawValue ?? "unknown",
        valueLabels: variable.valueLabels.map { [$0.code, $0.label["en"] ?? ""] },
        missing: stored.missingRanges.map {
          [$0.lowest.map(Self.code) ?? "-inf", $0.highest.map(Self.code) ?? "inf"]
        } + stored.missingValues.map { [$0, $0] },
        sha256: digest)
    }
  }

  /// Where two records differ, a line each; a name, a kind of fact and both sides.
  static func differences(_ ours: ReadRecord, _ theirs: ReadRecord) -> [String] {
    var lines: [String] = []
    func compare(_ what: String, _ our: some Equatable, _ their: some Equatable) {
      let (our, their) = ("\(our)", "\(their)")
      if our != their { lines.append("\(what): \(our.prefix(300)) | \(their.prefix(300))") }
    }
    compare("rows", ours.rows, theirs.rows)
    compare("file label", ours.fileLabel, theirs.fileLabel)
    compare("notes", ours.notes, theirs.notes)
    compare("names", ours.columns.map(\.name), theirs.columns.map(\.name))
    for (our, their) in zip(ours.columns, theirs.columns) {
      compare("\(our.name) label", our.label, their.label)
      compare("\(our.name) format", our.format, their.format)
      compare("\(our.name) storage", our.storage, their.storage)
      compare("\(our.name) measure", our.measure, their.measure)
      compare("\(our.name) display width", our.displayWidth, their.displayWidth)
      compare("\(our.name) alignment", our.alignment, their.alignment)
      // A dictionary of Python's keeps one label of a code, and no order.
      compare(
        "\(our.name) value labels", our.valueLabels.sorted { $0[0] < $1[0] },
        their.valueLabels.sorted { $0[0] < $1[0] })
      compare("\(our.name) missing", our.missing, their.missing)
      compare("\(our.name) cells", our.sha256, their.sha256)
    }
    return lines
  }

  private static func code(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }

  private static func cell(
    _ column: Tables.Column, row: Int, storage: String, stored: StoredForm, format: String
  ) -> String {
    var number = 0.0
    if let reason = column.missing.reason(at: row) {
      // pyreadstat takes missing numbers of portable files away.
      if format == "por", storage != "string" { return "." }
      if storage == "string" { return "t" + reason.code }
      guard let value = Double(reason.code) else { return reason.code }
      number = value
    } else {
      let perDay = ["sav", "zsav", "por"].contains(format) ? 86_400.0 : 1
      let first = ["sav", "zsav", "por"].contains(format) ? 141_428.0 : 3653
      switch column.values {
      case .texts(let codes, let pool): return "t" + pool[Int(codes[row])]
      case .numbers(let list): number = list[row]
      case .wholeNumbers(let list): number = Double(list[row])
      case .booleans(let list): number = list[row] ? 1 : 0
      case .dates(let list): number = (Double(list[row]) + first) * perDay
      case .times(let list):
        number = format == "dta" ? Double(list[row]) / 1000 : Double(list[row]) / 1e6
      case .dateTimes(let list):
        let unit = format == "dta" ? 1000.0 : 1
        number = (Double(list[row]) / 1e6 + first * 86_400) * unit
      }
    }
    if storage == "float" {
      return "s" + hexadecimal(UInt64(Float(number).bitPattern), digits: 8)
    }
    return hexadecimal(number.bitPattern, digits: 16)
  }

  private static func hexadecimal(_ bits: UInt64, digits: Int) -> String {
    let text = String(bits, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
