// SPDX-License-Identifier: Apache-2.0
import Formats
public import Studies
public import Tables

/// Writes the files of SPSS, Stata and SAS with ReadStat, dictionary and all.
///
/// The same document gives the same bytes: the time stamp in the file is a fixed one.
public struct StatisticalFileWriter: TableWriting {
  /// The kind of file.
  public let kind: StatisticalFormat
  /// The format.
  public var format: TableFormat { kind.description }

  /// Creates a writer; `nil` for SAS data files, which are only read.
  public init?(_ kind: StatisticalFormat) {
    guard kind != .sas7bdat else { return nil }
    self.kind = kind
  }

  /// Writes a document.
  ///
  /// - Returns: What the format could not hold, variable by variable and code by code.
  /// - Throws: `DataError` if the file cannot be written.
  public func write(_ document: StudyDocument, to path: String) throws(DataError) -> [Diagnostic] {
    guard document.table.columnCount > 0 else {
      throw DataError(
        "a table without columns cannot be written as \(kind.rawValue)", file: path,
        remedy: "Keep one column or more.")
    }
    let plan = ExportPlan(document, kind: kind)
    let isCompressed = document.file.format != kind.rawValue || document.file.isCompressed
    try ReadStatWriting(plan: plan, isCompressed: isCompressed, path: path).run()
    if kind == .sav || kind == .zsav { try mendNames(path) }
    return plan.diagnostics
  }

  private func mendNames(_ path: String) throws(DataError) {
    // A pipe cannot be written over; its reader gets the names as they are.
    guard let count = try? FileBytes.size(path), count > 0 else { return }
    let head = try FileBytes.head(path, count: min(count, 1 << 26))
    for patch in ShortNames.patches(for: head) {
      try FileBytes.overwrite(path, at: patch.offset, with: patch.bytes)
    }
  }
}
