// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

extension StructuralReader {
  private static let effectKeys = ["do", "on", "by"]

  /// Reads which effects the truth file is to hold.
  mutating func read(truth node: Node) throws(DataError) {
    let example = "Write `truth: {effects: [{do: {tutored: [false, true]}, on: score}]}`."
    for (key, value) in try nodes.mapping(node, "truth", example) {
      guard key.string == "effects" else { throw nodes.unknown(key, among: ["effects"]) }
      guard let list = value.sequence else {
        throw nodes.problem("`effects` holds no list", value, example)
      }
      for entry in list {
        model.effects.append(try effect(try nodes.mapping(entry, "effects", example), entry))
      }
    }
  }

  private func effect(
    _ fields: Node.Mapping, _ node: Node
  ) throws(DataError) -> StructuralModel.Effect {
    let example = "Write `{do: {tutored: [false, true]}, on: score, by: [female]}`."
    for (key, _) in fields where !Self.effectKeys.contains(key.string ?? "") {
      throw nodes.unknown(key, among: Self.effectKeys)
    }
    guard let action = fields["do"]?.mapping, let (key, values) = action.first, action.count == 1,
      let pair = values.sequence, pair.count == 2, let on = fields["on"]
    else { throw nodes.problem("an effect needs `do` with two values, and `on`", node, example) }
    let treatment = try place(key)
    let outcome = try place(on)
    guard outcome != treatment, made[treatment] != nil else {
      throw nodes.problem("this column cannot be set", key, example)
    }
    var ancestor: Int? = outcome.table
    while let table = ancestor, table != treatment.table { ancestor = model.tables[table].parent }
    guard ancestor != nil else {
      throw nodes.problem(
        "the outcome is not in the table of the treatment or one below it", on,
        "Take an outcome of those who are treated.")
    }
    let type = model.column(outcome).type
    guard type.isNumeric || type == .boolean else {
      throw nodes.problem(
        "the outcome is \(type.words)", on, "Take a number or a truth value as the outcome.")
    }
    var effect = StructuralModel.Effect(
      treatment: treatment, from: try value(pair[0], for: treatment),
      to: try value(pair[1], for: treatment), outcome: outcome)
    for group in fields["by"]?.sequence ?? [] {
      let expression = try nodes.expression(group, "by")
      let formula = try CompiledFormula(expression, in: model.scope(of: outcome.table))
      guard formula.type != .number else {
        throw expression.place.error(
          "a group is a number", remedy: "Group by a category, a truth value or a whole number.")
      }
      effect.groups.append(formula)
      effect.groupNames.append(group.string ?? "")
    }
    return effect
  }

  /// A value that a column can be set to; 0 and 1 stand for false and true.
  func value(
    _ node: Node, for place: StructuralModel.Place
  ) throws(DataError) -> CompiledFormula {
    let type = model.column(place).type
    var expression = try nodes.expression(node, model.name(of: place))
    if type == .boolean, case .literal(.whole(let number)) = expression.kind,
      number == 0 || number == 1
    {
      expression.kind = .literal(.boolean(number == 1))
    }
    if case .category(let set) = type {
      // A level may stand without quotes, as everywhere in YAML.
      let name = node.string ?? ""
      let level = name.hasPrefix("'") ? String(name.dropFirst().dropLast()) : name
      guard set.index(of: level) != nil else {
        throw nodes.problem(
          "`\(model.name(of: place))` has no level `\(level)`", node,
          Suggestion.remedy(for: level, among: set.codes))
      }
      expression.kind = .literal(.text(level))
    }
    guard StructuralReferences(scope: model.scope).found(in: expression, table: place.table).isEmpty
    else {
      throw expression.place.error(
        "a column is set to what other columns say", remedy: "Write a value, or a parameter.")
    }
    let formula = try CompiledFormula(expression, in: model.scope(of: place.table))
    let fits =
      formula.type == type || (formula.type == .whole && type == .number)
      || (formula.type == .text && type.isLevels)
    guard fits else {
      throw expression.place.error(
        "`\(model.name(of: place))` is \(type.words), and this is \(formula.type.words)",
        remedy: "Write a value of the column's type.")
    }
    return formula
  }
}

extension FormulaType {
  /// Whether values are levels of a set.
  var isLevels: Bool { if case .category = self { true } else { false } }
}
