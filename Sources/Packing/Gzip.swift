// SPDX-License-Identifier: Apache-2.0
import CZlib
public import Tables

/// Bytes packed with deflate: gzip files, and the members of zip archives.
///
/// ## Source
/// RFC 1951 (deflate) and RFC 1952 (gzip), by zlib.
public enum Gzip {
  /// Whether bytes start as a gzip file.
  public static func isPacked(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// Unpacks a gzip file of one or more members.
  ///
  /// - Parameters:
  ///   - limit: The most bytes that may come out: a few packed bytes can stand for billions.
  /// - Throws: `DataError` if the bytes are damaged, or too many come out.
  public static func unpack(
    _ bytes: [UInt8], limit: Int, name: String
  ) throws(DataError) -> [UInt8] {
    try inflate(bytes[...], windowBits: 15 + 32, limit: limit, name: name)
  }

  /// Unpacks raw deflated bytes, as zip archives hold them.
  ///
  /// - Parameters:
  ///   - limit: The most bytes that may come out.
  /// - Throws: `DataError` if the bytes are damaged, or too many come out.
  public static func inflate(
    raw bytes: ArraySlice<UInt8>, limit: Int, name: String
  ) throws(DataError) -> [UInt8] {
    try inflate(bytes, windowBits: -15, limit: limit, name: name)
  }

  private static func inflate(
    _ bytes: ArraySlice<UInt8>, windowBits: Int32, limit: Int, name: String
  ) throws(DataError) -> [UInt8] {
    var stream = z_stream()
    guard
      inflateInit2_(
        &stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw damage(name) }
    defer { inflateEnd(&stream) }
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    var isWhole = false
    var isTooLong = false
    bytes.withUnsafeBufferPointer { input in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      var left = input.count
      while left > 0 || stream.avail_in > 0 {
        if stream.avail_in == 0 {
          stream.avail_in = UInt32(min(left, 1 << 30))
          left -= Int(stream.avail_in)
        }
        let status = block.withUnsafeMutableBufferPointer { output -> Int32 in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          return CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        let count = block.count - Int(stream.avail_out)
        guard result.count + count <= limit else {
          isTooLong = true
          return
        }
        result.append(contentsOf: block[..<count])
        if status == Z_STREAM_END {
          isWhole = true
          // Zeros may fill the last block of a tape; anything else is a further member.
          guard windowBits > 0, stream.avail_in > 1, stream.next_in?.pointee == 0x1F,
            inflateReset(&stream) == Z_OK
          else { return }
          isWhole = false
        } else if status != Z_OK {
          return
        }
      }
    }
    if isTooLong {
      throw DataError(
        "the file unpacks to more than \(limit) bytes", file: name,
        remedy: "Unpack it yourself, if you trust where it comes from, and give a part of it.")
    }
    guard isWhole else { throw damage(name) }
    return result
  }

  private static func damage(_ name: String) -> DataError {
    DataError(
      "the packed file is damaged or cut short", file: name,
      remedy: "Get the file again from where it came from.")
  }

  /// Packs bytes as a gzip file without a name or time, so that the same bytes give the same file.
  ///
  /// - Throws: `DataError` if there is no memory.
  public static func pack(_ bytes: [UInt8]) throws(DataError) -> [UInt8] {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw DataError("there is no memory left", remedy: "Close other programs.") }
    defer { deflateEnd(&stream) }
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    bytes.withUnsafeBufferPointer { input in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      var left = input.count
      var status = Z_OK
      while status == Z_OK {
        if stream.avail_in == 0 {
          stream.avail_in = UInt32(min(left, 1 << 30))
          left -= Int(stream.avail_in)
        }
        status = block.withUnsafeMutableBufferPointer { output -> Int32 in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          return deflate(&stream, left == 0 ? Z_FINISH : Z_NO_FLUSH)
        }
        result.append(contentsOf: block[..<(block.count - Int(stream.avail_out))])
        if status == Z_BUF_ERROR { status = Z_OK }
      }
    }
    return result
  }
}
