// SPDX-License-Identifier: Apache-2.0

/// What an owner says of a data set in catalogues and citations; what is not said is left to be filled in.
public struct ReleaseDescription: Hashable, Sendable {
  /// The title, without the mark that it is synthetic.
  public var title: String
  /// What it is, in a sentence or two; `nil` if nobody said so.
  public var summary: String?
  /// Who answers for the data set: persons or organisations.
  public var creators: [String]
  /// Who makes it available.
  public var publisher: String?
  /// The real data set, as it may be named in public.
  public var source: String?
  /// The licence, by its SPDX identifier.
  public var licence: String?
  /// Whom to ask.
  public var contact: String?
  /// The version of the data set.
  public var version: String
  /// The day of publication, `yyyy-MM-dd`.
  public var date: String?
  /// The identifier, such as a DOI.
  public var identifier: String?

  /// Creates a description of a data set of which only the name is known.
  public init(title: String) {
    self.title = title
    creators = []
    version = "1"
  }

  /// What a catalogue needs and nobody said.
  public var open: [String] {
    [
      (creators.isEmpty, "creators"), (publisher == nil, "publisher"), (date == nil, "date"),
      (licence == nil, "licence"), (contact == nil, "contact"), (identifier == nil, "identifier"),
    ].filter(\.0).map(\.1)
  }
}
