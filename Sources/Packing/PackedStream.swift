// SPDX-License-Identifier: Apache-2.0
package import Tables

/// Unpacks bytes that come in pieces.
package protocol UnpackingStream: AnyObject {
  /// Takes the next packed bytes; those before must be used up.
  func take(_ bytes: [UInt8])

  /// The next unpacked bytes, a block at the most, however many the packed ones stand for; `nil` once
  /// those that were taken are used up.
  ///
  /// - Throws: `DataError` if they are damaged.
  func next() throws(DataError) -> [UInt8]?

  /// Whether the bytes so far are whole.
  var isWhole: Bool { get }
}

/// Packs bytes that come in pieces.
package protocol PackingStream: AnyObject {
  /// Packs the next bytes; what comes out may be that of bytes before.
  ///
  /// - Throws: `DataError` if there is no memory.
  func pack(_ bytes: [UInt8]) throws(DataError) -> [UInt8]

  /// Ends the file and gives its last bytes.
  ///
  /// - Throws: `DataError` if there is no memory.
  func finish() throws(DataError) -> [UInt8]
}

/// The error for packed bytes that cannot be unpacked.
package enum PackedDamage {
  /// The error.
  package static func error(_ name: String) -> DataError {
    DataError(
      "the packed file is damaged or cut short", file: name,
      remedy: "Get the file again from where it came from.")
  }
}
