// SPDX-License-Identifier: Apache-2.0
public import Randomness

/// The order in which agents act: a sort by a draw keyed by (agent, step), so that it stays when others join.
@usableFromInline
enum AgentTurns {
  /// The agents 0 ..< count, whose numbers are their keys.
  ///
  /// The upper 32 bits of a draw decide; of two that are the same, the lower number comes first.
  @usableFromInline
  static func order(_ count: Int, key: StreamKey, step: Int) -> [Int32] {
    var places = [UInt64](repeating: 0, count: count)
    key.forEachStream(
      count: count, period: UInt32(truncatingIfNeeded: step), entity: { UInt64($0) }
    ) { agent, stream in places[agent] = stream.next() & ~0xffff_ffff | UInt64(agent) }
    sort(&places)
    return places.map { Int32(truncatingIfNeeded: $0) }
  }

  /// Agents sorted by the draws of their keys; of two that are the same, the lower number comes first.
  @usableFromInline
  static func order(
    _ agents: [Int32], keys: [UInt64], key: StreamKey, step: Int
  ) -> [Int32] {
    var places = [UInt64](repeating: 0, count: agents.count)
    var draws = places
    key.forEachStream(
      count: agents.count, period: UInt32(truncatingIfNeeded: step),
      entity: { keys[Int(agents[$0])] }
    ) { place, stream in
      draws[place] = stream.next()
      places[place] = draws[place] & ~0xffff_ffff | UInt64(place)
    }
    sort(&places)
    // Where the upper halves are the same, the lower ones decide.
    var order = places.map { Int($0 & 0xffff_ffff) }
    for index in order.indices.dropFirst() {
      var place = index
      while place > 0, draws[order[place - 1]] >> 32 == draws[order[place]] >> 32,
        draws[order[place]] < draws[order[place - 1]]
      {
        order.swapAt(place, place - 1)
        place -= 1
      }
    }
    return order.map { agents[$0] }
  }

  /// Sorts by the upper halves, and keeps the order of those that are the same.
  private static func sort(_ list: inout [UInt64]) {
    guard list.count > 128 else { return list.sort() }
    // The list is in the order of its lower halves, so that three stable passes will do.
    var other = [UInt64](repeating: 0, count: list.count)
    var counts = [Int](repeating: 0, count: 3 * 2048)
    for item in list {
      counts[Int(item >> 32 & 2047)] += 1
      counts[2048 + Int(item >> 43 & 2047)] += 1
      counts[4096 + Int(item >> 54)] += 1
    }
    for digit in 0..<3 {
      let shift = UInt64(32 + 11 * digit)
      var sum = 0
      for value in 0..<2048 {
        let count = counts[2048 * digit + value]
        counts[2048 * digit + value] = sum
        sum += count
      }
      for item in list {
        let place = 2048 * digit + Int(item >> shift & 2047)
        other[counts[place]] = item
        counts[place] += 1
      }
      swap(&list, &other)
    }
  }
}
