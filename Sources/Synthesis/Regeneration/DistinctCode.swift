// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Fills the made-up stretches of texts so that no two rows of a run get the same.
///
/// Row *i* gets the *i*-th number of a permutation of all fillings, (a·i + b) mod n with a prime to n, so
/// that it is one function of key and row and never of other rows.
struct DistinctCode {
  private static let limit: UInt64 = 1 << 62

  let row: UInt64
  let offset: UInt64

  /// Widens the last stretch of a text that has too few fillings for the row's number.
  func lengthen(_ pieces: inout [(fixed: String, alphabets: [[UInt8]])]) {
    guard let last = pieces.lastIndex(where: { !$0.alphabets.isEmpty }),
      let alphabet = pieces[last].alphabets.last
    else { return }
    while Self.space(pieces) <= row, pieces[last].alphabets.count < 24 {
      pieces[last].alphabets.append(alphabet)
    }
  }

  /// The text of the row.
  func text(
    _ pieces: [(fixed: String, alphabets: [[UInt8]])],
    using generator: inout some RandomNumberGenerator
  ) -> String {
    let space = Self.space(pieces)
    var rest = place(in: space)
    var room = space
    var bytes: [UInt8] = []
    for piece in pieces {
      bytes += Array(piece.fixed.utf8)
      for alphabet in piece.alphabets {
        let size = UInt64(alphabet.count)
        guard room >= size else {
          bytes.append(alphabet[Draws.integer(below: alphabet.count, using: &generator)])
          continue
        }
        bytes.append(alphabet[Int(rest % size)])
        rest /= size
        room /= size
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// How many fillings there are, of as many first places as stay below 2⁶².
  private static func space(_ pieces: [(fixed: String, alphabets: [[UInt8]])]) -> UInt64 {
    var space: UInt64 = 1
    for piece in pieces {
      for alphabet in piece.alphabets {
        let (product, overflow) = space.multipliedReportingOverflow(by: UInt64(alphabet.count))
        if overflow || product > limit { return space }
        space = product
      }
    }
    return space
  }

  private func place(in space: UInt64) -> UInt64 {
    guard space > 1 else { return 0 }
    // Near the golden section of the space neighbours end up far apart.
    var factor = UInt64(Double(space) * 0.6180339887498949) | 1
    while Self.divisor(factor, space) != 1 { factor += 2 }
    let product = (row % space).multipliedFullWidth(by: factor % space)
    let (_, scattered) = space.dividingFullWidth(product)
    return (scattered + offset % space) % space
  }

  private static func divisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var (first, second) = (first, second)
    while second != 0 { (first, second) = (second, first % second) }
    return first
  }
}
