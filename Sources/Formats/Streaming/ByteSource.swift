// SPDX-License-Identifier: Apache-2.0
package import Tables

/// Bytes that come in pieces, for files that are not held in memory as a whole.
package protocol ByteSource: AnyObject {
  /// How many bytes of the file were read so far, as it lies on disk.
  var bytesRead: Int { get }

  /// The next bytes, about as many as asked for and at least one; `nil` at the end.
  ///
  /// - Throws: `DataError` if the file cannot be read, or is damaged.
  func next(_ count: Int) throws(DataError) -> [UInt8]?
}
