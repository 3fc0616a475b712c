// SPDX-License-Identifier: Apache-2.0

extension AgentModel {
  /// All its formulas.
  private var formulas: [AgentProgram] {
    var all = figures.map(\.program)
    for kind in kinds {
      for rule in kind.rules {
        all += [rule.when, rule.meet?.condition].compactMap { $0 }
        all += (rule.settings + rule.othersSettings + rule.childSettings).map(\.program)
        all += rule.motion
      }
      all += kind.also.map(\.program)
    }
    return all
  }

  /// The deepest stack any formula needs.
  var depth: Int { formulas.reduce(1) { max($0, $1.depth) } }

  /// All programs of its formulas.
  var programs: [RateProgram] {
    formulas.flatMap { formula in
      [formula.main]
        + formula.parts.flatMap { part -> [RateProgram] in
          switch part {
          case .count(_, _, let condition): [condition].compactMap { $0 }
          case .near(_, _, _, let value, let condition): [value, condition].compactMap { $0 }
          case .chance(let program): [program]
          case .aggregate(_, _, let value, let condition): [value, condition].compactMap { $0 }
          }
        }
    }
  }

  /// How far agents look or meet at the most.
  var reach: Double {
    let looks = formulas.flatMap(\.parts).map { part -> Double in
      switch part {
      case .count(let radius, _, _), .near(_, let radius, _, _, _): radius
      case .chance, .aggregate: 0
      }
    }
    return kinds.flatMap(\.rules).reduce(looks.max() ?? 0) { max($0, $1.meet?.within ?? 0) }
  }
}
