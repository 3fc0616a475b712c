// SPDX-License-Identifier: Apache-2.0
public import Randomness

/// Plants faults in several tables that hang together: in cells, keys, columns and files.
///
/// A fault is planted only where it breaks nothing else: keys and what points to them are left to the
/// faults of keys, the rows of a group go only where nothing points to them, and cells that are cut off or
/// left out have none.
public struct DatasetFaultPlan: Sendable {
  /// A table as it stands in its file.
  public struct Table: Sendable {
    /// Its name.
    public var name: String
    /// The names of its columns.
    public var columns: [String]
    /// The cells, column by column.
    public var cells: [[String]]
    /// What the cells of each column are.
    public var types: [FaultKind.Cells]
    /// The columns of its key.
    public var key: [Int] = []
    /// Its foreign keys: own columns, the table they point to, and its columns.
    public var references: [(columns: [Int], table: Int, targets: [Int])] = []

    /// Creates a table.
    public init(
      name: String, columns: [String], cells: [[String]], types: [FaultKind.Cells], key: [Int] = [],
      references: [(columns: [Int], table: Int, targets: [Int])] = []
    ) {
      self.name = name
      self.columns = columns
      self.cells = cells
      self.types = types
      self.key = key
      self.references = references
    }

    /// How many rows it has.
    public var rowCount: Int { cells.first?.count ?? 0 }
  }

  /// A table with its faults.
  public struct Result: Sendable {
    /// The names of the columns that are there.
    public var columns: [String]
    /// The cells, column by column.
    public var cells: [[String]]
    /// The row in whose middle the file ends, counted from 0.
    public var cutRow: Int?
    /// Whether the file is in another encoding.
    public var isRecoded = false
    /// Whether it begins with a byte order mark.
    public var hasMark = false
  }

  private let plan: FaultPlan
  private let kinds: [DatasetFaultKind]

  /// Creates a plan.
  ///
  /// - Parameter isOfFiles: Whether the tables go to files, which can be damaged as such.
  public init(_ plan: FaultPlan, isOfFiles: Bool) {
    self.plan = plan
    kinds = (plan.namesKinds ? plan.structural : DatasetFaultKind.allCases).filter {
      isOfFiles || !$0.isOfFile
    }
  }

  /// Plants the faults.
  ///
  /// - Returns: The tables, the manifest, and the kinds for which no table is fit.
  public func planted(
    in tables: [Table], key: RandomKey
  ) -> (tables: [Result], faults: [FaultPlan.Fault], unplanted: [DatasetFaultKind]) {
    var run = Planting(tables, plan: plan, key: key)
    var unplanted: [DatasetFaultKind] = []
    // Files first: what is cut off holds no other fault. Columns next, for the same reason.
    let order = kinds.filter(\.isOfFile) + kinds.filter(\.isOfColumns)
    for kind in order where !run.plantInFile(kind) { unplanted.append(kind) }
    run.plantInCells()
    // Keys are repeated last, as a row that is gone or points elsewhere would not be repeated.
    for kind in [DatasetFaultKind.orphan, .emptyGroup, .duplicateKey]
    where kinds.contains(kind) && !run.plantInKeys(kind) {
      unplanted.append(kind)
    }
    if plan.namesKinds {
      // Asked for by name in files that a database does not have.
      unplanted += plan.structural.filter { !kinds.contains($0) }
    }
    let (results, faults) = run.finished()
    return (results, faults, unplanted)
  }
}
