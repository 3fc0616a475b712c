// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Learners
import Randomness
import Schemas
import Synchronization
import Synthesis
import Tables

/// Fits the distributions of all learned variables, each on its own thread.
struct VariableFitting {
  private let steps: [PlanStep]
  private let binned: [BinnedVariable]
  private let places: [String: Int]
  private let options: TreeOptions
  private let boosting: HierarchyOptions
  private let method: String
  private let schema: Schema
  private let trialRowCount: Int

  /// Prepares.
  ///
  /// - Parameters:
  ///   - boosting: How ensembles grow, for variables that are boosted.
  ///   - method: The method of steps that name none.
  ///   - schema: What the columns mean.
  ///   - trialRowCount: The rows of the trial run by which margins are kept.
  init(
    steps: [PlanStep], binned table: BinnedTable, options: TreeOptions, boosting: HierarchyOptions,
    method: String, schema: Schema, trialRowCount: Int
  ) throws(DataError) {
    self.steps = steps
    self.options = options
    self.boosting = boosting
    self.method = method
    self.schema = schema
    self.trialRowCount = trialRowCount
    var binned: [BinnedVariable] = []
    var places: [String: Int] = [:]
    for step in steps {
      guard let variable = table.variable(named: step.variable) else {
        throw DataError(
          "the plan names a variable that the table does not have", column: step.variable,
          remedy: "Take the step out of the plan, or add the column.")
      }
      for name in step.predictors where places[name] == nil {
        throw DataError(
          "the plan learns a variable from \"\(name)\", which is not visited before it",
          column: step.variable, remedy: "Move the step of \"\(name)\" up, or leave it out.")
      }
      for constraint in step.constraints where places[constraint.variable] == nil {
        throw DataError(
          "the plan ties a variable to \"\(constraint.variable)\", which is not visited before it",
          column: step.variable,
          remedy: "Move the step of \"\(constraint.variable)\" up, or leave the constraint out.")
      }
      places[step.variable] = binned.count
      binned.append(variable)
    }
    self.binned = binned
    self.places = places
  }

