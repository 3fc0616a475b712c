// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Households and the persons in them, nearest to a start and meeting controls at both levels.
///
/// Of all populations of households that meet the controls, the one of greatest relative entropy lets
/// the persons of a household be independent of each other, given the household's own levels: a
/// control of persons multiplies the chance of each person it counts by one factor *f*. A household of
/// *k* persons, of whom a share *q* is counted, then weighs (1 − q + q·f)ᵏ times as much, and the factor
/// solves Σ w·k·q·f·(1 − q + q·f)ᵏ⁻¹ = target. So households and persons are raked in turn without a
/// list of all compositions of households.
///
/// ## Source
/// Csiszár, "I-divergence geometry of probability distributions", Annals of Probability 3 (1975)
/// 146–158, theorem 3.2, on households as sequences of persons; the aim is that of Ye, Konduri,
/// Pendyala, Sana and Waddell, "A methodology to match distributions of both household and person
/// attributes in the generation of synthetic populations", 88th TRB Annual Meeting (2009).
struct HouseholdFit {
  /// How many households of each combination there are.
  private(set) var weights: [Double]
  /// Of each combination of households, how likely its persons are of each combination of persons.
  private(set) var shares: [Double]
  /// What each control comes to.
  private(set) var sums: [Double]
  private(set) var isMet = false

  private let sizes: [Int]
  private let personCount: Int

  /// A control with its members grouped by household.
  private struct Grouped {
    var control: EntropyFit.Control
    var isPerson: Bool
    /// The households that have members, and where the members of each begin.
    var households: [Int] = []
    var starts: [Int] = []
    var most = 1.0
  }

  /// - Parameters:
  ///   - base: What households weigh at the start.
  ///   - personBase: What combinations of persons weigh at the start.
  ///   - sizes: How many persons each combination of households has.
  ///   - aims: The controls; those of persons count combinations of both, the persons' running fastest.
  init(
    base: [Double], personBase: [Double], sizes: [Int], aims: [PublishedSpace.Aim],
    tolerance: Double = 1e-9, maximumRounds: Int = 1000
  ) {
    self.sizes = sizes
    personCount = personBase.count
    weights = base
    let whole = personBase.reduce(0, +)
    let normal = personBase.map { $0 / whole }
    shares = []
    shares.reserveCapacity(base.count * normal.count)
    for _ in base { shares += normal }
    sums = aims.map { _ in 0 }
    let grouped = aims.map { Self.grouped($0, personCount: personBase.count) }
    var stagnation = Stagnation(window: 200)
    for _ in 0..<maximumRounds {
      for control in grouped {
        if control.isPerson {
          meet(control)
        } else {
          EntropyFit.meet(control.control, &weights)
        }
      }
      var worst = 0.0
      for (place, control) in grouped.enumerated() {
        sums[place] =
          control.isPerson ? sum(control) : EntropyFit.sum(control.control, weights)
        worst = max(worst, control.control.miss(sums[place]))
      }
      if worst <= tolerance {
        isMet = true
        return
      }
      if stagnation.isStuck(worst) { return }
    }
  }

  private static func grouped(_ aim: PublishedSpace.Aim, personCount: Int) -> Grouped {
    var grouped = Grouped(control: aim.control, isPerson: aim.isPerson)
    guard aim.isPerson else { return grouped }
    for (place, member) in aim.control.members.enumerated() {
      let household = Int(member) / personCount
      if grouped.households.last != household {
        grouped.households.append(household)
        grouped.starts.append(place)
      }
    }
    grouped.starts.append(aim.control.members.count)
    grouped.most = aim.control.coefficients.reduce(
      aim.control.coefficients.isEmpty ? 1 : 0
    ) { max($0, abs($1)) }
    return grouped
  }

  /// How many persons each combination of household and person is.
  func persons() -> [Double] {
    var result = shares
    for household in weights.indices {
      let count = weights[household] * Double(sizes[household])
      for person in 0..<personCount { result[household * personCount + person] *= count }
    }
    return result
  }

  private func sum(_ grouped: Grouped) -> Double {
    var sum = CompensatedSum()
    let control = grouped.control
    for (group, household) in grouped.households.enumerated() {
      var own = 0.0
      for place in grouped.starts[group]..<grouped.starts[group + 1] {
        own +=
          shares[Int(control.members[place])]
          * (control.coefficients.isEmpty ? 1 : control.coefficients[place])
      }
      sum.add(own * weights[household] * Double(sizes[household]))
    }
    return sum.value
  }

  /// Of one household: the normalizer of its persons' chances, and its first two derivatives, after
  /// each chance has been multiplied by e to the coefficient times the logarithm.
  private func moments(
    _ grouped: Grouped, _ group: Int, _ logarithm: Double
  ) -> (normalizer: Double, first: Double, second: Double) {
    let control = grouped.control
    var change = 0.0
    var first = 0.0
    var second = 0.0
    let factor = ElementaryFunctions.exp(logarithm)
    for place in grouped.starts[group]..<grouped.starts[group + 1] {
      let share = shares[Int(control.members[place])]
      let a = control.coefficients.isEmpty ? 1 : control.coefficients[place]
      let own = control.coefficients.isEmpty ? factor : ElementaryFunctions.exp(a * logarithm)
      change += share * (own - 1)
      first += a * share * own
      second += a * a * share * own
    }
    return (max(0, 1 + change), first, second)
  }

  private mutating func meet(_ grouped: Grouped) {
    let control = grouped.control
    if control.coefficients.isEmpty, control.target <= 0 { return empty(grouped) }
    let logarithm = MonotoneRoot.find(most: grouped.most, target: control.target) { logarithm in
      var value = 0.0
      var slope = 0.0
      for (group, household) in grouped.households.enumerated() where sizes[household] > 0 {
        let (normalizer, first, second) = moments(grouped, group, logarithm)
        guard normalizer > 0, weights[household] > 0 else { continue }
        let size = Double(sizes[household])
        let weight = weights[household] * size * power(normalizer, sizes[household] - 1)
        value += weight * first
        slope += weight * (second + (size - 1) * first * first / normalizer)
      }
      return (value, slope)
    }
    for (group, household) in grouped.households.enumerated() {
      for place in grouped.starts[group]..<grouped.starts[group + 1] {
        let a = control.coefficients.isEmpty ? 1 : control.coefficients[place]
        shares[Int(control.members[place])] *= ElementaryFunctions.exp(a * logarithm)
      }
      close(household)
    }
  }

  /// Nobody is of these combinations any more.
  private mutating func empty(_ grouped: Grouped) {
    for (group, household) in grouped.households.enumerated() {
      for place in grouped.starts[group]..<grouped.starts[group + 1] {
        shares[Int(grouped.control.members[place])] = 0
      }
      close(household)
    }
  }

  /// Lets a household's shares add up to 1 again, and the household weigh what that comes to.
  private mutating func close(_ household: Int) {
    let own = household * personCount..<(household + 1) * personCount
    var sum = CompensatedSum()
    for person in own { sum.add(shares[person]) }
    // Where nobody can live, there is no household.
    weights[household] *= power(max(0, sum.value), sizes[household])
    guard sum.value > 0 else { return }
    for person in own { shares[person] /= sum.value }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<max(0, exponent)).reduce(1) { product, _ in product * base }
  }
}
