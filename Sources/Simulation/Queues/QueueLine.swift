// SPDX-License-Identifier: Apache-2.0

/// Those who wait: the highest priority first, and of one priority whoever came first.
struct QueueLine: Sendable {
  private struct Place: HeapItem {
    var priority: Double
    var order: Int
    var visit: Int32

    @inline(__always)
    func precedes(_ other: Place) -> Bool {
      priority != other.priority ? priority > other.priority : order < other.order
    }
  }

  // As long as nobody is more urgent than another, a line in order of arrival will do.
  private var plain: [Place] = []
  private var head = 0
  private var heap = OrderedHeap<Place>()
  private var isPlain = true

  mutating func add(_ visit: Int, priority: Double, order: Int) {
    let place = Place(priority: priority, order: order, visit: Int32(visit))
    if isPlain {
      if head == plain.count || plain[plain.count - 1].priority == priority {
        return plain.append(place)
      }
      isPlain = false
      // Those of one priority, in order, are a heap already.
      heap = OrderedHeap(ordered: Array(plain[head...]))
      plain = []
      head = 0
    }
    heap.add(place)
  }

  mutating func removeFirst() -> Int? {
    guard isPlain else { return heap.removeFirst().map { Int($0.visit) } }
    guard head < plain.count else { return nil }
    let visit = Int(plain[head].visit)
    head += 1
    if head == plain.count {
      plain.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 1024, head > plain.count / 2 {
      plain.removeFirst(head)
      head = 0
    }
    return visit
  }
}
