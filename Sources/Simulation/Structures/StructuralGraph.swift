// SPDX-License-Identifier: Apache-2.0
import Formulas

/// Which column follows from which, and what to adjust for.
struct StructuralGraph {
  typealias Place = StructuralModel.Place

  /// The columns that are made by formulas, in the order of the file.
  let nodes: [Place]
  private let parents: [Place: [Place]]
  private let children: [Place: [Place]]

  init(_ model: StructuralModel) {
    nodes = model.tables.indices.flatMap { table in
      model.tables[table].columns.indices.filter {
        !model.tables[table].columns[$0].text.isEmpty
      }.map { Place(table: table, column: $0) }
    }
    let known = Set(nodes)
    var parents: [Place: [Place]] = [:]
    var children: [Place: [Place]] = [:]
    for node in nodes {
      // A column's own past is no arrow of the graph.
      for source in model.column(node).sources where source != node && known.contains(source) {
        guard parents[node]?.contains(source) != true else { continue }
        parents[node, default: []].append(source)
        children[source, default: []].append(node)
      }
    }
    self.parents = parents
    self.children = children
  }

  /// A node with everything that reaches it, or is reached, along arrows.
  private func closure(_ start: [Place], _ arrows: [Place: [Place]]) -> Set<Place> {
    var found = Set(start)
    var rest = start
    while let node = rest.popLast() {
      for next in arrows[node] ?? [] where found.insert(next).inserted { rest.append(next) }
    }
    return found
  }

  /// The observed columns to adjust for, so that an association is the effect; nil if none will do.
  ///
  /// The back-door criterion: of the observed ancestors of both that the treatment does not
  /// influence, all together if they block every back-door path, then one after another left out
  /// where the rest still blocks.
  ///
  /// ## Source
  /// Pearl, Causality (2009), definition 3.3.1; van der Zander, Liśkiewicz and Textor, "Constructing
  /// separators and adjustment sets in ancestral graphs", UAI workshop (2014), theorem 1.
  func adjustment(from treatment: Place, to outcome: Place, _ model: StructuralModel) -> [Place]? {
    let influenced = closure([treatment], children)
    let ancestors = closure([treatment, outcome], parents)
    var set = nodes.filter {
      ancestors.contains($0) && !influenced.contains($0) && $0 != outcome
        && !model.column($0).isHidden
    }
    guard isBlocked(treatment, outcome, given: Set(set)) else { return nil }
    for node in set.reversed() {
      let smaller = set.filter { $0 != node }
      if isBlocked(treatment, outcome, given: Set(smaller)) { set = smaller }
    }
    return set
  }

  /// Whether a set separates two columns once the arrows out of the first are taken away.
  ///
  /// By the moral graph of the ancestors: separated there is separated by d-separation.
  ///
  /// ## Source
  /// Lauritzen and others, "Independence properties of directed Markov fields", Networks 20 (1990)
  /// 491–505, proposition 3.
  private func isBlocked(_ from: Place, _ to: Place, given set: Set<Place>) -> Bool {
    let cut = parents.mapValues { $0.filter { $0 != from } }
    let relevant = closure([from, to] + set, cut)
    var edges: [Place: Set<Place>] = [:]
    for node in relevant {
      let family = [node] + (cut[node] ?? [])
      for first in family {
        for second in family where second != first { edges[first, default: []].insert(second) }
      }
    }
    var found: Set<Place> = [from]
    var rest = [from]
    while let node = rest.popLast() {
      for next in edges[node] ?? [] where !set.contains(next) && found.insert(next).inserted {
        rest.append(next)
      }
    }
    return !found.contains(to)
  }

  // MARK: Texts

  /// The graph as `dag { … }`; hidden columns are latent.
  func dagitty(_ model: StructuralModel) -> String {
    var lines = nodes.map { node in
      "  \(quoted(node, model))" + (model.column(node).isHidden ? " [latent]" : "")
    }
    for node in nodes {
      lines += (parents[node] ?? []).map { "  \(quoted($0, model)) -> \(quoted(node, model))" }
    }
    return "dag {\n" + lines.joined(separator: "\n") + "\n}\n"
  }

  /// The graph as `digraph { … }`; hidden columns are dashed.
  func dot(_ model: StructuralModel) -> String {
    var lines = nodes.map { node in
      "  \(quoted(node, model))" + (model.column(node).isHidden ? " [style=dashed]" : "")
    }
    for node in nodes {
      lines += (parents[node] ?? []).map { "  \(quoted($0, model)) -> \(quoted(node, model))" }
    }
    return "digraph {\n" + lines.joined(separator: "\n") + "\n}\n"
  }

  private func quoted(_ node: Place, _ model: StructuralModel) -> String {
    "\"\(model.name(of: node).filter { $0 != "\"" })\""
  }
}
