// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Schemas
import Tables

extension Schema {
  /// The variables that a codebook describes, where there is no table.
  init(declaredBy codebook: Codebook) {
    self.init(
      variables: codebook.entries.map { entry in
        let isLabelled = entry.valueLabels.contains { label in
          !entry.missingCodes.contains { $0.code == label.code }
        }
        let kind: VariableKind =
          if let kind = entry.kind {
            kind
          } else if isLabelled {
            entry.measure == .ordinal ? .orderedCategory : .category
          } else {
            entry.storedKind ?? (entry.isText ? .text : .number)
          }
        return Variable(
          name: entry.name, kind: kind, role: entry.role,
          label: entry.label.isEmpty ? [:] : [entry.language: entry.label],
          valueLabels: entry.valueLabels.isEmpty
            ? entry.levels.map { ValueLabel(code: $0, label: [:]) }
            : entry.valueLabels.map {
              ValueLabel(code: $0.code, label: [entry.language: $0.label])
            },
          measure: entry.measure ?? Self.measure(of: kind), minimum: entry.minimum,
          maximum: entry.maximum, missingCodes: entry.missingCodes)
      })
  }

  /// The variables of a dictionary that `describe` writes, where there is no table.
  init(declaredBy dictionary: SchemaOverrides) {
    self.init(
      variables: dictionary.entries.map { entry in
        let labels = entry.valueLabels ?? []
        let kind = entry.kind ?? (labels.isEmpty ? .text : .category)
        var role: VariableRole?
        if case .some(.some(let stated)) = entry.role { role = stated }
        return Variable(
          name: entry.name, kind: kind, role: role, label: entry.label ?? [:], valueLabels: labels,
          measure: entry.measure ?? Self.measure(of: kind), missingCodes: entry.missingCodes ?? [])
      })
  }

  private static func measure(of kind: VariableKind) -> Measure {
    kind.isContinuous ? .scale : (kind == .orderedCategory ? .ordinal : .nominal)
  }
}
