// SPDX-License-Identifier: Apache-2.0
import Tables

/// Counts of individuals in states, and the transitions that change them.
///
/// One model is read in several ways (``Reading``): as a differential equation, with noise, or
/// exactly as a random process.
public struct PopulationModel: Sendable {
  /// How a model is read.
  public enum Reading: String, Sendable, CaseIterable {
    /// A differential equation, by the fourth-order Runge–Kutta method.
    case ode
    /// A differential equation whose rates lie far apart, by a Rosenbrock method that chooses its steps.
    case stiff
    /// A differential equation, by Euler's method.
    case euler
    /// A stochastic differential equation: the chemical Langevin equation, by Euler–Maruyama.
    case sde
    /// The exact random process: every event one by one.
    case exact
    /// Every individual by itself, on a network.
    case individuals
  }

  /// Something that happens at a rate and changes counts.
  public struct Transition: Sendable {
    /// The name, which also names its random stream.
    public var name: String
    /// What one event adds to each state it changes, by the index of the state.
    public var changes: [(state: Int, amount: Double)]
    /// Events a unit of time.
    var rate: RateProgram
    /// Events a unit of time for one individual of `from`, where one moves from state to state.
    var each: (from: Int, to: Int?, rate: RateProgram)?
    /// Whether the rate asks for the time.
    var isTimed = false
  }

  /// Who meets whom, where individuals are followed.
  public struct Contacts: Hashable, Sendable {
    /// How many neighbours each has on average.
    public var degree: Int
    /// The probability that a tie of the ring is led elsewhere.
    public var rewired: Double
  }

  /// Counts that are set at a moment, whatever they were.
  public struct Setting: Sendable {
    /// When.
    public var time: Double
    /// The index of the state.
    public var state: Int
    /// Its new count.
    public var value: Double
  }

  /// Counts that are set whenever a condition becomes true.
  public struct Trigger: Sendable {
    /// The index of each state, and its new count.
    public var settings: [(state: Int, value: Double)]
    /// What becomes true.
    var condition: RateProgram
  }

  /// The names of the states.
  public internal(set) var states: [String] = []
  /// The count in each state at the start.
  public internal(set) var start: [Double] = []
  /// The names and values of the parameters, in order.
  public internal(set) var parameters: [(name: String, value: Double)] = []
  /// The transitions, in order.
  public internal(set) var transitions: [Transition] = []
  /// Counts set at moments, in order of time.
  public internal(set) var settings: [Setting] = []
  /// Counts set by conditions, in order.
  public internal(set) var triggers: [Trigger] = []
  /// The parameters of each scenario; none if the model has only itself.
  public internal(set) var scenarios:
    [(name: String, parameters: [(name: String, value: Double)])] =
      []
  /// How it is read.
  public var reading = Reading.exact
  /// Who meets whom, if individuals are followed.
  public internal(set) var contacts: Contacts?
  /// When it ends; it starts at 0.
  public var until = 100.0
  /// The time between recorded rows.
  public var every = 1.0
  /// The step of `ode`, `euler` and `sde`.
  public var step = 0.125
  /// How many replications are made.
  public var replications = 1
  /// The seed the file names, if it does.
  public internal(set) var seed: String?

  /// The most events of one replication, so that no model runs for ever.
  public static let eventLimit = 1_000_000_000

  /// The recorded moments.
  public var times: [Double] {
    (0...Int((until / every + 1e-9).rounded(.down))).map { Double($0) * every }
  }

  /// The deepest stack any rate needs.
  var stackDepth: Int {
    (transitions.map(\.rate.depth) + triggers.map(\.condition.depth)).reduce(1, max)
  }

  /// The state vector a rate reads: counts, total, time, then parameters.
  var fullState: [Double] { start + [start.reduce(0, +), 0] + parameters.map(\.value) }

  func failure(_ transition: Int, at time: Double) -> DataError {
    DataError(
      "the rate of `\(transitions[transition].name)` is negative or no number at time \(time)",
      remedy: "Change the rate so that it is 0 or more in every state, as with `max(0, …)`.")
  }
}
