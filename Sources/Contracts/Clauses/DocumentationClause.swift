// SPDX-License-Identifier: Apache-2.0

/// What is said of the data set in catalogues, and what of the documentation must be there.
public struct DocumentationClause: Hashable, Sendable {
  /// A part of the documentation that is checked.
  public enum Feature: String, Hashable, Sendable, CaseIterable {
    /// Each variable has a label.
    case labels
    /// Each level that is stored as a number has a label.
    case valueLabels = "value-labels"
    /// Each code for missing that occurs says what it means.
    case missingCodes = "missing-codes"
    /// What a catalogue needs is stated: creators, publisher, date, licence.
    case catalogue
  }

  /// The title.
  public var title: String?
  /// What it is, in a sentence or two.
  public var description: String?
  /// Who answers for it.
  public var creators: [String]
  /// Who makes it available.
  public var publisher: String?
  /// The real data set, as it may be named in public.
  public var source: String?
  /// The licence, by its SPDX identifier.
  public var licence: String?
  /// Whom to ask.
  public var contact: String?
  /// The version.
  public var version: String?
  /// The day of publication.
  public var date: String?
  /// The identifier, such as a DOI.
  public var identifier: String?
  /// What is checked.
  public var faithful: [Feature]
  /// Where it stands.
  public var place: ClausePlace

  /// Creates a clause that says nothing.
  public init(place: ClausePlace = ClausePlace()) {
    creators = []
    faithful = []
    self.place = place
  }
}
