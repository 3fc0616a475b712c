// SPDX-License-Identifier: Apache-2.0
import Formulas

/// Customers who arrive, wait for resources, are served and leave, read from YAML.
///
/// A customer's draws are keyed by its kind and number, so that under more servers, or another order of
/// service, the same customers arrive and ask for as much.
public struct QueueModel: Sendable {
  /// Something that serves, with so many servers from each moment on.
  struct Resource: Sendable {
    var name: String
    var shifts: [(time: Double, servers: Int)]
    /// After how long the shifts begin anew.
    var cycle: Double?
  }

  /// How a value of a customer is made.
  enum Maker: Sendable {
    case value(CompiledFormula)
    case draw(CompiledDraw)
  }

  /// What a customer does next.
  enum Step: Sendable {
    case seize(Int, priority: CompiledFormula?, patience: Maker?, most: Int?)
    case hold(Maker)
    case release(Int)
    /// Where to go on, each with its probability; nil is out.
    case branch([(probability: Double, goal: Int?)])
    /// Waits until so many are there.
    case gather(Int)
  }

  /// A kind of customer.
  struct Kind: Sendable {
    var name: String
    /// The time between arrivals.
    var every: Maker?
    /// Arrivals a unit of time from each moment on, where they are not `every`.
    var rates: [(time: Double, rate: Double)] = []
    var cycle: Double?
    var attributes: [(name: String, maker: Maker, type: FormulaType)] = []
    var path: [Step] = []
    /// Whether a branch leads back, so that a step may be taken again.
    var goesBack = false
    var scope = FormulaScope(tables: [FormulaScope.Table(columns: [])])
  }

  var resources: [Resource] = []
  var kinds: [Kind] = []
  var until = 0.0
  var replications = 1
  /// From when on the summary counts, so that an empty start need not.
  var from = 0.0
  /// Which tables are written beside the summary.
  var isLogged = true
  var hasVisits = true
  var hasCustomers = true
  var parameters: [(name: String, value: Expression.Literal)] = []
  /// The scenarios, each a model of its own; none if there is only the model.
  var scenarios: [(name: String, model: QueueModel)] = []
  /// The seed the file names, if it does.
  public internal(set) var seed: String?

  /// The most events of one replication, and the most customers.
  static let eventLimit = 200_000_000
  static let customerLimit = 20_000_000
}
