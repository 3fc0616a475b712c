// SPDX-License-Identifier: Apache-2.0

/// What was done about the rows that indicate real records, and how the figures stood before and after.
///
/// The report belongs to the owner: that a row was changed can itself tell of a real one.
public struct RemedyReport: Hashable, Sendable, Codable {
  /// What was asked for: `regenerate`, `coarsen`, `blur` or `suppress`.
  public var remedy: String
  /// The rows drawn again.
  public var redrawnRowCount: Int
  /// The rows of which cells were made coarser or moved.
  public var editedRowCount: Int
  /// The rows left out.
  public var droppedRowCount: Int
  /// The rows named after all tries.
  public var remainingRowCount: Int
  /// The rows named, by kind of indication.
  public var kinds: [Kind]
  /// Figures that were measured before and after.
  public var changes: [Change]

  /// The rows of one kind of indication.
  public struct Kind: Hashable, Sendable, Codable {
    /// The kind.
    public var kind: IndicationKind
    /// The rows named as they were drawn.
    public var before: Int
    /// The rows named in the released table.
    public var after: Int

    /// Creates an entry.
    public init(kind: IndicationKind, before: Int, after: Int) {
      self.kind = kind
      self.before = before
      self.after = after
    }
  }

  /// One figure before and after.
  public struct Change: Hashable, Sendable, Codable {
    /// What it is a figure of.
    public var name: String
    /// Whether the figure is in per cent, and not a share.
    public var isPercent: Bool
    /// The figure of the table as it was drawn.
    public var before: Score
    /// The figure of the released table.
    public var after: Score

    /// Creates an entry.
    public init(name: String, isPercent: Bool, before: Score, after: Score) {
      self.name = name
      self.isPercent = isPercent
      self.before = before
      self.after = after
    }
  }

  /// Creates a report without figures.
  public init(
    remedy: String, redrawnRowCount: Int, editedRowCount: Int, droppedRowCount: Int,
    remainingRowCount: Int, kinds: [Kind]
  ) {
    self.remedy = remedy
    self.redrawnRowCount = redrawnRowCount
    self.editedRowCount = editedRowCount
    self.droppedRowCount = droppedRowCount
    self.remainingRowCount = remainingRowCount
    self.kinds = kinds
    changes = []
  }

  /// The figures of a table before and after.
  public static func changes(
    before: (fidelity: FidelityReport, disclosure: DisclosureReport),
    after: (fidelity: FidelityReport, disclosure: DisclosureReport)
  ) -> [Change] {
    let isOwnControl = after.disclosure.controlKind == .holdout
    let near =
      isOwnControl
      ? [
        Change(
          name: "real outliers with a near row", isPercent: false,
          before: before.disclosure.nearMatches, after: after.disclosure.nearMatches)
      ] : []
    return [
      Change(
        name: "mean distance of the variables", isPercent: true,
        before: before.fidelity.shapeError, after: after.fidelity.shapeError),
      Change(
        name: "mean error of the pairs", isPercent: true,
        before: before.fidelity.trendError, after: after.fidelity.trendError),
      Change(
        name: "rows equal to a real row", isPercent: false,
        before: before.disclosure.exactMatches, after: after.disclosure.exactMatches),
      Change(
        name: "rows equal to a real row that is unique", isPercent: false,
        before: before.disclosure.uniqueMatches, after: after.disclosure.uniqueMatches),
      Change(
        name: "cells that equal a rare real value", isPercent: false,
        before: before.disclosure.valueIndications, after: after.disclosure.valueIndications),
      Change(
        name: "rare combinations of keys", isPercent: false,
        before: before.disclosure.combinationIndications,
        after: after.disclosure.combinationIndications),
    ] + near
  }
}
