// SPDX-License-Identifier: Apache-2.0
import Numerics

/// A formula of one situation, as a list of operations on a stack: no names, no tree.
///
/// Simulations ask for a rate millions of times in states of a few numbers, where evaluating column
/// at a time has nothing to share; the language is that of `Formulas`.
struct RateProgram: Sendable {
  enum Operation: UInt8, Sendable, BitwiseCopyable {
    case constant, variable, add, subtract, multiply, divide, remainder, power, negate
    case equal, different, less, atMost, greater, atLeast, and, or, not
    case exp, log, sqrt, abs, floor, ceil, min, max, choose
    // What only stocks and flows use.
    case sine, cosine, truncate, truncatedRemainder, lookup
    // Ends a program of several: the top of the stack becomes a value of the state.
    case store
  }

  struct Step: Sendable, BitwiseCopyable {
    var operation: Operation
    var index: Int32 = 0
    var constant = 0.0
  }

  /// The curves that `lookup` reads.
  var curves: [GraphicalFunction] = []
  /// The operations, operands first.
  var steps: [Step] = []
  /// The most values on the stack at once.
  var depth = 0

  /// The value in a state: variables in the order in which names were given to the compiler.
  ///
  /// - Precondition: the stack has room for ``depth`` values.
  @discardableResult
  func value(
    _ state: UnsafeMutablePointer<Double>, stack: UnsafeMutablePointer<Double>
  ) -> Double {
    steps.withUnsafeBufferPointer { Self.value($0, curves, state, stack) }
  }

  /// The value of a list of operations in a state.
  ///
  /// - Precondition: the stack has room for as many values as are on it at once.
  static func value(
    _ steps: UnsafeBufferPointer<Step>, _ curves: [GraphicalFunction],
    _ state: UnsafeMutablePointer<Double>, _ stack: UnsafeMutablePointer<Double>
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
      case .store:
        state[Int(step.index)] = stack[top]
        top -= 1
        continue
      case .add:
        top -= 1
        stack[top] += stack[top + 1]
      case .subtract:
        top -= 1
        stack[top] -= stack[top + 1]
      case .multiply:
        top -= 1
        stack[top] *= stack[top + 1]
      case .divide:
        top -= 1
        stack[top] /= stack[top + 1]
      case .negate: stack[top] = -stack[top]
      case .not: stack[top] = stack[top] == 0 ? 1 : 0
      case .exp: stack[top] = ElementaryFunctions.exp(stack[top])
      case .log: stack[top] = ElementaryFunctions.log(stack[top])
      case .sqrt: stack[top] = stack[top].squareRoot()
      case .abs: stack[top] = stack[top].magnitude
      case .floor: stack[top] = stack[top].rounded(.down)
      case .ceil: stack[top] = stack[top].rounded(.up)
      case .sine: stack[top] = ElementaryFunctions.sine(turns: stack[top] / (2 * Double.pi))
      case .cosine: stack[top] = ElementaryFunctions.cosine(turns: stack[top] / (2 * Double.pi))
      case .truncate: stack[top] = stack[top].rounded(.towardZero)
      case .lookup: stack[top] = curves[Int(step.index)].value(at: stack[top])
      case .choose:
        top -= 2
        stack[top] = stack[top] != 0 ? stack[top + 1] : stack[top + 2]
      default:
        top -= 1
        stack[top] = binary(step.operation, stack[top], stack[top + 1])
      }
    }
    return stack[0]
  }

  @inline(__always)
  private static func binary(_ operation: Operation, _ a: Double, _ b: Double) -> Double {
    switch operation {
    case .remainder: a - b * (a / b).rounded(.down)
    case .truncatedRemainder: a - b * (a / b).rounded(.towardZero)
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
  /// Several programs one after the other, each of whose values goes to a place of the state.
  init(storing programs: [(place: Int, program: RateProgram)]) {
    for (place, program) in programs {
      if curves.isEmpty { curves = program.curves }
      steps += program.steps
      steps.append(Step(operation: .store, index: Int32(place)))
      depth = max(depth, program.depth)
    }
  }

  /// The places of the state that the value hangs on.
  var variables: Set<Int> {
    Set(steps.filter { $0.operation == .variable }.map { Int($0.index) })
  }

  /// Multiplies the value by a variable.
  mutating func multiply(by variable: Int) {
    steps.append(Step(operation: .variable, index: Int32(variable)))
    steps.append(Step(operation: .multiply))
    depth = max(depth, 2)
  }
}
