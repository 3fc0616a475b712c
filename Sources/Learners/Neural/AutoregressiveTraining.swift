// SPDX-License-Identifier: Apache-2.0
import CMatrices
import Numerics
import Randomness
public import Tables

/// Trains an autoregressive network on columns of bins.
///
/// Rows are visited in an order of their own each round, and each of them gives every column's distribution
/// given the columns before it: before it in the order of the columns, or, for a share of rows, in a random
/// one, so that the network knows any column given any others. Some rows are kept apart; once their
/// likelihood has not become better, steps are halved, and in the end the best network is taken. Weights are
/// running means over steps.
///
/// Every number is reckoned in one order, whatever the number of threads: a thread takes whole rows, or a
/// whole column.
///
/// ## Source
/// Uria, Murray and Larochelle (2014), ICML, for random orders; Kingma and Ba (2015), ICLR, for steps;
/// Polyak and Juditsky (1992), SIAM J. Control Optim. 30, for means; Prechelt (1998), Neural Networks:
/// Tricks of the Trade, for stopping early.
public struct AutoregressiveTraining: Sendable {
  /// The columns, in their order.
  public var columns: [NeuralColumn]
  /// The bin of each row, column by column.
  public var codes: [[UInt8]]
  /// How it is done.
  public var options: AutoregressiveOptions
  /// How many threads may work.
  public var threads: Int

  /// Prepares training.
  ///
  /// - Precondition: as many lists of codes as columns, all of one length, their codes bins of the column.
  public init(
    columns: [NeuralColumn], codes: [[UInt8]], options: AutoregressiveOptions, threads: Int
  ) {
    precondition(columns.count == codes.count, "a list of bins a column")
    self.columns = columns
    self.codes = codes
    self.options = options
    self.threads = threads
  }

  /// What came of training.
  public struct Outcome: Sendable {
    /// The best network.
    public var network: AutoregressiveNetwork
    /// The rounds through the rows.
    public var roundCount: Int
    /// The round whose network was best.
    public var bestRound: Int
    /// The rows that were learned from.
    public var learnedRowCount: Int
    /// The rows that were kept apart.
    public var keptRowCount: Int
    /// The mean of −log p of a row that was kept apart, in nats, by the network; columns in their order.
    public var loss: Double
    /// The same, with columns in random orders.
    public var shuffledLoss: Double
    /// The same, if columns were independent.
    public var independentLoss: Double
    /// The mean of −log p of a row in each round, as it was learned from.
    public var learnedLosses: [Double]
    /// The mean of −log p of a row that was kept apart after each round.
    public var keptLosses: [Double]
  }

  /// Trains, and returns the best network.
  public func fit(progress: ProgressHandler = .silent) -> Outcome {
    let run = NeuralRun(self)
    let apart = run.kept
    let kept = KeptRows(columns: columns, codes: codes, rows: apart, threads: threads)
    var schedule = StepSchedule(
      rate: options.rate, patience: options.patience, halvings: options.halvings)
    var best = run.network
    var outcome = Outcome(
      network: best, roundCount: 0, bestRound: 0, learnedRowCount: run.learned.count,
      keptRowCount: apart.count, loss: kept.loss(best, isShuffled: false), shuffledLoss: 0,
      independentLoss: kept.independentLoss(run.margins), learnedLosses: [], keptLosses: [])
    while outcome.roundCount < options.maximumRoundCount, columns.count > 1, !apart.isEmpty {
      progress.report("fitting", outcome.roundCount, of: options.maximumRoundCount)
      outcome.learnedLosses.append(run.round(outcome.roundCount, rate: schedule.rate))
      outcome.roundCount += 1
      let network = run.network
      let loss = kept.loss(network, isShuffled: false)
      outcome.keptLosses.append(loss)
      let isGain = loss < outcome.loss - options.leastGain
      if loss < outcome.loss {
        (best, outcome.loss, outcome.bestRound) = (network, loss, outcome.roundCount)
      }
      guard schedule.goesOn(afterGain: isGain) else { break }
    }
    outcome.network = best
    outcome.shuffledLoss = kept.loss(best, isShuffled: true)
    return outcome
  }
}
