// SPDX-License-Identifier: Apache-2.0
import Randomness
import Synthesis

/// Turns the drawn bins of one variable into values, and draws again what cannot be kept.
struct JointVariableDraw: Sendable {
  let variable: JointVariable
  let stream: StreamKey
  let missingCount: Int
  let cells: CellDraw?
  let levels: LevelChoice?

  init(_ variable: JointVariable, key: RandomKey, table: String) {
    self.variable = variable
    stream = key.stream(table: table, variable.name)
    missingCount = variable.layout.missingReasons.count
    switch variable.layout.content {
    case .scale(let layout):
      cells = CellDraw(layout)
      levels = nil
    case .levels(let layout):
      cells = nil
      levels = layout.count > 0 ? LevelChoice(layout) : nil
    }
  }

  /// Draws the variable for rows of the run.
  ///
  /// - Parameters:
  ///   - range: The places of the rows in the output.
  ///   - firstRow: The number of the run's row at place 0.
  ///   - bins: The chunk's bins, one stretch of `stride` a variable.
  ///   - place: This variable's stretch.
  ///   - outputs: The columns of all variables; those before are finished for these rows.
  func fill(
    _ range: Range<Int>, firstRow: Int, _ chunk: any JointChunk, place: Int,
    bins: UnsafeMutablePointer<UInt8>, stride: Int, into outputs: [DrawnColumn]
  ) {
    let own = bins + place * stride
    let route = variable.missingRoute.map {
      (source: UnsafePointer(bins + $0.source * stride), outcomes: $0.outcomes)
    }
    ChunkUniforms.with(
      stream, rows: firstRow + range.lowerBound, count: range.count,
      isTwice: cells?.isAllSingle == false
    ) { uniforms in
      chunk.fill(place, uniforms: uniforms.choice)
      for index in range {
        let offset = index - range.lowerBound
        var bin = Int(own[offset])
        if let route {
          let outcome = Int(route.outcomes[Int(route.source[offset])])
          if outcome < missingCount {
            bin = outcome
          } else if outcome != 255, bin < missingCount {
            bin =
              chunk.redraw(
                place, offset: offset, uniform: uniforms.choice[offset], from: missingCount,
                through: 255) ?? bin
          }
        }
        own[offset] = UInt8(bin)
        if bin < missingCount {
          outputs[place].missing[index] = UInt8(bin + 1)
        } else if let cells {
          var number = cells.value(
            bin - missingCount, choice: uniforms.spike[offset], position: uniforms.inside[offset])
          if variable.isLimited {
            (bin, number) = limited(
              bin, number, index, offset, firstRow, chunk, place, outputs, cells)
            own[offset] = UInt8(bin)
          }
          outputs[place].numbers[index] = number
        } else if let levels {
          let level = levels.level(bin: bin - missingCount, uniform: uniforms.inside[offset])
          outputs[place].levels[index] = UInt32(level)
          own[offset] = UInt8(missingCount + levels.bin(ofLevel: level))
        }
      }
    }
  }

  /// The bin and value once more, where the value broke a limit: drawn among those that keep it.
  private func limited(
    _ bin: Int, _ number: Double, _ index: Int, _ offset: Int, _ firstRow: Int,
    _ chunk: any JointChunk, _ place: Int, _ outputs: [DrawnColumn], _ cells: CellDraw
  ) -> (Int, Double) {
    let limits = limits(index, outputs)
    guard !limits.contain(number) else { return (bin, number) }
    let row = UInt64(firstRow + index)
    let (choice, inside) = stream.uniforms(entity: row, draw: 2)
    let second = stream.uniforms(entity: row, draw: 3).0
    return limits.draw(
      cells: cells, missingCount: missingCount, bin: choice, choice: second, position: inside
    ) {
      chunk.redraw(place, offset: offset, uniform: $0, from: $1, through: $2)
    }
  }

  /// The limits that other variables set to the value of a row.
  func limits(_ index: Int, _ outputs: [DrawnColumn]) -> ValueLimits {
    var limits = ValueLimits()
    for source in variable.lowerLimits where !outputs[source].isMissing(index) {
      limits.raise(to: outputs[source].numbers[index])
    }
    for source in variable.upperLimits where !outputs[source].isMissing(index) {
      limits.lower(to: outputs[source].numbers[index])
    }
    return limits
  }
}
