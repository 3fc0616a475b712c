// SPDX-License-Identifier: Apache-2.0

/// Something that comes before or after another of its kind; of two, exactly one precedes.
protocol HeapItem: Sendable {
  func precedes(_ other: Self) -> Bool
}

/// Items of which the first in their order is always at hand.
struct OrderedHeap<Item: HeapItem>: Sendable {
  private var items: [Item]

  /// Creates a heap of items that are in order already.
  init(ordered items: [Item] = []) { self.items = items }

  var isEmpty: Bool { items.isEmpty }
  var first: Item? { items.first }

  mutating func add(_ item: Item) {
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

  mutating func removeFirst() -> Item? {
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
    return first
  }
}
