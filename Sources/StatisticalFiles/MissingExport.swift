// SPDX-License-Identifier: Apache-2.0
import Schemas
import Studies
import Tables

/// Decides how the missing kinds of one column stand in a file.
struct MissingExport {
  /// What stands in a missing cell.
  enum Cell: Hashable {
    case system
    case letter(UInt8)
    case number(Double)
    case text(String)
  }

  /// One entry a reason of the column.
  private(set) var cells: [Cell] = []
  /// What codes of the schema became, where they had to change.
  private(set) var changed: [String: Cell] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  private let column: Column
  private let isText: Bool
  private let kind: StatisticalFormat
  private let takesLetters: Bool

  init(
    _ column: Column, variable: Variable, kind: StatisticalFormat, takesLetters: Bool,
    leastNumber: Double
  ) {
    self.column = column
    self.kind = kind
    self.takesLetters = takesLetters
    if case .texts = column.values { isText = true } else { isText = false }
    var codes = column.missing.reasons.map(\.code)
    // Codes that are declared and that no cell holds keep their place and label.
    for code in variable.missingCodes.map(\.code) where !codes.contains(code) { codes.append(code) }
    var free = Self.letters.filter { letter in !codes.contains(Self.code(of: letter)) }
    var next = min(0, leastNumber).rounded(.down) - 1
    var collapsed: [String] = []
    var moved: [String] = []
    for (place, code) in codes.enumerated() {
      let cell: Cell
      if isText {
        cell = .text(code == "." ? "" : code)
      } else if let letter = Self.letter(code) {
        if kind.hasLetterCodes, takesLetters {
          cell = .letter(letter)
        } else if kind.hasLetterCodes {
          cell = .system
          collapsed.append(code)
        } else {
          while codes.contains(NumberCode.text(next)) { next -= 1 }
          cell = .number(next)
          moved.append("\(code) → \(NumberCode.text(next))")
          next -= 1
        }
      } else if let number = Double(code), number.isFinite {
        if !kind.hasLetterCodes {
          cell = .number(number)
        } else if takesLetters, !free.isEmpty {
          let letter = free.removeFirst()
          cell = .letter(letter)
          moved.append("\(code) → \(Self.code(of: letter))")
        } else {
          cell = .system
          collapsed.append(code)
        }
      } else {
        cell = .system
        if code != "", code != "." { collapsed.append(code) }
      }
      changed[code] = cell
      if place < column.missing.reasons.count { cells.append(cell) }
    }
    if !moved.isEmpty {
      diagnostics.append(
        Diagnostic(
          .note, "missing codes stand in the file as: " + moved.joined(separator: ", "),
          column: column.name))
    }
    if !collapsed.isEmpty {
      diagnostics.append(
        Diagnostic(
          .warning,
          "missing codes became system missing: " + collapsed.joined(separator: ", "),
          column: column.name))
    }
  }

  static let letters: [UInt8] = Array(0x61...0x7A)

  static func code(of letter: UInt8) -> String { "." + String(UnicodeScalar(letter)) }

  /// The letter of a code such as `.a`.
  static func letter(_ code: String) -> UInt8? {
    let bytes = Array(code.utf8)
    guard bytes.count == 2, bytes[0] == 0x2E else { return nil }
    let small = bytes[1] | 0x20
    return bytes[1] == 0x5F ? 0x5F : ((0x61...0x7A).contains(small) ? small : nil)
  }
}
