// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// Independent pieces of work, dealt out in chunks to whichever thread is free.
///
/// Results come back in the order of the pieces, so that threads change nothing.
public struct ChunkedWork: Sendable {
  /// The number of pieces.
  public var count: Int
  /// How many threads may work.
  public var threads: Int
  /// How many pieces a thread takes at a time.
  public var chunkSize: Int

  /// Creates work; without a chunk size, each thread takes about sixteen chunks in all.
  public init(count: Int, threads: Int, chunkSize: Int? = nil) {
    self.count = count
    self.threads = max(1, threads)
    self.chunkSize = max(1, chunkSize ?? count / (16 * max(1, threads)))
  }

  /// Returns the results of all pieces; `body` gets a chunk and returns one result a piece.
  public func map<Element: Sendable>(
    progress: ProgressHandler = .silent, phase: String = "measuring",
    _ body: @Sendable (Range<Int>) -> [Element]
  ) -> [Element] {
    let chunkCount = (count + chunkSize - 1) / chunkSize
    guard chunkCount > 0 else { return [] }
    let results = Mutex<[[Element]]>(Array(repeating: [], count: chunkCount))
    let next = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, chunkCount)) { _ in
      while true {
        let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard chunk < chunkCount else { return }
        let range = chunk * chunkSize..<min(count, (chunk + 1) * chunkSize)
        let list = body(range)
        precondition(list.count == range.count, "a chunk returns one result a piece")
        results.withLock { $0[chunk] = list }
        let completed = done.wrappingAdd(range.count, ordering: .relaxed).newValue
        progress.report(phase, completed, of: count)
      }
    }
    return results.withLock { $0.flatMap { $0 } }
  }
}
