// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// What a specification says of one table, before any formula is looked at.
struct TableNode {
  let name: String
  let node: Node
  var rowCount: Int?
  var key: [String] = []
  var keyNode: Node?
  var columns: [(key: Node, value: Node)] = []
  var parents: [(key: Node, value: Node)] = []
  var given: Node?
  var scenarios: Node?
  var vary: Node?
  var cover: Node?
  var published: Node?
  var rules: Node?
  var order: Node?
  var correlated: Node?
  var points: Node?

  /// The keys of a table, named or not.
  static let commonKeys =
    ["rows", "key", "columns", "notes", "published", "rules", "order", "correlated", "points"]
    + HandmadeReader.keys
  private static let keys = commonKeys + ["parents"]

  init(_ file: SpecificationFile, name key: Node, _ value: Node) throws(DataError) {
    guard let name = key.string, !name.isEmpty else {
      throw file.problem("a table has no name", key, "Write its name, then a colon.")
    }
    self.name = name
    node = key
    guard let fields = value.mapping else {
      throw file.problem(
        "table `\(name)` is no mapping", value, "Write `rows:` and `columns:` below its name.")
    }
    for (field, _) in fields where !Self.keys.contains(field.string ?? "") {
      throw file.unknown(field, among: Self.keys)
    }
    try read(file, value)
    if let node = value["parents"] {
      guard let named = node.mapping, !named.isEmpty else {
        throw file.problem(
          "`parents` holds no mapping", node, "Write `parents: {household: {each: 2}}`.")
      }
      parents = named.map { ($0.key, $0.value) }
    }
  }

  /// The only table, whose keys stand at the top.
  init(_ file: SpecificationFile, lone root: Node) throws(DataError) {
    name = ""
    node = root
    try read(file, root)
  }

  private mutating func read(_ file: SpecificationFile, _ fields: Node) throws(DataError) {
    if let rows = fields["rows"] { rowCount = try file.whole(rows, "rows", 0...1_000_000_000) }
    if let node = fields["key"] {
      key = try file.names(node, "key")
      keyNode = node
    }
    guard let columnNode = fields["columns"] else {
      if name.isEmpty {
        throw file.atStart(
          "the specification names no columns", "Add `columns:` with one column a line.")
      }
      throw file.problem(
        "table `\(name)` names no columns", node, "Add `columns:` with one column a line.")
    }
    guard let named = columnNode.mapping, !named.isEmpty else {
      throw file.problem(
        "`columns` holds no mapping", columnNode, "Write one `name: ~ normal(0, 1)` a line.")
    }
    columns = named.map { ($0.key, $0.value) }
    given = fields["given"]
    scenarios = fields["scenarios"]
    vary = fields["vary"]
    cover = fields["cover"]
    published = fields["published"]
    rules = fields["rules"]
    order = fields["order"]
    correlated = fields["correlated"]
    points = fields["points"]
  }

  func columnNames(_ file: SpecificationFile) throws(DataError) -> [String] {
    var names: [String] = []
    for (key, _) in columns {
      guard let name = key.string, !name.isEmpty else {
        throw file.problem("a column has no name", key, "Write its name, then a colon.")
      }
      guard !names.contains(name) else {
        throw file.problem(
          "column `\(name)` comes twice", key, "Give each column a name of its own.")
      }
      names.append(name)
    }
    return names
  }
}
