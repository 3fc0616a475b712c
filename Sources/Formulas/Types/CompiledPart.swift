// SPDX-License-Identifier: Apache-2.0
import Tables

/// A part of a formula whose types are known to fit, ready to be evaluated.
struct CompiledPart: Sendable {
  var type: FormulaType
  var place: SourcePlace
  /// The value, if it is written out.
  var literal: Expression.Literal?
  var evaluate: @Sendable (Frame) -> ValueVector

  init(
    _ type: FormulaType, at place: SourcePlace, literal: Expression.Literal? = nil,
    _ evaluate: @escaping @Sendable (Frame) -> ValueVector
  ) {
    self.type = type
    self.place = place
    self.literal = literal
    self.evaluate = evaluate
  }

  func error(_ message: String, _ remedy: String) -> DataError {
    place.error(message, remedy: remedy)
  }
}
