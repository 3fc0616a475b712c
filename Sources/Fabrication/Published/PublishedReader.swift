// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads `published:`, the tables and figures with which a population must agree.
struct PublishedReader {
  let file: SpecificationFile
  /// Reads a table that the specification names.
  let table: (String) throws(DataError) -> Table

  private static let keys = [
    "of", "counts", "name", "file", "by", "mean", "sd", "quantiles", "correlation", "n", "from",
    "to", "step", "notes",
  ]

  /// The populations of all tables that have published ones; persons are fitted with their households.
  func populations(_ nodes: [TableNode]) throws(DataError) -> [Int: PublishedPopulation] {
    var inputs: [Int: PublishedInput] = [:]
    for (place, node) in nodes.enumerated() {
      guard let published = node.published else { continue }
      inputs[place] = try input(published)
    }
    var result: [Int: PublishedPopulation] = [:]
    for (place, own) in inputs.sorted(by: { $0.key < $1.key }) {
      guard let (name, parent, each) = link(nodes[place], nodes, inputs),
        let households = inputs[parent], let size = each.string
      else { continue }
      guard result[parent] == nil, link(nodes[parent], nodes, inputs) == nil else {
        throw file.problem(
          "`\(nodes[parent].name)` is fitted together with another table already", each,
          "Let one table of persons belong to it by `each:`.")
      }
      let typed = nodes[parent]
      if let hand = typed.given ?? typed.scenarios ?? typed.vary ?? typed.cover {
        throw file.problem(
          "rows by hand cannot be fitted together with persons", hand,
          "Put them into a table of their own.")
      }
      let fitted = try PublishedMembers.populations(
        households: households, persons: own, parent: (parent, name), size: size)
      result[parent] = fitted.households
      result[place] = fitted.persons
    }
    for (place, own) in inputs.sorted(by: { $0.key < $1.key }) where result[place] == nil {
      result[place] = try PublishedPopulation(own)
    }
    return result
  }

  /// The parent whose published sizes say how many rows a table has, with that variable.
  private func link(
    _ node: TableNode, _ nodes: [TableNode], _ inputs: [Int: PublishedInput]
  ) -> (name: String, parent: Int, each: Node)? {
    for (key, value) in node.parents {
      let name = key.string ?? ""
      guard let parent = nodes.firstIndex(where: { $0.name == value["table"]?.string ?? name }),
        let each = value["each"],
        inputs[parent]?.tables.contains(where: { $0.variables.contains(each.string ?? "") }) == true
      else { continue }
      return (name, parent, each)
    }
    return nil
  }

  private func input(_ node: Node) throws(DataError) -> PublishedInput {
    guard let list = node.sequence, list.count > 0 else {
      throw file.problem(
        "`published` is no list of tables", node,
        "Write `published: [{of: [sex], counts: {f: 51, m: 49}}]`, or the names of CSV files.")
    }
    var input = PublishedInput()
    for entry in list {
      if let name = entry.scalar?.string {
        input.add(try PublishedFile(table: try table(name), name: name).input(of: nil))
      } else {
        input.add(try inline(entry))
      }
    }
    return input
  }

  private func inline(_ node: Node) throws(DataError) -> PublishedInput {
    for (key, _) in node.mapping ?? Node.Mapping([]) where !Self.keys.contains(key.string ?? "") {
      throw file.unknown(key, among: Self.keys)
    }
    let variables = try node["of"].map { (node) throws(DataError) in try file.names(node, "of") }
    if let path = node["file"]?.string {
      return try PublishedFile(table: try table(path), name: node["name"]?.string ?? path).input(
        of: variables)
    }
    guard let variables, !variables.isEmpty else { throw incomplete(node) }
    if let counts = node["counts"] {
      var rows: [(levels: [String], count: Double)] = []
      try read(counts, depth: variables.count, []) { (levels, _, count) throws(DataError) in
        guard count >= 0 else { throw noCount(counts) }
        rows.append((levels, count))
      }
      return PublishedInput(tables: [
        try PublishedTable(
          name: node["name"]?.string ?? variables.joined(separator: " × "), variables: variables,
          rows: rows)
      ])
    }
    return try figures(node, variables)
  }

