// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis
import Tables

/// Trains networks on the bins of a table, and makes their margins the table's.
struct NeuralFitting {
  /// The most rows that are learned from.
  static let mostRows = 200_000
  /// Below so many rows a network has half as many numbers in each layer.
  static let fewRows = 4000

  let binned: [BinnedVariable]
  let steps: [PlanStep]
  let groups: [[Int]]
  let threads: Int

  /// Returns the networks.
  func fit(progress: ProgressHandler) -> NeuralLaw {
    let columns = binned.map { variable in
      let binCount = max(1, variable.layout.binCount)
      let missingCount = min(variable.layout.missingReasons.count, binCount)
      return NeuralColumn(
        binCount: binCount,
        ordered: variable.layout.isScale ? missingCount..<binCount : 0..<0)
    }
    let found = groups.map { places in
      let rowCount = binned.first?.codes.count ?? 0
      let count = min(rowCount, Self.mostRows)
      let codes = places.map { place in
        (0..<count).map { binned[place].codes[$0 * rowCount / count] }
      }
      let outcome = AutoregressiveTraining(
        columns: places.map { columns[$0] }, codes: codes,
        options: Self.options(rows: count, columns: places.map { columns[$0] }), threads: threads
      ).fit(progress: progress)
      let network = NeuralCalibration(
        margins: places.map { binned[$0].margin }, threads: threads
      ).calibrated(outcome.network.rounded)
      return NeuralLaw.Group(
        variables: places, network: network,
        training: NeuralTraining(
          roundCount: outcome.roundCount, bestRound: outcome.bestRound,
          learnedRowCount: outcome.learnedRowCount, keptRowCount: outcome.keptRowCount,
          loss: outcome.loss, shuffledLoss: outcome.shuffledLoss,
          independentLoss: outcome.independentLoss))
    }
    var aims: [Double] = []
    if let shares = steps.first?.balance, !shares.isEmpty {
      aims = BalancedMargin(binned[0].margin, of: binned[0].layout, shares: shares).margin
    }
    guard let law = NeuralLaw(groups: found, binCounts: columns.map(\.binCount), aims: aims) else {
      preconditionFailure("trained networks add up")
    }
    return law
  }

  /// How large a network is, and how it is trained: few rows get few weights.
  static func options(rows: Int, columns: [NeuralColumn]) -> AutoregressiveOptions {
    // Nothing is to be learned of a lone column but its margin.
    guard columns.count > 1 else { return AutoregressiveOptions(contextWidth: 8, innerWidth: 8) }
    let isSmall = rows < fewRows
    let batch = [64, 128, 256].first { rows < 64 * $0 } ?? 512
    return AutoregressiveOptions(
      contextWidth: isSmall ? 64 : 128, innerWidth: isSmall ? 16 : 32, batchSize: batch,
      rate: 0.004 * (Float(batch) / 512).squareRoot())
  }
}
