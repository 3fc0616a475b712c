// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

/// One replication of a queue model.
struct QueueRun: Sendable {
  /// A stay at a resource.
  struct Visit: Sendable {
    var customer: Int
    var resource: Int
    var asked: Double
    var began = Double.infinity
    var ended = Double.infinity
    var outcome = "waiting"
  }

  struct Customer: Sendable {
    var kind: Int
    var number: Int
    var arrived: Double
    var left = Double.infinity
    var outcome = "inside"
    var step = 0
    /// How often each step was taken.
    var visits: [Int16]
    /// The visits that are not over, the last one last.
    var open: [Int] = []
  }

  struct Entry: Sendable {
    var time: Double
    var customer: Int
    var event: String
    var resource: Int?
  }

  struct Gauge: Sendable {
    var servers = 0
    var busy = 0
    var since = 0.0
    var busyTime = 0.0
    var serverTime = 0.0
    var waitingTime = 0.0
    var waiting = 0
    var line: [(priority: Double, order: Int, visit: Int)] = []
  }

  private enum Event: Sendable {
    case arrival(kind: Int, number: Int)
    case goOn(Int)
    case givesUp(visit: Int)
    case shift(resource: Int, servers: Int)
  }

  let model: QueueModel
  private let key: RandomKey
  private(set) var sources: [QueueCustomers]
  private(set) var customers: [Customer] = []
  private(set) var visits: [Visit] = []
  private(set) var log: [Entry] = []
  private(set) var gauges: [Gauge]
  /// The time spent inside by all, as the area under the number inside.
  private(set) var insideTime = 0.0
  private var inside = 0
  private var insideSince = 0.0
  private var heap = EventHeap<Event>()
  private var ready: [Int] = []
  private var order = 0
  private var gathered: [[Int: [Int]]]
  private var now = 0.0

  init(_ model: QueueModel, _ key: RandomKey) {
    self.model = model
    self.key = key
    sources = model.kinds.map { QueueCustomers($0, key) }
    gauges = model.resources.map { _ in Gauge() }
    gathered = model.kinds.map { _ in [:] }
  }

