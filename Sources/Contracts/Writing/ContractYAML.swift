// SPDX-License-Identifier: Apache-2.0
import Schemas
import Synthesis

/// Writes a contract as the file that it is read from.
public enum ContractYAML {
  /// The text of the file.
  public static func text(for contract: Contract) -> String {
    var lines = [
      "# The fidelity contract in force: what is faithful, what is not, and how closely.",
      "contract: 1", "purpose: \(contract.purpose.rawValue)",
    ]
    if let rows = contract.rows { lines.append("rows: \(rows)") }
    if let seed = contract.seed { lines.append("seed: \(quoted(seed))") }
    if !contract.variables.isEmpty {
      lines.append("variables:")
      lines += contract.variables.map { "  \(quoted($0.name)): {\(fields(of: $0))}" }
    }
    if !contract.relationships.isEmpty {
      lines.append("relationships:")
      lines += contract.relationships.map { "  - {\(fields(of: $0))}" }
    }
    if let outliers = contract.outliers { lines.append("outliers: \(outliers.rawValue)") }
    if !contract.analyses.isEmpty {
      lines.append("analyses:")
      lines += contract.analyses.map {
        "  - {model: \(quoted($0.model)), family: \($0.family.rawValue), overlap: \(number($0.overlap))}"
      }
    }
    if !contract.rules.isEmpty {
      lines.append("rules:")
      lines += contract.rules.map { "  - \(quoted($0.text))" }
    }
    if !contract.balance.isEmpty {
      lines.append("balance:")
      lines += contract.balance.map { clause in
        let shares = clause.shares.sorted { $0.key < $1.key }
          .map { "\(quoted($0.key)): \(number($0.value))" }
        return "  \(quoted(clause.variable)): {\(shares.joined(separator: ", "))}"
      }
    }
    if !contract.extrapolated.isEmpty {
      lines.append("extrapolated:")
      lines += contract.extrapolated.map { "  - {\(fields(of: $0))}" }
    }
    lines.append("disclosure: {\(fields(of: contract.disclosure))}")
    if let documentation = contract.documentation {
      lines.append("documentation:")
      lines += fields(of: documentation).map { "  \($0)" }
    }
    if let marking = contract.marking {
      let column = marking.column.map { "column: \(quoted($0)), " } ?? ""
      lines.append("marking: {\(column)suffix: true}")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fields(of clause: VariableClause) -> String {
    var fields: [String] = []
    if clause.isReplaced {
      fields.append("unfaithful: replaced")
      if let provider = clause.provider { fields.append("by: \(quoted(provider))") }
    } else if let faithful = clause.faithful {
      fields.append("faithful: [\(faithful.map(\.rawValue).joined(separator: ", "))]")
    }
    if !clause.limits.isEmpty { fields.append("within: {\(limits(clause.limits))}") }
    if !clause.transforms.isEmpty {
      fields.append("transforms: [\(clause.transforms.map(transform).joined(separator: ", "))]")
    }
    if let role = clause.role { fields.append("role: \(role.rawValue)") }
    return fields.joined(separator: ", ")
  }

  private static func fields(of clause: RelationshipClause) -> String {
    var fields = ["between: [\(clause.variables.map(quoted).joined(separator: ", "))]"]
    if !clause.isKept { fields.append("kept: no") }
    if !clause.limits.isEmpty { fields.append("within: {\(limits(clause.limits))}") }
    return fields.joined(separator: ", ")
  }

  private static func fields(of clause: ExtrapolationClause) -> String {
    var fields: [String] = []
    if let file = clause.file { fields.append("file: \(quoted(file))") }
    if let condition = clause.condition { fields.append("from: \(quoted(condition.text))") }
    if !clause.changes.isEmpty {
      let changes = clause.changes.map { "\(quoted($0.variable)): \(quoted($0.formula))" }
      fields.append("set: {\(changes.joined(separator: ", "))}")
      fields.append("count: \(clause.count)")
    }
    return (fields + ["because: \(quoted(clause.reason))"]).joined(separator: ", ")
  }

  private static func fields(of clause: DisclosureClause) -> String {
    var fields: [String] = []
    if !clause.keys.isEmpty {
      fields.append("keys: [\(clause.keys.map(quoted).joined(separator: ", "))]")
    }
    if let count = clause.minimumCount { fields.append("minimum-count: \(count)") }
    if let count = clause.minimumLeaf { fields.append("minimum-leaf: \(count)") }
    return (fields + ["near-matches: \(clause.nearMatches.rawValue)", "epsilon: null"]).joined(
      separator: ", ")
  }

  private static func fields(of clause: DocumentationClause) -> [String] {
    var fields: [String] = []
    func add(_ key: String, _ value: String?) {
      if let value { fields.append("\(key): \(quoted(value))") }
    }
    add("title", clause.title)
    add("description", clause.description)
    if !clause.creators.isEmpty {
      fields.append("creators: [\(clause.creators.map(quoted).joined(separator: ", "))]")
    }
    add("publisher", clause.publisher)
    add("source", clause.source)
    add("licence", clause.licence)
    add("contact", clause.contact)
    add("version", clause.version)
    add("date", clause.date)
    add("identifier", clause.identifier)
    if !clause.faithful.isEmpty || fields.isEmpty {
      fields.append("faithful: [\(clause.faithful.map(\.rawValue).joined(separator: ", "))]")
    }
    return fields
  }

  private static func limits(_ limits: [Limit]) -> String {
    limits.map { "\($0.measure.rawValue): \(number($0.value))" }.joined(separator: ", ")
  }

  private static func transform(_ transform: PlanTransform) -> String {
    switch transform {
    case .topCode(let quantile): "{top-code: {quantile: \(number(quantile))}}"
    case .bottomCode(let quantile): "{bottom-code: {quantile: \(number(quantile))}}"
    case .topCodeAt(let limit): "{top-code: {at: \(number(limit))}}"
    case .bottomCodeAt(let limit): "{bottom-code: {at: \(number(limit))}}"
    case .round(let step): "{round: {to: \(number(step))}}"
    case .group(let minimum): "{group: {minimum: \(minimum)}}"
    case .shiftDates(let days): "{shift-dates: {days: \(days)}}"
    }
  }

  private static func number(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? "\(value)"
  }

  /// A double-quoted YAML scalar.
  static func quoted(_ text: String) -> String {
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
