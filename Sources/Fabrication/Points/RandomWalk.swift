// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness

/// A walk of independent normal steps in the plane, any place of which is computed without those before it.
///
/// The place after 1, 2, 4, 8, … steps is the sum of independent normals; a place between two known ones is
/// their mean and a normal of half the root of the time between them. Each place takes the normals of its
/// own number, so that a place costs as many draws as its number has digits in base 2, twice.
///
/// ## Source
/// Lévy, "Processus stochastiques et mouvement brownien", Gauthier-Villars 1948, the construction by
/// midpoints; at whole times its law is that of a walk of normal steps.
struct RandomWalk {
  let key: StreamKey
  /// Which walk, such as the row of a parent.
  let entity: UInt64

  /// Where the walk is after so many steps of standard deviation 1 along each axis.
  ///
  /// - Precondition: 0 ≤ count < 2³¹.
  func place(after count: Int) -> (x: Double, y: Double) {
    precondition(count >= 0 && count < 1 << 31, "the walk has fewer than 2^31 steps")
    guard count > 0 else { return (0, 0) }
    var low = 1
    var from = normals(1)
    while low * 2 <= count {
      from = sum(from, normals(low * 2), Double(low).squareRoot())
      low *= 2
    }
    guard low < count else { return from }
    var high = low * 2
    var to = sum(from, normals(high), Double(low).squareRoot())
    while true {
      let middle = (low + high) / 2
      let mean = ((from.x + to.x) / 2, (from.y + to.y) / 2)
      let place = sum(mean, normals(middle), Double(high - low).squareRoot() / 2)
      if middle == count { return place }
      if middle < count { (low, from) = (middle, place) } else { (high, to) = (middle, place) }
    }
  }

  private func sum(
    _ place: (x: Double, y: Double), _ step: (x: Double, y: Double), _ size: Double
  ) -> (x: Double, y: Double) {
    (place.x + step.x * size, place.y + step.y * size)
  }

  private func normals(_ number: Int) -> (x: Double, y: Double) {
    var stream = key.stream(entity: entity, period: UInt32(number))
    return (Draws.normal(using: &stream), Draws.normal(using: &stream))
  }
}
