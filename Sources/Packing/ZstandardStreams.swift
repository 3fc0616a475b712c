// SPDX-License-Identifier: Apache-2.0
import CZstd
package import Tables

/// Unpacks a Zstandard file of one or more frames that comes in pieces.
package final class ZstandardUnpacking: UnpackingStream {
  private let context: OpaquePointer
  private let name: String
  private var rest = 1

  /// Begins a file.
  ///
  /// - Throws: `DataError` if there is no memory.
  package init(name: String) throws(DataError) {
    self.name = name
    guard let context = ZSTD_createDCtx() else {
      throw DataError("there is no memory left", file: name, remedy: "Close other programs.")
    }
    self.context = context
  }

  deinit { ZSTD_freeDCtx(context) }

  /// Whether the bytes so far are whole frames.
  package var isWhole: Bool { rest == 0 }

  /// Unpacks the next bytes.
  package func unpack(_ bytes: [UInt8]) throws(DataError) -> [UInt8] {
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
    bytes.withUnsafeBytes { raw in
      var input = ZSTD_inBuffer(src: raw.baseAddress, size: raw.count, pos: 0)
      var isFull = true
      // What fills the block may not be all; more comes out without further input.
      while input.pos < input.size || (isFull && rest != 0) {
        let before = input.pos
        let count = block.withUnsafeMutableBytes { space -> Int in
          var output = ZSTD_outBuffer(dst: space.baseAddress, size: space.count, pos: 0)
          rest = ZSTD_decompressStream(context, &output, &input)
          return output.pos
        }
        guard ZSTD_isError(rest) == 0 else { return }
        result.append(contentsOf: block[..<count])
        isFull = count == block.count
        if count == 0, input.pos == before { return }
      }
    }
    guard ZSTD_isError(rest) == 0 else { throw PackedDamage.error(name) }
    return result
  }
}

/// Packs bytes that come in pieces as a Zstandard file, as ``Zstandard/packText(_:)`` packs them at once.
package final class ZstandardPacking: PackingStream {
  private let context: OpaquePointer
  private var block = [UInt8](repeating: 0, count: ZSTD_CStreamOutSize())

  /// Begins a file.
  ///
  /// - Throws: `DataError` if there is no memory.
  package init() throws(DataError) {
    guard let context = ZSTD_createCCtx() else {
      throw DataError("there is no memory left", remedy: "Close other programs.")
    }
    self.context = context
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit { ZSTD_freeCCtx(context) }

  /// Packs the next bytes.
  package func pack(_ bytes: [UInt8]) throws(DataError) -> [UInt8] {
    try run(bytes, ZSTD_e_continue)
  }

  /// Ends the file.
  package func finish() throws(DataError) -> [UInt8] { try run([], ZSTD_e_end) }

  private func run(
    _ bytes: [UInt8], _ mode: ZSTD_EndDirective
  ) throws(DataError) -> [UInt8] {
    var result: [UInt8] = []
    var isShort = false
    bytes.withUnsafeBytes { raw in
      var input = ZSTD_inBuffer(src: raw.baseAddress, size: raw.count, pos: 0)
      var rest = 1
      while input.pos < input.size || (mode == ZSTD_e_end && rest != 0) {
        let count = block.withUnsafeMutableBytes { space -> Int in
          var output = ZSTD_outBuffer(dst: space.baseAddress, size: space.count, pos: 0)
          rest = ZSTD_compressStream2(context, &output, &input, mode)
          return output.pos
        }
        isShort = ZSTD_isError(rest) != 0
        if isShort { return }
        result.append(contentsOf: block[..<count])
      }
    }
    if isShort { throw DataError("there is no memory left", remedy: "Close other programs.") }
    return result
  }
}

extension Zstandard {
  /// Packs a text as one that comes in pieces is packed, with a checksum.
  ///
  /// - Throws: `DataError` if there is no memory.
  package static func packText(_ bytes: [UInt8]) throws(DataError) -> [UInt8] {
    let packing = try ZstandardPacking()
    return try packing.pack(bytes) + packing.finish()
  }
}
