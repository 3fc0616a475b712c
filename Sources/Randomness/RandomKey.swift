// SPDX-License-Identifier: Apache-2.0

import Hashing

/// Names a run: the seed, as the text the user gave, and the replication.
///
/// All randomness of a run comes from its key by name, never by order, so that adding a column, a
/// thread or a shard changes no other draw:
///
///     let key = RandomKey(seed: "2026")
///     var stream = key.stream(table: "households", "income").stream(entity: 17)
///     let draw = Draws.uniform(using: &stream)
///
/// ## Derivation
/// The key of a stream is the first 64 bits, read as one big-endian number, of the SHA-256 of the
/// fields *seed*, *replication* (in decimal digits, with a minus sign if negative), *table* and then
/// each name of the path. A field is its length in UTF-8 bytes, as 8 bytes little-endian, and then
/// those bytes. Text is taken as it stands: it is not normalized.
public struct RandomKey: Hashable, Sendable, Codable {
  /// The seed, any text; a numeric seed is its decimal digits.
  public var seed: String
  /// The replication, counted from 0.
  public var replication: Int

  /// Creates a key.
  public init(seed: String, replication: Int = 0) {
    self.seed = seed
    self.replication = replication
  }

  /// The key of a stream; a lone table's name is empty.
  public func stream(table: String = "", _ name: String) -> StreamKey {
    stream(table: table, path: [name])
  }

  /// The key of a stream named by a path, such as `["income", "tree", "12"]`.
  public func stream(table: String = "", path: [String]) -> StreamKey {
    var hash = SHA256()
    for field in [seed, String(replication), table] + path {
      var field = field
      field.withUTF8 { text in
        withUnsafeBytes(of: UInt64(text.count).littleEndian) { hash.update($0) }
        hash.update(UnsafeRawBufferPointer(text))
      }
    }
    let word = hash.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return StreamKey(word: word)
  }
}
