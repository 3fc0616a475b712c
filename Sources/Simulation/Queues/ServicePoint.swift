// SPDX-License-Identifier: Apache-2.0
import Numerics
public import Randomness

/// Servers with one line before them, served in order of arrival.
///
/// Times between arrivals are exponential. A customer's draws are keyed by the customer's number,
/// so that another service time, or another number of servers, meets the same arrivals.
public struct ServicePoint: Sendable {
  /// How long a service lasts.
  public enum Service: Hashable, Sendable {
    /// Always as long.
    case fixed(Double)
    /// Exponential with this mean.
    case exponential(mean: Double)
    /// Gamma with this mean, and this variance over the squared mean.
    case gamma(mean: Double, dispersion: Double)
    /// Each length between these two as likely as another.
    case uniform(from: Double, to: Double)
    /// Log-normal with this mean and this standard deviation over the mean.
    case logNormal(mean: Double, variation: Double)
  }

  /// What befell each customer; a customer who was turned away starts at infinity.
  public struct Visits: Hashable, Sendable {
    /// When each arrived.
    public var arrivals: [Double] = []
    /// When each one's service began.
    public var starts: [Double] = []
    /// When each left.
    public var departures: [Double] = []
  }

  /// Arrivals a unit of time.
  public var arrivalRate: Double
  /// How long a service lasts.
  public var service: Service
  /// The number of servers.
  public var servers: Int
  /// The most customers inside, those in service included; nobody is turned away without it.
  public var capacity: Int?

  /// Creates a service point.
  ///
  /// - Precondition: the rate and the number of servers are positive.
  public init(arrivalRate: Double, service: Service, servers: Int = 1, capacity: Int? = nil) {
    precondition(arrivalRate > 0 && servers > 0, "the rate and the servers are positive")
    self.arrivalRate = arrivalRate
    self.service = service
    self.servers = servers
    self.capacity = capacity
  }

  /// Serves the first customers of an empty point.
  public func visits(of count: Int, key: RandomKey) -> Visits {
    let arrivalKey = key.stream(table: "customer", "arrival")
    let serviceKey = key.stream(table: "customer", "service")
    var visits = Visits()
    visits.arrivals.reserveCapacity(count)
    visits.starts.reserveCapacity(count)
    visits.departures.reserveCapacity(count)
    var free = [Double](repeating: 0, count: servers)
    var inside: [Double] = []
    var time = 0.0
    for customer in 0..<count {
      var stream = arrivalKey.stream(entity: UInt64(customer))
      time += Draws.exponential(rate: arrivalRate, using: &stream)
      visits.arrivals.append(time)
      if let capacity {
        inside.removeAll { $0 <= time }
        guard inside.count < capacity else {
          visits.starts.append(.infinity)
          visits.departures.append(time)
          continue
        }
      }
      var server = 0
      for other in free.indices where free[other] < free[server] { server = other }
      let start = max(time, free[server])
      stream = serviceKey.stream(entity: UInt64(customer))
      let departure = start + length(&stream)
      free[server] = departure
      if capacity != nil { inside.append(departure) }
      visits.starts.append(start)
      visits.departures.append(departure)
    }
    return visits
  }

  private func length(_ stream: inout RandomStream) -> Double {
    switch service {
    case .fixed(let length): length
    case .exponential(let mean): mean * Draws.exponential(rate: 1, using: &stream)
    case .gamma(let mean, let dispersion):
      Draws.gamma(shape: 1 / dispersion, scale: mean * dispersion, using: &stream)
    case .uniform(let low, let high): low + (high - low) * Draws.uniform(using: &stream)
    case .logNormal(let mean, let variation):
      logNormal(mean, ElementaryFunctions.log(1 + variation * variation), &stream)
    }
  }

  private func logNormal(_ mean: Double, _ variance: Double, _ stream: inout RandomStream) -> Double
  {
    let normal = Draws.normal(using: &stream)
    return mean * ElementaryFunctions.exp(variance.squareRoot() * normal - variance / 2)
  }
}
