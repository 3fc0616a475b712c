// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Hashing
import Numerics
public import Tables

/// Keyed fingerprints of the rows of a run, from which no row can be read: a Bloom filter.
///
/// Each row sets eight bits of the filter, which a hash of the key and the row's values names. Whether a
/// row is of the run can be asked; that it is not is certain, that it is may be a coincidence, and the
/// filter comes with the rate of those.
///
/// ## Source
/// Bloom (1970), "Space/time trade-offs in hash coding with allowable errors", CACM 13(7).
public struct RowFingerprints: Hashable, Sendable, Codable {
  /// The largest chance at which a file is still said to be of a run by mistake.
  public static let falseClaimRate = 1e-6
  static let hashCount = 8
  static let bitsPerRow = 12

  /// The bits, eight a byte, in Base64.
  public var filter: String
  /// The rows behind them.
  public var rows: Int
  /// The variables that count, in order.
  public var variables: [String]
  /// An upper bound of the share of rows of another draw of the same generator that seem to be of it.
  public var coincidence: Double

  /// Makes the fingerprints of a run.
  ///
  /// - Parameters:
  ///   - table: Its rows.
  ///   - variables: The variables that count; the marking column is none of them.
  ///   - others: Rows of another draw of the same generator.
  ///   - key: What keys the hash: the seed and the generator's hash.
  ///   - threads: How many threads may work; they change nothing.
  public init(
    of table: Table, variables: [String], others: Table, key: String, threads: Int = 1
  ) {
    self.variables = variables
    rows = table.rowCount
    let count = max(64, (table.rowCount * Self.bitsPerRow + 7) / 8 * 8)
    var bytes = [UInt8](repeating: 0, count: count / 8)
    let digests = RowDigests.all(of: table, variables: variables, key: key, threads: threads)
    for digest in digests {
      for bit in Self.bits(digest, count: count) { bytes[bit / 8] |= 1 << UInt8(bit % 8) }
    }
    let hits = RowDigests.all(of: others, variables: variables, key: key, threads: threads).count {
      digest in
      Self.bits(digest, count: count).allSatisfy { bytes[$0 / 8] & (1 << UInt8($0 % 8)) != 0 }
    }
    // Five standard errors above what was seen, so that the bound holds for practically every run.
    let seen = Double(hits)
    coincidence =
      others.rowCount == 0
      ? 1 : min(1, (seen + 5 * (seen + 1).squareRoot() + 5) / Double(others.rowCount))
    filter = Data(bytes).base64EncodedString()
  }

  /// Counts the rows of a table that seem to be of the run.
  ///
  /// - Returns: The number, or `nil` if the table lacks a variable.
  public func matches(in table: Table, key: String) -> Int? {
    guard let data = Data(base64Encoded: filter),
      variables.allSatisfy({ table.column(named: $0) != nil })
    else { return nil }
    let bytes = Array(data)
    return RowDigests.all(of: table, variables: variables, key: key).count { digest in
      Self.bits(digest, count: bytes.count * 8).allSatisfy {
        bytes[$0 / 8] & (1 << UInt8($0 % 8)) != 0
      }
    }
  }

  /// The chance that at least so many of some rows of another draw seem to be of the run.
  public func chance(ofAtLeast matches: Int, in count: Int) -> Double {
    guard matches > 0 else { return 1 }
    guard coincidence < 1 else { return 1 }
    let (p, q) = (ElementaryFunctions.log(coincidence), ElementaryFunctions.log(1 - coincidence))
    var sum = 0.0
    for k in matches...max(matches, count) where k <= count {
      let choices =
        ElementaryFunctions.logGamma(Double(count + 1))
        - ElementaryFunctions.logGamma(Double(k + 1))
        - ElementaryFunctions.logGamma(Double(count - k + 1))
      sum += ElementaryFunctions.exp(choices + Double(k) * p + Double(count - k) * q)
    }
    return min(sum, 1)
  }

  private static func bits(_ digest: [UInt8], count: Int) -> [Int] {
    (0..<hashCount).map { place in
      let word = digest[(4 * place)..<(4 * place + 4)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int(word % UInt64(count))
    }
  }
}
