// SPDX-License-Identifier: Apache-2.0
import Tables

extension FormulaCompiler {
  /// A column, a parameter, or a column of a parent.
  func name(_ path: [String], at place: SourcePlace) throws(DataError) -> CompiledPart {
    if path.count == 1 { return try ownName(path[0], at: place) }
    let head = path[0]
    let rest = Array(path.dropFirst())
    let own = scope.tables[table]
    if !own.name.isEmpty, head == own.name, parentLink(named: head) == nil {
      return try name(rest, at: place)
    }
    if head == "child" || childLink(named: head) != nil {
      throw place.error(
        "`\(path.joined(separator: "."))` has many values for one row of this table",
        remedy: "Take one number from them, as `mean(\(path.joined(separator: ".")))`.")
    }
    // `marital.status` needs no backquotes where no parent has the name of its first part.
    let whole = path.joined(separator: ".")
    if parentLink(named: head) == nil, own.columns.contains(where: { $0.name == whole }) {
      return try ownName(whole, at: place)
    }
    if !scope.links.contains(where: { $0.child == table }), head != "parent",
      own.columns.contains(where: { $0.name.contains(".") })
    {
      throw unknown(whole, at: place)
    }
    let link = try parentLink(head, at: place)
    let inner = try FormulaCompiler(
      scope: scope, table: scope.links[link].parent, isOwnRow: false, notes: notes
    ).name(rest, at: place)
    let parent = scope.links[link].parent
    return CompiledPart(inner.type, at: place) { frame in
      let vector = inner.evaluate(frame.of(parent))
      guard !vector.isConstant else { return vector }
      return vector.gathered(
        frame.data.parentRows[link], absent: MissingReason(code: "", label: "no parent"))
    }
  }

  private func ownName(_ name: String, at place: SourcePlace) throws(DataError) -> CompiledPart {
    if let index = scope.tables[table].columns.firstIndex(where: { $0.name == name }) {
      notes?.references.insert(ColumnReference(table: table, column: index, isOwnRow: isOwnRow))
      return CompiledPart(scope.tables[table].columns[index].type, at: place) { frame in
        frame.column(index)
      }
    }
    if let literal = scope.parameters[name] {
      var part = Self.constant(literal, at: place)
      part.literal = literal
      return part
    }
    throw unknown(name, at: place)
  }

  /// The error of a name that nothing has.
  private func unknown(_ name: String, at place: SourcePlace) -> DataError {
    let columns = scope.tables[table].columns.map(\.name)
    let foreign: [String: String] = [
      "null": "Write `missing`, and `is_missing(x)` to test for it.",
      "na": "Write `missing`, and `is_missing(x)` to test for it.",
      "nan": "Write `missing`, and `is_missing(x)` to test for it.",
      "none": "Write `missing`, and `is_missing(x)` to test for it.",
      "nil": "Write `missing`, and `is_missing(x)` to test for it.",
      "t": "Write `true`.", "f": "Write `false`.",
    ]
    let known = columns + scope.parameters.keys.sorted()
    let near = Suggestion.nearest(to: name, among: known)
    let word = name.lowercased()
    if near.isEmpty || near[0] != name,
      ["and", "or", "not", "in", "true", "false", "missing"].contains(word),
      word != name
    {
      return place.error("`\(name)` is no name here", remedy: "Write `\(word)` in small letters.")
    }
    if near.isEmpty, let advice = foreign[word] {
      return place.error("`\(name)` is no name here", remedy: advice)
    }
    if near.isEmpty, parentLink(named: name) != nil || childLink(named: name) != nil {
      return place.error(
        "`\(name)` is a table, not a column", remedy: "Name one of its columns, as `\(name).x`.")
    }
    if near.isEmpty, FormulaFunction.named(name) != nil {
      return place.error(
        "`\(name)` is a function without its arguments",
        remedy: "Write `\(FormulaFunction.named(name)?.signature ?? name)`.")
    }
    let here = scope.tables[table].name
    return place.error(
      "there is no column `\(name)`" + (here.isEmpty ? "" : " in table `\(here)`"),
      remedy: Suggestion.remedy(
        for: name, among: known, otherwise: "The table has no columns before this one."))
  }

  // MARK: Links

  /// The link from this table to the parent of a name.
  func parentLink(named name: String) -> Int? {
    scope.links.firstIndex { $0.child == table && $0.name == name }
  }

  /// The link from the child table of a name to this one.
  func childLink(named name: String) -> Int? {
    scope.links.firstIndex { $0.parent == table && scope.tables[$0.child].name == name }
  }

  private func parentLink(_ name: String, at place: SourcePlace) throws(DataError) -> Int {
    let parents = scope.links.indices.filter { scope.links[$0].child == table }
    if let link = parentLink(named: name) { return link }
    if name == "parent" {
      guard let link = parents.first else {
        throw place.error(
          "this table has no parent", remedy: "Name a column of this table.")
      }
      guard parents.count == 1 else {
        let names = parents.map { scope.links[$0].name }
        throw place.error(
          "this table has several parents",
          remedy: "Say which one: \(names.map { "`\($0)`" }.joined(separator: ", ")).")
      }
      return link
    }
    var known = parents.map { scope.links[$0].name }
    if !parents.isEmpty { known.append("parent") }
    throw place.error(
      "there is no parent table `\(name)`",
      remedy: Suggestion.remedy(
        for: name, among: known, otherwise: "This table has no parent; name its own columns."))
  }

  // MARK: Lags

  /// A column of this table some periods ago.
  func lag(
    _ path: [String], _ periods: Int, at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    let own = scope.tables[table]
    guard let entity = own.columns.firstIndex(where: { $0.name == own.entity }),
      let time = own.columns.firstIndex(where: { $0.name == own.time })
    else {
      throw place.error(
        "there is no period before: the table is no panel",
        remedy:
          "Give one column the role `entity` and one the role `time`, or drop the [\(periods)].")
    }
    for column in [entity, time] {
      notes?.references.insert(ColumnReference(table: table, column: column, isOwnRow: false))
    }
    let present = try FormulaCompiler(scope: scope, table: table, isOwnRow: false, notes: notes)
      .name(path, at: place)
    return CompiledPart(present.type, at: place) { frame in
      let vector = present.evaluate(frame).spread(over: frame.rowCount)
      let order = PanelOrder(
        entities: frame.column(entity), times: frame.column(time), count: frame.rowCount)
      return vector.gathered(
        order.rows(back: -periods), absent: MissingReason(code: "", label: "no period before"))
    }
  }
}
