// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Texts whose next word, or sign, follows the last few as it does in texts that were given.
///
/// A chain of order *k* copies runs of *k* + 1 words from its texts. It starts as one of them does, and ends
/// where one of them does or when it is long enough.
///
/// ## Source
/// Shannon, "A mathematical theory of communication", Bell System Technical Journal 27 (1948) 379–423,
/// section 3.
struct MarkovChain: Sendable {
  /// What may follow a state: the next piece, or the end, with how often it does.
  private struct State: Sendable {
    /// −1 is the end.
    var pieces: [Int32] = []
    var counts: [Double] = []
    var weights: CumulativeWeights?
  }

  /// The words or signs, as UTF-8.
  private var pieces: [[UInt8]] = []
  private var states: [[Int32]: State] = [:]
  private let order: Int
  private let isOfWords: Bool
  private let longest: Int

  /// Learns a chain; nil if the texts hold nothing.
  ///
  /// - Parameters:
  ///   - texts: The texts to learn from.
  ///   - order: How many pieces the next one depends on.
  ///   - isOfWords: Whether pieces are words, between spaces, or single signs.
  ///   - longest: The most pieces of a text that is made.
  init?(_ texts: [String], order: Int, isOfWords: Bool, longest: Int) {
    self.order = order
    self.isOfWords = isOfWords
    self.longest = longest
    var numbers: [String: Int32] = [:]
    for text in texts {
      let words: [String] =
        isOfWords
        ? text.split(whereSeparator: \.isWhitespace).map(String.init) : text.map { String($0) }
      guard !words.isEmpty else { continue }
      var state = [Int32](repeating: -1, count: order)
      for word in words {
        let number = numbers[word] ?? Int32(pieces.count)
        if numbers[word] == nil {
          numbers[word] = number
          pieces.append(Array(word.utf8))
        }
        count(number, after: state)
        state = state.dropFirst() + [number]
      }
      count(-1, after: state)
    }
    guard !pieces.isEmpty else { return nil }
    for (state, known) in states {
      var weighed = known
      weighed.weights = try? CumulativeWeights(weights: known.counts)
      states[state] = weighed
    }
  }

  private mutating func count(_ piece: Int32, after state: [Int32]) {
    var known = states[state] ?? State()
    if let place = known.pieces.firstIndex(of: piece) {
      known.counts[place] += 1
    } else {
      known.pieces.append(piece)
      known.counts.append(1)
    }
    states[state] = known
  }

  /// How many different pieces the texts hold.
  var pieceCount: Int { pieces.count }

  /// Appends a text.
  func append(to bytes: inout [UInt8], using stream: inout RandomStream) {
    var state = [Int32](repeating: -1, count: order)
    for number in 0..<longest {
      guard let known = states[state], let weights = known.weights else { return }
      let piece = known.pieces[weights.draw(using: &stream)]
      guard piece >= 0 else { return }
      if isOfWords, number > 0 { bytes.append(0x20) }
      bytes += pieces[Int(piece)]
      state.removeFirst()
      state.append(piece)
    }
  }
}
