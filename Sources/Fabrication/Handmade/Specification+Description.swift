// SPDX-License-Identifier: Apache-2.0
import Formulas
public import Schemas
import Tables

extension Specification {
  /// Rows that were made by hand, with what the specification says of them.
  public struct HandmadeBlock: Hashable, Sendable {
    /// The rows, counted from 0.
    public var rows: Range<Int>
    /// How they were made: `typed`, `scenario`, `variation` or `design`.
    public var origin: String
    /// The name of the scenario.
    public var name: String?
    /// What is noted.
    public var notes: String?
    /// Whether they are said to be like real rows, if anything is said.
    public var isRepresentative: Bool?
    /// The rules that they break on purpose.
    public var breaks: [String] = []
  }

  /// The rows of a table that are made by hand, in order; empty if there are none.
  public func handmade(in table: String) -> [HandmadeBlock] {
    guard let own = tables.first(where: { $0.name == table })?.handmade else { return [] }
    var blocks = own.blocks.map { block in
      HandmadeBlock(
        rows: block.rows, origin: block.scenario == nil ? "typed" : "scenario",
        name: block.scenario, notes: block.notes, isRepresentative: block.isRepresentative,
        breaks: block.breaks)
    }
    if !own.variations.isEmpty {
      blocks.append(HandmadeBlock(rows: own.variations, origin: "variation"))
    }
    if !own.design.isEmpty { blocks.append(HandmadeBlock(rows: own.design, origin: "design")) }
    return blocks
  }

  /// What the columns of a table mean, as far as the specification says.
  public func schema(of table: String) -> Schema {
    guard let own = tables.first(where: { $0.name == table }) else { return Schema(variables: []) }
    return Schema(
      variables: own.columns.map { column in
        let kind = column.type.variableKind
        var levels: [ValueLabel] = []
        if case .category(let set) = column.type {
          levels = set.codes.map { ValueLabel(code: $0, label: [:]) }
        }
        return Variable(
          name: column.name, kind: kind, role: own.key == [column.name] ? .key : nil,
          valueLabels: levels,
          measure: kind.isContinuous ? .scale : kind == .orderedCategory ? .ordinal : .nominal,
          decimals: column.decimals,
          missingCodes: column.gaps.map(\.reason).filter { $0.code != "" },
          reasons: ["as the specification makes it"])
      })
  }
}

extension FormulaType {
  fileprivate var variableKind: VariableKind {
    switch self {
    case .number, .duration: .number
    case .whole: .wholeNumber
    case .boolean: .boolean
    case .text, .missing: .text
    case .category(let set): set.isOrdered ? .orderedCategory : .category
    case .date: .date
    case .dateTime: .dateTime
    case .time: .time
    }
  }
}
