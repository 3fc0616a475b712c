// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
public import Tables

/// Trains a variational autoencoder on columns of bins.
///
/// An encoder turns a row's bins into means and variances of a few normals; a decoder gives each column's
/// bins given a draw of these. What is made great is a bound of the likelihood: that of the bins given the
/// normals, less the divergence of the normals from standard ones, from which synthetic rows are drawn. Only
/// the decoder is kept. Some rows are kept apart; once their bound has not become better, steps are halved,
/// and in the end the best decoder is taken.
///
/// Every number is reckoned in one order, whatever the number of threads.
///
/// ## Source
/// Kingma and Welling (2014), ICLR, equation 10, for the bound; Xu and others (2019), NeurIPS, for tables;
/// Bowman and others (2016), CoNLL, for the divergence that comes to count by and by. Steps, means and
/// stopping as in ``AutoregressiveTraining``.
public struct VariationalTraining: Sendable {
  /// The columns.
  public var columns: [NeuralColumn]
  /// The bin of each row, column by column.
  public var codes: [[UInt8]]
  /// How it is done.
  public var options: VariationalOptions
  /// How many threads may work.
  public var threads: Int

  /// Prepares training.
  ///
  /// - Precondition: as many lists of codes as columns, all of one length, their codes bins of the column.
  public init(
    columns: [NeuralColumn], codes: [[UInt8]], options: VariationalOptions, threads: Int
  ) {
    precondition(columns.count == codes.count, "a list of bins a column")
    self.columns = columns
    self.codes = codes
    self.options = options
    self.threads = threads
  }

  /// What came of training.
  public struct Outcome: Sendable {
    /// The decoder's columns, which know nothing of each other.
    public var network: AutoregressiveNetwork
    /// How normals lead to what is known.
    public var layer: LatentLayer
    /// The rounds through the rows.
    public var roundCount: Int
    /// The round whose decoder was best.
    public var bestRound: Int
    /// The rows that were learned from.
    public var learnedRowCount: Int
    /// The rows that were kept apart.
    public var keptRowCount: Int
    /// The mean bound of −log p of a row that was kept apart, in nats.
    public var loss: Double
    /// The mean of −log p of such a row if columns were independent.
    public var independentLoss: Double
    /// The mean bound of −log p of a row in each round, as it was learned from.
    public var learnedLosses: [Double]
  }

  /// Trains, and returns the best decoder.
  public func fit(progress: ProgressHandler = .silent) -> Outcome {
    let run = VariationalRun(self)
    let kept = KeptRows(columns: columns, codes: codes, rows: run.kept, threads: threads)
    var schedule = StepSchedule(
      rate: options.rate, patience: options.patience, halvings: options.halvings)
    var state = run.state
    var outcome = Outcome(
      network: state.network, layer: state.layer, roundCount: 0, bestRound: 0,
      learnedRowCount: run.learned.count, keptRowCount: run.kept.count,
      loss: run.keptLoss(state.network), independentLoss: kept.independentLoss(run.margins),
      learnedLosses: [])
    while outcome.roundCount < options.maximumRoundCount, columns.count > 1, !run.kept.isEmpty {
      progress.report("fitting", outcome.roundCount, of: options.maximumRoundCount)
      let share = Float(min(outcome.roundCount + 1, options.warmUp)) / Float(max(1, options.warmUp))
      outcome.learnedLosses.append(
        run.round(outcome.roundCount, rate: schedule.rate, divergenceShare: share))
      outcome.roundCount += 1
      state = run.state
      let loss = run.keptLoss(state.network)
      let isGain = loss < outcome.loss - options.leastGain
      if loss < outcome.loss {
        (outcome.network, outcome.layer) = (state.network, state.layer)
        (outcome.loss, outcome.bestRound) = (loss, outcome.roundCount)
      }
      guard outcome.roundCount > options.warmUp else { continue }
      guard schedule.goesOn(afterGain: isGain) else { break }
    }
    outcome.network = outcome.network.withoutEmbeddings
    return outcome
  }
}

extension AutoregressiveNetwork {
  /// The network whose columns know nothing of each other.
  fileprivate var withoutEmbeddings: AutoregressiveNetwork {
    var network = self
    for place in network.columns.indices { network.columns[place].embeddings = [] }
    return network
  }
}
