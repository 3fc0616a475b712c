// SPDX-License-Identifier: Apache-2.0

/// Why a cell holds no value, and how its file writes that.
///
/// A survey keeps *refused*, *not applicable* and *system missing* apart, and analysts rely on it; so
/// every missing cell points to one of its column's reasons.
public struct MissingReason: Hashable, Sendable, Codable {
  /// The text that stands in the file: `""`, `"NA"`, `"-9"`, `".a"`.
  public var code: String

  /// What the code means, where a dictionary says so.
  public var label: String?

  /// Creates a reason from the text a file writes and, if known, its meaning.
  public init(code: String, label: String? = nil) {
    self.code = code
    self.label = label
  }
}
