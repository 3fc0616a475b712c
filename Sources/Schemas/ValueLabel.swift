// SPDX-License-Identifier: Apache-2.0

/// What a code means.
public struct ValueLabel: Hashable, Sendable, Codable {
  /// The code, as it is written.
  public var code: String
  /// What it means, by language code.
  public var label: [String: String]

  /// Creates a value label.
  public init(code: String, label: [String: String]) {
    self.code = code
    self.label = label
  }
}
