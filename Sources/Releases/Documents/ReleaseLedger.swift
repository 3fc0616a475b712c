// SPDX-License-Identifier: Apache-2.0
import Hashing

/// All releases made from one source, added up; it stays with the owner.
///
/// Each release indicates something of its source, and what several indicate adds up. The source is named
/// by a keyed hash, so that a ledger alone does not tell of which file it is.
public struct ReleaseLedger: Hashable, Sendable, Codable {
  /// One release.
  public struct Entry: Hashable, Sendable, Codable {
    /// The release folder's name.
    public var folder: String
    /// The seed.
    public var seed: String
    /// The SHA-256 of the data file.
    public var data: String
    /// The SHA-256 of the generator.
    public var generator: String
    /// The purpose.
    public var purpose: String
    /// The synthetic rows.
    public var rows: Int
    /// The fewest rows behind a conditional distribution.
    public var minimumLeafCount: Int
    /// The share of synthetic rows that equal a real row; `nil` if not measured.
    public var exactMatches: Double?
    /// The share of real outliers with a strangely near row; `nil` if not measured.
    public var nearMatches: Double?

    /// Creates an entry.
    public init(
      folder: String, seed: String, data: String, generator: String, purpose: String, rows: Int,
      minimumLeafCount: Int, exactMatches: Double?, nearMatches: Double?
    ) {
      self.folder = folder
      self.seed = seed
      self.data = data
      self.generator = generator
      self.purpose = purpose
      self.rows = rows
      self.minimumLeafCount = minimumLeafCount
      self.exactMatches = exactMatches
      self.nearMatches = nearMatches
    }
  }

  /// The version of this format.
  public var ledger = 1
  /// The source: a hash of its SHA-256 under `key`.
  public var source: String
  /// What keys the hash: the seed of the first release.
  public var key: String
  /// The releases, the first one first.
  public var entries: [Entry]
  /// How many there are.
  public var releaseCount: Int { entries.count }

  private enum CodingKeys: String, CodingKey {
    case ledger, source, key, entries, releases, rows, generators, exactMatchBound, nearMatchBound
  }

  /// Begins a ledger with a release.
  ///
  /// - Parameter source: The SHA-256 of the source's file.
  public init(source: String, first: Entry) {
    key = first.seed
    self.source = Self.name(of: source, key: first.seed)
    entries = [first]
  }

  /// Reads a ledger; its sums are made anew.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    ledger = try values.decode(Int.self, forKey: .ledger)
    source = try values.decode(String.self, forKey: .source)
    key = try values.decode(String.self, forKey: .key)
    entries = try values.decode([Entry].self, forKey: .entries)
  }

  /// Writes a ledger with its sums.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(ledger, forKey: .ledger)
    try values.encode(source, forKey: .source)
    try values.encode(key, forKey: .key)
    try values.encode(entries, forKey: .entries)
    try values.encode(entries.count, forKey: .releases)
    try values.encode(rowCount, forKey: .rows)
    try values.encode(Set(entries.map(\.generator)).count, forKey: .generators)
    try values.encodeIfPresent(exactMatchBound, forKey: .exactMatchBound)
    try values.encodeIfPresent(nearMatchBound, forKey: .nearMatchBound)
  }

  /// Whether a ledger is of the source with a SHA-256.
  public func isOf(source hash: String) -> Bool { Self.name(of: hash, key: key) == source }

  /// Adds what other ledgers of the source know, and a release; the same bytes count once.
  public mutating func add(_ more: [Entry]) {
    for entry in more where !entries.contains(where: { $0.data == entry.data }) {
      entries.append(entry)
    }
  }

  /// The synthetic rows of all releases.
  public var rowCount: Int { entries.reduce(0) { $0 + $1.rows } }

  /// The most synthetic rows, of all releases, that equal a real row; `nil` if one was not measured.
  public var exactMatchBound: Double? {
    sum { entry in entry.exactMatches.map { $0 * Double(entry.rows) } }
  }

  /// The largest share of real outliers that one release or another comes near to, at most 1.
  public var nearMatchBound: Double? { sum(\.nearMatches).map { min($0, 1) } }

  private func sum(_ figure: (Entry) -> Double?) -> Double? {
    let figures = entries.compactMap(figure)
    return figures.count == entries.count ? figures.reduce(0, +) : nil
  }

  /// What it adds up to, in words.
  public var sentence: String {
    guard entries.count > 1 else {
      return "this is the first release of the source that the ledger knows."
    }
    var words =
      "the ledger knows \(entries.count) releases of the source, \(rowCount) rows in all, from "
      + "\(Set(entries.map(\.generator)).count) generator(s)"
    if let bound = exactMatchBound {
      words += "; \(Int(bound.rounded())) of the rows equal a real one"
    }
    if let bound = nearMatchBound {
      words +=
        "; at most \((bound * 1000).rounded() / 10) % of the real outliers have a strangely near row in "
        + "one release or another"
    }
    return words + "."
  }

  private static func name(of source: String, key: String) -> String {
    // HMAC's two passes, so that no text can be lengthened into another's hash.
    let inner = SHA256.hex(SHA256.digest(Array("\(key)\u{0}ledger\u{0}\(source)".utf8)))
    return SHA256.hex(SHA256.digest(Array("\(key)\u{0}ledger\u{0}\(inner)".utf8)))
  }
}
