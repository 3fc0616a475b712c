// SPDX-License-Identifier: Apache-2.0
import CZlib
import Tables

/// Packs bytes that come in pieces, as raw deflate.
final class Deflater {
  // zlib keeps a pointer to its own stream, so the stream may not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var block = [UInt8](repeating: 0, count: 1 << 18)

  init() throws(DataError) {
    stream.initialize(to: z_stream())
    // The fastest level: the text of a table packs well at any.
    guard
      deflateInit2_(
        stream, 1, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      stream.deallocate()
      throw DataError("there is no memory left", remedy: "Close other programs.")
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func append(_ bytes: [UInt8], to result: inout [UInt8]) {
    bytes.withUnsafeBufferPointer { input in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = UInt32(input.count)
      while stream.pointee.avail_in > 0 { _ = run(Z_NO_FLUSH, &result) }
    }
  }

  func finish(to result: inout [UInt8]) {
    stream.pointee.avail_in = 0
    while run(Z_FINISH, &result) != Z_STREAM_END {}
  }

  private func run(_ flush: Int32, _ result: inout [UInt8]) -> Int32 {
    let status = block.withUnsafeMutableBufferPointer { output -> Int32 in
      stream.pointee.next_out = output.baseAddress
      stream.pointee.avail_out = UInt32(output.count)
      return deflate(stream, flush)
    }
    result.append(contentsOf: block[..<(block.count - Int(stream.pointee.avail_out))])
    return status
  }
}
