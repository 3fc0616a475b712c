// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// People in households who age, are born, move, pair and die, period by period, under dated rules.
///
/// The population is real, synthetic or made by formulas. Draws are keyed by person and period, so
/// that under another policy whoever is not affected has the same life.
public struct LifeModel: Sendable {
  /// The people, or the households, at the start.
  struct Population: Sendable {
    var name: String
    var columns: [FormulaScope.Column]
    /// The column by which a row is known, and which links of other rows name.
    var idColumn: String
    /// The rows, if they come from a file.
    var table: Tables.Table?
    /// That file.
    var file: String?
  }

  /// That each row of one table belongs to a row of another, or of its own.
  struct Link: Sendable {
    var child: Int
    var parent: Int
    /// The column of the child that holds the parent's id.
    var column: String
    var name: String
  }

  /// What is recorded of a table.
  struct Recording: Sendable {
    /// The columns; nil for all but hidden ones.
    var columns: [String]?
    var every = 1
  }

  /// A scenario: the parameters as it has them, and columns it sets.
  struct Scenario: Sendable {
    var name: String?
    var parameters: [LifeParameter]
    var settings: [LifeAssignment] = []
  }

  /// How often the model is run.
  struct Runs: Sendable {
    var replications = 1
    /// Parameters that are not known, each with the distribution that says how well.
    var unknown: [(name: String, draw: Expression)] = []
    var parameterDraws = 1
    var count: Int { replications * parameterDraws }
  }

  var populations: [Population] = []
  var links: [Link] = []
  /// What makes the population, if formulas do.
  var maker: StructuralModel?
  var lookups: [String: LookupTable] = [:]
  var periods = LifePeriods()
  var parameters: [LifeParameter] = []
  var start: [LifeStep] = []
  var steps: [LifeStep] = []
  /// The scenarios; one without a name if the model has none.
  var scenarios: [Scenario] = []
  var runs = Runs()
  var recordings: [String: Recording] = [:]
  var report: LifeReport?
  /// The file, for messages.
  var file = ""
  /// The seed the file names, if it does.
  public internal(set) var seed: String?

  /// The most rows of a table, or of what is recorded.
  static let rowLimit = 100_000_000
}
