// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#endif

/// How freed memory is kept for the next block of rows.
enum Memory {
  /// Buffers up to this many bytes, and twice as many of what was freed, stay with the program.
  private static let kept: Int32 = 32 << 20

  // M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of malloc.h.
  private static let mmapThreshold: Int32 = -3
  private static let trimThreshold: Int32 = -1

  /// Keeps buffers of a block of rows for the next.
  ///
  /// glibc gives large ones back to the system at once and asks for them again: a million persons of ten
  /// columns took 250,000 page faults and half a second of the system's time, and take 2,500 now.
  static func prepare() {
    #if canImport(Glibc)
      // Swift's module of glibc leaves malloc.h out, and musl has no such function.
      guard let found = dlsym(nil, "mallopt") else { return }
      typealias Option = @convention(c) (Int32, Int32) -> Int32
      let mallopt = unsafeBitCast(found, to: Option.self)
      _ = mallopt(Self.mmapThreshold, kept)
      _ = mallopt(Self.trimThreshold, 2 * kept)
    #endif
  }
}
