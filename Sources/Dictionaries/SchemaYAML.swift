// SPDX-License-Identifier: Apache-2.0
public import Schemas
import Tables

/// Writes a schema as the file that `describe` gives: for people to read and change.
public enum SchemaYAML {
  /// Returns the text of the file.
  ///
  /// - Parameters:
  ///   - schema: The schema.
  ///   - rowCount: The number of rows, which is rounded to two digits.
  public static func text(for schema: Schema, rowCount: Int) -> String {
    var lines = [
      "# What each column means, as far as the file shows. Change what is wrong, take out what need",
      "# not be said, and give the file with --schema. Kinds: "
        + VariableKind.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      "# Roles: " + VariableRole.allCases.map(\.rawValue).joined(separator: ", ") + ", none.",
      "schema: 1",
      "rows: \(rounded(rowCount))",
      "variables:",
    ]
    for variable in schema.variables {
      lines.append("  \(quoted(variable.name)):")
      lines.append("    kind: \(variable.kind.rawValue)")
      if let role = variable.role { lines.append("    role: \(role.rawValue)") }
      lines.append("    measure: \(variable.measure.rawValue)")
      if let decimals = variable.decimals, decimals > 0, decimals <= 15 {
        lines.append("    decimals: \(decimals)")
      }
      if let least = variable.minimum { lines.append("    minimum: \(number(least))") }
      if let most = variable.maximum { lines.append("    maximum: \(number(most))") }
      if !variable.label.isEmpty {
        lines.append("    label:")
        for (language, label) in variable.label.sorted(by: { $0.key < $1.key }) {
          lines.append("      \(language): \(quoted(label))")
        }
      }
      if !variable.missingCodes.isEmpty {
        let codes = variable.missingCodes.map { quoted($0.code) }.joined(separator: ", ")
        lines.append("    missing: [\(codes)]")
      }
      if !variable.valueLabels.isEmpty {
        lines.append("    values:")
        for label in variable.valueLabels {
          let text = label.label["en"] ?? label.label.values.sorted().first ?? ""
          lines.append("      \(quoted(label.code)): \(quoted(text))")
        }
      }
      lines.append("    why: \(quoted(variable.reasons.joined(separator: "; ")))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }

  private static func rounded(_ count: Int) -> Int {
    var unit = 1
    while count / unit >= 100 { unit *= 10 }
    return (count + unit / 2) / unit * unit
  }

  /// A double-quoted YAML scalar.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for sign in text.unicodeScalars {
      switch sign {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if sign.value < 0x20 || sign.value == 0x7F {
          let digits = String(sign.value, radix: 16, uppercase: true)
          result += "\\x" + (digits.count < 2 ? "0" : "") + digits
        } else {
          result.unicodeScalars.append(sign)
        }
      }
    }
    return result + "\""
  }
}
