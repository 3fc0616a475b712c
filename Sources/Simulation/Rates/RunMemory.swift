// SPDX-License-Identifier: Apache-2.0

/// Numbers that a run changes in place.
///
/// A run belongs to one thread at a time, and its copies are only read once it is over.
final class RunMemory: @unchecked Sendable {
  let values: UnsafeMutablePointer<Double>
  private let count: Int

  init(_ list: [Double]) {
    count = max(1, list.count)
    values = .allocate(capacity: count)
    values.initialize(repeating: 0, count: count)
    for (index, value) in list.enumerated() { values[index] = value }
  }

  deinit {
    values.deinitialize(count: count)
    values.deallocate()
  }

  @inline(__always)
  subscript(index: Int) -> Double {
    get { values[index] }
    set { values[index] = newValue }
  }
}
