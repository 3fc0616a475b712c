// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@testable import Simulation

/// Turns and cells by their definition, the slow way.
@Suite struct TurnsTests {
  @Test(arguments: [0, 1, 2, 3, 64, 129, 5000])
  func `turns are a sort by a draw of each agent and step`(count: Int) {
    let key = RandomKey(seed: "turns").stream("order")
    let order = AgentTurns.order(count, key: key, step: 7)
    let draws = (0..<count).map { key.bits(entity: UInt64($0), period: 7, draw: 0).0 >> 32 }
    #expect(
      order.map { Int($0) } == (0..<count).sorted { (draws[$0], $0) < (draws[$1], $1) })

    let keys = (0..<UInt64(3 * count)).map { $0 &* 0x9e37_79b9_7f4a_7c15 }
    let agents = (0..<count).map { Int32(3 * $0 + 1) }
    let some = AgentTurns.order(agents, keys: keys, key: key, step: 7)
    func draw(_ agent: Int32) -> UInt64 { key.bits(entity: keys[Int(agent)], period: 7, draw: 0).0 }
    #expect(some == agents.sorted { draw($0) < draw($1) })
  }

  @Test func `agents of one key keep their order`() {
    let key = RandomKey(seed: "turns").stream("order")
    let agents: [Int32] = [5, 3, 8, 1, 4]
    let keys = [UInt64](repeating: 77, count: 9)
    #expect(AgentTurns.order(agents, keys: keys, key: key, step: 1) == agents)
  }

  @Test(arguments: [(1, 1), (1, 4), (2, 2), (3, 3), (5, 4), (2, 7)], [true, false])
  func `the cells around one are those that a walk over them finds`(
    size: (width: Int, height: Int), wraps: Bool
  ) {
    let (width, height) = size
    for cell in 0..<width * height {
      var expected: [Int32] = []
      for up in -1...1 {
        for across in -1...1 where up != 0 || across != 0 {
          let (y, x) = (cell / width + up, cell % width + across)
          if wraps {
            expected.append(
              Int32((y + height) % height * width + (x + width) % width))
          } else if y >= 0, y < height, x >= 0, x < width {
            expected.append(Int32(y * width + x))
          }
        }
      }
      let around = Surroundings(of: Int32(cell), width: width, height: height, wraps: wraps)
      #expect((0..<around.count).map { around[$0] } == expected)
    }
  }
}
