// SPDX-License-Identifier: Apache-2.0
public import Tables

/// What a structural model gives: the data as they would be collected, and the truth behind them.
public struct StructuralOutcome: Sendable {
  /// The tables without hidden columns, with cells missing.
  public var collected: [Table]
  /// The tables with every column, and nothing missing but what formulas leave undefined.
  public var complete: [Table]
  /// The parameters, the formula of each column, and the kind of each gap.
  public var facts: Table
  /// True effects beside the naive contrast; nil if the model asks for none.
  public var effects: Table?
  /// The true mean effects.
  public var meanEffects: [MeanEffect] = []
  /// For each effect, every row's outcome in both worlds.
  public var individual: [Table]
  /// What depends on what, as dagitty reads it.
  public var dagitty: String
  /// What depends on what, as Graphviz reads it.
  public var dot: String
}
