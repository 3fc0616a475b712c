// SPDX-License-Identifier: Apache-2.0
import Numerics

extension DistributionFamily {
  /// The law of one of the family's forms.
  func law(of form: Form) -> DistributionLaw? {
    Self.laws[name + " " + form.parameters.map(\.name).joined(separator: " ")]
  }

  private static let laws: [String: DistributionLaw] = [
    "uniform min max": DistributionLaw(
      upTo: { p, x in x < p[0] ? 0 : x >= p[1] ? 1 : (x - p[0]) / (p[1] - p[0]) },
      quantile: { p, u in p[0] + (p[1] - p[0]) * u }),
    "normal mean sd": DistributionLaw(
      upTo: { p, x in p[1] > 0 ? NormalDistribution.cumulative((x - p[0]) / p[1]) : step(x, p[0]) },
      quantile: { p, u in p[0] + p[1] * NormalDistribution.quantile(u) }),
    "lognormal median sdlog": lognormal { ($0[0], $0[1]) },
    "lognormal meanlog sdlog": lognormal { (ElementaryFunctions.exp($0[0]), $0[1]) },
    "gamma mean dispersion": gamma { (1 / $0[1], $0[0] * $0[1]) },
    "gamma shape scale": gamma { ($0[0], $0[1]) },
    "beta a b": beta { ($0[0], $0[1]) },
    "beta mean precision": beta { ($0[0] * $0[1], (1 - $0[0]) * $0[1]) },
    "exponential mean": exponential { $0[0] },
    "exponential rate": exponential { 1 / $0[0] },
    "weibull scale shape": weibull { $0[0] },
    "weibull median shape": weibull {
      $0[0] / FormulaCompiler.power(0.693_147_180_559_945_3, 1 / $0[1])
    },
    "logistic mean scale": DistributionLaw(
      upTo: { p, x in FormulaCompiler.invlogit((x - p[0]) / p[1]) },
      quantile: { p, u in
        p[0] + p[1] * (ElementaryFunctions.log(u) - FormulaCompiler.log1p(-u))
      }),
    "laplace mean scale": DistributionLaw(
      upTo: { p, x in
        let half = 0.5 * ElementaryFunctions.exp(-(x - p[0]).magnitude / p[1])
        return x < p[0] ? half : 1 - half
      },
      quantile: { p, u in
        u < 0.5
          ? p[0] + p[1] * ElementaryFunctions.log(2 * u)
          : p[0] - p[1] * ElementaryFunctions.log(2 * (1 - u))
      }),
    "student_t df mean scale": DistributionLaw(
      upTo: { p, x in studentUpTo((x - p[1]) / p[2], p[0]) },
      quantile: { p, u in
        guard u >= 0.5 else { return p[1] - p[2] * studentQuantile(1 - u, p[0]) }
        return p[1] + p[2] * studentQuantile(u, p[0])
      }),
    "pareto min shape": DistributionLaw(
      upTo: { p, x in x <= p[0] ? 0 : 1 - FormulaCompiler.power(p[0] / x, p[1]) },
      quantile: { p, u in
        p[0] * ElementaryFunctions.exp(-FormulaCompiler.log1p(-u) / p[1])
      }),
    "triangular min mode max": DistributionLaw(
      upTo: { p, x in
        let width = p[2] - p[0]
        if x <= p[0] { return 0 }
        if x >= p[2] { return 1 }
        return x <= p[1]
          ? (x - p[0]) * (x - p[0]) / (width * (p[1] - p[0]))
          : 1 - (p[2] - x) * (p[2] - x) / (width * (p[2] - p[1]))
      },
      quantile: { p, u in
        let width = p[2] - p[0]
        return u < (p[1] - p[0]) / width
          ? p[0] + (u * width * (p[1] - p[0])).squareRoot()
          : p[2] - ((1 - u) * width * (p[2] - p[1])).squareRoot()
      }),
    "bernoulli probability": DistributionLaw(
      upTo: { p, x in x < 0 ? 0 : x < 1 ? 1 - p[0] : 1 },
      quantile: { p, u in u <= 1 - p[0] ? 0 : 1 }),
    "integer min max": DistributionLaw(
      upTo: { p, x in
        let count = p[1] - p[0] + 1
        return min(1, max(0, (x.rounded(.down) - p[0] + 1) / count))
      },
      quantile: { p, u in min(p[1], p[0] + (u * (p[1] - p[0] + 1)).rounded(.down)) }),
    "poisson mean": DistributionLaw(countsUpTo: { p, k in
      p[0] > 0 ? 1 - IncompleteGamma.regularized(p[0], shape: k + 1) : 1
    }),
    "binomial trials probability": DistributionLaw(countsUpTo: { p, k in
      if k >= p[0] || p[1] == 0 { return 1 }
      return p[1] == 1 ? 0 : IncompleteBeta.regularized(1 - p[1], a: p[0] - k, b: k + 1)
    }),
    "neg_binomial mean dispersion": DistributionLaw(countsUpTo: { p, k in
      IncompleteBeta.regularized(1 / (1 + p[0] * p[1]), a: 1 / p[1], b: k + 1)
    }),
    "geometric probability": DistributionLaw(countsUpTo: { p, k in
      p[0] < 1 ? 1 - ElementaryFunctions.exp((k + 1) * FormulaCompiler.log1p(-p[0])) : 1
    }),
  ]

