// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// Pieces of work that write where no other does.
enum NeuralWork {
  /// Does each piece once, on whichever thread is free.
  ///
  /// - Parameter body: Gets the piece, and the number of the thread that does it.
  static func perform(_ count: Int, threads: Int, _ body: @Sendable (Int, Int) -> Void) {
    let workers = min(threads, count)
    guard workers > 1 else {
      for piece in 0..<count { body(piece, 0) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < count else { return }
        body(piece, worker)
      }
    }
  }
}
