// SPDX-License-Identifier: Apache-2.0
import Formulas
public import Randomness
public import Tables

/// Which faults are planted and how many; the same key plants the same ones.
public struct FaultPlan: Sendable {
  /// A fault that was planted.
  public struct Fault: Hashable, Sendable {
    /// The table; empty for a lone one.
    public let table: String
    /// The row, counted from 1 below the header of the clean twin; 0 for the header or the whole file.
    public let row: Int
    /// The column; `*` for a whole row.
    public let column: String
    /// The kind.
    public let kind: String
    /// The assumption that it breaks.
    public let assumption: String
    /// What a program should do with it.
    public let handling: String

    /// Creates an entry.
    public init(
      table: String = "", row: Int, column: String, kind: String, assumption: String,
      handling: String
    ) {
      self.table = table
      self.row = row
      self.column = column
      self.kind = kind
      self.assumption = assumption
      self.handling = handling
    }
  }

  /// The kinds that may be planted.
  public let kinds: [FaultKind]
  /// Whether whole rows are repeated.
  public private(set) var repeatsRows: Bool
  /// The kinds of faults of keys, columns and files that may be planted.
  public let structural: [DatasetFaultKind]
  /// The share of cells that are wrong; of rows, for repeated ones.
  public let share: Double

  /// Whether kinds were named; else all are meant that suit the tables.
  public let namesKinds: Bool

  /// The name of the fault that repeats the row before.
  public static let repeatedRow = "repeated-row"

  /// Reads `5%`, `boundary,empty`, or both: `5%,boundary,empty`.
  ///
  /// - Throws: `DataError` if a kind is not known or the share is none.
  public init(_ text: String) throws(DataError) {
    var share = 0.01
    var kinds: [FaultKind] = []
    var repeats = false
    var structural: [DatasetFaultKind] = []
    for part in text.split(separator: ",").map(String.init) {
      if part.hasSuffix("%") {
        guard let percent = Double(part.dropLast()), percent > 0, percent <= 100 else {
          throw DataError("`\(part)` is no share", remedy: "Write --faults 5%.")
        }
        share = percent / 100
      } else if part == Self.repeatedRow {
        repeats = true
      } else if let kind = FaultKind.named(part) {
        kinds.append(kind)
      } else if let kind = DatasetFaultKind(rawValue: part) {
        structural.append(kind)
      } else {
        throw DataError(
          "there is no fault `\(part)`",
          remedy: Suggestion.remedy(
            for: part,
            among: FaultKind.all.map(\.name) + [Self.repeatedRow]
              + DatasetFaultKind.allCases.map(\.rawValue)))
      }
    }
    self.share = share
    let isAny = kinds.isEmpty && !repeats && structural.isEmpty
    self.repeatsRows = repeats || isAny
    self.kinds = isAny ? FaultKind.all : kinds
    self.structural = structural
    namesKinds = !isAny
  }

  /// The same plan for tables whose rows have keys.
  var withoutRepeatedRows: FaultPlan {
    var plan = self
    plan.repeatsRows = false
    return plan
  }

  /// Plants faults in a table of texts.
  ///
  /// - Parameters:
  ///   - cells: The cells as they stand in the file, column by column.
  ///   - names: The names of the columns.
  ///   - types: What the cells of each column are.
  ///   - table: The name of the table, where there are several.
  /// - Returns: The cells with faults, and the manifest, row by row.
  public func planted(
    in cells: [[String]], names: [String], types: [FaultKind.Cells], table: String = "",
    key: RandomKey
  ) -> (cells: [[String]], faults: [Fault]) {
    var wrong = cells
    var faults: [Fault] = []
    for (column, texts) in cells.enumerated() {
      let own = kinds.filter { $0.cells.contains(types[column]) }
      guard !own.isEmpty else { continue }
      let stream = key.stream(table: table, path: ["faults", names[column]])
      for row in texts.indices {
        var draws = stream.stream(entity: UInt64(row))
        guard Draws.bernoulli(share, using: &draws) else { continue }
        // Kinds in turn from a random one on, until one changes this cell.
        let first = Draws.integer(below: own.count, using: &draws)
        for offset in own.indices {
          let kind = own[(first + offset) % own.count]
          guard let text = kind.damage(texts[row], &draws),
            !text.utf8.elementsEqual(texts[row].utf8)
          else { continue }
          wrong[column][row] = text
          faults.append(
            Fault(
              row: row + 1, column: names[column], kind: kind.name, assumption: kind.assumption,
              handling: kind.handling))
          break
        }
      }
    }
    if repeatsRows { repeatRows(of: cells, in: &wrong, &faults, table, key) }
    faults.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    return (wrong, faults)
  }

  /// Lets rows be those before them, where neither row has a fault yet and they differ.
  private func repeatRows(
    of cells: [[String]], in wrong: inout [[String]], _ faults: inout [Fault], _ table: String,
    _ key: RandomKey
  ) {
    let stream = key.stream(table: table, path: ["faults", Self.repeatedRow])
    let taken = Set(faults.map(\.row))
    // In a table of many columns a share of the cells would be every row.
    let share = min(share, 0.02)
    var repeated: Set<Int> = []
    for row in 1..<max(1, cells.first?.count ?? 0) {
      var draws = stream.stream(entity: UInt64(row))
      guard Draws.bernoulli(share, using: &draws), !taken.contains(row + 1), !taken.contains(row),
        !repeated.contains(row), cells.contains(where: { $0[row] != $0[row - 1] })
      else { continue }
      repeated.insert(row + 1)
      for column in cells.indices { wrong[column][row] = cells[column][row - 1] }
      faults.append(
        Fault(
          row: row + 1, column: "*", kind: Self.repeatedRow, assumption: "each row comes once",
          handling: "report the repeated key, and keep one"))
    }
  }
}
