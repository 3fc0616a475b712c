// SPDX-License-Identifier: Apache-2.0
import Tables

/// A word of a formula and where it begins, in characters from the formula's start.
struct Token: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case whole(Int64)
    case number(Double)
    case date(CalendarDate)
    case text(String)
    case name(String)
    /// A name in backticks, which is never a word of the language.
    case quotedName(String)
    case sign(String)
    case end
  }

  var kind: Kind
  var offset: Int

  /// The token as a message names it.
  var words: String {
    switch kind {
    case .whole, .number: "a number"
    case .date: "a date"
    case .text: "a text"
    case .name(let name), .quotedName(let name): "`\(name)`"
    case .sign(let sign): "`\(sign)`"
    case .end: "the end"
    }
  }
}
