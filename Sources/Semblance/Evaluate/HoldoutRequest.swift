// SPDX-License-Identifier: Apache-2.0

/// Real rows that are kept from the generator, to measure risk against.
public enum HoldoutRequest: Hashable, Sendable {
  /// A file of further real rows.
  case file(String)
  /// A share of the real rows, drawn at random; the generator is fitted on the rest.
  case share(Double)

  /// Reads `0.2`, `20%` or the name of a file.
  ///
  /// A number that is no share of a table (0, 1, 120%) is `nil`.
  public init?(_ text: String) {
    if text.hasSuffix("%"), let percent = Double(text.dropLast()) {
      guard percent > 0, percent < 100 else { return nil }
      self = .share(percent / 100)
    } else if let share = Double(text) {
      guard share > 0, share < 1 else { return nil }
      self = .share(share)
    } else if !text.isEmpty {
      self = .file(text)
    } else {
      return nil
    }
  }
}
