// SPDX-License-Identifier: Apache-2.0
import Tables

/// The errors that all parts of a columnar file share.
enum ColumnarDamage {
  static func error(_ file: String, column: String? = nil) -> DataError {
    DataError(
      "the file is damaged or cut short", file: file, column: column,
      remedy: "Get the file again from where it came from.")
  }

  static func unsupported(_ what: String, _ file: String, column: String? = nil) -> DataError {
    DataError(
      "the file uses \(what), which is not read here", file: file, column: column,
      remedy: "Write it anew with plain settings, such as Zstandard or Snappy compression.")
  }
}
