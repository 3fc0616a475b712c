// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis

/// Draws one variable for a chunk of rows.
struct VariableDraw: Sendable {
  private let variable: FittedVariable
  private let stream: StreamKey
  private let missingCount: Int
  private let cells: CellDraw?
  private let levels: LevelDraw?
  private let cumulativeWeights: [Double]
  private let walk: LeafWalk

  init(_ variable: FittedVariable, key: RandomKey, table: String) {
    self.variable = variable
    stream = key.stream(table: table, variable.name)
    cumulativeWeights = variable.tree.cumulativeWeights(scaledBy: variable.binFactors)
    walk = LeafWalk(variable.tree)
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
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(range.count, 1)) { leaves in
      guard let leaves = leaves.baseAddress else { return }
      walk.leaves(of: columns, count: range.count, into: leaves)
      ChunkUniforms.with(
        stream, rows: firstRow + range.lowerBound, count: range.count,
        isTwice: cells?.isAllSingle == false
      ) { uniforms in
        LeafDraw.with(variable.tree, cumulativeWeights) { tree in
          draw(
            range, firstRow: firstRow, leaves: leaves, uniforms: uniforms, tree: tree,
            columns: columns, route: route, own: own, outputs: outputs, output: outputs[place])
        }
      }
    }
  }

  private func draw(
    _ range: Range<Int>, firstRow: Int, leaves: UnsafePointer<Int32>, uniforms: ChunkUniforms,
    tree: LeafDraw, columns: [UnsafePointer<UInt8>], route: (UnsafePointer<UInt8>, [UInt8])?,
    own: UnsafeMutablePointer<UInt8>, outputs: [DrawnColumn], output: DrawnColumn
  ) {
    for index in range {
      let offset = index - range.lowerBound
      let row = UInt64(firstRow + index)
      let leaf = Int(leaves[offset])
      let choice = uniforms.choice[offset]
      var bin = tree.bin(leaf: leaf, uniform: choice)
      if let (source, outcomes) = route {
        bin = routed(bin, outcomes[Int(source[offset])], tree, leaf, choice)
      }
      if bin < missingCount {
        own[offset] = UInt8(bin)
        output.missing[index] = UInt8(bin + 1)
      } else if let cells {
        var number = cells.value(
          bin - missingCount, choice: uniforms.spike[offset], position: uniforms.inside[offset])
        if variable.isLimited {
          (bin, number) = limited(bin, number, index, row, tree, leaf, outputs, cells)
        }
        own[offset] = UInt8(bin)
        output.numbers[index] = number
      } else if let levels {
        let level = levels.level(
          bin: bin - missingCount, uniform: uniforms.inside[offset], columns: columns,
          offset: offset)
        output.levels[index] = UInt32(level)
        own[offset] = UInt8(missingCount + levels.bin(ofLevel: level))
      }
    }
  }

  /// The bin where another variable decides whether this one is missing.
  private func routed(
    _ bin: Int, _ outcome: UInt8, _ tree: LeafDraw, _ leaf: Int, _ uniform: Double
  ) -> Int {
    if Int(outcome) < missingCount { return Int(outcome) }
    guard outcome != .max, bin < missingCount else { return bin }
    if let drawn = tree.bin(leaf: leaf, uniform: uniform, from: missingCount, through: 255) {
      return drawn
    }
    return missingCount + CumulativeChoice.index(in: variable.presentWeights, uniform: uniform)
  }

  /// The bin and value once more, where the value broke a limit: drawn among those that keep it.
  private func limited(
    _ bin: Int, _ number: Double, _ index: Int, _ row: UInt64, _ tree: LeafDraw, _ leaf: Int,
    _ outputs: [DrawnColumn], _ cells: CellDraw
  ) -> (Int, Double) {
    var limits = ValueLimits()
    for place in variable.lowerLimits where !outputs[place].isMissing(index) {
      limits.raise(to: outputs[place].numbers[index])
    }
    for place in variable.upperLimits where !outputs[place].isMissing(index) {
      limits.lower(to: outputs[place].numbers[index])
    }
    guard !limits.contain(number) else { return (bin, number) }
    let (choice, inside) = stream.uniforms(entity: row, draw: 2)
    let second = stream.uniforms(entity: row, draw: 3).0
    return limits.draw(
      tree, leaf: leaf, cells: cells, missingCount: missingCount, bin: choice, choice: second,
      position: inside)
  }
}
