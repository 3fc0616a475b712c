// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads `published:`, the tables with which a population must agree.
struct PublishedReader {
  let file: SpecificationFile
  /// Reads a table that the specification names.
  let table: (String) throws(DataError) -> Table

  func population(_ node: Node) throws(DataError) -> PublishedPopulation {
    guard let list = node.sequence, list.count > 0 else {
      throw file.problem(
        "`published` is no list of tables", node,
        "Write `published: [{of: [sex], counts: {f: 51, m: 49}}]`, or the names of CSV files.")
    }
    var tables: [PublishedTable] = []
    for entry in list {
      if let name = entry.scalar?.string {
        tables.append(try PublishedTable(try table(name), name: name))
      } else {
        tables.append(try inline(entry))
      }
    }
    return try PublishedPopulation(tables)
  }

  private func inline(_ node: Node) throws(DataError) -> PublishedTable {
    for (key, _) in node.mapping ?? Node.Mapping([])
    where !["of", "counts", "name"].contains(key.string) {
      throw file.unknown(key, among: ["of", "counts", "name"])
    }
    guard let of = node["of"], let counts = node["counts"] else {
      throw file.problem(
        "a published table says not of what, or has no counts", node,
        "Write `{of: [sex], counts: {f: 51, m: 49}}`.")
    }
    let variables = try file.names(of, "of")
    var rows: [(levels: [String], count: Double)] = []
    try read(counts, depth: variables.count, [], &rows)
    return try PublishedTable(
      name: node["name"]?.string ?? variables.joined(separator: " × "), variables: variables,
      rows: rows)
  }

  private func read(
    _ node: Node, depth: Int, _ levels: [String], _ rows: inout [(levels: [String], count: Double)]
  ) throws(DataError) {
    if depth == 0 {
      guard let count = node.string.flatMap({ Double($0) }), count >= 0, count.isFinite else {
        throw file.problem("a count is no number of 0 or above", node, "Write how many there are.")
      }
      rows.append((levels, count))
      return
    }
    guard let fields = node.mapping, !fields.isEmpty else {
      throw file.problem(
        "the counts are not as deep as `of` is long", node,
        "Write a level of each variable inside that of the one before.")
    }
    for (key, value) in fields {
      try read(value, depth: depth - 1, levels + [key.scalar?.string ?? ""], &rows)
    }
  }
}
