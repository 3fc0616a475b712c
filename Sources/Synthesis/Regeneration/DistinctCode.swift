// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Fills the made-up stretches of texts so that no two rows of a run get the same.
///
/// Row *i* gets the *i*-th number of a keyed permutation of all fillings, so that it is one function of
/// key and row and never of other rows.
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
    var rest = place(of: row % space, in: space)
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

  /// A number's place in a keyed permutation of 0 ..< space.
  ///
  /// A network of six rounds permutes a square a little larger than the space; a place outside goes
  /// through it again, until it falls inside.
  ///
  /// ## Source
  /// J. Black and P. Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002, methods 2 and 3.
  func place(of number: UInt64, in space: UInt64) -> UInt64 {
    var side = UInt64(Double(space).squareRoot())
    while side * side < space { side += 1 }
    var place = number
    repeat {
      var (left, right) = (place / side, place % side)
      for round in 0..<UInt64(6) {
        (left, right) = (right, (left + Self.mixed(right, offset &+ round)) % side)
      }
      place = left * side + right
    } while place >= space
    return place
  }

  /// Bits that depend on all bits of a number and a key.
  ///
  /// ## Source
  /// G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014,
  /// the finalizer with D. Stafford's constants (variant 13).
  private static func mixed(_ value: UInt64, _ key: UInt64) -> UInt64 {
    var bits = value &+ key &* 0x9e37_79b9_7f4a_7c15
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return (bits ^ bits >> 31) >> 1
  }
}
