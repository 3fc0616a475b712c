// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

extension PopulationModel {
  /// One path of individuals on a network: the counts at the recorded times, time by time.
  ///
  /// In a rate, a state's name is the number of neighbours in it, and `N` the number of neighbours: where
  /// everybody meets everybody, `beta * I / N` is the same as on the whole. Each individual has a clock
  /// for each transition, keyed by both, so that another start or rate leaves the others' clocks alone.
  ///
  /// ## Source
  /// Anderson, "A modified next reaction method for simulating chemical systems with time dependent
  /// propensities and delays", Journal of Chemical Physics 127 (2007) 214107, algorithm 3.
  func individualPath(_ key: RandomKey) throws(DataError) -> [Double] {
    let count = Int(start.reduce(0, +))
    let network = Network.smallWorld(
      nodeCount: count, degree: contacts?.degree ?? 2, rewired: contacts?.rewired ?? 0, key: key)
    var place = key.stream(table: "individual", "start").stream(entity: 0)
    let order = Draws.permutation(of: count, using: &place)
    var states = [Int](repeating: 0, count: count)
    var next = 0
    for (state, number) in start.enumerated() {
      for _ in 0..<Int(number) {
        states[order[next]] = state
        next += 1
      }
    }
    var clocks = IndividualClocks(self, key, count)
    var counts = start
    var heap = EventHeap<IndividualClocks.Event>()
    for node in 0..<count { try clocks.update(node, network, states, at: 0, &heap) }
    var path: [Double] = []
    var pending = times[...]
    var events = 0
    while let moment = pending.first {
      guard let time = heap.nextTime, time < moment, let event = heap.removeFirst()?.event else {
        path.append(contentsOf: counts)
        pending.removeFirst()
        continue
      }
      guard clocks.isCurrent(event) else { continue }
      guard let each = transitions[event.transition].each, let to = each.to else { continue }
      events += 1
      guard events <= Self.eventLimit else {
        throw DataError(
          "a replication has more than \(Self.eventLimit) events", remedy: "Shorten `until`.")
      }
      counts[each.from] -= 1
      counts[to] += 1
      states[event.node] = to
      clocks.fire(event, at: time)
      try clocks.update(event.node, network, states, at: time, &heap)
      for other in network.neighbours(of: event.node) {
        try clocks.update(Int(other), network, states, at: time, &heap)
      }
    }
    return path
  }
}

/// For each individual and transition: how far its clock has run, and when it strikes.
struct IndividualClocks {
  struct Event: Sendable {
    var node: Int
    var transition: Int
    var version: UInt32
  }

  private let model: PopulationModel
  private let keys: [StreamKey]
  private let count: Int
  private var due: [Double]
  private var spent: [Double]
  private var rates: [Double]
  private var since: [Double]
  private var versions: [UInt32]
  private var strikes: [UInt32]
  private var full: [Double]
  private var stack: [Double]

  init(_ model: PopulationModel, _ key: RandomKey, _ count: Int) {
    self.model = model
    self.count = count
    keys = model.transitions.map { key.stream(path: ["transition", $0.name, "individual"]) }
    let size = count * model.transitions.count
    due = Array(repeating: -1, count: size)
    spent = Array(repeating: 0, count: size)
    rates = spent
    since = spent
    versions = Array(repeating: 0, count: size)
    strikes = versions
    full = model.fullState
    let programs = model.transitions.compactMap { $0.each?.rate.depth }
    stack = Array(repeating: 0, count: programs.reduce(1, max) + 1)
  }

  private func threshold(_ node: Int, _ transition: Int, _ strike: UInt32) -> Double {
    var stream = keys[transition].stream(entity: UInt64(node), period: strike)
    return Draws.exponential(rate: 1, using: &stream)
  }

  func isCurrent(_ event: Event) -> Bool {
    versions[event.transition * count + event.node] == event.version
  }

  /// A clock that has struck begins anew.
  mutating func fire(_ event: Event, at time: Double) {
    let place = event.transition * count + event.node
    strikes[place] += 1
    due[place] = threshold(event.node, event.transition, strikes[place])
    spent[place] = 0
    rates[place] = 0
    since[place] = time
  }

  /// Reckons an individual's rates anew from what its neighbours are.
  mutating func update(
    _ node: Int, _ network: Network, _ states: [Int], at time: Double,
    _ heap: inout EventHeap<Event>
  ) throws(DataError) {
    let stateCount = model.states.count
    for state in 0..<stateCount { full[state] = 0 }
    var neighbours = 0.0
    for other in network.neighbours(of: node) {
      full[states[Int(other)]] += 1
      neighbours += 1
    }
    full[stateCount] = max(1, neighbours)
    full[stateCount + 1] = time
    for (index, transition) in model.transitions.enumerated() {
      guard let each = transition.each else { continue }
      let place = index * count + node
      var rate = 0.0
      if states[node] == each.from {
        rate = full.withUnsafeMutableBufferPointer { full in
          stack.withUnsafeMutableBufferPointer { stack in
            guard let state = full.baseAddress, let room = stack.baseAddress else { return .nan }
            return each.rate.value(state, stack: room)
          }
        }
        guard rate >= 0, rate.isFinite else { throw model.failure(index, at: time) }
      }
      if rate == rates[place] && (rate == 0 || versions[place] > 0) { continue }
      if due[place] < 0 { due[place] = threshold(node, index, 0) }
      spent[place] += rates[place] * (time - since[place])
      since[place] = time
      rates[place] = rate
      versions[place] &+= 1
      if rate > 0 {
        heap.add(
          Event(node: node, transition: index, version: versions[place]),
          at: time + max(0, due[place] - spent[place]) / rate)
      }
    }
  }
}
