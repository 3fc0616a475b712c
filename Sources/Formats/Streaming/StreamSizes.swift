// SPDX-License-Identifier: Apache-2.0

/// How much of a file that is read block by block is held in memory, in bytes.
package struct StreamSizes: Hashable, Sendable {
  /// How much is read at a time.
  package var block: Int
  /// The start of the file, by which its dialect is judged.
  package var head: Int
  /// Rows by which types and meanings are judged.
  package var sample: Int
  /// The most bytes of a record: one that does not end is held no longer.
  package var record: Int

  /// Creates sizes.
  package init(
    block: Int = 1 << 23, head: Int = 1 << 25, sample: Int = 1 << 25, record: Int = 1 << 28
  ) {
    self.block = block
    self.head = head
    self.sample = sample
    self.record = record
  }
}
