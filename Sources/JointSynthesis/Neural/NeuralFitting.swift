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
  /// Whether normals behind a row lead to variables, and not variables to each other.
  let hasNormals: Bool
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
      let own = places.map { columns[$0] }
      let calibration = NeuralCalibration(
        margins: places.map { binned[$0].margin }, threads: threads)
      if hasNormals {
        return autoencoder(places, own, codes, calibration, progress: progress)
      }
      let outcome = AutoregressiveTraining(
        columns: own, codes: codes, options: Self.options(rows: count, columns: own),
        threads: threads
      ).fit(progress: progress)
      return NeuralLaw.Group(
        variables: places, network: calibration.calibrated(outcome.network.rounded),
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

  /// Trains a variational autoencoder of some variables.
  private func autoencoder(
    _ places: [Int], _ columns: [NeuralColumn], _ codes: [[UInt8]],
    _ calibration: NeuralCalibration, progress: ProgressHandler
  ) -> NeuralLaw.Group {
    let outcome = VariationalTraining(
      columns: columns, codes: codes,
      options: Self.autoencoderOptions(rows: codes.first?.count ?? 0, columns: columns),
      threads: threads
    ).fit(progress: progress)
    let layer = outcome.layer.rounded
    return NeuralLaw.Group(
      variables: places,
      network: calibration.calibrated(outcome.network.rounded, layer: layer), layer: layer,
      training: NeuralTraining(
        roundCount: outcome.roundCount, bestRound: outcome.bestRound,
        learnedRowCount: outcome.learnedRowCount, keptRowCount: outcome.keptRowCount,
        loss: outcome.loss, shuffledLoss: outcome.loss, independentLoss: outcome.independentLoss))
  }

  /// How large an autoencoder is, and how it is trained.
  static func autoencoderOptions(rows: Int, columns: [NeuralColumn]) -> VariationalOptions {
    guard columns.count > 1 else {
      return VariationalOptions(latentWidth: 8, contextWidth: 8, innerWidth: 8)
    }
    let isSmall = rows < fewRows
    let batch = [32, 64, 128].first { rows < 64 * $0 } ?? 256
    return VariationalOptions(
      latentWidth: isSmall ? 8 : 24, contextWidth: isSmall ? 64 : 128,
      innerWidth: isSmall ? 16 : 32, batchSize: batch,
      rate: 0.003 * (Float(batch) / 256).squareRoot(), warmUp: isSmall ? 12 : 6)
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
