// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness

extension DistributionFamily {
  /// All families with plain arguments, the commonest first.
  public static let all: [DistributionFamily] = continuous + counts

  private static let continuous: [DistributionFamily] = [
    DistributionFamily(
      name: "uniform", summary: "every number of an interval is as likely", result: .number,
      forms: [
        Form(
          parameters: [Parameter("min", .any, 0), Parameter("max", .any, 1)],
          isValid: { $0[0] <= $0[1] }, validity: "`min` is above `max`",
          draw: { $0[0] + ($0[1] - $0[0]) * Draws.uniform(using: &$1) },
          fill: { block in
            block.fillUniforms()
            block.finish { uniform, min, max in min + (max - min) * uniform }
          })
      ]),
    DistributionFamily(
      name: "normal", summary: "the bell curve", result: .number,
      forms: [
        Form(
          parameters: [Parameter("mean", .any, 0), Parameter("sd", .notNegative, 1)],
          draw: { $0[0] + $0[1] * Draws.normal(using: &$1) },
          fill: { block in
            block.fillNormals()
            block.finish { normal, mean, sd in mean + sd * normal }
          })
      ]),
    DistributionFamily(
      name: "lognormal", summary: "its logarithm is normal", result: .number,
      forms: [
        Form(
          parameters: [Parameter("median", .positive), Parameter("sdlog", .notNegative)],
          draw: { $0[0] * ElementaryFunctions.exp($0[1] * Draws.normal(using: &$1)) },
          fill: { block in
            block.fillNormals()
            block.finish { normal, _, sdlog in sdlog * normal }
            ElementaryFunctions.exp(each: block.values)
            block.finish { value, median, _ in median * value }
          }),
        Form(
          parameters: [Parameter("meanlog", .any), Parameter("sdlog", .notNegative)],
          draw: { ElementaryFunctions.exp($0[0] + $0[1] * Draws.normal(using: &$1)) },
          fill: { block in
            block.fillNormals()
            block.finish { normal, meanlog, sdlog in meanlog + sdlog * normal }
            ElementaryFunctions.exp(each: block.values)
          }),
      ]),
    DistributionFamily(
      name: "gamma", summary: "positive and skewed; variance = mean² × dispersion", result: .number,
      forms: [
        Form(
          parameters: [Parameter("mean", .positive), Parameter("dispersion", .positive)],
          isValid: { areDrawable(1 / $0[1], $0[0] * $0[1]) },
          validity: extreme("`mean` or `dispersion`"),
          draw: { Draws.gamma(shape: 1 / $0[1], scale: $0[0] * $0[1], using: &$1) }),
        Form(
          parameters: [Parameter("shape", .positive), Parameter("scale", .positive)],
          isValid: { areDrawable($0[0], $0[1]) }, validity: extreme("`shape` or `scale`"),
          draw: { Draws.gamma(shape: $0[0], scale: $0[1], using: &$1) }),
      ]),
    DistributionFamily(
      name: "beta", summary: "a share between 0 and 1", result: .number,
      forms: [
        Form(
          parameters: [Parameter("a", .positive), Parameter("b", .positive)],
          isValid: { areDrawable($0[0], $0[1]) }, validity: extreme("`a` or `b`"),
          draw: { Draws.beta($0[0], $0[1], using: &$1) }),
        Form(
          parameters: [Parameter("mean", .probability), Parameter("precision", .positive)],
          isValid: { areDrawable($0[0] * $0[1], (1 - $0[0]) * $0[1]) },
          validity:
            "`mean` is 0 or 1, or nearly so, or `precision` is too large or too small to be drawn with",
          draw: { Draws.beta($0[0] * $0[1], (1 - $0[0]) * $0[1], using: &$1) }),
      ]),
    DistributionFamily(
      name: "exponential", summary: "waiting times without memory", result: .number,
      forms: [
        Form(
          parameters: [Parameter("mean", .positive)],
          draw: { Draws.exponential(rate: 1, using: &$1) * $0[0] },
          fill: { block in
            block.fillExponentials()
            block.finish { wait, mean, _ in wait * mean }
          }),
        Form(
          parameters: [Parameter("rate", .positive)],
          draw: { Draws.exponential(rate: 1, using: &$1) / $0[0] },
          fill: { block in
            block.fillExponentials()
            block.finish { wait, rate, _ in wait / rate }
          }),
      ]),
    DistributionFamily(
      name: "weibull", summary: "life times", result: .number,
      forms: [
        Form(
          parameters: [Parameter("scale", .positive), Parameter("shape", .positive)],
          draw: { $0[0] * weibull(shape: $0[1], &$1) }),
        Form(
          parameters: [Parameter("median", .positive), Parameter("shape", .positive)],
          draw: {
            let log2 = 0.693_147_180_559_945_3
            return $0[0] / FormulaCompiler.power(log2, 1 / $0[1]) * weibull(shape: $0[1], &$1)
          }),
      ]),
    DistributionFamily(
      name: "logistic", summary: "bell-shaped with heavier tails", result: .number,
      forms: [
        Form(
          parameters: [Parameter("mean", .any, 0), Parameter("scale", .positive, 1)],
          draw: {
            let u = Draws.openUniform(using: &$1)
            return $0[0] + $0[1] * (ElementaryFunctions.log(u) - FormulaCompiler.log1p(-u))
          })
      ]),
    DistributionFamily(
      name: "laplace", summary: "two exponentials back to back", result: .number,
      forms: [
        Form(
          parameters: [Parameter("mean", .any, 0), Parameter("scale", .positive, 1)],
          draw: {
            let u = Draws.openUniform(using: &$1) - 0.5
            let tail = ElementaryFunctions.log(1 - 2 * u.magnitude)
            return $0[0] + (u < 0 ? $0[1] : -$0[1]) * tail
          })
      ]),
    DistributionFamily(
      name: "student_t", summary: "bell-shaped, tails by degrees of freedom", result: .number,
      forms: [
        Form(
          parameters: [
            Parameter("df", .positive), Parameter("mean", .any, 0),
            Parameter("scale", .positive, 1),
          ],
          isValid: { areDrawable($0[0] / 2, 2 / $0[0]) }, validity: extreme("`df`"),
          draw: {
            let normal = Draws.normal(using: &$1)
            let spread = Draws.gamma(shape: $0[0] / 2, scale: 2 / $0[0], using: &$1)
            return $0[1] + $0[2] * normal / spread.squareRoot()
          })
      ]),
    DistributionFamily(
      name: "pareto", summary: "few large values; P(x > t) = (min / t)^shape", result: .number,
      forms: [
        Form(
          parameters: [Parameter("min", .positive), Parameter("shape", .positive)],
          draw: {
            $0[0] * ElementaryFunctions.exp(Draws.exponential(rate: 1, using: &$1) / $0[1])
          })
      ]),
    DistributionFamily(
      name: "triangular", summary: "rises to a mode and falls", result: .number,
      forms: [
        Form(
          parameters: [Parameter("min", .any), Parameter("mode", .any), Parameter("max", .any)],
          isValid: { $0[0] <= $0[1] && $0[1] <= $0[2] && $0[0] < $0[2] },
          validity: "`min`, `mode` and `max` are not in this order",
          draw: { p, stream in
            let width = p[2] - p[0]
            let u = Draws.uniform(using: &stream)
            let rise = (p[1] - p[0]) / width
            return u < rise
              ? p[0] + (u * width * (p[1] - p[0])).squareRoot()
              : p[2] - ((1 - u) * width * (p[2] - p[1])).squareRoot()
          })
      ]),
  ]

