// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

/// One replication of a queue model.
struct QueueRun: Sendable {
  /// What became of a customer or a stay.
  enum Outcome: UInt8, Sendable, CaseIterable {
    case inside, leaves, waiting, inService, served, gaveUp, turnedAway

    /// The word in the tables.
    var word: String {
      switch self {
      case .inside: "inside"
      case .leaves: "leaves"
      case .waiting: "waiting"
      case .inService: "in service"
      case .served: "served"
      case .gaveUp: "gave up"
      case .turnedAway: "turned away"
      }
    }
  }

  /// A stay at a resource.
  struct Visit: Sendable {
    var customer: Int32
    var resource: Int32
    var asked: Double
    var began = Double.infinity
    var ended = Double.infinity
    /// The customer's open visit before this one, or −1.
    var openBefore: Int32 = -1
    var outcome = Outcome.waiting
  }

  struct Customer: Sendable {
    var kind: Int32
    var number: Int32
    var arrived: Double
    var left = Double.infinity
    var step: Int32 = 0
    /// The customer's last visit that is not over, or −1.
    var open: Int32 = -1
    /// Where it is noted how often each step was taken, or −1 where each is taken once.
    var takes = -1
    var outcome = Outcome.inside
  }

  /// Something that happened, for the log.
  struct Entry: Sendable {
    var time: Double
    var customer: Int32
    var resource: Int32
    var event: UInt8
  }

  /// What is written of an entry.
  static let events = ["arrives", "waits", "begins", "ends", "leaves", "gave up", "turned away"]

  struct Gauge: Sendable {
    var servers = 0
    var busy = 0
    var since = 0.0
    var busyTime = 0.0
    var serverTime = 0.0
    var waitingTime = 0.0
    var waiting = 0
    var line = QueueLine()
  }

  /// A figure of the summary.
  typealias Measure = (of: String, measure: String, value: Double)

  private enum Event: Sendable {
    case arrival(kind: Int32, number: Int32)
    case goOn(Int32)
    case givesUp(visit: Int32)
    case shift(resource: Int32, servers: Int32)
  }

  let model: QueueModel
  private let branchKeys: [[StreamKey]]
  private(set) var sources: [QueueCustomers]
  private(set) var customers: [Customer] = []
  private(set) var visits: [Visit] = []
  private(set) var log: [Entry] = []
  private(set) var gauges: [Gauge]
  private(set) var measures: [Measure] = []
  /// The time spent inside by all, as the area under the number inside.
  private(set) var insideTime = 0.0
  private var inside = 0
  private var insideSince = 0.0
  private var heap = EventHeap<Event>()
  private var ready: [Int32] = []
  private var nextReady = 0
  private var order = 0
  private var gathered: [[Int: [Int32]]]
  private var takes: [Int16] = []
  private var now = 0.0

  init(_ model: QueueModel, _ key: RandomKey) {
    self.model = model
    sources = model.kinds.map { QueueCustomers($0, key) }
    branchKeys = model.kinds.map { kind in
      kind.path.indices.map { key.stream(table: kind.name, "branch \($0)") }
    }
    gauges = model.resources.map { _ in Gauge() }
    gathered = model.kinds.map { _ in [:] }
  }

  mutating func run() throws(DataError) {
    for (index, resource) in model.resources.enumerated() {
      var start = 0.0
      repeat {
        for shift in resource.shifts where start + shift.time <= model.until {
          heap.add(
            .shift(resource: Int32(index), servers: Int32(shift.servers)), at: start + shift.time)
        }
        start += resource.cycle ?? .infinity
      } while start < model.until
    }
    for kind in model.kinds.indices { try schedule(kind, 0) }
    var events = 0
    while let time = heap.nextTime, time <= model.until, let next = heap.removeFirst() {
      now = next.time
      events += 1
      guard events <= QueueModel.eventLimit else {
        throw DataError(
          "a replication has more than \(QueueModel.eventLimit) events",
          remedy: "Shorten `until`, or let fewer arrive.")
      }
      switch next.event {
      case .arrival(let kind, let number): try arrive(Int(kind), Int(number))
      case .goOn(let customer): ready.append(customer)
      case .givesUp(let visit): giveUp(Int(visit))
      case .shift(let resource, let servers):
        measure(Int(resource))
        gauges[Int(resource)].servers = Int(servers)
        serve(Int(resource))
      }
      while nextReady < ready.count {
        nextReady += 1
        try goOn(Int(ready[nextReady - 1]))
      }
      ready.removeAll(keepingCapacity: true)
      nextReady = 0
    }
    now = model.until
    for resource in gauges.indices { measure(resource) }
    changeInside(0)
  }

