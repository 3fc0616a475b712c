// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// Values as JSON whose bytes depend on the values alone: keys sorted, shortest round-trip numbers.
public enum StableJSON {
  /// The bytes of a file, indented for readers unless that makes it too large.
  ///
  /// - Parameters:
  ///   - value: What is written.
  ///   - limit: The most bytes of an indented file; a larger one is written without indents.
  public static func bytes(
    of value: some Encodable, compactAbove limit: Int = .max
  ) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    var data = try encoder.encode(value)
    if data.count > limit {
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      data = try encoder.encode(value)
    }
    return Array(data) + [UInt8(ascii: "\n")]
  }
}
