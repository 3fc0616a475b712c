// SPDX-License-Identifier: Apache-2.0
import Formulas

/// Agents on a grid, a network or a plane who count their neighbours, move, change, meet, bear children and die.
///
/// It is the small subset of what agents may do that YAML can say; anything more is written in Swift, by
/// ``AgentRules``. Every draw and the order of turns hang on the agent's key and the step.
public struct AgentModel: Sendable {
  /// How a column of an agent begins.
  enum Maker: Sendable {
    case value(CompiledFormula)
    case draw(CompiledDraw)
  }

  /// Where agents begin.
  enum Place: String, Sendable, CaseIterable {
    case randomEmpty = "random_empty"
    case random
    case everyCell = "every_cell"
  }

  struct Kind: Sendable {
    var name: String
    var rows = 0
    var place = Place.random
    /// The columns in order, each with its place among all columns of the model.
    var columns: [(name: String, index: Int, maker: Maker, type: FormulaType)] = []
    var rules: [AgentRule] = []
    var every = 1
    var recorded: [String]?
    var also: [(name: String, program: AgentProgram)] = []
  }

  /// A figure of all agents at a step.
  struct Figure: Sendable {
    var name: String
    var program: AgentProgram
  }

  var width = 1
  var height = 1
  var wraps = false
  var onePerCell = false
  /// The size of a plane, where agents are anywhere on one; the grid is then a single cell.
  var plane: SIMD2<Double>?
  /// Who is tied to whom, where agents are the nodes of a network; the grid is then one row of nodes.
  var contacts: PopulationModel.Contacts?
  var kinds: [Kind] = []
  /// The names of all columns; kinds that share a name share its place.
  var columns: [String] = []
  /// The levels of columns of categories.
  var levels: [String: LevelSet] = [:]
  var truths: Set<String> = []
  /// The kinds in the order in which they act.
  var order: [Int] = []
  var figures: [Figure] = []
  var parameters: [(name: String, value: Double)] = []
  var scenarios: [(name: String, model: AgentModel)] = []
  var steps = 1
  var replications = 1
  var purpose = ""
  /// The seed the file names, if it does.
  public internal(set) var seed: String?

  static let cellLimit = 4_000_000
  static let agentLimit = 10_000_000
  static let turnLimit = 10_000_000_000
}

/// What an agent does in its turn, if a condition holds.
struct AgentRule: Sendable {
  enum Action: Sendable, Equatable, BitwiseCopyable {
    case none, die, reproduce
    case moveRandomEmpty, moveRandom, moveNeighbour
    // On a plane: by a step, a distance in a direction, or towards a point or the one who is met.
    case moveBy, moveHeading, moveTowards, moveTowardsThem
  }

  var text = ""
  var when: AgentProgram?
  /// Whom it must meet: the kind, how many cells away, and a condition on the other.
  var meet: (kind: Int, within: Double, condition: AgentProgram?)?
  var action = Action.none
  /// What a move on a plane takes: the two sides of a step, a direction and a distance, or a point and a
  /// distance.
  var motion: [AgentProgram] = []
  var settings: [(column: Int, program: AgentProgram)] = []
  var othersSettings: [(column: Int, program: AgentProgram)] = []
  var otherDies = false
  var childSettings: [(column: Int, program: AgentProgram)] = []
}
