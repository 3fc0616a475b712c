// SPDX-License-Identifier: Apache-2.0

/// A piece of a page in which every text that was put in is escaped.
///
/// The markup is the literal; what is interpolated as `String` is text and cannot become markup, so a
/// column named `<script>` is shown and never run:
///
///     let cell: HTML = "<td>\(name)</td>"
struct HTML: ExpressibleByStringInterpolation, Sendable {
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity + interpolationCount * 8)
    }

    mutating func appendLiteral(_ literal: String) { markup += literal }
    mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }
    mutating func appendInterpolation(_ number: Int) { markup += String(number) }
    mutating func appendInterpolation(_ piece: HTML) { markup += piece.markup }
    mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { markup += piece.markup }
    }
  }

  private(set) var markup: String

  /// A piece of nothing.
  static let empty: HTML = ""

  init(stringLiteral value: String) { markup = value }
  init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

  static func += (piece: inout HTML, next: HTML) { piece.markup += next.markup }

  /// A text with the signs that mean something in markup replaced, and control signs made visible.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for sign in text.unicodeScalars {
      switch sign {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default:
        let isControl = sign.value < 0x20 && sign != "\n" && sign != "\t" || sign.value == 0x7F
        // Marks that turn the direction of writing could make a page say something else.
        let isTurn =
          (0x202A...0x202E).contains(sign.value) || (0x2066...0x2069).contains(sign.value)
        result.unicodeScalars.append(isControl || isTurn ? "\u{FFFD}" : sign)
      }
    }
    return result
  }
}
