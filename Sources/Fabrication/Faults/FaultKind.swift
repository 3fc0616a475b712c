// SPDX-License-Identifier: Apache-2.0
import Randomness

/// A way in which a cell can be wrong on purpose.
public struct FaultKind: Sendable {
  /// What a column's cells are.
  public enum Cells: String, Hashable, Sendable {
    /// Numbers with or without a fraction.
    case number
    /// Dates as `yyyy-MM-dd`.
    case date
    /// Texts, categories and truth values.
    case text
  }

  /// The name, for `--faults`.
  public let name: String
  /// The assumption that it breaks.
  public let assumption: String
  /// What a program should do with it.
  public let handling: String
  let cells: Set<Cells>
  /// The wrong cell; nil where the kind has nothing to do with this one.
  let damage: @Sendable (String, inout RandomStream) -> String?

  /// The kind of a name.
  public static func named(_ name: String) -> FaultKind? { all.first { $0.name == name } }

  static func choose<Element>(_ list: [Element], _ stream: inout RandomStream) -> Element {
    list[Draws.integer(below: list.count, using: &stream)]
  }
}
