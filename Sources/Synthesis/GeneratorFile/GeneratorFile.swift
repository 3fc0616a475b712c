// SPDX-License-Identifier: Apache-2.0
import Hashing
public import Tables

/// The container of a fitted generator: a checked header and named sections.
///
/// Layout: the eight bytes `SEMBLNC\n`; the version of the oldest reader that understands all sections,
/// two bytes, written twice, since the checksum does not cover it; the SHA-256 of all that follows, 32 bytes; then sections, each a name, a flag that says
/// whether a reader may pass over it, and its bytes. Numbers are least significant byte first.
public struct GeneratorFile: Hashable, Sendable {
  /// The newest version that this code reads.
  public static let version = 3
  private static let magic = Array("SEMBLNC\n".utf8)
  private static let headerSize = 8 + 4 + 32

  /// A named stretch of bytes.
  public struct Section: Hashable, Sendable {
    /// The name.
    public var name: String
    /// Whether a reader that does not know it may pass over it.
    public var isOptional: Bool
    /// The content.
    public var bytes: [UInt8]

    /// Creates a section.
    public init(name: String, isOptional: Bool = false, bytes: [UInt8]) {
      self.name = name
      self.isOptional = isOptional
      self.bytes = bytes
    }
  }

  /// The sections in order; unknown optional ones are kept when the file is written again.
  public var sections: [Section]

  /// The version of the oldest reader that understands all sections.
  public var leastReader: Int

  /// Creates a file from sections.
  public init(sections: [Section], leastReader: Int = 1) {
    self.sections = sections
    self.leastReader = leastReader
  }

  /// The section of a name, or `nil`.
  public func section(named name: String) -> Section? { sections.first { $0.name == name } }

  /// The bytes of the file.
  public func encoded() -> [UInt8] {
    var body = ByteWriter()
    body.write(count: sections.count)
    for section in sections {
      body.write(section.name)
      body.write(byte: section.isOptional ? 1 : 0)
      body.write(section.bytes)
    }
    var file = ByteWriter()
    file.write(raw: Self.magic)
    for part in [leastReader, leastReader] {
      file.write(byte: UInt8(part & 255))
      file.write(byte: UInt8(part >> 8))
    }
    file.write(raw: SHA256.digest(body.bytes))
    file.write(raw: body.bytes)
    return file.bytes
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the file.
  ///   - name: The file's name, for messages.
  /// - Throws: `DataError` if the bytes are no generator, were damaged, or need a newer
  ///   reader.
  public init(decoding bytes: [UInt8], name: String) throws(DataError) {
    guard bytes.count >= Self.headerSize, Array(bytes[0..<8]) == Self.magic else {
      throw DataError(
        "the file is no Semblance generator", file: name,
        remedy: "Give a file that `semblance fit` wrote.")
    }
    let needed = Int(bytes[10]) | Int(bytes[11]) << 8
    guard needed <= Self.version else {
      throw DataError(
        "the generator needs a newer Semblance: it has format \(needed), this reads \(Self.version)",
        file: name, remedy: "Update Semblance, or fit the generator again with this version.")
    }
    let body = Array(bytes[Self.headerSize...])
    guard bytes[8] == bytes[10], bytes[9] == bytes[11], needed > 0 else { throw Self.damaged(name) }
    guard SHA256.digest(body) == Array(bytes[12..<Self.headerSize]) else {
      throw Self.damaged(name)
    }
    leastReader = needed
    do {
      var reader = ByteReader(body[...])
      var sections: [Section] = []
      for _ in 0..<(try reader.entryCount()) {
        sections.append(
          Section(
            name: try reader.text(), isOptional: try reader.byte() == 1, bytes: try reader.list()))
      }
      self.sections = sections
    } catch {
      throw Self.damaged(name)
    }
  }

  /// The error for a file whose bytes do not add up.
  public static func damaged(_ name: String) -> DataError {
    DataError(
      "the generator is damaged: its checksum or structure does not hold", file: name,
      remedy: "Copy the file again, or fit the generator once more.")
  }
}
