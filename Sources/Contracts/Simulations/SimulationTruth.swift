// SPDX-License-Identifier: Apache-2.0
public import Tables

/// What a model knows beside the tables that it hands out.
public struct SimulationTruth: Sendable {
  /// The complete rows behind each table, by its name: nothing missing, nothing mismeasured.
  public var complete: [String: Table]
  /// True effects.
  public var effects: [KnownEffect]
  /// The files from which the model takes rows that may be real.
  public var populationFiles: [String]

  /// Creates a truth.
  public init(
    complete: [String: Table] = [:], effects: [KnownEffect] = [], populationFiles: [String] = []
  ) {
    self.complete = complete
    self.effects = effects
    self.populationFiles = populationFiles
  }
}
