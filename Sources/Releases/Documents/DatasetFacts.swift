// SPDX-License-Identifier: Apache-2.0
import Hashing
public import Synthesis

/// What catalogues and citations are told of a synthetic data set, however it was made.
public struct DatasetFacts: Sendable {
  /// What the owner says of the data set.
  public var description: ReleaseDescription
  /// The data files.
  public var files: [ReleaseFile]
  /// Their media type.
  public var mediaType: String
  /// The synthetic rows, of all files.
  public var rowCount: Int
  /// What made them, with its version.
  public var software: String
  /// The seed.
  public var seed: String
  /// How they were made, in a sentence or two.
  public var technique: String
  /// What the rows are.
  public var mark: SyntheticMark

  /// Creates facts.
  public init(
    description: ReleaseDescription, files: [ReleaseFile], mediaType: String, rowCount: Int,
    software: String, seed: String, technique: String, mark: SyntheticMark
  ) {
    self.description = description
    self.files = files
    self.mediaType = mediaType
    self.rowCount = rowCount
    self.software = software
    self.seed = seed
    self.technique = technique
    self.mark = mark
  }

  var title: String { mark.title(description.title) }

  /// The hash of a lone file, or of the hashes of all.
  var hash: String {
    guard files.count != 1 else { return files[0].sha256 }
    return SHA256.hex(SHA256.digest(files.flatMap { Array($0.sha256.utf8) }))
  }

  /// A name of the data set that follows from its bytes: a UUID of version 8 (RFC 9562).
  var urn: String { ReleaseFacts.urn(hash) }

  /// The citation, as one line.
  var citation: String {
    let plain = MarkdownText.plain
    let who =
      description.creators.isEmpty ? "" : plain(description.creators.joined(separator: "; ")) + " "
    let year = description.date.map { "(\($0.prefix(4))). " } ?? ""
    let publisher = description.publisher.map { " \(plain($0))." } ?? ""
    let place = description.identifier.map { " \(plain($0))." } ?? ""
    return
      "\(who)\(year)\(plain(title)). Version \(plain(description.version)). [\(mark.isPartial ? "Partially synthetic" : "Synthetic") data set, made by \(software), "
      + "seed \"\(MarkdownText.plain(seed))\"].\(publisher)\(place) "
      + "SHA-256 of the \(files.count == 1 ? "data" : "files' hashes"): \(hash.prefix(16))…"
  }
}
