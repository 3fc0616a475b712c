// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis

/// Draws one variable for a chunk of rows.
struct VariableDraw: Sendable {
  let variable: FittedVariable
  private(set) var stream: StreamKey
  let missingCount: Int
  let cells: CellDraw?
  let levels: LevelDraw?
  let source: Source

  /// What bins are drawn from.
  enum Source: Sendable {
    case tree(ConditionalTree, [Double], LeafWalk)
    case hierarchy(HierarchyDraw)
    case distribution(DistributionDraw)
  }

  init(_ variable: FittedVariable, key: RandomKey, table: String) {
    self.variable = variable
    stream = key.stream(table: table, variable.name)
    switch variable.conditional {
    case .tree(let tree):
      source = .tree(tree, tree.cumulativeWeights(scaledBy: variable.binFactors), LeafWalk(tree))
    case .hierarchy(let hierarchy): source = .hierarchy(HierarchyDraw(hierarchy))
    case .distribution(let fitted):
      let weigher = fitted.weigher(
        key.stream(table: table, path: [variable.name, "parameters"]))
      source = .distribution(DistributionDraw(weigher, of: variable))
    }
    missingCount = variable.layout.missingReasons.count
    switch variable.layout.content {
    case .scale(let layout):
      cells = CellDraw(layout)
      levels = nil
    case .levels(let layout):
      cells = nil
      levels = LevelDraw(layout, groupTrees: variable.groupTrees)
    }
  }

  /// The same draw with the numbers of another run; parameters that were drawn for its own stay.
  func rekeyed(_ key: RandomKey, table: String) -> VariableDraw {
    var draw = self
    draw.stream = key.stream(table: table, variable.name)
    return draw
  }

  /// Draws the variable for rows of the run.
  ///
  /// - Parameters:
  ///   - range: The places of the rows in the output.
  ///   - firstRow: The number of the run's row at place 0.
  ///   - bins: The chunk's bins, one stretch of `stride` a variable.
  ///   - place: This variable's stretch.
  ///   - outputs: The columns of all variables; those visited before are finished for these rows.
  func fill(
    _ range: Range<Int>, firstRow: Int, bins: UnsafeMutablePointer<UInt8>, place: Int,
    stride: Int, into outputs: [DrawnColumn]
  ) {
    let own = bins + place * stride
    let columns = variable.predictors.map { UnsafePointer(bins + $0 * stride) }
    let route = variable.missingRoute.map {
      (UnsafePointer(bins + $0.source * stride), $0.outcomes)
    }
    let rows = Rows(
      range: range, firstRow: firstRow, own: own, columns: columns, route: route, outputs: outputs,
      output: outputs[place])
    ChunkUniforms.with(
      stream, rows: firstRow + range.lowerBound, count: range.count,
      isTwice: cells?.isAllSingle == false
    ) { uniforms in
      switch source {
      case .tree(let tree, let cumulativeWeights, let walk):
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(range.count, 1)) { leaves in
          guard let leaves = leaves.baseAddress else { return }
          walk.leaves(of: columns, count: range.count, into: leaves)
          LeafDraw.with(tree, cumulativeWeights) { tree in
            for offset in 0..<range.count {
              own[offset] = UInt8(
                tree.bin(leaf: Int(leaves[offset]), uniform: uniforms.choice[offset]))
            }
            finish(rows, uniforms) { .leaf(tree, Int(leaves[$0])) }
          }
        }
      case .hierarchy(let hierarchy):
        hierarchy.bins(columns, count: range.count, uniforms: uniforms.choice, into: own)
        finish(rows, uniforms) { .hierarchy(hierarchy, columns, row: $0) }
      case .distribution(let fitted):
        PartUniforms.with(
          stream, rows: firstRow + range.lowerBound, count: range.count, isWanted: fitted.hasParts
        ) { parts in
          fitted.bins(
            columns, count: range.count, uniforms: uniforms.choice, parts: parts, into: own)
        }
        finish(rows, uniforms) { .distribution(fitted, columns, row: $0) }
      }
    }
  }

  /// The rows that are drawn at once.
  private struct Rows {
    let range: Range<Int>
    let firstRow: Int
    let own: UnsafeMutablePointer<UInt8>
    let columns: [UnsafePointer<UInt8>]
    let route: (UnsafePointer<UInt8>, [UInt8])?
    let outputs: [DrawnColumn]
    let output: DrawnColumn
  }

  /// Turns bins that were drawn into values, and draws again what cannot be kept.
  private func finish(
    _ rows: Rows, _ uniforms: ChunkUniforms, _ choices: (Int) -> BinChoice
  ) {
    let (own, output) = (rows.own, rows.output)
    for index in rows.range {
      let offset = index - rows.range.lowerBound
      var bin = Int(own[offset])
      if let (source, outcomes) = rows.route {
        bin = routed(
          bin, outcomes[Int(source[offset])], choices(offset), uniforms.choice[offset])
      }
      if bin < missingCount {
        own[offset] = UInt8(bin)
        output.missing[index] = UInt8(bin + 1)
      } else if let cells {
        var number = cells.value(
          bin - missingCount, choice: uniforms.spike[offset], position: uniforms.inside[offset])
        if variable.isLimited {
          (bin, number) = limited(
            bin, number, index, UInt64(rows.firstRow + index), choices(offset), rows.outputs, cells)
        }
        own[offset] = UInt8(bin)
        output.numbers[index] = number
      } else if let levels {
        let level = levels.level(
          bin: bin - missingCount, uniform: uniforms.inside[offset], columns: rows.columns,
          offset: offset)
        output.levels[index] = UInt32(level)
        own[offset] = UInt8(missingCount + levels.bin(ofLevel: level))
      }
    }
  }

  /// The bin where another variable decides whether this one is missing.
  private func routed(
    _ bin: Int, _ outcome: UInt8, _ choice: BinChoice, _ uniform: Double
  ) -> Int {
    if Int(outcome) < missingCount { return Int(outcome) }
    guard outcome != .max, bin < missingCount else { return bin }
    if let drawn = choice.bin(uniform: uniform, from: missingCount, through: 255) {
      return drawn
    }
    return missingCount + CumulativeChoice.index(in: variable.presentWeights, uniform: uniform)
  }

  /// The bin and value once more, where the value broke a limit: drawn among those that keep it.
  private func limited(
    _ bin: Int, _ number: Double, _ index: Int, _ row: UInt64, _ bins: BinChoice,
    _ outputs: [DrawnColumn], _ cells: CellDraw
  ) -> (Int, Double) {
    let limits = limits(index, outputs)
    guard !limits.contain(number) else { return (bin, number) }
    let (choice, inside) = stream.uniforms(entity: row, draw: 2)
    let second = stream.uniforms(entity: row, draw: 3).0
    return limits.draw(
      bins, cells: cells, missingCount: missingCount, bin: choice, choice: second,
      position: inside)
  }

  /// The limits that other variables set to the value of a row.
  func limits(_ index: Int, _ outputs: [DrawnColumn]) -> ValueLimits {
    var limits = ValueLimits()
    for place in variable.lowerLimits where !outputs[place].isMissing(index) {
      limits.raise(to: outputs[place].numbers[index])
    }
    for place in variable.upperLimits where !outputs[place].isMissing(index) {
      limits.lower(to: outputs[place].numbers[index])
    }
    return limits
  }
}
