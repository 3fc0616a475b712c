// SPDX-License-Identifier: Apache-2.0
import Foundation
import Numerics
import Randomness
import Tables
import Testing

@testable import Fabrication

/// Distances are measured by the haversine formula and the system's mathematics library, which the points
/// are not made by.
@Suite struct PointsTests {
  static let count = 20_000
  /// √(ln(2/α)/(2n)) at α = 10⁻⁶, n = 20,000 (Dvoretzky, Kiefer, Wolfowitz).
  static let bound = 0.0191

  static func axes(
    _ points: String, _ first: String = "latitude", _ second: String = "longitude",
    rows: Range<Int> = 0..<count
  ) throws -> ([Double], [Double]) {
    let text = """
      points: {p: \(points)}
      columns:
        first: {point: p.\(first)}
        second: {point: p.\(second)}
      """
    let table = try Specification(yaml: text, file: "s").sample(
      rows: rows, key: RandomKey(seed: "points"))
    return (try numbers(table, "first"), try numbers(table, "second"))
  }

  static func numbers(_ table: Table?, _ name: String) throws -> [Double] {
    guard case .numbers(let list)? = table?.column(named: name)?.values else {
      throw DataError("no numbers", remedy: "")
    }
    return list
  }

  static func metres(_ a: (Double, Double), _ b: (Double, Double)) -> Double {
    let (la, lb) = (a.0 * .pi / 180, b.0 * .pi / 180)
    let dLat = sin((lb - la) / 2)
    let dLon = sin((b.1 - a.1) * .pi / 360)
    return 2 * 6_371_008.8 * asin((dLat * dLat + cos(la) * cos(lb) * dLon * dLon).squareRoot())
  }

  /// The largest distance between a sample and a distribution function.
  static func distance(_ values: [Double], _ law: (Double) -> Double) -> Double {
    let n = Double(values.count)
    return values.sorted().enumerated().reduce(0) { worst, entry in
      let share = law(entry.element)
      return max(
        worst, abs(Double(entry.offset) / n - share), abs(Double(entry.offset + 1) / n - share))
    }
  }

