// SPDX-License-Identifier: Apache-2.0

/// The shape of a text: stretches that are made anew, between signs and words that many rows share.
public struct TextTemplate: Hashable, Sendable, Codable {
  /// The stretches in order.
  public var slots: [TextSlot]
  /// The rows with this shape.
  public var weight: Double

  /// Creates a template.
  public init(slots: [TextSlot], weight: Double) {
    self.slots = slots
    self.weight = weight
  }

  /// The shape as a picture: `AA 99999`.
  public var description: String { slots.map(\.description).joined() }
}