  private func incomplete(_ node: Node) -> DataError {
    file.problem(
      "a published table says not of what, or has no counts", node,
      "Write `{of: [sex], counts: {f: 51, m: 49}}`, or a figure: `{of: age, from: 0, to: 99, mean: 41}`."
    )
  }

  private func noCount(_ node: Node) -> DataError {
    file.problem("a count is no number of 0 or above", node, "Write how many there are.")
  }

  // MARK: Figures

  private func figures(_ node: Node, _ variables: [String]) throws(DataError) -> PublishedInput {
    var input = PublishedInput()
    let by = try node["by"].map { (node) throws(DataError) in try file.names(node, "by") } ?? []
    let table =
      node["name"]?.string
      ?? (variables.joined(separator: " × ")
        + (by.isEmpty ? "" : " by " + by.joined(separator: " × ")))
    func add(
      _ key: String, _ kind: PublishedStatistic.Kind, _ content: Node
    ) throws(DataError) {
      try read(content, depth: by.count, []) { (levels, place, value) throws(DataError) in
        var statistic = PublishedStatistic(
          table: table, variable: variables[0], kind: kind, value: value, file: file.name,
          line: place.mark?.line, position: place.mark?.column)
        statistic.group = zip(by, levels).map { .init(variable: $0, level: $1) }
        if case .correlation = kind { try statistic.check(low: -1, high: 1) }
        input.statistics.append(statistic)
      }
    }
    if let content = node["correlation"] {
      guard variables.count == 2 else {
        throw file.problem(
          "a correlation is of two variables", node,
          "Write `{of: [age, income], correlation: 0.3}`.")
      }
      try add("correlation", .correlation(with: variables[1]), content)
      return input
    }
    guard variables.count == 1 else { throw incomplete(node) }
    input.addNumber(variables[0])
    var range = PublishedInput.Range(table: file.name)
    for (key, content) in node.mapping ?? Node.Mapping([]) {
      switch key.string ?? "" {
      case "n": try add("n", .count, content)
      case "mean": try add("mean", .mean, content)
      case "sd": try add("sd", .deviation, content)
      case "quantiles":
        guard let fields = content.mapping, !fields.isEmpty else {
          throw file.problem(
            "`quantiles` is no mapping", content, "Write `quantiles: {0.25: 20, 0.5: 41}`.")
        }
        for (share, value) in fields {
          try add("quantiles", .quantile(try number(share, "a share")), value)
        }
      case "from": range.low = try number(content, "from")
      case "to": range.high = try number(content, "to")
      case "step": range.step = try number(content, "step")
      default: break
      }
    }
    guard !input.statistics.isEmpty || range.low != nil || range.high != nil else {
      throw incomplete(node)
    }
    input.ranges[variables[0]] = range
    return input
  }

  private func number(_ node: Node, _ what: String) throws(DataError) -> Double {
    guard let value = node.string.flatMap({ Double($0) }), value.isFinite else {
      throw file.problem("`\(what)` is no number", node, "Write a number such as 41.2.")
    }
    return value
  }

  /// Reads numbers under the levels of some variables, one inside the other.
  private func read(
    _ node: Node, depth: Int, _ levels: [String],
    _ take: ([String], Node, Double) throws(DataError) -> Void
  ) throws(DataError) {
    if depth == 0 {
      guard let value = node.string.flatMap({ Double($0) }), value.isFinite else {
        throw noCount(node)
      }
      return try take(levels, node, value)
    }
    guard let fields = node.mapping, !fields.isEmpty else {
      throw file.problem(
        "the counts are not as deep as `of` is long", node,
        "Write a level of each variable inside that of the one before.")
    }
    for (key, value) in fields {
      try read(value, depth: depth - 1, levels + [key.scalar?.string ?? ""], take)
    }
  }
}
