// SPDX-License-Identifier: Apache-2.0

/// The layer by which normals behind a row say what is known of it: z V.
public struct LatentLayer: Hashable, Sendable {
  /// The number of normals; a multiple of 8.
  public let width: Int
  /// A row of the network's context width for each normal: V.
  public var weights: [Float]

  /// Creates a layer; `nil` if its weights do not add up.
  public init?(width: Int, contextWidth: Int, weights: [Float]) {
    guard width > 0, width % 8 == 0, width <= AutoregressiveNetwork.greatestWidth,
      weights.count == width * contextWidth,
      weights.allSatisfy({ $0.magnitude <= AutoregressiveNetwork.greatestWeight })
    else { return nil }
    self.width = width
    self.weights = weights
  }
}
