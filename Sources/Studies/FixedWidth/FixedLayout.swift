// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// Where the columns of a text of fixed width stand, and what they mean.
struct FixedLayout: Hashable {
  /// A column.
  struct Field: Hashable {
    var name: String
    /// The first place, counted from 1.
    var start: Int
    /// The last place.
    var end: Int
    var isText = false
    /// Digits after a decimal mark that is not written; 0 for none.
    var impliedDecimals = 0
    var label = ""
    var valueLabels: [ValueLabel] = []
    var missingCodes: [String] = []
    var missingRanges: [MissingRange] = []
  }

  var fields: [Field] = []
  /// The name of the file with the data; `nil` where they stand in the dictionary itself.
  var dataFile: String?
  /// Where the data begin in the dictionary, as a place of its bytes.
  var dataStart: Int?

  /// Finds a field by its name in capital or small letters.
  func place(of name: String) -> Int? {
    fields.firstIndex { $0.name == name }
      ?? fields.firstIndex { $0.name.lowercased() == name.lowercased() }
  }
}
