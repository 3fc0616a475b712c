// SPDX-License-Identifier: Apache-2.0

/// How much is measured.
public enum MeasureDepth: String, Hashable, Sendable, Codable, CaseIterable {
  /// The first measures, in a fraction of a second for most tables.
  case first
  /// The whole battery: models that tell the tables apart, attacks, tables of three variables.
  case full
}
