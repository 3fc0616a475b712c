// SPDX-License-Identifier: Apache-2.0
import Tables

/// Prints diagnostics on standard error.
enum Notices {
  static func print(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      var place = ""
      if let column = diagnostic.column { place += " (column \"\(column)\")" }
      if let line = diagnostic.line { place += " (line \(line))" }
      Terminal.error("\(diagnostic.severity.rawValue): \(diagnostic.message)\(place)")
    }
  }
}
