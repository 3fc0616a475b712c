// SPDX-License-Identifier: Apache-2.0
public import Tables

/// A regular expression that describes whole texts: to test them, or to draw them.
///
/// It has literals, `.`, classes such as `[a-z_]` and `[^0-9]`, `\d \w \s` and their opposites (ASCII),
/// groups, alternatives and the quantifiers `* + ? {n} {n,} {n,m}`. Only what is regular in the strict
/// sense is accepted, so that matching takes time in proportion to the text.
public struct TextPattern: Hashable, Sendable {
  /// A part of the pattern.
  indirect enum Node: Hashable, Sendable {
    case empty
    /// One scalar of a set; `isBroad` if it was written as "all but".
    case set(ScalarSet, isBroad: Bool)
    case sequence([Node])
    case alternatives([Node])
    case repeated(Node, least: Int, most: Int?)

    /// How many states it takes with its repetitions written out.
    var stateCount: Int {
      switch self {
      case .empty: 0
      case .set: 1
      case .sequence(let nodes): nodes.reduce(0) { min(Self.limit, $0 + $1.stateCount) }
      case .alternatives(let nodes):
        nodes.reduce(nodes.count) { min(Self.limit, $0 + $1.stateCount) }
      case .repeated(let node, let least, let most):
        min(Self.limit, (node.stateCount + 1) * max(1, most ?? least + 1))
      }
    }

    static let limit = 1_000_000
  }

  /// The pattern as it is written.
  public let text: String
  let root: Node

  /// The most states a pattern may take.
  static let stateLimit = 20_000

  /// Reads a pattern.
  ///
  /// - Throws: `DataError` with line, column and a suggestion.
  public init(_ text: String, at place: SourcePlace = SourcePlace()) throws(DataError) {
    self.text = text
    var parser = PatternParser(FormulaSource(text, at: place))
    root = try parser.whole()
    guard root.stateCount <= Self.stateLimit else {
      throw place.error(
        "the pattern is too large",
        remedy: "Repeat less: a pattern may take \(Self.stateLimit) states.")
    }
  }
}