  private static func step(_ x: Double, _ at: Double) -> Double { x < at ? 0 : 1 }

  private static func lognormal(
    _ median: @escaping @Sendable (SIMD4<Double>) -> (Double, Double)
  ) -> DistributionLaw {
    DistributionLaw(
      upTo: { p, x in
        let (median, sd) = median(p)
        guard x > 0 else { return 0 }
        return sd > 0
          ? NormalDistribution.cumulative(ElementaryFunctions.log(x / median) / sd)
          : step(x, median)
      },
      quantile: { p, u in
        let (median, sd) = median(p)
        return median * ElementaryFunctions.exp(sd * NormalDistribution.quantile(u))
      })
  }

  private static func gamma(
    _ parameters: @escaping @Sendable (SIMD4<Double>) -> (shape: Double, scale: Double)
  ) -> DistributionLaw {
    DistributionLaw(
      positiveOf: { p in parameters(p).shape * parameters(p).scale },
      upTo: { p, x in
        let (shape, scale) = parameters(p)
        return IncompleteGamma.regularized(x / scale, shape: shape)
      })
  }

  private static func beta(
    _ shapes: @escaping @Sendable (SIMD4<Double>) -> (Double, Double)
  ) -> DistributionLaw {
    DistributionLaw(
      upTo: { p, x in IncompleteBeta.regularized(x, a: shapes(p).0, b: shapes(p).1) },
      quantile: { p, u in
        let (a, b) = shapes(p)
        return DistributionLaw.inverse(of: u, between: 0, and: 1) {
          IncompleteBeta.regularized($0, a: a, b: b)
        }
      })
  }

  private static func exponential(
    _ mean: @escaping @Sendable (SIMD4<Double>) -> Double
  ) -> DistributionLaw {
    DistributionLaw(
      upTo: { p, x in x <= 0 ? 0 : 1 - ElementaryFunctions.exp(-x / mean(p)) },
      quantile: { p, u in -mean(p) * FormulaCompiler.log1p(-u) })
  }

  private static func weibull(
    _ scale: @escaping @Sendable (SIMD4<Double>) -> Double
  ) -> DistributionLaw {
    DistributionLaw(
      upTo: { p, x in
        x <= 0 ? 0 : 1 - ElementaryFunctions.exp(-FormulaCompiler.power(x / scale(p), p[1]))
      },
      quantile: { p, u in
        scale(p) * FormulaCompiler.power(-FormulaCompiler.log1p(-u), 1 / p[1])
      })
  }

  private static func studentUpTo(_ t: Double, _ df: Double) -> Double {
    let tail = IncompleteBeta.regularized(df / (df + t * t), a: df / 2, b: 0.5) / 2
    return t < 0 ? tail : 1 - tail
  }

  /// For u of at least ½.
  private static func studentQuantile(_ u: Double, _ df: Double) -> Double {
    var high = 1.0
    for _ in 0..<1000 where studentUpTo(high, df) < u { high *= 2 }
    return DistributionLaw.inverse(of: u, between: 0, and: high) { studentUpTo($0, df) }
  }
}
