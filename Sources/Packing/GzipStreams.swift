// SPDX-License-Identifier: Apache-2.0
import CZlib
package import Tables

/// Unpacks a gzip file of one or more members that comes in pieces.
package final class GzipUnpacking: UnpackingStream {
  private static let blockSize = 1 << 18

  // zlib keeps a pointer to its own stream, so the stream may not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let name: String
  private var input: [UInt8] = []
  private var place = 0
  /// Whether the bytes so far are whole members.
  package private(set) var isWhole = false
  private var isOver = false

  /// Begins a file.
  ///
  /// - Throws: `DataError` if there is no memory.
  package init(name: String) throws(DataError) {
    self.name = name
    stream.initialize(to: z_stream())
    guard
      inflateInit2_(stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      stream.deallocate()
      throw DataError("there is no memory left", file: name, remedy: "Close other programs.")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Takes the next packed bytes.
  package func take(_ bytes: [UInt8]) {
    input = bytes
    place = 0
  }

  /// The next unpacked bytes.
  package func next() throws(DataError) -> [UInt8]? {
    while !isOver {
      if isWhole {
        // Zeros may fill the last block of a tape; anything else is a further member.
        guard place < input.count else { return nil }
        guard input[place] == 0x1F, inflateReset(stream) == Z_OK else {
          isOver = true
          return nil
        }
        isWhole = false
      }
      let (status, bytes) = inflated()
      switch status {
      case Z_STREAM_END: isWhole = true
      case Z_OK: break
      case Z_BUF_ERROR where place == input.count: return nil
      default: throw PackedDamage.error(name)
      }
      if !bytes.isEmpty { return bytes }
    }
    return nil
  }

  /// One block of unpacked bytes.
  private func inflated() -> (status: Int32, bytes: [UInt8]) {
    var status = Z_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.blockSize) { output, count in
      input.withUnsafeBufferPointer { input in
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress.map { $0 + place })
        stream.pointee.avail_in = UInt32(input.count - place)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(Self.blockSize)
        status = CZlib.inflate(stream, Z_NO_FLUSH)
        place = input.count - Int(stream.pointee.avail_in)
      }
      count = Self.blockSize - Int(stream.pointee.avail_out)
    }
    return (status, bytes)
  }
}

/// Packs bytes that come in pieces as a gzip file, as ``Gzip/pack(_:)`` packs them at once.
package final class GzipPacking: PackingStream {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var block = [UInt8](repeating: 0, count: 1 << 18)

  /// Begins a file.
  ///
  /// - Throws: `DataError` if there is no memory.
  package init() throws(DataError) {
    stream.initialize(to: z_stream())
    guard
      deflateInit2_(
        stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
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

  /// Packs the next bytes.
  package func pack(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    bytes.withUnsafeBufferPointer { input in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = UInt32(input.count)
      while stream.pointee.avail_in > 0 { _ = run(Z_NO_FLUSH, &result) }
    }
    return result
  }

  /// Ends the file.
  package func finish() -> [UInt8] {
    var result: [UInt8] = []
    stream.pointee.avail_in = 0
    while run(Z_FINISH, &result) != Z_STREAM_END {}
    return result
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