  mutating func run() throws(DataError) {
    for (index, resource) in model.resources.enumerated() {
      var start = 0.0
      repeat {
        for shift in resource.shifts where start + shift.time <= model.until {
          heap.add(.shift(resource: index, servers: shift.servers), at: start + shift.time)
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
      case .arrival(let kind, let number): try arrive(kind, number)
      case .goOn(let customer): ready.append(customer)
      case .givesUp(let visit): giveUp(visit)
      case .shift(let resource, let servers):
        measure(resource)
        gauges[resource].servers = servers
        serve(resource)
      }
      while !ready.isEmpty { try goOn(ready.removeFirst()) }
    }
    now = model.until
    for resource in gauges.indices { measure(resource) }
    insideTime += Double(inside) * (now - insideSince)
    insideSince = now
  }

  private mutating func schedule(_ kind: Int, _ number: Int) throws(DataError) {
    let time = try sources[kind].arrival(of: number)
    if time <= model.until { heap.add(.arrival(kind: kind, number: number), at: time) }
  }

  private mutating func note(_ event: String, _ customer: Int, _ resource: Int? = nil) {
    guard model.isLogged else { return }
    log.append(Entry(time: now, customer: customer, event: event, resource: resource))
  }

  private mutating func changeInside(_ change: Int) {
    insideTime += Double(inside) * (now - insideSince)
    insideSince = now
    inside += change
  }

  private mutating func measure(_ resource: Int) {
    let length = now - gauges[resource].since
    gauges[resource].busyTime += Double(gauges[resource].busy) * length
    // Whoever is still served after a shift's end is served by somebody.
    gauges[resource].serverTime +=
      Double(max(gauges[resource].servers, gauges[resource].busy)) * length
    gauges[resource].waitingTime += Double(gauges[resource].waiting) * length
    gauges[resource].since = now
  }

  private mutating func arrive(_ kind: Int, _ number: Int) throws(DataError) {
    guard customers.count < QueueModel.customerLimit else {
      throw DataError(
        "more than \(QueueModel.customerLimit) customers arrive", remedy: "Shorten `until`.")
    }
    customers.append(
      Customer(
        kind: kind, number: number, arrived: now,
        visits: Array(repeating: 0, count: model.kinds[kind].path.count)))
    changeInside(1)
    note("arrives", customers.count - 1)
    ready.append(customers.count - 1)
    try schedule(kind, number + 1)
  }

  private mutating func leave(_ customer: Int, _ outcome: String) {
    for visit in customers[customer].open.reversed() { end(visit) }
    customers[customer].open = []
    customers[customer].left = now
    customers[customer].outcome = outcome
    changeInside(-1)
    note(outcome, customer)
  }

  private mutating func end(_ visit: Int) {
    let resource = visits[visit].resource
    measure(resource)
    gauges[resource].busy -= 1
    visits[visit].ended = now
    visits[visit].outcome = "served"
    note("ends", visits[visit].customer, resource)
    serve(resource)
  }

  private mutating func giveUp(_ visit: Int) {
    guard visits[visit].outcome == "waiting" else { return }
    let resource = visits[visit].resource
    measure(resource)
    gauges[resource].waiting -= 1
    visits[visit].outcome = "gave up"
    visits[visit].ended = now
    leave(visits[visit].customer, "gave up")
  }

  // MARK: The line

  private mutating func join(_ visit: Int, _ priority: Double) {
    let resource = visits[visit].resource
    measure(resource)
    gauges[resource].waiting += 1
    order += 1
    gauges[resource].line.append((priority, order, visit))
    var child = gauges[resource].line.count - 1
    while child > 0, precedes(resource, child, (child - 1) / 2) {
      gauges[resource].line.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private func precedes(_ resource: Int, _ one: Int, _ other: Int) -> Bool {
    let (a, b) = (gauges[resource].line[one], gauges[resource].line[other])
    return a.priority != b.priority ? a.priority > b.priority : a.order < b.order
  }

  private mutating func first(_ resource: Int) -> Int? {
    while let head = gauges[resource].line.first {
      let last = gauges[resource].line.removeLast()
      if !gauges[resource].line.isEmpty {
        gauges[resource].line[0] = last
        var parent = 0
        while true {
          var child = 2 * parent + 1
          guard child < gauges[resource].line.count else { break }
          if child + 1 < gauges[resource].line.count, precedes(resource, child + 1, child) {
            child += 1
          }
          guard precedes(resource, child, parent) else { break }
          gauges[resource].line.swapAt(child, parent)
          parent = child
        }
      }
      if visits[head.visit].outcome == "waiting" { return head.visit }
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
      customers[customer].step += 1
      ready.append(customer)
    }
  }

  private mutating func begin(_ visit: Int) {
    let resource = visits[visit].resource
    measure(resource)
    gauges[resource].busy += 1
    visits[visit].began = now
    visits[visit].outcome = "in service"
    customers[visits[visit].customer].open.append(visit)
    note("begins", visits[visit].customer, resource)
  }

  // MARK: The path

  private mutating func goOn(_ customer: Int) throws(DataError) {
    let kind = customers[customer].kind
    let path = model.kinds[kind].path
    var jumps = 0
    while customers[customer].step < path.count {
      let step = customers[customer].step
      let number = customers[customer].number
      let visit = Int(customers[customer].visits[step])
      customers[customer].visits[step] = Int16(min(visit + 1, Int(Int16.max)))
      switch path[step] {
      case .seize(let resource, let priority, let patience, let most):
        visits.append(Visit(customer: customer, resource: resource, asked: now))
        let place = visits.count - 1
        if gauges[resource].busy < gauges[resource].servers, gauges[resource].waiting == 0 {
          begin(place)
          break
        }
        if let most, gauges[resource].waiting >= most {
          visits[place].outcome = "turned away"
          visits[place].ended = now
          return leave(customer, "turned away")
        }
        let rank =
          try priority.map { (formula) throws(DataError) in
            try sources[kind].value(.value(formula), "priority \(step)", customer: number)
          } ?? 0
        join(place, rank)
        note("waits", customer, resource)
        if let patience {
          let length = try sources[kind].value(
            patience, "patience \(step)", customer: number, visit: visit)
          heap.add(.givesUp(visit: place), at: now + max(0, length))
        }
        return
      case .hold(let maker):
        let length = try sources[kind].value(maker, "hold \(step)", customer: number, visit: visit)
        guard length >= 0 else {
          throw DataError(
            "a stay of `\(model.kinds[kind].name)` lasts less than 0",
            remedy: "Draw it from a distribution above 0, as `~ gamma(mean = 6, dispersion = 0.4)`."
          )
        }
        customers[customer].step += 1
        heap.add(.goOn(customer), at: now + length)
        return
      case .release(let resource):
        if let place = customers[customer].open.lastIndex(where: {
          visits[$0].resource == resource
        }) {
          let visit = customers[customer].open.remove(at: place)
          end(visit)
        }
      case .branch(let goals):
        let u = key.stream(table: model.kinds[kind].name, "branch \(step)").uniforms(
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
        guard let goal else { return leave(customer, "leaves") }
        jumps += 1
        guard jumps < 100_000 else {
          throw DataError(
            "a customer goes round without time going on", remedy: "Put a `hold` into the circle.")
        }
        customers[customer].step = goal
        continue
      case .gather(let size):
        var waiting = gathered[kind][step] ?? []
        waiting.append(customer)
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
    leave(customer, "leaves")
  }
}
