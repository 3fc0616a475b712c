// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Synthesis

/// What a report is about: the synthetic table, and how it was made where that is known.
public struct ReportSubject: Hashable, Sendable {
  /// The data set's name.
  public var name: String
  /// The synthetic file's name.
  public var dataFile: String
  /// The synthetic rows.
  public var rowCount: Int
  /// The variables.
  public var schema: Schema
  /// The program and its version.
  public var software: String
  /// How it was made; `nil` for a file that another program made.
  public var making: Making?

  /// How a synthetic table was made.
  public struct Making: Hashable, Sendable {
    /// The plan.
    public var plan: Plan
    /// The seed.
    public var seed: String
    /// The rows that the generator was fitted on.
    public var fittedRowCount: Int
    /// The SHA-256 of the generator.
    public var generatorHash: String
    /// What the generator holds, variable by variable.
    public var holdings: [ModelHolding]
    /// What hangs on what in the synthetic rows; `nil` where that was not looked at.
    public var structure: DependenceStructure?

    /// Creates a description.
    public init(
      plan: Plan, seed: String, fittedRowCount: Int, generatorHash: String,
      holdings: [ModelHolding], structure: DependenceStructure? = nil
    ) {
      self.plan = plan
      self.seed = seed
      self.fittedRowCount = fittedRowCount
      self.generatorHash = generatorHash
      self.holdings = holdings
      self.structure = structure
    }
  }

  /// Creates a subject.
  public init(
    name: String, dataFile: String, rowCount: Int, schema: Schema, software: String,
    making: Making?
  ) {
    self.name = name
    self.dataFile = dataFile
    self.rowCount = rowCount
    self.schema = schema
    self.software = software
    self.making = making
  }
}
