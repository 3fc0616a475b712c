// SPDX-License-Identifier: Apache-2.0

/// The levels of a category: the codes as they are stored, and what they are called.
public struct LevelSet: Hashable, Sendable {
  /// The codes, in order.
  public var codes: [String]
  /// What each code is called; `nil` where nothing else is declared.
  public var labels: [String?]
  /// Whether the order of the levels means something.
  public var isOrdered: Bool
  /// Whether there are no other levels, so that an unknown label is an error.
  public var isClosed: Bool

  /// Creates a set of levels; as many labels as codes, or none at all.
  public init(codes: [String], labels: [String?] = [], isOrdered: Bool, isClosed: Bool) {
    self.codes = codes
    self.labels = labels.count == codes.count ? labels : codes.map { _ in nil }
    self.isOrdered = isOrdered
    self.isClosed = isClosed
  }

  /// The place of the level of this code or, failing that, of this label.
  public func index(of name: String) -> Int? {
    codes.firstIndex(of: name) ?? labels.firstIndex(of: name)
  }

  /// The label of a level, or its code where it has none.
  public func label(at index: Int) -> String { labels[index] ?? codes[index] }

  /// Everything by which a level may be called, labels first.
  var names: [String] { labels.compactMap { $0 } + codes }
}
