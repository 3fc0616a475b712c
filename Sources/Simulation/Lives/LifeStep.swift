// SPDX-License-Identifier: Apache-2.0
import Formulas

/// A column that is given new values.
struct LifeAssignment: Sendable {
  var table: Int
  var column: String
  var formula: Formula
  var text: String
  var place: SourcePlace
  /// Whose value changes; everybody else keeps theirs.
  var only: Expression?
  /// The table of shares or counts that a draw of truth values is brought to.
  var alignment: String?
  /// The keys of that table, which are columns.
  var alignmentKeys: [String] = []
  /// Whether that table holds numbers of rows, and not shares.
  var alignsToCounts = false
  var decimals: Int?
  var isHidden = false
  /// Which assignment of this column it is, counted from 0: each has its own draws.
  var ordinal = 0
}

/// Children who are born, or others who come by way of a row that is there.
struct LifeBirth: Sendable {
  var name: String
  var table: Int
  var place: SourcePlace
  /// Of whom they may be.
  var of: Expression?
  /// Whether, or how many.
  var when: Formula
  /// The columns of those who come.
  var columns: [LifeAssignment] = []
}

/// People who found a household of their own, or move to another.
struct LifeMove: Sendable {
  enum Goal: Sendable, Equatable { case new, random }

  var table: Int
  var place: SourcePlace
  var condition: Formula
  var goal: Goal
  /// The link that changes.
  var link: Int
  /// Columns of a new household; the others are those of the old one.
  var columns: [LifeAssignment] = []
}

/// People of two kinds who are brought together.
struct LifePairing: Sendable {
  enum Home: String, Sendable, CaseIterable { case first, second, none }

  var table: Int
  var place: SourcePlace
  var first: Expression
  var second: Expression
  /// What should be alike.
  var by: Expression?
  /// How far chance moves what should be alike.
  var spread: Double
  /// The column that gets the other's id.
  var column: String
  /// Whose household both live in afterwards.
  var home: Home
  var link: Int?
}

/// Something that happens in each period.
enum LifeStep: Sendable {
  case assign(LifeAssignment)
  case remove(table: Int, condition: Formula, place: SourcePlace)
  case births(LifeBirth)
  case move(LifeMove)
  case pair(LifePairing)
}
