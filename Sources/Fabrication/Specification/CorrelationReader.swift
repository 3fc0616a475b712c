// SPDX-License-Identifier: Apache-2.0
import Formulas
import Numerics
import Tables
import Yams

/// Reads `correlated:`, the columns of a table that are drawn together.
struct CorrelationReader {
  let file: SpecificationFile

  private static let keys = ["columns", "matrix", "correlation", "as", "notes"]

  /// What the numbers of a matrix are.
  private enum Scale: String {
    /// Correlations of the normal scores.
    case scores
    /// Rank correlations of the columns.
    case spearman

    /// The correlation of the scores.
    ///
    /// ## Source
    /// Pearson, "On further methods of determining correlation", Drapers' Company Research Memoirs 4 (1907):
    /// ρ = (6/π) arcsin(r/2) for a bivariate normal.
    func score(_ value: Double) -> Double {
      switch self {
      case .scores: value
      // A full turn is 2π.
      case .spearman: 2 * ElementaryFunctions.sine(turns: value / 12)
      }
    }
  }

  func groups(
    _ node: TableNode, of table: Specification.TableSpecification
  ) throws(DataError) -> [CorrelatedColumns] {
    guard let list = node.correlated else { return [] }
    let entries = list.sequence.map { Array($0) } ?? [list]
    var groups: [CorrelatedColumns] = []
    for entry in entries {
      let group = try group(entry, table)
      for place in group.columns where groups.contains(where: { $0.columns.contains(place) }) {
        throw file.problem(
          "column `\(table.columns[place].name)` stands in two groups", entry,
          "Make one group of them, with one matrix.")
      }
      groups.append(group)
    }
    return groups
  }

  private func group(
    _ node: Node, _ table: Specification.TableSpecification
  ) throws(DataError) -> CorrelatedColumns {
    guard let fields = node.mapping else {
      throw file.problem(
        "`correlated` is no mapping", node,
        "Write `{columns: [a, b], matrix: [[1, 0.5], [0.5, 1]]}`.")
    }
    for (key, _) in fields where !Self.keys.contains(key.string ?? "") {
      throw file.unknown(key, among: Self.keys)
    }
    guard let columnNode = fields["columns"] else {
      throw file.problem("`correlated` names no columns", node, "Add `columns: [a, b]`.")
    }
    let names = try file.names(columnNode, "columns")
    guard names.count > 1, Set(names).count == names.count else {
      throw file.problem(
        "the columns of a group are fewer than two, or one comes twice", columnNode,
        "Name two columns or more, each once.")
    }
    var places: [Int] = []
    for name in names {
      guard let place = table.columns.firstIndex(where: { $0.name == name }) else {
        throw file.problem(
          "there is no column `\(name)`", columnNode,
          Suggestion.remedy(for: name, among: table.columns.map(\.name)))
      }
      guard case .draw = table.columns[place].maker else {
        throw file.problem(
          "column `\(name)` is not drawn from a distribution", columnNode,
          "Only columns of the form `~ normal(0, 1)` have an order to correlate.")
      }
      places.append(place)
    }
    var scale = Scale.scores
    if let node = fields["as"] {
      guard let known = Scale(rawValue: node.scalar?.string ?? "") else {
        throw file.problem(
          "`as` is neither `scores` nor `spearman`", node,
          "Write `as: scores` for correlations of the normal scores, `as: spearman` for those of ranks."
        )
      }
      scale = known
    }
    let (matrix, place) = try matrix(fields, names, node)
    let scores = matrix.map { $0.map(scale.score) }
    switch CorrelatedColumns.factor(of: scores) {
    case .success(let factor): return CorrelatedColumns(columns: places, factor: factor)
    case .failure(let contradiction):
      let name = names[contradiction.row]
      throw file.problem(
        "the matrix of \(names.map { "`\($0)`" }.joined(separator: ", ")) is not positive definite: the "
          + "correlations of `\(name)` contradict those of the columns before it", place,
        "Multiply all correlations by \(Self.largestFactor(matrix, scale)) or less.")
    }
  }

  /// The largest factor, to two digits, by which correlations can be multiplied and fit together.
  private static func largestFactor(_ matrix: [[Double]], _ scale: Scale) -> Double {
    for percent in stride(from: 99, to: 0, by: -1) {
      let factor = Double(percent) / 100
      let smaller = matrix.enumerated().map { row, line in
        line.enumerated().map { row == $0 ? $1 : scale.score($1 * factor) }
      }
      if case .success = CorrelatedColumns.factor(of: smaller) { return factor }
    }
    return 0
  }

  private func matrix(
    _ fields: Node.Mapping, _ names: [String], _ node: Node
  ) throws(DataError) -> ([[Double]], Node) {
    let count = names.count
    if let single = fields["correlation"] {
      guard fields["matrix"] == nil else {
        throw file.problem(
          "there is `correlation` beside `matrix`", single, "Keep one of them.")
      }
      let value = try correlation(single)
      return (
        (0..<count).map { row in (0..<count).map { row == $0 ? 1 : value } }, single
      )
    }
    guard let square = fields["matrix"] else {
      throw file.problem(
        "the group has no correlations", node,
        "Add `matrix: [[1, 0.5], [0.5, 1]]`, or `correlation: 0.5` for all pairs.")
    }
    var lines: [[Double]] = []
    for line in square.sequence.map({ Array($0) }) ?? [] {
      var numbers: [Double] = []
      for entry in line.sequence.map({ Array($0) }) ?? [] { numbers.append(try correlation(entry)) }
      lines.append(numbers)
    }
    let isTriangle = lines.indices.allSatisfy { lines[$0].count == $0 + 1 }
    guard lines.count == count, isTriangle || lines.allSatisfy({ $0.count == count }) else {
      throw file.problem(
        "the matrix is no square of \(count) rows and columns, and no lower triangle", square,
        "Write one row a column, in the order of `columns`.")
    }
    for row in 0..<count {
      guard lines[row][row] == 1 else {
        throw file.problem(
          "the correlation of `\(names[row])` with itself is not 1", square,
          "Write 1 on the diagonal; spread belongs into the columns.")
      }
      for column in 0..<row where !isTriangle && lines[row][column] != lines[column][row] {
        throw file.problem(
          "the correlation of `\(names[column])` and `\(names[row])` stands there in two ways",
          square, "Write the same number in both places, or the lower triangle alone.")
      }
    }
    return (
      (0..<count).map { row in
        (0..<count).map { $0 <= row ? lines[row][$0] : lines[$0][row] }
      }, square
    )
  }

  private func correlation(_ node: Node) throws(DataError) -> Double {
    guard let value = node.scalar.flatMap({ Double($0.string) }), (-1...1).contains(value) else {
      throw file.problem(
        "a correlation is no number from -1 to 1", node, "Write a number such as 0.3.")
    }
    return value
  }
}
