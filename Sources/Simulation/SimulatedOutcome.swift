// SPDX-License-Identifier: Apache-2.0
public import Tables

/// What a run of a model gives: data to hand out, and the truth to keep.
///
/// Where a model has scenarios, the rows of each stand one below the other, with its name in the column
/// `scenario`.
public struct SimulatedOutcome: Sendable {
  /// The tables to hand out.
  public var data: [Table] = []
  /// The tables to keep.
  public var truth: [Table] = []
  /// Texts to keep, such as the graph, each with the name of its file.
  public var texts: [(name: String, text: String)] = []
  /// The true mean effects, where the model is run once and knows them.
  public var meanEffects: [MeanEffect] = []
  /// What whoever runs the model should read, such as what it leaves out; empty if nothing.
  public var notes = ""
}
