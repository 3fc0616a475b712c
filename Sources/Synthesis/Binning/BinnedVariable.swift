// SPDX-License-Identifier: Apache-2.0

/// A column cut into bins once, for every tree that asks it or learns it.
public struct BinnedVariable: Sendable {
  /// The variable's name.
  public var name: String
  /// What the bins stand for.
  public var layout: VariableLayout
  /// The bin of each row.
  public var codes: [UInt8]
  /// The level of each row, where levels are grouped; empty otherwise.
  ///
  /// `UInt32.max` stands for no level.
  public var levelCodes: [UInt32]
}
