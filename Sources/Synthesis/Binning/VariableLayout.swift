// SPDX-License-Identifier: Apache-2.0
public import Tables

/// How the bins of a variable stand for its values: first its missing reasons, then cells or levels.
public struct VariableLayout: Hashable, Sendable {
  /// The reasons a cell may be missing for; bin *k* is reason *k*.
  public var missingReasons: [MissingReason]
  /// What the bins after the reasons stand for.
  public var content: Content

  /// What the bins of present values stand for.
  public enum Content: Hashable, Sendable {
    /// Cells of a scale.
    case scale(ScaleLayout)
    /// Levels, and after them one bin for the rare ones if there are any.
    case levels(LevelLayout)
  }

  /// Creates a layout.
  public init(missingReasons: [MissingReason], content: Content) {
    self.missingReasons = missingReasons
    self.content = content
  }

  /// The number of bins of present values.
  public var presentBinCount: Int {
    switch content {
    case .scale(let layout): layout.cells.count
    case .levels(let layout):
      layout.groupStarts.isEmpty
        ? layout.count + (layout.rareWeight > 0 ? 1 : 0)
        : layout.groupStarts.count + (layout.rareWeight > 0 ? 1 : 0)
    }
  }

  /// The number of bins, at most 256.
  public var binCount: Int { missingReasons.count + presentBinCount }

  /// Whether the bins of present values lie on a scale.
  public var isScale: Bool {
    if case .scale = content { return true }
    return false
  }
}

extension VariableLayout {
  /// How many values a variable has, for the visit order: levels, or cells of a scale.
  var valueCountForOrder: Int {
    switch content {
    case .scale(let layout): missingReasons.count + layout.cells.count
    case .levels(let layout): missingReasons.count + layout.count
    }
  }
}

extension VariableLayout {
  /// The most values of a class.
  private static let mostClassValues = 12

  /// Whether the variable has few values, one by one.
  var isClass: Bool { hasLookupValues && (2...Self.mostClassValues).contains(valueCountForOrder) }

  /// Whether the variable has many values, none of which many rows have.
  var isSmooth: Bool {
    guard case .scale(let layout) = content, layout.cells.count >= 4 * Self.mostClassValues else {
      return false
    }
    let spikes = layout.cells.flatMap { $0.spikes.map(\.weight) }
    let total = layout.cells.reduce(spikes.reduce(0, +)) { $0 + $1.smoothWeight }
    return (spikes.max() ?? 0) < 0.1 * total
  }
}

extension VariableLayout {
  /// Whether each present value a draw can give is one of a list: levels, or the common values of a
  /// scale without smooth parts.
  var hasLookupValues: Bool {
    switch content {
    case .scale(let layout): layout.cells.allSatisfy { $0.smoothWeight == 0 }
    case .levels: true
    }
  }

  /// How many entries a lookup by this variable has: missing reasons, then levels or common values.
  public var lookupCount: Int {
    switch content {
    case .scale(let layout): missingReasons.count + layout.cells.reduce(0) { $0 + $1.spikes.count }
    case .levels(let layout): missingReasons.count + layout.count
    }
  }

  /// The common values of a scale, ascending, to which the entries of a lookup belong.
  public var lookupValues: [Double] {
    guard case .scale(let layout) = content else { return [] }
    return layout.cells.flatMap { $0.spikes.map(\.value) }
  }
}
