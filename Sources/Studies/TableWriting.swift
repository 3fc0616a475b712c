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

  /// Writes a document as ``write(_:to:)`` does, on several threads if the format can; they change
  /// nothing in the file.
  func write(_ document: StudyDocument, to path: String, threads: Int) throws(DataError)
    -> [Diagnostic]
}

extension TableWriting {
  /// Writes a document on one thread.
  public func write(_ document: StudyDocument, to path: String, threads: Int) throws(DataError)
    -> [Diagnostic]
  {
    try write(document, to: path)
  }
}
