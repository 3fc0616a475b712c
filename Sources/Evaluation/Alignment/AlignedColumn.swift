// SPDX-License-Identifier: Apache-2.0
public import Schemas

/// One variable of several tables, read the same way in each so that cells can be compared.
///
/// The tables may store the variable differently (whole numbers here, decimals or text there).
public struct AlignedColumn: Sendable {
  /// The variable's name.
  public var name: String
  /// What its values are.
  public var kind: VariableKind
  /// The cells of each table, in the order of the tables.
  public var sides: [Side]
  /// The levels, those of the first table first; empty for values on a scale.
  public var levels: [String]

  /// Whether the values lie on a scale.
  public var isContinuous: Bool { kind.isContinuous }

  /// The cells of one table.
  public struct Side: Sendable {
    /// Values on a scale, one a row (0 where missing); empty for levels.
    public var values: [Double]
    /// Levels counted from 1, one a row, 0 where missing; for a scale 1 where present.
    public var codes: [UInt32]
    /// The number of cells that are not missing.
    public var presentCount: Int

    /// Creates a side.
    public init(values: [Double], codes: [UInt32]) {
      self.values = values
      self.codes = codes
      presentCount = codes.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
    }

    /// The values of the present cells, in the order of the rows.
    public var presentValues: [Double] {
      guard presentCount < codes.count else { return values }
      return values.indices.compactMap { codes[$0] == 0 ? nil : values[$0] }
    }
  }

  /// Creates a column.
  public init(name: String, kind: VariableKind, sides: [Side], levels: [String]) {
    self.name = name
    self.kind = kind
    self.sides = sides
    self.levels = levels
  }
}
