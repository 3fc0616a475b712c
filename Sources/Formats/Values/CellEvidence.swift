// SPDX-License-Identifier: Apache-2.0

/// What the cells of a column have shown so far, where rows are read block by block.
struct CellEvidence: Sendable {
  /// How numbers are written.
  var shape = NumberShape()
  /// Whether all numbers are whole.
  var areWhole = true
  /// Whether a cell says yes.
  var hasYes = false
  /// Whether a cell says no.
  var hasNo = false
  /// Whether all dates fit a second pattern too.
  var rivalFits = true
  /// Whether a date means something else by the second pattern.
  var rivalDiffers = false
  /// The texts of missing codes, in the order in which they came up.
  var missing: [[UInt8]] = []
}
