// SPDX-License-Identifier: Apache-2.0
import CReadStat
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Gives ReadStat the bytes of a file out of a buffer: by itself it asks the system for each row.
final class BufferedInput {
  private static let room = 1 << 20

  private var descriptor: Int32 = -1
  private let buffer = UnsafeMutableRawPointer.allocate(byteCount: room, alignment: 16)
  /// Where the buffer's bytes lie in the file.
  private var start = 0
  private var count = 0
  /// The place in the file that is read next.
  private var place = 0
  private var size = 0

  deinit {
    _ = shut()
    buffer.deallocate()
  }

  /// Lets a parser read by this.
  func connect(to parser: UnsafeMutablePointer<readstat_parser_t>) {
    readstat_set_io_ctx(parser, Unmanaged.passUnretained(self).toOpaque())
    readstat_set_open_handler(parser) { path, input in
      guard let path else { return -1 }
      return BufferedInput.with(input, or: -1) { $0.open(path) }
    }
    readstat_set_close_handler(parser) { input in
      BufferedInput.with(input, or: 0) { $0.shut() }
    }
    readstat_set_seek_handler(parser) { offset, whence, input in
      BufferedInput.with(input, or: -1) { $0.seek(Int(offset), whence) }
    }
    readstat_set_read_handler(parser) { bytes, count, input in
      guard let bytes else { return -1 }
      return BufferedInput.with(input, or: -1) { $0.read(bytes, count) }
    }
    readstat_set_update_handler(parser) { size, handler, context, input in
      guard let handler else { return READSTAT_OK }
      let place = BufferedInput.with(input, or: 0) { $0.place }
      let share = size > 0 ? Double(place) / Double(size) : 0
      return handler(share, context) == 0 ? READSTAT_OK : READSTAT_ERROR_USER_ABORT
    }
  }

  private static func with<Value>(
    _ input: UnsafeMutableRawPointer?, or other: Value, _ body: (BufferedInput) -> Value
  ) -> Value {
    guard let input else { return other }
    return Unmanaged<BufferedInput>.fromOpaque(input)._withUnsafeGuaranteedRef { body($0) }
  }

  private func open(_ path: UnsafePointer<CChar>) -> Int32 {
    #if canImport(Glibc)
      descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #elseif canImport(Musl)
      descriptor = Musl.open(path, O_RDONLY | O_CLOEXEC)
    #else
      descriptor = Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #endif
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else { return -1 }
    size = Int(status.st_size)
    (start, count, place) = (0, 0, 0)
    return descriptor
  }

  private func shut() -> Int32 {
    guard descriptor >= 0 else { return 0 }
    defer { descriptor = -1 }
    return close(descriptor)
  }

  private func seek(_ offset: Int, _ whence: readstat_io_flags_t) -> readstat_off_t {
    let base: Int
    switch whence {
    case READSTAT_SEEK_SET: base = 0
    case READSTAT_SEEK_CUR: base = place
    default: base = size
    }
    let (target, overflows) = base.addingReportingOverflow(offset)
    guard !overflows, target >= 0 else { return -1 }
    place = target
    return readstat_off_t(target)
  }

  private func read(_ bytes: UnsafeMutableRawPointer, _ wanted: Int) -> Int {
    var done = 0
    while done < wanted {
      let skip = place - start
      if skip >= 0, skip < count {
        let part = min(wanted - done, count - skip)
        memcpy(bytes + done, buffer + skip, part)
        done += part
        place += part
        continue
      }
      let got = pread(descriptor, buffer, Self.room, off_t(place))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { return -1 }
      if got == 0 { return done }
      (start, count) = (place, got)
    }
    return done
  }
}
