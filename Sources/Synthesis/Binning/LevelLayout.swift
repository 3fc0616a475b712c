// SPDX-License-Identifier: Apache-2.0
public import Tables

/// The levels of a category that may be shown, and how often each occurs.
///
/// Levels held by fewer rows than the plan's minimum are not stored at all: neither their name nor a
/// count of theirs is in the model, only the weight of all such rows together.
public struct LevelLayout: Hashable, Sendable {
  /// The levels, stored as the column stores its values, one entry a level, by falling weight.
  public var levels: ColumnValues
  /// The weight of the rows of each level.
  public var weights: [Double]
  /// The weight of the rows whose level is too rare to show.
  public var rareWeight: Double
  /// Where each group of levels starts, where there are too many levels for one tree; else empty.
  ///
  /// Levels are stored group by group then.
  public var groupStarts: [Int]

  /// Creates a layout.
  public init(
    levels: ColumnValues, weights: [Double], rareWeight: Double, groupStarts: [Int] = []
  ) {
    self.levels = levels
    self.weights = weights
    self.rareWeight = rareWeight
    self.groupStarts = groupStarts
  }

  /// The number of levels.
  public var count: Int { weights.count }
}