  /// Returns the fitted variables in the visit order; threads change nothing in them.
  func fit(threads: Int, progress: ProgressHandler) -> [FittedVariable] {
    let predictors = binned.map { TreePredictor($0) }
    let grower = TreeGrower(options: options, rowCount: binned.first?.codes.count ?? 0)
    let fitted = Mutex<[FittedVariable?]>(Array(repeating: nil, count: steps.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, steps.count))) { _ in
      while true {
        // Late variables have the most predictors, so they are begun first.
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard turn < steps.count else { return }
        let index = steps.count - 1 - turn
        let variable = fit(index, predictors, grower)
        let done = fitted.withLock { list in
          list[index] = variable
          return list.count { $0 != nil }
        }
        progress.report("fitting", done, of: steps.count)
      }
    }
    return calibrated(fitted.withLock { $0.compactMap { $0 } }, threads)
  }

  /// The variables with the factors that keep their margins.
  private func calibrated(_ variables: [FittedVariable], _ threads: Int) -> [FittedVariable] {
    let margins = ChunkedWork(count: binned.count, threads: threads, chunkSize: 1).map { places in
      places.map { place in
        var margin = [Double](repeating: 0, count: binned[place].layout.binCount)
        for code in binned[place].codes { margin[Int(code)] += 1 }
        return margin
      }
    }
    var factors = MarginCalibration(variables, margins: margins, rowCount: trialRowCount)
      .factors(threads: threads)
    // Balanced variables are visited first, so their new margins are reached without the rest; the
    // rest keeps the factors of the real margins, since its dependence on them is to stay as it was.
    let aims = zip(steps, zip(variables, margins)).prefix { !$0.0.balance.isEmpty }.map {
      step, rest in
      BalancedMargin(rest.1, of: rest.0.layout, shares: step.balance).margin
    }
    if !aims.isEmpty {
      let balanced = MarginCalibration(
        Array(variables.prefix(aims.count)), margins: aims, changesFirst: true,
        rowCount: trialRowCount
      ).factors(threads: threads)
      factors.replaceSubrange(0..<aims.count, with: balanced)
    }
    return zip(variables, factors).map { $0.corrected(by: $1) }
  }

  private func fit(
    _ index: Int, _ predictors: [TreePredictor], _ grower: TreeGrower
  ) -> FittedVariable {
    let step = steps[index]
    let own = binned[index]
    let asked = step.predictors.compactMap { places[$0] }
    let missingCount = own.layout.missingReasons.count
    let target = TreeTarget(own)
    let chosen = asked.map { predictors[$0] }
    let rows = own.codes.indices.map { Int32($0) }
    var present = [Double](repeating: 0, count: max(own.layout.presentBinCount, 1))
    for code in own.codes where Int(code) >= missingCount {
      present[Int(code) - missingCount] += 1
    }
    var total = 0.0
    for bin in present.indices {
      total += present[bin]
      present[bin] = total
    }
    let name = step.method ?? method
    let conditional: Conditional =
      if let learner = DistributionMethods.named(name) {
        .distribution(
          learner.fit(
            DistributionProblem(
              target: target, layout: own.layout, variable: schema.variable(named: step.variable),
              predictors: chosen, predictorLayouts: asked.map { binned[$0].layout }, rows: rows,
              minimumCount: max(1, Int(options.minimumLeafWeight)), trees: options,
              stream: RandomKey(seed: "fitting").stream(step.variable))))
      } else if name == TreeSynthesizer.boostingMethod {
        .hierarchy(
          HierarchyGrower(options: boosting).hierarchy(of: target, on: chosen, rows: rows))
      } else {
        .tree(grower.tree(of: target, on: chosen, rows: rows))
      }
    return FittedVariable(
      name: step.variable, layout: own.layout, predictors: asked, conditional: conditional,
      groupTrees: groupTrees(of: own, on: chosen, grower: grower),
      lowerLimits: step.constraints.compactMap {
        if case .atLeast(let other) = $0 { return places[other] }
        return nil
      },
      upperLimits: step.constraints.compactMap {
        if case .atMost(let other) = $0 { return places[other] }
        return nil
      }, missingRoute: missingRoute(of: own, step: step), presentWeights: present)
  }

  /// Where levels are grouped: for each group the tree of its levels, on the rows of the group.
  private func groupTrees(
    of variable: BinnedVariable, on predictors: [TreePredictor], grower: TreeGrower
  ) -> [ConditionalTree] {
    guard case .levels(let layout) = variable.layout.content, !layout.groupStarts.isEmpty else {
      return []
    }
    let missingCount = variable.layout.missingReasons.count
    var rowsOfGroup = [[Int32]](repeating: [], count: layout.groupStarts.count)
    var codes = [UInt8](repeating: 0, count: variable.codes.count)
    for row in variable.codes.indices where variable.levelCodes[row] != .max {
      let group = Int(variable.codes[row]) - missingCount
      guard rowsOfGroup.indices.contains(group) else { continue }
      rowsOfGroup[group].append(Int32(row))
      codes[row] = UInt8(Int(variable.levelCodes[row]) - layout.groupStarts[group])
    }
    return layout.groupStarts.indices.map { group in
      let end = group + 1 < layout.groupStarts.count ? layout.groupStarts[group + 1] : layout.count
      let target = TreeTarget(
        codes: codes, binCount: end - layout.groupStarts[group], leadingNominalCount: 0,
        isOrdered: false)
      return grower.tree(of: target, on: predictors, rows: rowsOfGroup[group])
    }
  }

  private func missingRoute(of variable: BinnedVariable, step: PlanStep) -> MissingRoute? {
    for constraint in step.constraints {
      guard case .missingFollows(let name) = constraint, let source = places[name] else { continue }
      return MissingRoute(of: variable, by: binned[source], at: source)
    }
    return nil
  }
}

extension TreePredictor {
  /// A binned variable as a tree asks it.
  init(_ variable: BinnedVariable) {
    self.init(
      codes: variable.codes, binCount: max(1, variable.layout.binCount),
      isOrdered: variable.layout.isScale)
  }
}

extension TreeTarget {
  /// A binned variable as a tree learns it.
  init(_ variable: BinnedVariable) {
    self.init(
      codes: variable.codes, binCount: max(1, variable.layout.binCount),
      leadingNominalCount: variable.layout.missingReasons.count,
      isOrdered: variable.layout.isScale)
  }
}
