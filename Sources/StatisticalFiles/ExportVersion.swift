// SPDX-License-Identifier: Apache-2.0
import Schemas
import Studies
import Tables

/// Chooses the version of a format: the one a document had, unless it cannot hold what is in it.
struct ExportVersion {
  let limits: ExportLimits
  private(set) var diagnostics: [Diagnostic] = []

  init(_ document: StudyDocument, kind: StatisticalFormat) {
    switch kind {
    case .sav, .zsav: limits = .spss
    case .por: limits = .portable
    case .dta:
      let asked =
        document.file.requestedVersion
        ?? (document.file.format == "dta" ? document.file.version : 118)
      // Before version 110 names had 8 letters; 119 is for more than 32,767 variables.
      var version = min(max(asked, 110), 119)
      if asked == 0 { version = 118 }
      if version < 118, Self.needsUnicode(document) {
        diagnostics.append(
          Diagnostic(
            .note, "version 118 is written instead of \(version), which has no Unicode"))
        version = 118
      } else if version < 113, Self.hasMissingKinds(document) {
        diagnostics.append(
          Diagnostic(
            .note, "version 113 is written instead of \(version), which has one kind of missing"))
        version = 113
      }
      if document.table.columnCount > 32_767 { version = 119 }
      limits = .stata(version: version)
    case .xpt, .sas7bdat:
      let isSmall = document.table.columns.allSatisfy { column in
        let variable = document.variable(of: column)
        guard column.name.utf8.count <= 8,
          variable.label.values.allSatisfy({ $0.utf8.count <= 40 })
        else { return false }
        guard case .texts(_, let pool) = column.values else { return true }
        return pool.indices.allSatisfy { pool.range(of: $0).count <= 200 }
      }
      let asked =
        document.file.requestedVersion
        ?? (document.file.format == "xpt" ? document.file.version : 0)
      limits = .transport(version: isSmall && asked != 8 ? 5 : 8)
    }
  }

  private static func needsUnicode(_ document: StudyDocument) -> Bool {
    document.table.columns.contains { column in
      let variable = document.variable(of: column)
      let words =
        [column.name] + Array(variable.label.values)
        + variable.valueLabels.flatMap { Array($0.label.values) }
      if words.contains(where: { !$0.utf8.allSatisfy { $0 < 0x80 } }) { return true }
      guard case .texts(_, let pool) = column.values else { return false }
      return !pool.bytes.allSatisfy { $0 < 0x80 }
    }
      || !(document.file.notes + [document.file.label]).allSatisfy {
        $0.utf8.allSatisfy { $0 < 0x80 }
      }
  }

  private static func hasMissingKinds(_ document: StudyDocument) -> Bool {
    document.table.columns.contains { column in
      column.missing.reasons.contains { $0.code != "" && $0.code != "." }
    }
  }
}
