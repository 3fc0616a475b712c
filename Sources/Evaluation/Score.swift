// SPDX-License-Identifier: Apache-2.0

/// One measured figure beside the figure that fresh real rows would get.
///
/// A figure that cannot be computed is `nil` with a reason, never NaN, 0 or 1.
public struct Score: Hashable, Sendable, Codable {
  /// The figure, or `nil` where it is not computable.
  public var value: Double?
  /// The same figure with real rows standing in for synthetic ones, or `nil` where there are none.
  public var reference: Double?
  /// The 95 % point of the reference, towards worse; the limit beyond which chance is no excuse.
  public var limit: Double?
  /// Why there is no figure.
  public var reason: String?
  /// The lower end of the figure's 95 % interval, where it has one.
  public var lower: Double?
  /// The upper end of the figure's 95 % interval, where it has one.
  public var upper: Double?
  /// What a reader must know beside the figure: what was left out, or how much was drawn.
  public var note: String?

  /// Creates a score that was computed.
  public init(
    _ value: Double, reference: Double? = nil, limit: Double? = nil, lower: Double? = nil,
    upper: Double? = nil, note: String? = nil
  ) {
    self.value = value.isFinite ? value : nil
    self.reference = reference
    self.limit = limit
    reason = value.isFinite ? nil : "the figure is not finite"
    self.lower = lower
    self.upper = upper
    self.note = note
  }

  /// Creates a score that is not computable.
  public init(notComputable reason: String) {
    value = nil
    reference = nil
    limit = nil
    self.reason = reason
  }
}
