// SPDX-License-Identifier: Apache-2.0
import CZstd
public import Tables

/// Bytes packed with Zstandard.
///
/// ## Source
/// RFC 8878, by libzstd.
public enum Zstandard {
  /// Whether bytes start as such a file.
  public static func isPacked(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
  }

  /// Unpacks a file of one or more frames.
  ///
  /// - Parameters:
  ///   - limit: The most bytes that may come out.
  /// - Throws: `DataError` if the bytes are damaged, or too many come out.
  public static func unpack(
    _ bytes: [UInt8], limit: Int, name: String
  ) throws(DataError) -> [UInt8] {
    guard let context = ZSTD_createDCtx() else {
      throw DataError("there is no memory left", file: name, remedy: "Close other programs.")
    }
    defer { ZSTD_freeDCtx(context) }
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
    var rest = 1
    var isTooLong = false
    bytes.withUnsafeBytes { raw in
      var input = ZSTD_inBuffer(src: raw.baseAddress, size: raw.count, pos: 0)
      while input.pos < input.size {
        let count = block.withUnsafeMutableBytes { space -> Int in
          var output = ZSTD_outBuffer(dst: space.baseAddress, size: space.count, pos: 0)
          rest = ZSTD_decompressStream(context, &output, &input)
          return output.pos
        }
        guard ZSTD_isError(rest) == 0 else { return }
        guard result.count + count <= limit else {
          isTooLong = true
          return
        }
        result.append(contentsOf: block[..<count])
      }
      // What is still inside comes out without further input.
      while rest != 0, ZSTD_isError(rest) == 0 {
        let count = block.withUnsafeMutableBytes { space -> Int in
          var output = ZSTD_outBuffer(dst: space.baseAddress, size: space.count, pos: 0)
          rest = ZSTD_decompressStream(context, &output, &input)
          return output.pos
        }
        guard count > 0 else { return }
        guard result.count + count <= limit else {
          isTooLong = true
          return
        }
        result.append(contentsOf: block[..<count])
      }
    }
    if isTooLong {
      throw DataError(
        "the file unpacks to more than \(limit) bytes", file: name,
        remedy: "Unpack it yourself, if you trust where it comes from, and give a part of it.")
    }
    guard rest == 0 else {
      throw DataError(
        "the packed file is damaged or cut short", file: name,
        remedy: "Get the file again from where it came from.")
    }
    return result
  }

  /// Packs bytes.
  ///
  /// - Throws: `DataError` if there is no memory.
  public static func pack(_ bytes: [UInt8]) throws(DataError) -> [UInt8] {
    var count = 0
    let result = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) {
      space, used in
      count = ZSTD_compress(space.baseAddress, space.count, bytes, bytes.count, 3)
      used = ZSTD_isError(count) == 0 ? count : 0
    }
    guard ZSTD_isError(count) == 0 else {
      throw DataError("there is no memory left", remedy: "Close other programs.")
    }
    return result
  }
}
