// SPDX-License-Identifier: Apache-2.0

/// Keeps lists that do not change in one place for as long as it lives itself.
///
/// A run reads its rules through it millions of times; what it hands out must not outlive it.
final class AgentMemory: @unchecked Sendable {
  // Lists are only added while a run is being made, by the one thread that makes it.
  private var rooms: [UnsafeMutableRawPointer] = []

  deinit { for room in rooms { room.deallocate() } }

  /// A copy of a list, which is valid as long as this memory is.
  func keeping<Element: BitwiseCopyable>(_ list: [Element]) -> UnsafeBufferPointer<Element> {
    guard !list.isEmpty else { return UnsafeBufferPointer(start: nil, count: 0) }
    let room = UnsafeMutableBufferPointer<Element>.allocate(capacity: list.count)
    _ = room.initialize(from: list)
    if let start = room.baseAddress { rooms.append(UnsafeMutableRawPointer(start)) }
    return UnsafeBufferPointer(room)
  }
}
