// SPDX-License-Identifier: Apache-2.0

/// Writes XML, two spaces a level.
package struct XMLText {
  package private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var level = 0

  /// Starts a document.
  package init() {}

  /// Opens an element that others stand in.
  package mutating func open(_ name: String, _ attributes: [(String, String)] = []) {
    text += indent + "<" + name + Self.list(attributes) + ">\n"
    level += 1
  }

  /// Closes the element that was opened last.
  package mutating func close(_ name: String) {
    level -= 1
    text += indent + "</" + name + ">\n"
  }

  /// An element that holds a text.
  package mutating func element(
    _ name: String, _ content: String, _ attributes: [(String, String)] = []
  ) {
    text +=
      indent + "<" + name + Self.list(attributes) + ">" + Self.escaped(content) + "</" + name
      + ">\n"
  }

  /// An element that holds nothing.
  package mutating func empty(_ name: String, _ attributes: [(String, String)]) {
    text += indent + "<" + name + Self.list(attributes) + "/>\n"
  }

  private var indent: String { String(repeating: "  ", count: level) }

  private static func list(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
  }

  /// A text with its signs spelled out; XML 1.0 has no control characters but these three.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      default:
        let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        result.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
      }
    }
    return result
  }
}
