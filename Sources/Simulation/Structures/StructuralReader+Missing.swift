// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

extension StructuralReader {
  private static let gapKeys = ["probability", "kind", "code"]

  /// Reads which cells go missing, and checks that the kind is what the probability makes of it.
  mutating func read(missing node: Node) throws(DataError) {
    let example = "Write `missing: {score: {probability: 0.1, kind: MCAR}}`."
    let entries = try nodes.mapping(node, "missing", example)
    var places: [StructuralModel.Place] = []
    for (key, _) in entries { places.append(try place(key)) }
    for (place, (key, value)) in zip(places, entries) {
      let fields = try nodes.mapping(value, key.string ?? "", example)
      for (field, _) in fields where !Self.gapKeys.contains(field.string ?? "") {
        throw nodes.unknown(field, among: Self.gapKeys)
      }
      guard let node = fields["probability"], let kindNode = fields["kind"] else {
        throw nodes.problem("`probability` or `kind` is absent", value, example)
      }
      guard let kind = StructuralModel.Gap.Kind(rawValue: kindNode.string ?? "") else {
        throw nodes.problem(
          "there is no kind `\(kindNode.string ?? "")`", kindNode,
          "Write MCAR, MAR or MNAR.")
      }
      let expression = try nodes.expression(node, "probability")
      let found = StructuralReferences(scope: model.scope).found(
        in: expression, table: place.table)
      let real = self.kind(of: found, gaps: places)
      guard real == kind else {
        throw nodes.problem(
          "the cells of `\(model.name(of: place))` are missing \(real.words), which is "
            + "\(real.rawValue), not \(kind.rawValue)", kindNode,
          "Write `kind: \(real.rawValue)`, or change what the probability names.")
      }
      let probability = try CompiledFormula(expression, in: model.scope(of: place.table))
      guard probability.type.isNumeric else {
        throw expression.place.error(
          "the probability is \(probability.type.words)", remedy: "Write a number from 0 to 1.")
      }
      model.gaps.append(
        .init(
          place: place, probability: probability, kind: kind,
          code: fields["code"]?.scalar?.string ?? ""))
    }
  }

  private func kind(
    of found: [StructuralReferences.Found], gaps: [StructuralModel.Place]
  ) -> StructuralModel.Gap.Kind {
    var kind = StructuralModel.Gap.Kind.completelyAtRandom
    for item in found {
      guard let column = item.column else { continue }
      let place = StructuralModel.Place(table: item.table, column: column)
      if gaps.contains(place) || model.column(place).isHidden { return .notAtRandom }
      kind = .atRandom
    }
    return kind
  }

  /// The column that a key or a value names, with its table where there are several.
  func place(_ node: Node) throws(DataError) -> StructuralModel.Place {
    let path = (node.string ?? "").split(separator: ".", maxSplits: 1).map(String.init)
    var table = model.tables.count == 1 ? 0 : nil
    var name = path.last ?? ""
    if path.count == 2, let index = model.tables.firstIndex(where: { $0.name == path[0] }) {
      table = index
    } else if path.count == 2 {
      name = node.string ?? ""
    }
    if let table, let column = model.tables[table].columns.firstIndex(where: { $0.name == name }) {
      return .init(table: table, column: column)
    }
    let known = model.tables.indices.flatMap { table in
      model.tables[table].columns.indices.map { model.name(of: .init(table: table, column: $0)) }
    }
    throw nodes.problem(
      "there is no column `\(node.string ?? "")`", node,
      Suggestion.remedy(for: node.string ?? "", among: known))
  }
}

extension StructuralModel.Gap.Kind {
  /// By what, in the words of a message.
  var words: String {
    switch self {
    case .completelyAtRandom: "whatever the data are"
    case .atRandom: "by columns that are all observed"
    case .notAtRandom: "by hidden columns or cells that go missing themselves"
    }
  }
}
