// SPDX-License-Identifier: Apache-2.0

/// The signs by which a delimited text is read.
struct FieldSigns: Hashable, Sendable {
  /// The sign between fields.
  var delimiter: UInt8
  /// The sign around fields; 0 where none has a meaning.
  var quote: UInt8
  /// Whether a backslash before a quote makes it part of the text.
  var escapesWithBackslash = false

  /// Whether a backslash before a delimiter makes it part of the text.
  var escapesDelimiter = false

  /// Whether runs of the delimiter count as one, as where spaces part fields.
  var joinsRuns: Bool { delimiter == 0x20 }

  /// Whether a byte is white space that may stand around a field.
  @inline(__always)
  func isPadding(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != delimiter }
}
