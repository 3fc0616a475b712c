// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The order in which agents act.
enum AgentTurns {
  /// The agents 0 ..< count, sorted by a draw keyed by (agent, step), so that it stays when others join.
  static func order(_ count: Int, key: StreamKey, step: Int) -> [Int] {
    let period = UInt32(truncatingIfNeeded: step)
    var turns = (0..<count).map { agent in
      // The upper bits decide; the index breaks ties and says who it is.
      key.bits(entity: UInt64(agent), period: period, draw: 0).0 & ~0xffff_ffff | UInt64(agent)
    }
    turns.sort()
    return turns.map { Int($0 & 0xffff_ffff) }
  }
}
