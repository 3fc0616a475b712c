// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads `documentation` of a contract.
enum DocumentationReader {
  static let keys = [
    "title", "description", "creators", "publisher", "source", "licence", "contact", "version",
    "date", "identifier", "faithful",
  ]

  static func clause(_ node: ContractNode) throws(DataError) -> DocumentationClause {
    var clause = DocumentationClause(place: node.place)
    for (key, value, _) in try node.entries(among: keys) where !value.isNothing {
      switch key {
      case "title": clause.title = try value.words()
      case "description": clause.description = try value.words()
      case "creators":
        for entry in try value.list() { clause.creators.append(try entry.words()) }
      case "publisher": clause.publisher = try value.words()
      case "source": clause.source = try value.words()
      case "licence": clause.licence = try value.words()
      case "contact": clause.contact = try value.words()
      case "version": clause.version = try value.words()
      case "date":
        let date = try value.words()
        guard isDate(date) else {
          throw value.problem("`date` is no date", remedy: "Write it as 2027-01-31.")
        }
        clause.date = date
      case "identifier": clause.identifier = try value.words()
      default:
        for entry in try value.list() {
          clause.faithful.append(
            try entry.child(entry.node, "`faithful`").choice(
              DocumentationClause.Feature.allCases))
        }
      }
    }
    return clause
  }

  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy(\.isNumber) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    return CalendarDate(year: year, month: month, day: day) != nil
  }
}
