// SPDX-License-Identifier: Apache-2.0
public import Tables

extension Contract {
  /// The keys of a contract, in the order in which it is written.
  static let keys = [
    "contract", "purpose", "rows", "seed", "variables", "relationships", "outliers", "analyses",
    "rules", "balance", "extrapolated", "disclosure", "documentation", "marking",
  ]

  /// Reads a contract.
  ///
  /// - Throws: `DataError` with file, line and position where the text is no contract.
  public init(yaml text: String, file: String) throws(DataError) {
    self.init()
    self.file = file
    let root = try ContractNode(yaml: text, file: file, name: "the contract")
    var version: Int?
    for (key, value, place) in try root.entries(among: Self.keys) {
      switch key {
      case "contract": version = try value.whole(1...1)
      case "purpose": purpose = try value.choice(Purpose.allCases)
      case "rows": rows = try Self.rows(value)
      case "seed": seed = value.isNothing ? nil : try value.words()
      case "variables": variables = try VariableReader.clauses(value)
      case "relationships": relationships = try RelationshipReader.clauses(value)
      case "outliers":
        outliers = try value.choice(OutlierPolicy.allCases)
        outliersPlace = place.place
      case "analyses": analyses = try AnalysisReader.clauses(value)
      case "rules":
        for entry in try value.list() {
          rules.append(RuleClause(try entry.words(), place: entry.textPlace))
        }
      case "balance": balance = try BalanceReader.clauses(value)
      case "extrapolated": extrapolated = try ExtrapolationReader.clauses(value)
      case "disclosure": disclosure = try Self.disclosure(value)
      case "documentation": documentation = try DocumentationReader.clause(value)
      case "marking": marking = try Self.marking(value)
      default: break
      }
    }
    guard version != nil else {
      throw root.problem(
        "the contract does not say its version", remedy: "Start the file with `contract: 1`.")
    }
  }

  private static func rows(_ value: ContractNode) throws(DataError) -> String? {
    if value.isNothing { return nil }
    let text = value.text
    let number = text.hasSuffix("x") ? Double(text.dropLast()) : Int(text).map(Double.init)
    guard let number, number > 0, number.isFinite else {
      throw value.problem(
        "`rows` is no number of rows",
        remedy: "Give a number such as 1000, or a multiple such as 2x.")
    }
    return text
  }

  private static func disclosure(_ node: ContractNode) throws(DataError) -> DisclosureClause {
    var clause = DisclosureClause()
    let known = ["keys", "minimum-count", "minimum-leaf", "near-matches", "epsilon"]
    for (key, value, place) in try node.entries(among: known) where !value.isNothing {
      switch key {
      case "keys":
        for entry in try value.list() { clause.keys.append(try entry.words()) }
        clause.place = place.place
      case "minimum-count": clause.minimumCount = try value.whole(1...1_000_000)
      case "minimum-leaf": clause.minimumLeaf = try value.whole(1...1_000_000)
      case "near-matches":
        guard let policy = NearMatchPolicy(rawValue: value.text) else {
          throw value.problem(
            "`near-matches` is none of the remedies there are",
            remedy:
              "Write one of \(NearMatchPolicy.allCases.map(\.rawValue).joined(separator: ", "))."
          )
        }
        clause.nearMatches = policy
      default:
        throw value.problem(
          "no method here gives differential privacy, so `epsilon` cannot be promised",
          remedy: "Write `epsilon: null`, or leave it out.")
      }
    }
    return clause
  }

  private static func marking(_ node: ContractNode) throws(DataError) -> MarkingClause {
    var clause = MarkingClause(place: node.place)
    for (key, value, _) in try node.entries(among: ["column", "suffix"]) where !value.isNothing {
      switch key {
      case "column":
        if ["no", "false"].contains(value.text) { continue }
        clause.column = try value.words()
      default:
        guard try value.flag() else {
          throw value.problem(
            "the name of the data file always ends in .synthetic before its extension",
            remedy: "Write `suffix: true`, or leave it out.")
        }
      }
    }
    return clause
  }
}
