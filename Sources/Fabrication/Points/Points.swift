// SPDX-License-Identifier: Apache-2.0
import Formulas
import Numerics
import Randomness
import Tables

/// Places that two columns hold: latitude and longitude in degrees, or easting and northing in metres.
struct Points: Sendable {
  /// Where points lie.
  enum Law: Sendable {
    /// Evenly in a box, by area.
    case box(Box)
    /// Around centres, by a normal distribution of the same spread in all directions.
    case around([Centre])
    /// Where a random walk has come to, row by row, or row by row of each parent.
    case walk(Walk)
  }

  /// The lowest and the highest value of each axis; west may lie above east, across the date line.
  struct Box: Sendable {
    var first: ClosedRange<Double>
    var second: ClosedRange<Double>
  }

  struct Centre: Sendable {
    var first: CompiledFormula
    var second: CompiledFormula
    /// Metres, the standard deviation along each axis.
    var spread: CompiledFormula
    var weight: Double
  }

  struct Walk: Sendable {
    var first: CompiledFormula
    var second: CompiledFormula
    /// Metres, the standard deviation of a step along each axis.
    var step: Double
    /// The parent each of whose rows has a walk of its own.
    var parent: Int?
    /// The box from whose sides the walk is thrown back.
    var box: Box?
  }

  var name: String
  /// Whether the axes are latitude and longitude.
  var isGeographic: Bool
  var law: Law

  /// The names of the axes.
  static func axes(isGeographic: Bool) -> [String] {
    isGeographic ? ["latitude", "longitude"] : ["easting", "northing"]
  }

  /// The columns that are named.
  var references: Set<ColumnReference> {
    switch law {
    case .box: []
    case .around(let centres):
      centres.reduce([]) {
        $0.union($1.first.references).union($1.second.references).union($1.spread.references)
      }
    case .walk(let walk): walk.first.references.union(walk.second.references)
    }
  }

  /// Whether a row's point follows from those before it.
  var isFixed: Bool { if case .walk = law { true } else { false } }

  // MARK: Drawing

  /// A point in a box, from two uniforms.
  ///
  /// On the sphere the sine of the latitude is uniform, so that equal areas are as likely.
  func point(in box: Box, _ u: Double, _ v: Double) -> (Double, Double) {
    func between(_ range: ClosedRange<Double>, _ share: Double) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * share
    }
    guard isGeographic else { return (between(box.first, u), between(box.second, v)) }
    let low = ElementaryFunctions.sine(turns: box.first.lowerBound / 360)
    let high = ElementaryFunctions.sine(turns: box.first.upperBound / 360)
    let sine = low + (high - low) * u
    let latitude = ElementaryFunctions.turns(x: (1 - sine * sine).squareRoot(), y: sine) * 360
    return (
      min(max(latitude, box.first.lowerBound), box.first.upperBound),
      Self.wrapped(between(box.second, v))
    )
  }

  /// The point so many metres east and north of another.
  ///
  /// On the sphere along the great circle, with the mean radius of the Earth, 6,371,008.8 m.
  ///
  /// ## Source
  /// Moritz, "Geodetic Reference System 1980", Journal of Geodesy 74 (2000) 128–133, for the radius.
  func point(_ first: Double, _ second: Double, east: Double, north: Double) -> (Double, Double) {
    guard isGeographic else { return (first + east, second + north) }
    let distance = (east * east + north * north).squareRoot()
    guard distance > 0 else { return (first, second) }
    let arc = distance / 6_371_008.8 / 6.283_185_307_179_586
    let sine = ElementaryFunctions.sine(turns: arc)
    let cosine = ElementaryFunctions.cosine(turns: arc)
    let sinLatitude = ElementaryFunctions.sine(turns: first / 360)
    let cosLatitude = ElementaryFunctions.cosine(turns: first / 360)
    // In the frame whose first axis meets the equator at the point's own meridian.
    let x = cosLatitude * cosine - sinLatitude * north / distance * sine
    let y = east / distance * sine
    let z = sinLatitude * cosine + cosLatitude * north / distance * sine
    let latitude = ElementaryFunctions.turns(x: (x * x + y * y).squareRoot(), y: z) * 360
    return (latitude, Self.wrapped(second + ElementaryFunctions.turns(x: x, y: y) * 360))
  }

  /// A longitude in −180 ..< 180.
  private static func wrapped(_ longitude: Double) -> Double {
    guard !(-180..<180 ~= longitude) else { return longitude }
    return longitude - 360 * ((longitude + 180) / 360).rounded(.down)
  }

  /// A point thrown back from the sides of a box as often as it takes.
  func reflected(_ point: (Double, Double), in box: Box) -> (Double, Double) {
    var second = point.1
    if isGeographic, second < box.second.lowerBound - 180 { second += 360 }
    if isGeographic, second > box.second.upperBound + 180 { second -= 360 }
    second = Self.folded(second, box.second)
    return (Self.folded(point.0, box.first), isGeographic ? Self.wrapped(second) : second)
  }

  private static func folded(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    let width = range.upperBound - range.lowerBound
    guard width > 0 else { return range.lowerBound }
    let along = value - range.lowerBound
    let turn = along - 2 * width * (along / (2 * width)).rounded(.down)
    return range.lowerBound + min(width, max(0, turn > width ? 2 * width - turn : turn))
  }
}
