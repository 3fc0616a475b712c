// SPDX-License-Identifier: Apache-2.0
import CZstd
package import Tables

/// Unpacks a Zstandard file of one or more frames that comes in pieces.
package final class ZstandardUnpacking: UnpackingStream {
  private let context: OpaquePointer
  private let name: String
  private var rest = 1
  private var input: [UInt8] = []
  private var place = 0
  private var isFull = false

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

  /// Takes the next packed bytes.
  package func take(_ bytes: [UInt8]) {
    input = bytes
    place = 0
  }

  /// The next unpacked bytes.
  package func next() throws(DataError) -> [UInt8]? {
    // What fills a block may not be all; more comes out without further input.
    while place < input.count || (isFull && rest != 0) {
      let before = place
      let bytes = unpacked()
      guard ZSTD_isError(rest) == 0 else { throw PackedDamage.error(name) }
      if !bytes.isEmpty { return bytes }
      if place == before { return nil }
    }
    return nil
  }

  /// One block of unpacked bytes.
  private func unpacked() -> [UInt8] {
    let size = ZSTD_DStreamOutSize()
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { space, count in
      input.withUnsafeBytes { raw in
        var source = ZSTD_inBuffer(src: raw.baseAddress, size: raw.count, pos: place)
        var output = ZSTD_outBuffer(dst: space.baseAddress, size: size, pos: 0)
        rest = ZSTD_decompressStream(context, &output, &source)
        place = source.pos
        count = output.pos
      }
    }
    isFull = bytes.count == size
    return bytes
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
