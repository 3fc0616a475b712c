// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// Values as JSON whose bytes depend on the values alone: keys sorted, shortest round-trip numbers.
public enum StableJSON {
  /// The bytes of a file.
  public static func bytes(of value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }
}
