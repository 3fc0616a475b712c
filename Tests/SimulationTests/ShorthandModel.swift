// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A model in the shorthand of the stochastic test suite, told as one of ours.
struct ShorthandModel {
  let yaml: String

  init(_ text: String, replications: Int) {
    var section = ""
    var fixed: Set<String> = []
    var triggers: [String] = []
    var (start, parameters, moments, transitions) = (
      [String](), [String](), [String](), [String]()
    )
    var (name, change) = ("", "")
    for raw in text.split(separator: "\n") {
      let line = raw.trimmingCharacters(in: .whitespaces)
      if line.hasPrefix("@r=") {
        (name, change) = (String(line.dropFirst(3).prefix { !$0.isWhitespace }), "")
      } else if line.hasPrefix("@") {
        section = line
      } else if section == "@species" {
        let parts = line.split(separator: ":")[1].split(separator: "=")
        start.append("\(parts[0]): \(parts[1].prefix { $0 != " " })")
        // After the amount stand flags; `b` is a boundary, which no reaction changes.
        if parts[1].drop(while: { $0 != " " }).contains("b") { fixed.insert(String(parts[0])) }
      } else if section == "@parameters" {
        parameters.append(line.replacingOccurrences(of: "=", with: ": "))
      } else if section == "@events" {
        let condition = line.split(separator: ":")[0].split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: true)[1]
          .trimmingCharacters(in: .whitespaces)
        var settings: [String] = []
        for assignment in line.split(separator: ":")[1].split(separator: ";") {
          let parts = assignment.split(separator: "=").map {
            $0.trimmingCharacters(in: .whitespaces)
          }
          settings.append("\(parts[0]): \(parts[1])")
        }
        let set = "{\(settings.joined(separator: ", "))}"
        if condition.hasPrefix("t>=") {
          moments.append("\(condition.dropFirst(3)): \(set)")
        } else {
          triggers.append("{if: \"\(condition)\", set: \(set)}")
        }
      } else if section == "@reactions", change.isEmpty {
        change = Self.change(line, fixed)
      } else if section == "@reactions" {
        let parts = line.components(separatedBy: " : ")
        for local in parts.dropFirst() {
          parameters.append(local.replacingOccurrences(of: "=", with: ": "))
        }
        transitions.append("  - {name: \(name), change: {\(change)}, total_rate: \"\(parts[0])\"}")
      }
    }
    yaml = """
      simulate: 1
      start: {\(start.joined(separator: ", "))}
      parameters: {\(parameters.joined(separator: ", "))}
      transitions:
      \(transitions.joined(separator: "\n"))
      \(moments.isEmpty ? "" : "at: {\(moments.joined(separator: ", "))}")
      \(triggers.isEmpty ? "" : "when: [\(triggers.joined(separator: ", "))]")
      run: {as: exact, until: 50, replications: \(replications)}
      """
  }

  /// `2P -> P2` as what each state gains.
  private static func change(_ reaction: String, _ fixed: Set<String>) -> String {
    var gains: [String: Int] = [:]
    for (side, sign) in zip(reaction.components(separatedBy: "->"), [-1, 1]) {
      for term in side.split(separator: "+") {
        let word = term.trimmingCharacters(in: .whitespaces)
        let digits = word.prefix { $0.isNumber }
        guard !word.isEmpty else { continue }
        gains[String(word.dropFirst(digits.count)), default: 0] += sign * (Int(digits) ?? 1)
      }
    }
    return gains.filter { !fixed.contains($0.key) }.sorted { $0.key < $1.key }.map {
      "\($0.key): \($0.value)"
    }
    .joined(separator: ", ")
  }
}
