// SPDX-License-Identifier: Apache-2.0
import Randomness
public import Tables

/// Draws texts that match a pattern.
///
/// A finite language, or one whose lengths are bounded by the caller, is drawn exactly uniformly: every
/// text has the same probability, however many ways the pattern has to spell it. Without bounds, a
/// pattern with `*`, `+` or `{n,}` has no such law; each repetition then goes on with probability ½, up
/// to 16 more than its least.
public struct PatternSampler: Sendable {
  private enum Way: Sendable {
    case uniform(UniformLanguage)
    case walk(TextPattern.Node)
  }

  private let way: Way

  /// The number of texts, where they are counted; rounded above 2⁵³.
  public var languageSize: Double? {
    if case .uniform(let language) = way { return language.size }
    return nil
  }

  /// Creates a sampler.
  ///
  /// - Parameters:
  ///   - lengths: The lengths allowed, in Unicode scalars; `nil` for all that the pattern has.
  /// - Throws: `DataError` if no text matches.
  public init(
    _ pattern: TextPattern, lengths: ClosedRange<Int>? = nil, at place: SourcePlace = SourcePlace()
  ) throws(DataError) {
    if let lengths, lengths.upperBound > 10_000 {
      throw place.error("the texts are too long", remedy: "Allow at most 10000 characters.")
    }
    let longest = Self.longest(pattern.root)
    if longest != nil || lengths != nil {
      let bound = min(longest ?? .max, lengths?.upperBound ?? .max)
      if let language = UniformLanguage(
        PatternAutomaton(pattern, isDrawn: true),
        lengths: (lengths?.lowerBound ?? 0)...max(bound, lengths?.lowerBound ?? 0))
      {
        guard language.size > 0 else {
          throw place.error(
            "no text matches the pattern" + (lengths == nil ? "" : " in these lengths"),
            remedy: "Change the pattern or the lengths.")
        }
        way = .uniform(language)
        return
      }
      guard lengths == nil else {
        throw place.error(
          "the pattern is too large to be drawn in bounded lengths",
          remedy: "Leave the lengths out, or write a smaller pattern.")
      }
    }
    guard Self.isPossible(pattern.root) else {
      throw place.error("no text matches the pattern", remedy: "Change its empty class.")
    }
    way = .walk(pattern.root)
  }

  /// Draws a text and appends it as UTF-8.
  public func append(
    to bytes: inout [UInt8], using generator: inout some RandomNumberGenerator
  ) {
    switch way {
    case .uniform(let language): language.append(to: &bytes, using: &generator)
    case .walk(let node): Self.walk(node, &bytes, &generator)
    }
  }

  /// Appends the text of a place in the order of the language.
  ///
  /// - Precondition: The language is counted, below 2⁵³, and the place is one of it.
  public func append(textAt index: Int, to bytes: inout [UInt8]) {
    guard case .uniform(let language) = way else {
      preconditionFailure("the language is counted")
    }
    language.append(textAt: index, to: &bytes)
  }

  /// The longest text in scalars; `nil` if there is no bound.
  private static func longest(_ node: TextPattern.Node) -> Int? {
    switch node {
    case .empty: return 0
    case .set: return 1
    case .sequence(let nodes):
      var sum = 0
      for node in nodes {
        guard let length = longest(node) else { return nil }
        sum += length
      }
      return sum
    case .alternatives(let nodes):
      var most = 0
      for node in nodes {
        guard let length = longest(node) else { return nil }
        most = max(most, length)
      }
      return most
    case .repeated(let node, _, let most):
      guard let length = longest(node) else { return nil }
      if length == 0 { return 0 }
      return most.map { $0 * length }
    }
  }

  private static func isPossible(_ node: TextPattern.Node) -> Bool {
    switch node {
    case .empty: true
    case .set(let set, _): !set.isEmpty
    case .sequence(let nodes): nodes.allSatisfy(isPossible)
    case .alternatives(let nodes): nodes.contains(where: isPossible)
    case .repeated(let node, let least, _): least == 0 || isPossible(node)
    }
  }

  private static func walk(
    _ node: TextPattern.Node, _ bytes: inout [UInt8], _ generator: inout some RandomNumberGenerator
  ) {
    switch node {
    case .empty: return
    case .set(let set, let isBroad):
      var drawn = set
      if isBroad {
        let printable = set.intersection(.printable)
        if !printable.isEmpty { drawn = printable }
      }
      let scalar = drawn.scalar(at: Draws.integer(below: drawn.count, using: &generator))
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    case .sequence(let nodes):
      for node in nodes { walk(node, &bytes, &generator) }
    case .alternatives(let nodes):
      let possible = nodes.filter(isPossible)
      walk(possible[Draws.integer(below: possible.count, using: &generator)], &bytes, &generator)
    case .repeated(let node, let least, let most):
      guard isPossible(node) else { return }
      var count = least
      if let most {
        count += Draws.integer(below: most - least + 1, using: &generator)
      } else {
        while count < least + 16, Draws.bernoulli(0.5, using: &generator) { count += 1 }
      }
      for _ in 0..<count { walk(node, &bytes, &generator) }
    }
  }
}
