// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The texts of a pattern within some lengths, of which each is drawn with the same probability.
///
/// The automaton is made deterministic, so that each text has one path, and for each state and length
/// left the paths to an end are counted; a draw then chooses each character by these counts. Counts are
/// exact below 2⁵³ and rounded above, which changes a probability by a factor of 1 ± 10⁻¹² at most.
///
/// ## Source
/// Rabin and Scott, "Finite automata and their decision problems", IBM Journal 3 (1959) 114–125; Hickey
/// and Cohen, "Uniform random generation of strings in a context-free language", SIAM Journal on
/// Computing 12 (1983) 645–655, for counting.
struct UniformLanguage: Sendable {
  private struct Edge: Sendable {
    let set: ScalarSet
    let size: Double
    let target: Int
  }

  private let edges: [[Edge]]
  /// For each length left, and each state: the number of texts.
  private let counts: [[Double]]
  private let lengths: ClosedRange<Int>
  private let lengthWeights: [Double]
  let size: Double

  static let stateLimit = 4000
  static let cellLimit = 4_000_000

  /// Returns `nil` if the deterministic automaton or the table of counts is too large.
  init?(_ automaton: PatternAutomaton, lengths: ClosedRange<Int>) {
    self.lengths = lengths
    var numbers: [[Int]: Int] = [:]
    var queue = [automaton.closure([automaton.start])]
    numbers[queue[0]] = 0
    var edges: [[Edge]] = []
    var isFinal: [Bool] = []
    var done = 0
    while done < queue.count {
      let states = queue[done]
      done += 1
      var reads: [(ScalarSet, Int)] = []
      var accepts = false
      for state in states {
        switch automaton.states[state] {
        case .read(let set, let next): if !set.isEmpty { reads.append((set, next)) }
        case .accept: accepts = true
        case .split: break
        }
      }
      isFinal.append(accepts)
      var targets: [[Int]: [ClosedRange<UInt32>]] = [:]
      var order: [[Int]] = []
      for (range, nexts) in Self.atoms(reads) {
        let target = automaton.closure(nexts)
        if targets[target] == nil { order.append(target) }
        targets[target, default: []].append(range)
      }
      var outgoing: [Edge] = []
      for target in order {
        if numbers[target] == nil {
          guard queue.count < Self.stateLimit else { return nil }
          numbers[target] = queue.count
          queue.append(target)
        }
        let set = ScalarSet(targets[target] ?? [])
        outgoing.append(
          Edge(set: set, size: Double(set.count), target: numbers[target] ?? 0))
      }
      edges.append(outgoing)
    }
    guard (lengths.upperBound + 1) * edges.count <= Self.cellLimit else { return nil }
    var counts = [isFinal.map { $0 ? 1.0 : 0.0 }]
    for _ in 0..<lengths.upperBound {
      let before = counts[counts.count - 1]
      counts.append(
        edges.map { outgoing in outgoing.reduce(0) { $0 + $1.size * before[$1.target] } })
    }
    guard counts.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    self.edges = edges
    self.counts = counts
    lengthWeights = lengths.map { counts[$0][0] }
    size = lengthWeights.reduce(0, +)
    guard size.isFinite else { return nil }
  }

  /// Cuts overlapping sets into ranges within which all scalars lead to the same states.
  private static func atoms(
    _ reads: [(ScalarSet, Int)]
  ) -> [(ClosedRange<UInt32>, [Int])] {
    var cuts: Set<UInt32> = []
    for (set, _) in reads {
      for range in set.ranges {
        cuts.insert(range.lowerBound)
        cuts.insert(range.upperBound + 1)
      }
    }
    let sorted = cuts.sorted()
    var result: [(ClosedRange<UInt32>, [Int])] = []
    for (low, high) in zip(sorted, sorted.dropFirst()) {
      let nexts = reads.filter { $0.0.contains(low) }.map(\.1)
      if !nexts.isEmpty { result.append((low...high - 1, nexts)) }
    }
    return result
  }

  func append(to bytes: inout [UInt8], using generator: inout some RandomNumberGenerator) {
    var left = lengths.lowerBound
    var u = Draws.uniform(using: &generator) * size
    for (index, weight) in lengthWeights.enumerated() where weight > 0 {
      left = lengths.lowerBound + index
      if u < weight { break }
      u -= weight
    }
    var state = 0
    while left > 0 {
      let below = counts[left - 1]
      var u = Draws.uniform(using: &generator) * counts[left][state]
      var chosen: Edge?
      for edge in edges[state] {
        let weight = edge.size * below[edge.target]
        guard weight > 0 else { continue }
        chosen = edge
        if u < weight { break }
        u -= weight
      }
      guard let chosen else { return }
      let scalar = chosen.set.scalar(at: Draws.integer(below: chosen.set.count, using: &generator))
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      state = chosen.target
      left -= 1
    }
  }

  /// Appends the text of a place, counted from 0: shorter texts first, then by the automaton's edges.
  ///
  /// - Precondition: 0 ≤ index < size < 2⁵³, where all counts are exact.
  func append(textAt index: Int, to bytes: inout [UInt8]) {
    precondition(
      index >= 0 && Double(index) < size && size < 0x1p53, "the place is in the language")
    var rest = Double(index)
    var left = lengths.lowerBound
    for (offset, weight) in lengthWeights.enumerated() {
      left = lengths.lowerBound + offset
      if rest < weight { break }
      rest -= weight
    }
    var state = 0
    while left > 0 {
      let below = counts[left - 1]
      guard
        let edge = edges[state].first(where: { edge in
          let weight = edge.size * below[edge.target]
          if rest < weight { return true }
          rest -= weight
          return false
        })
      else { return }
      let number = (rest / below[edge.target]).rounded(.down)
      rest -= number * below[edge.target]
      let scalar = edge.set.scalar(at: Int(number))
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      state = edge.target
      left -= 1
    }
  }
}
