// SPDX-License-Identifier: Apache-2.0

/// A list of texts kept end to end in one buffer of UTF-8.
///
/// A million distinct texts cost their bytes and eight bytes each, not a million heap objects.
public struct TextPool: Hashable, Sendable {
  /// The UTF-8 bytes of all texts, one after another.
  public private(set) var bytes: [UInt8]

  /// Where each text ends in `bytes`; it starts where the one before it ends.
  public private(set) var ends: [Int]

  /// Creates an empty pool.
  public init() {
    bytes = []
    ends = []
  }

  /// Creates a pool that holds the texts of a sequence, in order.
  public init(_ texts: some Sequence<String>) {
    self.init()
    for text in texts { append(text) }
  }

  /// Creates a pool of texts that lie end to end.
  ///
  /// - Precondition: `ends` does not fall, and its last entry is the number of bytes.
  public init(bytes: UnsafeBufferPointer<UInt8>, ends: [Int]) {
    precondition((ends.last ?? 0) == bytes.count, "the last text ends where the bytes do")
    self.bytes = Array(bytes)
    self.ends = ends
  }

  /// The number of texts.
  public var count: Int { ends.count }

  /// The indices of the texts.
  public var indices: Range<Int> { 0..<ends.count }

  /// The text at an index, decoded.
  public subscript(index: Int) -> String {
    String(decoding: bytes[range(of: index)], as: UTF8.self)
  }

  /// Where the bytes of a text lie in `bytes`.
  public func range(of index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Appends a text.
  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    ends.append(bytes.count)
  }

  /// Appends a text given as UTF-8 bytes.
  public mutating func append(utf8 text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
  }

  /// All texts, decoded, in order.
  public var texts: [String] { indices.map { self[$0] } }
}