  @Test func `a box on the sphere is filled evenly by area, and the date line is crossed`() throws {
    let (latitudes, longitudes) = try Self.axes(
      "{box: {latitude: [-30, 70], longitude: [170, -160]}}")
    #expect(latitudes.allSatisfy { -30...70 ~= $0 })
    #expect(longitudes.allSatisfy { 170..<180 ~= $0 || -180 ... -160 ~= $0 })
    let (low, high) = (sin(-30 * Double.pi / 180), sin(70 * Double.pi / 180))
    #expect(
      Self.distance(latitudes) { (sin($0 * .pi / 180) - low) / (high - low) } < Self.bound)
    let east = longitudes.map { $0 < 0 ? $0 + 360 : $0 }
    #expect(Self.distance(east) { ($0 - 170) / 30 } < Self.bound)
  }

  @Test func `a box of a grid is filled evenly`() throws {
    let (east, north) = try Self.axes(
      "{box: {easting: [400000, 450000], northing: [0, 10]}}", "easting", "northing")
    #expect(Self.distance(east) { ($0 - 400_000) / 50_000 } < Self.bound)
    #expect(Self.distance(north) { $0 / 10 } < Self.bound)
  }

  /// Squared distances from a centre, over twice the variance, are exponential, also near a pole; the mean
  /// direction is none.
  @Test(arguments: [(51.5, -0.12), (-33.9, 179.999), (89.99, 45)])
  func `points lie around a centre in metres`(
    latitude: Double, longitude: Double
  ) throws {
    let (first, second) = try Self.axes(
      "{around: {latitude: \(latitude), longitude: \(longitude), spread: 500}}")
    let distances = zip(first, second).map { Self.metres(($0, $1), (latitude, longitude)) }
    // Degrees are written to a decimetre.
    #expect(Self.distance(distances) { 1 - exp(-$0 * $0 / (2 * 500 * 500)) } < Self.bound)
    let share = Double(first.count { $0 > latitude }) / Double(Self.count)
    // Nearer to the pole than a spread, most of the plane lies south.
    if latitude < 89 { #expect(abs(share - 0.5) < 5 * 0.5 / 141) }
    #expect(second.allSatisfy { -180..<180 ~= $0 } && first.allSatisfy { -90...90 ~= $0 })
  }

  @Test func `centres are chosen by weight`() throws {
    let (east, _) = try Self.axes(
      """
      {around: [{easting: 0, northing: 0, spread: 1, weight: 3}, {easting: 1000, northing: 0, \
      spread: 10, weight: 1}]}
      """, "easting", "northing")
    let share = Double(east.count { $0 > 500 }) / Double(Self.count)
    #expect(abs(share - 0.25) < 5 * (0.25 * 0.75 / 20_000).squareRoot())
  }

  /// Steps are independent standard normals: n = 20,000; and any place is that of a slice.
  @Test func `a walk has normal steps, whichever rows are asked for`() throws {
    let walk = RandomWalk(key: RandomKey(seed: "w").stream("walk"), entity: 5)
    let places = (0...Self.count).map { walk.place(after: $0) }
    let x = zip(places, places.dropFirst()).map { $1.x - $0.x }
    let y = zip(places, places.dropFirst()).map { $1.y - $0.y }
    #expect(places[0].x == 0 && places[0].y == 0)
    for steps in [x, y] {
      #expect(Self.distance(steps) { NormalDistribution.cumulative($0) } < Self.bound)
      for lag in [1, 2, 3, 7, 64] {
        #expect(
          abs(CorrelationTests.correlation(Array(steps.dropLast(lag)), Array(steps.dropFirst(lag))))
            < 0.0354)
      }
    }
    #expect(abs(CorrelationTests.correlation(x, y)) < 0.0354)
    // Far places have the variance of as many steps: over 2,000 walks, E[x²] = 1000, sd 1000·√(2/2000).
    let squares = (0..<2000).map { number in
      let x = RandomWalk(key: walk.key, entity: UInt64(number)).place(after: 1000).x
      return x * x
    }
    let mean: Double = squares.reduce(0, +) / 2000
    let error = 1000 * (2.0 / 2000).squareRoot()
    #expect(abs(mean - 1000) < 5 * error)
    let text = "{walk: {from: {easting: 100, northing: 200}, step: 2}}"
    let whole = try Self.axes(text, "easting", "northing", rows: 0..<1100)
    #expect(whole.0[0] == 100 && whole.1[0] == 200)
    let part = try Self.axes(text, "easting", "northing", rows: 1000..<1100)
    #expect(Array(whole.0[1000...]) == part.0 && Array(whole.1[1000...]) == part.1)
  }

  @Test func `a walk stays in its box`() throws {
    let (latitudes, longitudes) = try Self.axes(
      """
      {walk: {from: {latitude: 10, longitude: 179.95}, step: 3000, box: {latitude: [9.9, 10.2], \
      longitude: [179.9, -179.9]}}}
      """, rows: 0..<3000)
    #expect(latitudes.allSatisfy { 9.9...10.2 ~= $0 })
    #expect(longitudes.allSatisfy { $0 >= 179.9 || $0 <= -179.9 })
    #expect(Set(latitudes).count > 2900 && longitudes.contains { $0 < 0 })
    for row in 1..<3000 where latitudes[row] < 10.15 && latitudes[row] > 9.95 {
      let step = Self.metres(
        (latitudes[row - 1], longitudes[row - 1]), (latitudes[row], longitudes[row]))
      #expect(step < 8 * 3000)
    }
  }

  @Test func `each parent has a walk from its own place`() throws {
    let text = """
      tables:
        ship:
          rows: 30
          points: {port: {box: {latitude: [40, 60], longitude: [-10, 10]}}}
          columns:
            lat: {point: port.latitude}
            lon: {point: port.longitude}
        report:
          parents: {ship: {each: 6}}
          points: {track: {walk: {from: {latitude: ship.lat, longitude: ship.lon}, step: 1000, within: ship}}}
          columns:
            number: {sequence: {within: ship, start: 0}}
            lat: {point: track.latitude}
            lon: {point: track.longitude}
      """
    let made = try SeveralTablesTests.made(text)
    let ports = (try Self.numbers(made["ship"], "lat"), try Self.numbers(made["ship"], "lon"))
    let track = (try Self.numbers(made["report"], "lat"), try Self.numbers(made["report"], "lon"))
    var steps: Set<Double> = []
    for ship in 0..<30 {
      #expect(abs(track.0[6 * ship] - ports.0[ship]) < 1e-9)
      #expect(abs(track.1[6 * ship] - ports.1[ship]) < 1e-9)
      for row in 6 * ship + 1..<6 * ship + 6 {
        let metres = Self.metres((track.0[row - 1], track.1[row - 1]), (track.0[row], track.1[row]))
        #expect(metres < 7000)
        steps.insert(metres)
      }
    }
    #expect(steps.count == 150)
  }

  @Test func `angles are those of the system`() {
    for step in 0..<4000 {
      let angle = Double(step) * 0.0997
      let (x, y) = (cos(angle) * 3, sin(angle) * 3)
      #expect(abs(ElementaryFunctions.turns(x: x, y: y) - atan2(y, x) / (2 * .pi)) < 2e-16)
    }
    #expect(ElementaryFunctions.turns(x: -1, y: 0) == 0.5)
    #expect(ElementaryFunctions.turns(x: 0, y: -2) == -0.25)
  }

  @Test(arguments: [
    ("p: {box: {latitude: [50, 52], longitude: [1, 2]}}", "p", 3, "home.latitude"),
    ("p: {box: {latitude: [50, 52], longitude: [1, 2]}}", "q.latitude", 3, "p"),
    ("p: {box: {latitude: [50, 52], longitude: [1, 2]}}", "p.northing", 3, "latitude"),
    ("p: {box: {latitude: [50, 52]}}", "p.latitude", 1, "longitude"),
    ("p: {box: {latitude: [52, 50], longitude: [1, 2]}}", "p.latitude", 1, "lower bound first"),
    ("p: {box: {latitude: [52, 500], longitude: [1, 2]}}", "p.latitude", 1, "50, 52"),
    ("p: {bxo: {latitude: [52, 50]}}", "p.latitude", 1, "box"), ("p: 3", "p.latitude", 1, "walk"),
    ("p: {around: {latitude: 1, longitude: 2}}", "p.latitude", 1, "spread: 500"),
    ("p: {around: {latitude: b, longitude: 2, spread: 1}}", "p.latitude", 1, "before this one"),
    ("p: {around: {latitude: 1, longitude: 2, spread: 1, weight: 0}}", "p.latitude", 1, "above 0"),
    ("p: {walk: {from: {latitude: 1, longitude: 2}}}", "p.latitude", 1, "step: 50"),
    ("p: {walk: {from: {latitude: 1, longitude: 2}, step: -1}}", "p.latitude", 1, "step: 50"),
    (
      "p: {walk: {from: {latitude: 1, longitude: 2}, step: 1, within: x}}", "p.latitude", 1,
      "no parents"
    ),
  ]) func `what is no point is refused with its place`(
    points: String, column: String, line: Int, remedy: String
  ) {
    let text = "points: {\(points)}\ncolumns:\n  a: {point: \(column)}"
    let error = #expect(throws: DataError.self) { try Specification(yaml: text, file: "s") }
    #expect(error?.line == line, "\(String(describing: error))")
    #expect(error?.remedy.contains(remedy) == true, "\(String(describing: error))")
  }

  @Test func `a latitude beyond a pole is refused`() throws {
    #expect(throws: DataError.self) {
      try Self.axes("{around: {latitude: 100, longitude: 2, spread: 1}}", rows: 0..<3)
    }
  }
}
