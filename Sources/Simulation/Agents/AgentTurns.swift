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
    order(count) { room in
      key.fillFirstNumbers(
        period: UInt32(truncatingIfNeeded: step), entity: { UInt64($0) }, into: room)
    } result: { places in
      places.map { Int32(truncatingIfNeeded: $0) }
    }
  }

  /// Agents sorted by the draws of their keys; of two that are the same, the one given first comes first.
  @usableFromInline
  static func order(
    _ agents: [Int32], keys: [UInt64], key: StreamKey, step: Int
  ) -> [Int32] {
    let period = UInt32(truncatingIfNeeded: step)
    func entity(_ place: Int) -> UInt64 { keys[Int(agents[place])] }
    return order(agents.count) { room in
      key.fillFirstNumbers(period: period, entity: entity, into: room)
    } result: { places in
      // Where the upper halves are the same, the lower ones decide.
      for index in places.indices.dropFirst() where places[index - 1] >> 32 == places[index] >> 32 {
        func draw(_ place: Int) -> UInt64 {
          key.bits(entity: entity(Int(places[place] & 0xffff_ffff)), period: period, draw: 0).0
        }
        var place = index
        while place > 0, places[place - 1] >> 32 == places[place] >> 32,
          draw(place) < draw(place - 1)
        {
          places.swapAt(place, place - 1)
          place -= 1
        }
      }
      return places.map { agents[Int($0 & 0xffff_ffff)] }
    }
  }

  /// The places 0 ..< count, sorted by the upper halves of numbers of theirs.
  private static func order(
    _ count: Int, fill: (UnsafeMutableBufferPointer<UInt64>) -> Void,
    result: (UnsafeMutableBufferPointer<UInt64>) -> [Int32]
  ) -> [Int32] {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { room in
      let places = UnsafeMutableBufferPointer(rebasing: room[..<count])
      fill(places)
      for place in places.indices {
        places[place] = places[place] & ~0xffff_ffff | UInt64(truncatingIfNeeded: place)
      }
      sort(places, by: UnsafeMutableBufferPointer(rebasing: room[count...]))
      return result(places)
    }
  }

  /// Sorts numbers whose upper bits are even draws.
  ///
  /// They are dealt out by their first bits, one or so to a number, which brings each within a few places
  /// of its own; the rest is a sort by insertion.
  private static func sort(
    _ list: UnsafeMutableBufferPointer<UInt64>, by other: UnsafeMutableBufferPointer<UInt64>
  ) {
    guard list.count > 1 else { return }
    let bits = min(20, Int.bitWidth - list.count.leadingZeroBitCount)
    let shift = UInt64(64 - bits)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1 << bits) { starts in
      starts.initialize(repeating: 0)
      for item in list { starts[Int(truncatingIfNeeded: item &>> shift)] &+= 1 }
      var sum: UInt32 = 0
      for index in starts.indices {
        let count = starts[index]
        starts[index] = sum
        sum &+= count
      }
      for item in list {
        let index = Int(truncatingIfNeeded: item &>> shift)
        other[Int(starts[index])] = item
        starts[index] &+= 1
      }
    }
    for index in other.indices {
      let item = other[index]
      var place = index
      while place > 0, list[place - 1] > item {
        list[place] = list[place - 1]
        place -= 1
      }
      list[place] = item
    }
  }
}
