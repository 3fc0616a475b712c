// SPDX-License-Identifier: Apache-2.0
import Tables

/// What is asked of the cell of one variable in a row that is drawn.
package struct CellCondition: Sendable {
  /// For each bin, the share of what it stands for that satisfies the condition; for a value, how likely
  /// the bin is to give it.
  package var shares: [Double]
  /// By how much more often than the model each bin is proposed, which weights make up for; empty for
  /// nothing.
  package var tilts: [Double] = []
  /// On a scale, what is left of its cells; `nil` for all.
  package var cells: CellDraw?
  /// The value itself, where it is given.
  package var value: Double?
  /// Of a category, whether each level satisfies the condition; `nil` for all.
  package var levels: [Bool]?
  /// Whether the level is one of the rare ones that the model does not name.
  package var isRare = false
  /// Whether a cell that another variable decides to be missing satisfies the condition.
  package var allowsDecidedMissing = false

  /// Whether all that satisfies it has one bin.
  package var isFixed = false

  /// Creates a condition.
  package init(shares: [Double]) { self.shares = shares }
}

extension CellCondition {
  /// Any value, but proposed more often in some bins.
  package init(tilts: [Double]) {
    self.init(shares: [Double](repeating: 1, count: tilts.count))
    self.tilts = tilts
  }

  /// Missing for a reason, by its bin.
  package init(missingFor reason: Int, layout: VariableLayout) {
    self.init(shares: (0..<max(1, layout.binCount)).map { $0 == reason ? 1 : 0 })
    if !layout.isScale { levels = [Bool](repeating: false, count: layout.levelCount) }
    isFixed = true
  }

  /// Present, unless another variable decides otherwise.
  package init(presentIn layout: VariableLayout) {
    let missingCount = layout.missingReasons.count
    self.init(shares: (0..<max(1, layout.binCount)).map { $0 < missingCount ? 0 : 1 })
    allowsDecidedMissing = true
  }

  /// One level, by its place; `nil` for one that the model does not name.
  package init(level: Int?, layout: VariableLayout) {
    guard let level else {
      self.init(
        shares: (0..<max(1, layout.binCount)).map { $0 == layout.rareBin ? 1 : 0 })
      isRare = true
      isFixed = true
      return
    }
    self.init(
      levels: (0..<layout.levelCount).map { $0 == level },
      missing: [Bool](repeating: false, count: layout.missingReasons.count), layout: layout)
    isFixed = true
  }

  /// Some levels and some missing reasons of a category.
  package init(levels: [Bool], missing: [Bool], layout: VariableLayout) {
    var shares = missing.map { $0 ? 1.0 : 0 }
    if case .levels(let own) = layout.content {
      if own.groupStarts.isEmpty {
        shares += levels.map { $0 ? 1 : 0 }
      } else {
        // How much of a group is allowed differs from row to row.
        for (group, start) in own.groupStarts.enumerated() {
          let end =
            group + 1 < own.groupStarts.count ? own.groupStarts[group + 1] : own.count
          shares.append(levels[start..<end].contains(true) ? 1 : 0)
        }
      }
      // Rare levels without groups give way before a condition is asked.
      if own.rareWeight > 0 {
        shares.append(!own.groupStarts.isEmpty && levels.contains(true) ? 1 : 0)
      }
    }
    while shares.count < max(1, layout.binCount) { shares.append(0) }
    self.init(shares: shares)
    self.levels = levels
  }

  /// A value on a scale.
  ///
  /// A value that the model cannot give belongs to the bin beside it.
  package init(value: Double, layout: VariableLayout, draw: CellDraw) {
    let missingCount = layout.missingReasons.count
    let cells = draw.densities(at: value)
    self.init(shares: [Double](repeating: 0, count: missingCount) + cells)
    self.value = value
    isFixed = cells.count { $0 > 0 } == 1
  }
}

extension VariableLayout {
  /// The bin of the levels that are too rare to show, where there is one.
  package var rareBin: Int? {
    guard case .levels(let levels) = content, levels.rareWeight > 0 else { return nil }
    return binCount - 1
  }

  /// The number of levels that may be shown; none on a scale.
  package var levelCount: Int {
    if case .levels(let levels) = content { return levels.count }
    return 0
  }

  /// Whether the values are texts.
  package var holdsTexts: Bool {
    if case .levels(let levels) = content, case .texts = levels.levels { return true }
    return false
  }
}