  /// Keeps the figures, and of what was noted only what is written.
  mutating func finish(measures: [Measure]) {
    self.measures = measures
    heap = EventHeap()
    takes = []
    if !model.hasVisits { visits = [] }
    if !model.hasVisits, !model.hasCustomers, !model.isLogged {
      customers = []
      sources = []
    }
  }

  private mutating func schedule(_ kind: Int, _ number: Int) throws(DataError) {
    let time = try sources[kind].arrival(of: number)
    if time <= model.until {
      heap.add(.arrival(kind: Int32(kind), number: Int32(number)), at: time)
    }
  }

  @inline(__always)
  private mutating func note(_ event: UInt8, _ customer: Int, _ resource: Int = -1) {
    guard model.isLogged else { return }
    log.append(
      Entry(time: now, customer: Int32(customer), resource: Int32(resource), event: event))
  }

  /// The part of a span up to now that counts.
  @inline(__always)
  private func length(since start: Double) -> Double {
    start >= model.from ? now - start : max(0, now - model.from)
  }

  private mutating func changeInside(_ change: Int) {
    insideTime += Double(inside) * length(since: insideSince)
    insideSince = now
    inside += change
  }

  @inline(__always)
  private mutating func measure(_ resource: Int) {
    let length = length(since: gauges[resource].since)
    gauges[resource].since = now
    guard length > 0 else { return }
    gauges[resource].busyTime += Double(gauges[resource].busy) * length
    // Whoever is still served after a shift's end is served by somebody.
    gauges[resource].serverTime +=
      Double(max(gauges[resource].servers, gauges[resource].busy)) * length
    gauges[resource].waitingTime += Double(gauges[resource].waiting) * length
  }

  private mutating func arrive(_ kind: Int, _ number: Int) throws(DataError) {
    guard customers.count < QueueModel.customerLimit else {
      throw DataError(
        "more than \(QueueModel.customerLimit) customers arrive", remedy: "Shorten `until`.")
    }
    var customer = Customer(kind: Int32(kind), number: Int32(number), arrived: now)
    if model.kinds[kind].goesBack {
      customer.takes = takes.count
      takes.append(contentsOf: repeatElement(0, count: model.kinds[kind].path.count))
    }
    customers.append(customer)
    changeInside(1)
    note(0, customers.count - 1)
    ready.append(Int32(customers.count - 1))
    try schedule(kind, number + 1)
  }

  private mutating func leave(_ customer: Int, _ outcome: Outcome) {
    var visit = Int(customers[customer].open)
    customers[customer].open = -1
    while visit >= 0 {
      let before = Int(visits[visit].openBefore)
      end(visit)
      visit = before
    }
    customers[customer].left = now
    customers[customer].outcome = outcome
    changeInside(-1)
    note(outcome == .leaves ? 4 : outcome == .gaveUp ? 5 : 6, customer)
  }

  private mutating func end(_ visit: Int) {
    let resource = Int(visits[visit].resource)
    measure(resource)
    gauges[resource].busy -= 1
    visits[visit].ended = now
    visits[visit].outcome = .served
    note(3, Int(visits[visit].customer), resource)
    serve(resource)
  }

  private mutating func giveUp(_ visit: Int) {
    guard visits[visit].outcome == .waiting else { return }
    let resource = Int(visits[visit].resource)
    measure(resource)
    gauges[resource].waiting -= 1
    visits[visit].outcome = .gaveUp
    visits[visit].ended = now
    leave(Int(visits[visit].customer), .gaveUp)
  }

  // MARK: The line

  private mutating func join(_ visit: Int, _ priority: Double) {
    let resource = Int(visits[visit].resource)
    measure(resource)
    gauges[resource].waiting += 1
    order += 1
    gauges[resource].line.add(visit, priority: priority, order: order)
  }

  private mutating func first(_ resource: Int) -> Int? {
    while let visit = gauges[resource].line.removeFirst() {
      if visits[visit].outcome == .waiting { return visit }
    }
    return nil
  }

