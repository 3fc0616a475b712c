// SPDX-License-Identifier: Apache-2.0

/// Events in the order of their times; of two at one time, the one that was put in first.
struct EventHeap<Event: Sendable>: Sendable {
  private var items: [(time: Double, order: UInt64, event: Event)] = []
  private var count: UInt64 = 0

  var isEmpty: Bool { items.isEmpty }
  var nextTime: Double? { items.first?.time }

  mutating func add(_ event: Event, at time: Double) {
    items.append((time, count, event))
    count += 1
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard precedes(child, parent) else { return }
      items.swapAt(child, parent)
      child = parent
    }
  }

  mutating func removeFirst() -> (time: Double, event: Event)? {
    guard let first = items.first else { return nil }
    let last = items.removeLast()
    if !items.isEmpty {
      items[0] = last
      var parent = 0
      while true {
        var child = 2 * parent + 1
        guard child < items.count else { break }
        if child + 1 < items.count, precedes(child + 1, child) { child += 1 }
        guard precedes(child, parent) else { break }
        items.swapAt(child, parent)
        parent = child
      }
    }
    return (first.time, first.event)
  }

  @inline(__always)
  private func precedes(_ one: Int, _ other: Int) -> Bool {
    items[one].time != items[other].time
      ? items[one].time < items[other].time : items[one].order < items[other].order
  }
}
