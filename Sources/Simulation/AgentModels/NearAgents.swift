// SPDX-License-Identifier: Apache-2.0

/// Who is near an agent on a plane, in the order of keys, so that sums over them hang on nothing else.
///
/// It is room that a run uses again and again; only the one thread of the run does.
final class NearAgents: @unchecked Sendable {
  private(set) var agents: [Int32] = []
  private(set) var ways: [SIMD2<Double>] = []
  private var keys: [UInt64] = []

  var count: Int { agents.count }

  /// Finds everybody else within a distance.
  func find(_ agent: Int, within distance: Double, on plane: PlaneIndex, _ known: [UInt64]) {
    agents.removeAll(keepingCapacity: true)
    ways.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    plane.forEachNear(agent, within: distance) { other, way in
      agents.append(Int32(truncatingIfNeeded: other))
      ways.append(way)
      keys.append(known[other])
    }
    // By insertion where they are few, as they are as a rule.
    guard agents.count <= 32 else { return sort() }
    for index in keys.indices.dropFirst() {
      let (key, other, way) = (keys[index], agents[index], ways[index])
      var place = index
      while place > 0, keys[place - 1] > key {
        keys[place] = keys[place - 1]
        agents[place] = agents[place - 1]
        ways[place] = ways[place - 1]
        place -= 1
      }
      (keys[place], agents[place], ways[place]) = (key, other, way)
    }
  }

  private func sort() {
    let order = keys.indices.sorted { (keys[$0], agents[$0]) < (keys[$1], agents[$1]) }
    (agents, ways) = (order.map { agents[$0] }, order.map { ways[$0] })
  }
}