  /// Lets those who wait begin, as long as a server is free.
  private mutating func serve(_ resource: Int) {
    while gauges[resource].busy < gauges[resource].servers, let visit = first(resource) {
      measure(resource)
      gauges[resource].waiting -= 1
      begin(visit)
      let customer = visits[visit].customer
      customers[Int(customer)].step += 1
      ready.append(customer)
    }
  }

  private mutating func begin(_ visit: Int) {
    let resource = Int(visits[visit].resource)
    measure(resource)
    gauges[resource].busy += 1
    visits[visit].began = now
    visits[visit].outcome = .inService
    let customer = Int(visits[visit].customer)
    visits[visit].openBefore = customers[customer].open
    customers[customer].open = Int32(visit)
    note(2, customer, resource)
  }

  /// Ends a customer's last open visit to a resource, if there is one.
  private mutating func release(_ resource: Int, _ customer: Int) {
    var (visit, after) = (Int(customers[customer].open), -1)
    while visit >= 0, visits[visit].resource != resource {
      (visit, after) = (Int(visits[visit].openBefore), visit)
    }
    guard visit >= 0 else { return }
    if after >= 0 {
      visits[after].openBefore = visits[visit].openBefore
    } else {
      customers[customer].open = visits[visit].openBefore
    }
    end(visit)
  }

  // MARK: The path

  /// How often a customer has taken a step before, and notes that it takes it now.
  @inline(__always)
  private mutating func take(_ step: Int, _ customer: Int) -> Int {
    let base = customers[customer].takes
    guard base >= 0 else { return 0 }
    let before = takes[base + step]
    if before < Int16.max { takes[base + step] = before + 1 }
    return Int(before)
  }

  private mutating func goOn(_ customer: Int) throws(DataError) {
    let kind = Int(customers[customer].kind)
    let number = Int(customers[customer].number)
    let count = model.kinds[kind].path.count
    var jumps = 0
    while Int(customers[customer].step) < count {
      let step = Int(customers[customer].step)
      let visit = take(step, customer)
      switch model.kinds[kind].path[step] {
      case .seize(let resource, let priority, let patience, let most):
        visits.append(Visit(customer: Int32(customer), resource: Int32(resource), asked: now))
        let place = visits.count - 1
        if gauges[resource].busy < gauges[resource].servers, gauges[resource].waiting == 0 {
          begin(place)
          break
        }
        if let most, gauges[resource].waiting >= most {
          visits[place].outcome = .turnedAway
          visits[place].ended = now
          return leave(customer, .turnedAway)
        }
        var rank = 0.0
        if let priority {
          rank = try sources[kind].value(.value(priority), .priority(step), customer: number)
        }
        join(place, rank)
        note(1, customer, resource)
        if let patience {
          let length = try sources[kind].value(
            patience, .patience(step), customer: number, visit: visit)
          heap.add(.givesUp(visit: Int32(place)), at: now + max(0, length))
        }
        return
      case .hold(let maker):
        let length = try sources[kind].value(maker, .hold(step), customer: number, visit: visit)
        guard length >= 0 else {
          throw DataError(
            "a stay of `\(model.kinds[kind].name)` lasts less than 0",
            remedy: "Draw it from a distribution above 0, as `~ gamma(mean = 6, dispersion = 0.4)`."
          )
        }
        customers[customer].step += 1
        heap.add(.goOn(Int32(customer)), at: now + length)
        return
      case .release(let resource): release(resource, customer)
      case .branch(let goals):
        let u = branchKeys[kind][step].uniforms(
          entity: UInt64(number), period: UInt32(visit), draw: 0
        ).0
        var rest = u
        var goal = goals.last?.goal
        for item in goals {
          if rest < item.probability {
            goal = item.goal
            break
          }
          rest -= item.probability
        }
        guard let goal else { return leave(customer, .leaves) }
        jumps += 1
        guard jumps < 100_000 else {
          throw DataError(
            "a customer goes round without time going on", remedy: "Put a `hold` into the circle.")
        }
        customers[customer].step = Int32(goal)
        continue
      case .gather(let size):
        var waiting = gathered[kind][step] ?? []
        waiting.append(Int32(customer))
        customers[customer].step += 1
        if waiting.count < size {
          gathered[kind][step] = waiting
          return
        }
        gathered[kind][step] = []
        ready.append(contentsOf: waiting)
        return
      }
      customers[customer].step += 1
    }
    leave(customer, .leaves)
  }
}