  private static let counts: [DistributionFamily] = [
    DistributionFamily(
      name: "bernoulli", summary: "true with a probability", result: .boolean,
      forms: [
        Form(
          parameters: [Parameter("probability", .probability)],
          draw: { Draws.uniform(using: &$1) < $0[0] ? 1 : 0 },
          fill: { block in
            block.fillUniforms()
            block.finish { uniform, probability, _ in uniform < probability ? 1 : 0 }
          })
      ]),
    DistributionFamily(
      name: "integer", summary: "every whole number of a range is as likely", result: .whole,
      forms: [
        Form(
          parameters: [Parameter("min", .any), Parameter("max", .any)],
          isValid: {
            $0[0] <= $0[1] && abs($0[0]) < 0x1p53 && abs($0[1]) < 0x1p53
              && $0[0] == $0[0].rounded() && $0[1] == $0[1].rounded()
          }, validity: "`min` and `max` are no ascending whole numbers",
          draw: { $0[0] + Double(Draws.integer(below: Int($0[1] - $0[0]) + 1, using: &$1)) })
      ]),
    DistributionFamily(
      name: "poisson", summary: "counts of rare events; variance = mean", result: .whole,
      forms: [
        Form(
          parameters: [Parameter("mean", .notNegative)],
          draw: { Double(Draws.poisson(mean: $0[0], using: &$1)) })
      ]),
    DistributionFamily(
      name: "binomial", summary: "successes in a number of trials", result: .whole,
      forms: [
        Form(
          parameters: [Parameter("trials", .count), Parameter("probability", .probability)],
          draw: { Double(Draws.binomial(trials: Int($0[0]), probability: $0[1], using: &$1)) })
      ]),
    DistributionFamily(
      name: "neg_binomial", summary: "spread-out counts; variance = mean + mean² × dispersion",
      result: .whole,
      forms: [
        Form(
          parameters: [Parameter("mean", .positive), Parameter("dispersion", .positive)],
          isValid: { areDrawable(1 / $0[1], $0[0] * $0[1]) },
          validity: extreme("`mean` or `dispersion`"),
          draw: {
            // A Poisson count whose mean is gamma.
            let mean = Draws.gamma(shape: 1 / $0[1], scale: $0[0] * $0[1], using: &$1)
            return Double(Draws.poisson(mean: min(mean, 1e15), using: &$1))
          })
      ]),
    DistributionFamily(
      name: "geometric", summary: "failures before the first success", result: .whole,
      forms: [
        Form(
          parameters: [Parameter("probability", .probability)],
          isValid: { $0[0] > 0 }, validity: "`probability` is 0",
          draw: {
            guard $0[0] < 1 else { return 0 }
            let waiting = Draws.exponential(rate: 1, using: &$1)
            return (waiting / -FormulaCompiler.log1p(-$0[0])).rounded(.down)
          })
      ]),
  ]

  /// Whether two arguments of a gamma or a beta, made of those that were given, are neither 0 nor infinite.
  private static func areDrawable(_ first: Double, _ second: Double) -> Bool {
    first > 0 && first.isFinite && second > 0 && second.isFinite
  }

  private static func extreme(_ names: String) -> String {
    "\(names) is too large or too small to be drawn with"
  }

  private static func weibull(shape: Double, _ stream: inout RandomStream) -> Double {
    FormulaCompiler.power(Draws.exponential(rate: 1, using: &stream), 1 / shape)
  }
}
