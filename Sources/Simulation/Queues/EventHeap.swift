// SPDX-License-Identifier: Apache-2.0

/// Events in the order of their times; of two at one time, the one that was put in first.
struct EventHeap<Event: Sendable>: Sendable {
  private struct Item: HeapItem {
    var time: Double
    var order: UInt64
    var event: Event

    @inline(__always)
    func precedes(_ other: Item) -> Bool {
      time != other.time ? time < other.time : order < other.order
    }
  }

  private var items = OrderedHeap<Item>()
  private var count: UInt64 = 0

  var isEmpty: Bool { items.isEmpty }
  var nextTime: Double? { items.first?.time }

  mutating func add(_ event: Event, at time: Double) {
    items.add(Item(time: time, order: count, event: event))
    count &+= 1
  }

  mutating func removeFirst() -> (time: Double, event: Event)? {
    items.removeFirst().map { ($0.time, $0.event) }
  }
}
