// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads `points:` of a table, one of whose axes a column takes by `point: name.axis`.
struct PointReader {
  let file: SpecificationFile
  let scope: FormulaScope
  let parents: [String]

  /// The points and the axis that a column names.
  func maker(_ node: Node, among sets: Node?) throws(DataError) -> Specification.Maker {
    let path = (node.scalar?.string ?? "").split(separator: ".", omittingEmptySubsequences: false)
    let names = (sets?.mapping ?? Node.Mapping([])).compactMap(\.key.string)
    guard path.count == 2 else {
      throw file.problem(
        "`point` names no axis", node,
        "Write the name under `points:` and the axis, as `point: home.latitude`.")
    }
    let name = String(path[0])
    guard let value = sets?[name], sets?.mapping != nil else {
      throw file.problem(
        "there are no points `\(name)`", node,
        Suggestion.remedy(
          for: name, among: names,
          otherwise: "Add `points: {\(name): {box: {latitude: [50, 52], longitude: [-3, 0]}}}`."))
    }
    let points = try self.points(name, value)
    let axes = Points.axes(isGeographic: points.isGeographic)
    guard let axis = axes.firstIndex(of: String(path[1])) else {
      throw file.problem(
        "`\(name)` has no axis `\(path[1])`", node,
        Suggestion.remedy(for: String(path[1]), among: axes))
    }
    return .point(points, axis: axis)
  }

  private func points(_ name: String, _ node: Node) throws(DataError) -> Points {
    guard let fields = node.mapping, let (kind, value) = fields.first(where: { _ in true }),
      fields.filter({ $0.key.string != "notes" }).count == 1
    else {
      throw file.problem(
        "the points `\(name)` are not one of a box, centres and a walk", node,
        "Write `{box: …}`, `{around: …}` or `{walk: …}`.")
    }
    switch kind.string ?? "" {
    case "box":
      let (box, isGeographic) = try box(value)
      return Points(name: name, isGeographic: isGeographic, law: .box(box))
    case "around":
      var centres: [Points.Centre] = []
      var kinds: Set<Bool> = []
      for entry in value.sequence.map({ Array($0) }) ?? [value] {
        let (centre, isGeographic) = try centre(entry)
        centres.append(centre)
        kinds.insert(isGeographic)
      }
      guard let isGeographic = kinds.first, kinds.count == 1 else {
        throw file.problem(
          "the centres are none, or of two kinds", value,
          "Give each a latitude and a longitude, or each an easting and a northing.")
      }
      guard centres.contains(where: { $0.weight > 0 }) else {
        throw file.problem("all weights are 0", value, "Give one centre a weight above 0.")
      }
      return Points(name: name, isGeographic: isGeographic, law: .around(centres))
    case "walk":
      let (walk, isGeographic) = try walk(value)
      return Points(name: name, isGeographic: isGeographic, law: .walk(walk))
    default: throw file.unknown(kind, among: ["box", "around", "walk", "notes"])
    }
  }

  /// Whether a mapping is of degrees or of metres, by the axes it names.
  private func isGeographic(_ node: Node) throws(DataError) -> Bool {
    for isGeographic in [true, false] {
      let axes = Points.axes(isGeographic: isGeographic)
      if node[axes[0]] != nil, node[axes[1]] != nil { return isGeographic }
    }
    throw file.problem(
      "the axes are missing", node,
      "Give `latitude` and `longitude` in degrees, or `easting` and `northing` in metres.")
  }

