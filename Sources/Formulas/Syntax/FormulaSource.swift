// SPDX-License-Identifier: Apache-2.0
import Tables

/// The text of a formula, by characters, and where it stands.
struct FormulaSource: Hashable, Sendable {
  let scalars: [Unicode.Scalar]
  let place: SourcePlace

  init(_ text: String, at place: SourcePlace) {
    scalars = Array(text.unicodeScalars)
    self.place = place
  }

  func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  /// The place of a character, in lines and columns of the file.
  func place(at offset: Int) -> SourcePlace {
    var place = place
    for sign in scalars.prefix(offset) {
      if sign == "\n" {
        place.line += 1
        place.column = 1
      } else {
        place.column += 1
      }
    }
    return place
  }

  func error(_ message: String, at offset: Int, remedy: String) -> DataError {
    place(at: offset).error(message, remedy: remedy)
  }
}
