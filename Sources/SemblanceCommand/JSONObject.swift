// SPDX-License-Identifier: Apache-2.0

/// A JSON object in the order in which it was made, for `--json`.
struct JSONObject {
  indirect enum Value {
    case text(String)
    case number(Double?)
    case flag(Bool)
    case list([Value])
    case object(JSONObject)
  }

  private var fields: [(String, Value)]

  init(_ fields: [(String, Value)]) { self.fields = fields }

  mutating func add(_ name: String, _ value: Value) { fields.append((name, value)) }

  /// The object on one line.
  var text: String {
    "{" + fields.map { "\(Self.quoted($0.0)): \(Self.text(of: $0.1))" }.joined(separator: ", ")
      + "}"
  }

  private static func text(of value: Value) -> String {
    switch value {
    case .text(let text): return quoted(text)
    case .number(let number):
      guard let number, number.isFinite else { return "null" }
      if number == number.rounded(), abs(number) < 9e15 { return String(Int(number)) }
      return String(number)
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let list): return "[" + list.map(text).joined(separator: ", ") + "]"
    case .object(let object): return object.text
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for sign in text.unicodeScalars {
      switch sign {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
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