  private func box(_ node: Node) throws(DataError) -> (Points.Box, Bool) {
    let isGeographic = try isGeographic(node)
    let axes = Points.axes(isGeographic: isGeographic)
    for (key, _) in node.mapping ?? Node.Mapping([]) where !axes.contains(key.string ?? "") {
      throw file.unknown(key, among: axes)
    }
    var ranges: [ClosedRange<Double>] = []
    for (number, axis) in axes.enumerated() {
      guard let entry = node[axis] else { continue }
      let limit = isGeographic ? (number == 0 ? 90.0 : 360) : 1e9
      let bounds = (entry.sequence.map { Array($0) } ?? []).compactMap { bound in
        bound.scalar.flatMap { Double($0.string) }
      }
      guard bounds.count == 2, entry.sequence?.count == 2,
        bounds.allSatisfy({ $0.magnitude <= limit })
      else {
        throw file.problem(
          "the bounds of `\(axis)` are no two numbers from \(Int(-limit)) to \(Int(limit))", entry,
          "Write `\(axis): [\(isGeographic ? "50, 52" : "400000, 450000")]`.")
      }
      // From west to east, across the date line if west is the larger.
      var upper = bounds[1]
      if isGeographic, number == 1, upper < bounds[0] { upper += 360 }
      guard bounds[0] <= upper else {
        throw file.problem(
          "the lower bound of `\(axis)` is above the upper one", entry,
          "Write the lower bound first.")
      }
      ranges.append(bounds[0]...upper)
    }
    return (Points.Box(first: ranges[0], second: ranges[1]), isGeographic)
  }

  private func centre(_ node: Node) throws(DataError) -> (Points.Centre, Bool) {
    let isGeographic = try isGeographic(node)
    let axes = Points.axes(isGeographic: isGeographic)
    let known = axes + ["spread", "weight", "notes"]
    for (key, _) in node.mapping ?? Node.Mapping([]) where !known.contains(key.string ?? "") {
      throw file.unknown(key, among: known)
    }
    guard let spread = node["spread"] else {
      throw file.problem(
        "a centre has no `spread`", node, "Add the metres of one standard deviation: `spread: 500`."
      )
    }
    var weight = 1.0
    if let node = node["weight"] {
      guard let value = node.scalar.flatMap({ Double($0.string) }), value >= 0, value.isFinite
      else { throw file.problem("`weight` is no number of 0 or above", node, "Write 1, 2 …") }
      weight = value
    }
    return (
      Points.Centre(
        first: try number(node[axes[0]] ?? node, axes[0]),
        second: try number(node[axes[1]] ?? node, axes[1]),
        spread: try number(spread, "spread"), weight: weight), isGeographic
    )
  }

  private func walk(_ node: Node) throws(DataError) -> (Points.Walk, Bool) {
    let known = ["from", "step", "within", "box", "notes"]
    for (key, _) in node.mapping ?? Node.Mapping([]) where !known.contains(key.string ?? "") {
      throw file.unknown(key, among: known)
    }
    guard let start = node["from"], let step = node["step"] else {
      throw file.problem(
        "the walk has no start or no step", node,
        "Write `walk: {from: {latitude: 51.5, longitude: -0.1}, step: 50}`, the step in metres.")
    }
    let isGeographic = try isGeographic(start)
    let axes = Points.axes(isGeographic: isGeographic)
    guard let size = step.scalar.flatMap({ Double($0.string) }), size > 0, size < 1e7 else {
      throw file.problem("`step` is no number of metres above 0", step, "Write `step: 50`.")
    }
    var walk = Points.Walk(
      first: try number(start[axes[0]] ?? start, axes[0]),
      second: try number(start[axes[1]] ?? start, axes[1]), step: size)
    if let within = node["within"] {
      guard let parent = parents.firstIndex(of: within.string ?? "") else {
        throw file.problem(
          "there is no parent `\(within.string ?? "")`", within,
          Suggestion.remedy(
            for: within.string ?? "", among: parents, otherwise: "This table has no parents."))
      }
      walk.parent = parent
    }
    if let node = node["box"] {
      let (box, kind) = try box(node)
      guard kind == isGeographic else {
        throw file.problem("the box has other axes than the start", node, "Use the same axes.")
      }
      walk.box = box
    }
    return (walk, isGeographic)
  }

  private func number(_ node: Node, _ what: String) throws(DataError) -> CompiledFormula {
    let expression = try Expression(parsing: node.scalar?.string ?? "", at: file.place(of: node))
    let formula = try CompiledFormula(expression, in: scope)
    guard formula.type.isNumeric else {
      throw file.problem("`\(what)` is \(formula.type.words)", node, "Write a number or a formula.")
    }
    return formula
  }
}
