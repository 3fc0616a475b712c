// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Makes texts that look like names, addresses, numbers: nobody's, and where a range is reserved for
/// made-up values, only from there.
public struct Provider: Sendable {
  /// The name, as a specification writes it.
  public let name: String
  /// What it makes, on one line.
  public let summary: String
  /// Why its values belong to nobody, or that they may coincide with somebody's.
  public let safety: String
  let append: @Sendable (inout CellBuffer, inout SmallDraws) -> Void

  /// The provider of a name.
  public static func named(_ name: String) -> Provider? { byName[name] }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// All providers.
  public static let all: [Provider] =
    people + places + numbers + texts + technical + LocalNames.providers + LocalPlaces.providers

  /// A value, the same one every time.
  public var example: String {
    text(of: RandomKey(seed: "example").stream(name).stream(entity: 0))
  }

  /// The value that a stream gives.
  func text(of stream: RandomStream) -> String {
    var cells = CellBuffer()
    var draws = SmallDraws(stream)
    append(&cells, &draws)
    return String(decoding: cells.last, as: UTF8.self)
  }
}
