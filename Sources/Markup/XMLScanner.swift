// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Reads an XML document piece by piece, over bytes that stand in memory.
///
/// It knows no document types: a `<!DOCTYPE` is refused, because entities that a document declares can
/// grow without bound or name files and addresses, and no format read here needs one. Names are given
/// without their prefix.
///
/// ## Source
/// W3C, Extensible Markup Language (XML) 1.0, fifth edition.
public struct XMLScanner {
  /// A piece of a document.
  public enum Piece: Hashable, Sendable {
    /// An element begins; an empty element ends with the next piece.
    case start
    /// An element ends.
    case end
    /// Text between tags.
    case text
    /// The document is over.
    case finish
  }

  private static let depthLimit = 256

  private let bytes: [UInt8]
  private let file: String
  private var place = 0
  private var open: [Range<Int>] = []
  private var nameRange = 0..<0
  private var attributeRange = 0..<0
  private var textRange = 0..<0
  private var isLiteral = false
  private var endsNext = false
  private var hasRoot = false

  /// Starts at the beginning of a document in UTF-8.
  public init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  // MARK: The piece at hand

  /// The name of the element that begins or ends, without its prefix.
  public var name: String { String(decoding: bytes[local(nameRange)], as: UTF8.self) }

  /// How many elements are open.
  public var depth: Int { open.count }

  /// Whether the element that begins or ends has a name.
  @inline(__always)
  public func isNamed(_ name: StaticString) -> Bool {
    let range = local(nameRange)
    guard range.count == name.utf8CodeUnitCount else { return false }
    for index in 0..<range.count
    where bytes[range.lowerBound + index] != name.utf8Start[index] { return false }
    return true
  }

  /// The value of an attribute of the element that begins, given without its prefix; `nil` if it has none.
  public func attribute(_ name: StaticString) throws(DataError) -> String? {
    guard let range = attributeBytes(name) else { return nil }
    var text: [UInt8] = []
    try append(range, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Where the value of an attribute lies, as it is spelled.
  public func attributeBytes(_ name: StaticString) -> Range<Int>? {
    var index = attributeRange.lowerBound
    let end = attributeRange.upperBound
    while true {
      while index < end, Self.isSpace(bytes[index]) { index += 1 }
      guard index < end else { return nil }
      let start = index
      while index < end, bytes[index] != 0x3D, !Self.isSpace(bytes[index]) { index += 1 }
      let found = local(start..<index)
      while index < end, bytes[index] != 0x22, bytes[index] != 0x27 { index += 1 }
      guard index < end else { return nil }
      let quote = bytes[index]
      let first = index + 1
      index = first
      while index < end, bytes[index] != quote { index += 1 }
      if found.count == name.utf8CodeUnitCount {
        let isSame = (0..<found.count).allSatisfy {
          bytes[found.lowerBound + $0] == name.utf8Start[$0]
        }
        if isSame { return first..<index }
      }
      index += 1
    }
  }

  /// The byte at a place.
  public func byte(_ place: Int) -> UInt8 { bytes[place] }

  /// Appends the text at hand, its references made plain.
  ///
  /// - Throws: `DataError` if it names an entity that XML does not have by itself.
  public func appendText(to text: inout [UInt8]) throws(DataError) {
    if isLiteral { text += bytes[textRange] } else { try append(textRange, to: &text) }
  }

  // MARK: Walking

  /// Goes on to the next piece.
  ///
  /// - Throws: `DataError` if the document is not well-formed, or declares a document type.
  public mutating func next() throws(DataError) -> Piece {
    if endsNext {
      endsNext = false
      return close(nameRange)
    }
    while place < bytes.count {
      if bytes[place] != 0x3C {
        let start = place
        while place < bytes.count, bytes[place] != 0x3C { place += 1 }
        textRange = start..<place
        isLiteral = false
        if !open.isEmpty { return .text }
        guard bytes[textRange].allSatisfy(Self.isSpace) else { throw damage(start) }
        continue
      }
      if isAt("<!--") {
        place = try end(of: "-->", from: place + 4)
      } else if isAt("<![CDATA[") {
        let start = place + 9
        place = try end(of: "]]>", from: start)
        textRange = start..<(place - 3)
        isLiteral = true
        return .text
      } else if isAt("<!") {
        throw DataError(
          "the XML document declares a document type, which may hold entities without bound",
          file: file, line: line(place),
          remedy: "Save the file anew with the program it comes from; tables need no document type."
        )
      } else if isAt("<?") {
        place = try end(of: "?>", from: place + 2)
      } else {
        return try tag()
      }
    }
    guard open.isEmpty, hasRoot else { throw damage(bytes.count) }
    return .finish
  }

  /// Passes over the rest of the element that has begun.
  public mutating func skipElement() throws(DataError) {
    let level = depth
    while true {
      let piece = try next()
      if piece == .end, depth < level { return }
      if piece == .finish { return }
    }
  }

  /// Reads the text of the element that has begun, to its end; elements in it give their texts.
  public mutating func elementText() throws(DataError) -> String {
    let level = depth
    var text: [UInt8] = []
    while true {
      switch try next() {
      case .text: try appendText(to: &text)
      case .end where depth < level: return String(decoding: text, as: UTF8.self)
      case .finish: return String(decoding: text, as: UTF8.self)
      default: break
      }
    }
  }

  /// The error for a place at which the document is not what it must be.
  public func damage(_ place: Int? = nil) -> DataError {
    DataError(
      "the XML document is damaged or cut short", file: file, line: line(place ?? self.place),
      remedy: "Get the file again from where it came from.")
  }

  // MARK: Parts

  private mutating func tag() throws(DataError) -> Piece {
    let start = place
    var index = place + 1
    let isEnd = index < bytes.count && bytes[index] == 0x2F
    if isEnd { index += 1 }
    let first = index
    while index < bytes.count, !Self.isSpace(bytes[index]), bytes[index] != 0x3E,
      bytes[index] != 0x2F, bytes[index] != 0x3C
    { index += 1 }
    nameRange = first..<index
    guard !nameRange.isEmpty else { throw damage(start) }
    let attributes = index
    var quote: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        break
      } else if byte == 0x3C {
        throw damage(index)
      }
      index += 1
    }
    guard index < bytes.count else { throw damage(start) }
    place = index + 1
    if isEnd {
      guard let last = open.last, bytes[last].elementsEqual(bytes[nameRange]) else {
        throw damage(start)
      }
      return close(nameRange)
    }
    endsNext = bytes[index - 1] == 0x2F && index > attributes
    attributeRange = attributes..<max(attributes, endsNext ? index - 1 : index)
    guard open.count < Self.depthLimit, !(open.isEmpty && hasRoot) else { throw damage(start) }
    hasRoot = true
    open.append(nameRange)
    return .start
  }

