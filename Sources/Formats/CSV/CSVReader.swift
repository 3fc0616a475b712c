// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Reads delimited text: what is not said about the file is found out from all of it.
///
/// ```swift
/// let document = try CSVReader().read(path: "penguins.csv")
/// ```
public struct CSVReader: Sendable {
  /// What is known of the file.
  public var options: CSVReadOptions

  /// Creates a reader.
  public init(options: CSVReadOptions = CSVReadOptions()) { self.options = options }

  /// Reads a file.
  ///
  /// - Throws: `DataError` if the file cannot be read or is no table; it names file, line and
  ///   remedy and never quotes a cell.
  public func read(
    path: String, progress: ProgressHandler = .silent
  ) throws(DataError) -> CSVDocument {
    try read(bytes: try FileBytes.read(path), name: path, progress: progress)
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the file, in any encoding that is known.
  ///   - name: The file's name, for messages.
  ///   - progress: What hears how far reading is.
  public func read(
    bytes: [UInt8], name: String, progress: ProgressHandler = .silent
  ) throws(DataError) -> CSVDocument {
    let decoded = try TextDecoding.decode(bytes, encoding: options.encoding, file: name)
    let result = decoded.bytes.withUnsafeBufferPointer { bytes in
      Result { () throws(DataError) in
        let text = bytes.stretch(min(decoded.skipped, bytes.count), bytes.count)
        try TextCheck.refuse(text, name)
        return try CSVParsing(
          text: text, decoded: decoded, options: options, name: name, progress: progress
        ).document()
      }
    }
    return try result.get()
  }
}
