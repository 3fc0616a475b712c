// SPDX-License-Identifier: Apache-2.0

/// Events in the order of their times; of two at one time, the one that was put in first.
struct EventHeap<Event: Sendable>: Sendable {
  private struct Item: Sendable {
    var time: Double
    var order: UInt64
    var event: Event

    @inline(__always)
    func precedes(_ other: Item) -> Bool {
      time != other.time ? time < other.time : order < other.order
    }
  }

  private var items: [Item] = []
  private var count: UInt64 = 0

  var isEmpty: Bool { items.isEmpty }
  var nextTime: Double? { items.first?.time }

  mutating func add(_ event: Event, at time: Double) {
    let item = Item(time: time, order: count, event: event)
    count &+= 1
    items.append(item)
    var child = items.count - 1
    items.withUnsafeMutableBufferPointer { items in
      while child > 0 {
        let parent = (child - 1) / 2
        guard item.precedes(items[parent]) else { break }
        items[child] = items[parent]
        child = parent
      }
      items[child] = item
    }
  }

  mutating func removeFirst() -> (time: Double, event: Event)? {
    guard let first = items.first else { return nil }
    let last = items.removeLast()
    if !items.isEmpty {
      items.withUnsafeMutableBufferPointer { items in
        var parent = 0
        while true {
          var child = 2 * parent + 1
          guard child < items.count else { break }
          if child + 1 < items.count, items[child + 1].precedes(items[child]) { child += 1 }
          guard items[child].precedes(last) else { break }
          items[parent] = items[child]
          parent = child
        }
        items[parent] = last
      }
    }
    return (first.time, first.event)
  }
}
