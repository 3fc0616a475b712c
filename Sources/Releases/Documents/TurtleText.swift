// SPDX-License-Identifier: Apache-2.0

/// Literals and addresses in Turtle.
enum TurtleText {
  /// A quoted literal.
  static func literal(_ text: String) -> String {
    var result = "\""
    for sign in text.unicodeScalars {
      switch sign {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if sign.value >= 0x20 { result.unicodeScalars.append(sign) }
      }
    }
    return result + "\""
  }

  /// The address of a file beside this one.
  static func address(of file: String) -> String {
    let kept = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    let digits = Array("0123456789ABCDEF")
    return "<"
      + file.utf8.map { byte in
        kept.contains(byte)
          ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }.joined() + ">"
  }
}
