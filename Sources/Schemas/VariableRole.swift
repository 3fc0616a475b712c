// SPDX-License-Identifier: Apache-2.0

/// What a variable is for.
public enum VariableRole: String, Hashable, Sendable, Codable, CaseIterable {
  /// Identifies a record or a person; never learned, always made anew.
  case identifier
  /// The primary key of its table.
  case key
  /// Points to a key of another table.
  case parentKey = "parent-key"
  /// Names the person or thing that several rows describe.
  case entity
  /// Orders the rows of an entity in time.
  case time
  /// The survey weight.
  case weight
  /// The survey stratum.
  case stratum
  /// The survey cluster.
  case cluster
  /// Helps to recognise a person together with others.
  case quasiIdentifier = "quasi-identifier"
  /// Must not be learned about a person.
  case sensitive
}
