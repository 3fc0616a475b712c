// SPDX-License-Identifier: Apache-2.0
import Schemas

/// A variable as it goes into a file.
struct ExportVariable {
  /// The cells of a column, in the terms of the file.
  enum Cells {
    /// Numbers; a tag of 1 stands for system missing, a letter for a kind of missing.
    case numbers([Double], tags: [UInt8])
    /// Texts, as codes of a list of zero-terminated bytes.
    case texts([UInt32], list: [[CChar]])
  }

  /// A label of a value.
  struct Label: Hashable {
    /// What is labelled.
    enum Value: Hashable {
      case number(Double)
      case letter(UInt8)
      case text(String)
    }

    var value: Value
    var text: String
  }

  var name: String
  var label: String
  var storage: StoredForm.Storage
  var width: Int
  var format: String
  var displayWidth: Int
  var alignment: StoredForm.Alignment?
  var measure: Measure?
  var labelSet: String?
  var labels: [Label]
  var missingNumbers: [Double]
  var missingTexts: [String]
  var missingRanges: [MissingRange]
  var cells: Cells
}
