// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Writes files of one format.
public protocol TableWriting: Sendable {
  /// The format.
  var format: TableFormat { get }

  /// Writes a document to a file, which is made or emptied first; atomicity is the caller's.
  ///
  /// - Returns: What the format could not hold, value by value.
  /// - Throws: `DataError` if the file cannot be written.
  func write(_ document: StudyDocument, to path: String) throws(DataError) -> [Diagnostic]
}