  private mutating func close(_ name: Range<Int>) -> Piece {
    open.removeLast()
    nameRange = name
    attributeRange = 0..<0
    return .end
  }

  private func append(_ range: Range<Int>, to text: inout [UInt8]) throws(DataError) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == 0x26 else {
        text.append(bytes[index])
        index += 1
        continue
      }
      guard let end = bytes[index..<min(range.upperBound, index + 12)].firstIndex(of: 0x3B) else {
        throw damage(index)
      }
      switch String(decoding: bytes[(index + 1)..<end], as: UTF8.self) {
      case "amp": text.append(0x26)
      case "lt": text.append(0x3C)
      case "gt": text.append(0x3E)
      case "quot": text.append(0x22)
      case "apos": text.append(0x27)
      case let reference:
        guard reference.hasPrefix("#") else { throw damage(index) }
        let digits = reference.dropFirst()
        let code =
          digits.first == "x" || digits.first == "X"
          ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let scalar = code.flatMap(Unicode.Scalar.init), scalar.value != 0 else {
          throw damage(index)
        }
        text += Array(String(Character(scalar)).utf8)
      }
      index = end + 1
    }
  }

  private func isAt(_ text: StaticString) -> Bool {
    guard place + text.utf8CodeUnitCount <= bytes.count else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[place + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  private func end(of mark: StaticString, from start: Int) throws(DataError) -> Int {
    let count = mark.utf8CodeUnitCount
    var index = start
    while index + count <= bytes.count {
      if bytes[index] == mark.utf8Start[0],
        (1..<count).allSatisfy({ bytes[index + $0] == mark.utf8Start[$0] })
      {
        return index + count
      }
      index += 1
    }
    throw damage(place)
  }

  @inline(__always)
  private func local(_ range: Range<Int>) -> Range<Int> {
    for index in range where bytes[index] == 0x3A { return (index + 1)..<range.upperBound }
    return range
  }

  private func line(_ place: Int) -> Int {
    bytes[..<min(place, bytes.count)].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
  }

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
