// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Reads files of one format.
public protocol TableReading: Sendable {
  /// The format.
  var format: TableFormat { get }

  /// Whether the first bytes of a file are those of the format; `nil` if they say nothing either way.
  func recognizes(_ head: [UInt8]) -> Bool?

  /// Reads a table with its dictionary.
  ///
  /// - Throws: `DataError` if the file cannot be read or is not of the format.
  func read(
    _ location: TableLocation, options: ReadingOptions, progress: ProgressHandler
  ) throws(DataError) -> StudyDocument

  /// The names of the tables in a file, where the format holds several.
  func tableNames(in location: TableLocation) throws(DataError) -> [String]
}

extension TableReading {
  /// A file of one table has no names of tables.
  public func tableNames(in location: TableLocation) throws(DataError) -> [String] { [] }
}
