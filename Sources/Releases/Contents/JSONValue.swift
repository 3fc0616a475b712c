// SPDX-License-Identifier: Apache-2.0

/// A JSON value that is always written in the same way: keys sorted, two spaces a level.
public enum JSONValue: Hashable, Sendable {
  /// A text.
  case text(String)
  /// A whole number.
  case integer(Int)
  /// A finite number; anything else is written as `null`.
  case number(Double)
  /// A truth value.
  case flag(Bool)
  /// A list.
  case list([JSONValue])
  /// An object.
  case object([String: JSONValue])

  /// The value as the bytes of a file.
  public var bytes: [UInt8] {
    var text = ""
    append(to: &text, indent: "")
    return Array((text + "\n").utf8)
  }

  private func append(to text: inout String, indent: String) {
    switch self {
    case .text(let value): text += JSONValue.quoted(value)
    case .integer(let value): text += String(value)
    case .number(let value): text += value.isFinite ? String(value) : "null"
    case .flag(let value): text += value ? "true" : "false"
    case .list(let values):
      append(values.map { (nil, $0) }, "[", "]", to: &text, indent: indent)
    case .object(let fields):
      let sorted = fields.sorted { $0.key < $1.key }
      append(sorted.map { ($0.key, $0.value) }, "{", "}", to: &text, indent: indent)
    }
  }

  private func append(
    _ items: [(String?, JSONValue)], _ open: String, _ close: String, to text: inout String,
    indent: String
  ) {
    guard !items.isEmpty else { return text += open + close }
    let inner = indent + "  "
    text += open
    for (place, item) in items.enumerated() {
      text += (place == 0 ? "\n" : ",\n") + inner
      if let key = item.0 { text += JSONValue.quoted(key) + " : " }
      item.1.append(to: &text, indent: inner)
    }
    text += "\n" + indent + close
  }

  private static func quoted(_ value: String) -> String {
    var result = "\""
    for sign in value.unicodeScalars {
      switch sign {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if sign.value < 0x20 {
          let digits = String(sign.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(sign)
        }
      }
    }
    return result + "\""
  }
}
