// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The uniform numbers that pick each row's part of a distribution, such as the tree of a forest.
enum PartUniforms {
  /// The draw of a row that they are; those before it pick bins and values.
  private static let draw: UInt32 = 4

  /// Calls a body with one number for each of `count` rows, or with none where none is wanted.
  static func with(
    _ stream: StreamKey, rows row: Int, count: Int, isWanted: Bool,
    _ body: (UnsafePointer<Double>?) -> Void
  ) {
    guard isWanted else { return body(nil) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, 2 * count)) { room in
      guard let base = room.baseAddress else { return }
      stream.fillUniforms(
        entities: UInt64(row), count: count, draw: draw, firsts: base, seconds: base + count)
      body(base)
    }
  }
}
