// SPDX-License-Identifier: Apache-2.0
import Numerics

/// A formula of one situation, as a list of operations on a stack: no names, no tree.
///
/// Simulations ask for a rate millions of times in states of a few numbers, where evaluating column
/// at a time has nothing to share; the language is that of `Formulas`.
struct RateProgram: Sendable {
  enum Operation: UInt8, Sendable {
    case constant, variable, add, subtract, multiply, divide, remainder, power, negate
    case equal, different, less, atMost, greater, atLeast, and, or, not
    case exp, log, sqrt, abs, floor, ceil, min, max, choose
  }

  struct Step: Sendable {
    var operation: Operation
    var index: Int32 = 0
    var constant = 0.0
  }

  /// The operations, operands first.
  var steps: [Step] = []
  /// The most values on the stack at once.
  var depth = 0

  /// The value in a state: variables in the order in which names were given to the compiler.
  ///
  /// - Precondition: the stack has room for ``depth`` values.
  func value(
    _ state: UnsafeMutablePointer<Double>, stack: UnsafeMutablePointer<Double>
  ) -> Double {
    var top = -1
    for step in steps {
      switch step.operation {
      case .constant:
        top += 1
        stack[top] = step.constant
        continue
      case .variable:
        top += 1
        stack[top] = state[Int(step.index)]
        continue
      case .negate: stack[top] = -stack[top]
      case .not: stack[top] = stack[top] == 0 ? 1 : 0
      case .exp: stack[top] = ElementaryFunctions.exp(stack[top])
      case .log: stack[top] = ElementaryFunctions.log(stack[top])
      case .sqrt: stack[top] = stack[top].squareRoot()
      case .abs: stack[top] = stack[top].magnitude
      case .floor: stack[top] = stack[top].rounded(.down)
      case .ceil: stack[top] = stack[top].rounded(.up)
      case .choose:
        top -= 2
        stack[top] = stack[top] != 0 ? stack[top + 1] : stack[top + 2]
      default:
        top -= 1
        stack[top] = Self.binary(step.operation, stack[top], stack[top + 1])
      }
    }
    return stack[0]
  }

  @inline(__always)
  private static func binary(_ operation: Operation, _ a: Double, _ b: Double) -> Double {
    switch operation {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .remainder: a - b * (a / b).rounded(.down)
    case .power: power(a, b)
    case .equal: a == b ? 1 : 0
    case .different: a != b ? 1 : 0
    case .less: a < b ? 1 : 0
    case .atMost: a <= b ? 1 : 0
    case .greater: a > b ? 1 : 0
    case .atLeast: a >= b ? 1 : 0
    case .and: a != 0 && b != 0 ? 1 : 0
    case .or: a != 0 || b != 0 ? 1 : 0
    case .min: Swift.min(a, b)
    case .max: Swift.max(a, b)
    default: .nan
    }
  }

  /// a to the power b; whole powers up to 64 by multiplication, so that they are exact.
  static func power(_ a: Double, _ b: Double) -> Double {
    if b == b.rounded(), b.magnitude <= 64 {
      var result = 1.0
      for _ in 0..<Int(b.magnitude) { result *= a }
      return b < 0 ? 1 / result : result
    }
    if a == 0 { return b > 0 ? 0 : .infinity }
    return a < 0 ? .nan : ElementaryFunctions.exp(b * ElementaryFunctions.log(a))
  }
}

extension RateProgram {
  /// Multiplies the value by a variable.
  mutating func multiply(by variable: Int) {
    steps.append(Step(operation: .variable, index: Int32(variable)))
    steps.append(Step(operation: .multiply))
    depth = max(depth, 2)
  }
}
