// SPDX-License-Identifier: Apache-2.0

/// Distances between the empirical distributions of two samples, which may differ in size.
public enum EmpiricalDistance {
  /// The Kolmogorov–Smirnov distance of two ascending samples, in [0, 1]; nil if one is empty.
  ///
  ///     D = max over x of |F₁(x) − F₂(x)|
  ///
  /// 0 for equal empirical distributions, 1 for samples of which one lies wholly below the other.
  /// Linear in the number of values.
  ///
  /// ## Source
  /// Smirnov, "Table for estimating the goodness of fit of empirical distributions", Annals of
  /// Mathematical Statistics 19 (1948) 279–281.
  ///
  /// - Precondition: both samples ascend and hold no NaN.
  public static func kolmogorovSmirnov(sorted first: [Double], sorted second: [Double]) -> Double? {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    var largestGap = 0.0
    var firstRank = 0
    var secondRank = 0
    while firstRank < first.count, secondRank < second.count {
      let point = min(first[firstRank], second[secondRank])
      // Past every tie on both sides before comparing: stopping between ties invents a gap.
      while firstRank < first.count, first[firstRank] <= point { firstRank += 1 }
      while secondRank < second.count, second[secondRank] <= point { secondRank += 1 }
      let gap = Double(firstRank) / Double(first.count) - Double(secondRank) / Double(second.count)
      largestGap = max(largestGap, gap.magnitude)
    }
    return largestGap
  }

  /// The Wasserstein distance of order 1 of two ascending samples; nil if one is empty.
  ///
  ///     W = ∫ |F₁(x) − F₂(x)| dx
  ///
  /// In the unit of the values; 0 for equal empirical distributions. Also known as the earth
  /// mover's distance. Linear in the number of values; ∞ if the values are too far apart for it.
  ///
  /// ## Source
  /// Vallender, "Calculation of the Wasserstein distance between probability distributions on the
  /// line", Theory of Probability and Its Applications 18 (1974) 784–786.
  ///
  /// - Precondition: both samples ascend and are finite.
  public static func wasserstein(sorted first: [Double], sorted second: [Double]) -> Double? {
    guard let firstLow = first.first, let secondLow = second.first else { return nil }
    var distance = CompensatedSum()
    var point = min(firstLow, secondLow)
    var firstRank = 0
    var secondRank = 0
    while true {
      while firstRank < first.count, first[firstRank] <= point { firstRank += 1 }
      while secondRank < second.count, second[secondRank] <= point { secondRank += 1 }
      let next: Double
      switch (firstRank < first.count, secondRank < second.count) {
      case (true, true): next = min(first[firstRank], second[secondRank])
      case (true, false): next = first[firstRank]
      case (false, true): next = second[secondRank]
      case (false, false): return distance.value
      }
      let gap = Double(firstRank) / Double(first.count) - Double(secondRank) / Double(second.count)
      if gap != 0 { distance.add(gap.magnitude * (next - point)) }
      point = next
    }
  }
}
