// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Synthesis
public import Tables

/// Learns one law of all variables at once, on their bins.
public struct JointSynthesizer: Sendable {
  /// The name of the Gaussian copula in plans and catalogues.
  public static let copulaMethod = "copula"
  /// The name of the Bayesian network in plans and catalogues.
  public static let networkMethod = "bayesian-network"
  /// The name of the mixture of classes in plans and catalogues.
  public static let mixtureMethod = "mixture"
  /// The name of principal components in plans and catalogues.
  public static let componentMethod = "pca"
  /// The name of the autoregressive network in plans and catalogues.
  public static let neuralMethod = "neural"
  /// The name of the variational autoencoder in plans and catalogues.
  public static let autoencoderMethod = "vae"
  /// The name of rows drawn with replacement in plans and catalogues.
  public static let bootstrapMethod = "bootstrap"
  /// The name of rows between near ones in plans and catalogues.
  public static let smoteMethod = "smote"
  /// The name of rows between near ones, most where levels mix, in plans and catalogues.
  public static let adasynMethod = "adasyn"
  /// The name of the adversarial random forest in plans and catalogues.
  public static let adversarialForestMethod = "arf"
  /// The names of the methods whose model holds real rows.
  public static let rowMethods = [bootstrapMethod, smoteMethod, adasynMethod]
  /// The names of all methods.
  public static let methods =
    [
      copulaMethod, networkMethod, mixtureMethod, componentMethod, adversarialForestMethod,
      neuralMethod, autoencoderMethod,
    ] + rowMethods

  /// How many threads may work.
  public var threads: Int

  /// Creates a synthesizer.
  public init(threads: Int = 1) { self.threads = threads }

  /// Returns the model of a table.
  ///
  /// - Parameters:
  ///   - table: The real rows.
  ///   - binned: The table's bins, made with the plan's minimum counts.
  ///   - schema: What the columns mean.
  ///   - plan: What to do with each variable, and which may depend on each other.
  ///   - progress: What hears how far fitting is.
  /// - Throws: `DataError` if the table has no rows, or the plan names what it has not, or asks for what
  ///   the method cannot do.
  public func fit(
    _ table: Table, binned: BinnedTable, schema: Schema, plan: Plan,
    progress: ProgressHandler = .silent
  ) throws(DataError) -> JointModel {
    guard Self.methods.contains(plan.method) else {
      throw DataError(
        "the plan is for the method \"\(plan.method)\", which is no joint method",
        remedy: "Change the plan's method to one of: \(Self.methods.joined(separator: ", ")).")
    }
    let frame = try ModelFrame(fitting: table, binned: binned, schema: schema, plan: plan)
    let steps = plan.drawnSteps
    try Self.refuse(steps, method: plan.method)
    let (variables, bins) = try JointVariable.list(steps, binned: binned)
    let law: JointLaw
    switch plan.method {
    case Self.networkMethod:
      try Self.refuseManyParents(steps)
      law = .network(
        NetworkFitting(
          binned: bins, steps: steps,
          classes: bins.map {
            NetworkPlanning.classes($0, minimumCount: plan.minimumLeafCount)
          }, minimumCount: plan.minimumLeafCount, threads: threads
        ).fit(progress: progress))
    case Self.mixtureMethod:
      law = .classes(
        ClassesFitting(
          binned: bins, steps: steps, groups: try Self.groups(steps, method: plan.method),
          minimumCount: plan.minimumLeafCount, threads: threads
        ).fit(progress: progress))
    case Self.adversarialForestMethod:
      law = .leaves(
        LeafFitting(
          binned: bins, steps: steps, groups: try Self.groups(steps, method: plan.method),
          minimumCount: plan.minimumLeafCount, threads: threads
        ).fit(progress: progress))
    case Self.bootstrapMethod, Self.smoteMethod, Self.adasynMethod:
      law = .rows(
        RowsFitting(
          binned: bins, steps: steps, groups: try Self.groups(steps, method: plan.method),
          isInterpolated: plan.method != Self.bootstrapMethod,
          isAdaptive: plan.method == Self.adasynMethod, threads: threads
        ).fit(progress: progress))
    case Self.componentMethod:
      law = .components(
        ComponentFitting(
          binned: bins, steps: steps, groups: try Self.groups(steps, method: plan.method),
          minimumCount: plan.minimumLeafCount, threads: threads
        ).fit(progress: progress))
    case Self.neuralMethod, Self.autoencoderMethod:
      law = .neural(
        NeuralFitting(
          binned: bins, steps: steps, groups: try Self.groups(steps, method: plan.method),
          hasNormals: plan.method == Self.autoencoderMethod, threads: threads
        ).fit(progress: progress))
    default:
      law = .copula(
        CopulaFitting(
          binned: bins, steps: steps, ties: PlannedTies(steps),
          minimumCount: plan.minimumLeafCount, threads: threads
        ).fit(progress: progress))
    }
    return JointModel(frame: frame, variables: variables, law: law)
  }

  /// The plan of a joint method with what is decided before fitting: of a network, who is whose parent.
  ///
  /// - Parameters:
  ///   - plan: A plan as the planner makes it; of another method it comes back as it is.
  ///   - binned: The table's bins.
  ///   - together: Pairs whose relationship must be learned.
  public func planned(_ plan: Plan, binned: BinnedTable, together: [PlanPair] = []) -> Plan {
    guard Self.methods.contains(plan.method) else { return plan }
    if plan.method == Self.networkMethod {
      return NetworkPlanning(binned: binned, threads: threads).planned(plan, together: together)
    }
    var plan = plan
    if Self.rowMethods.contains(plan.method) {
      let how =
        plan.method == Self.bootstrapMethod
        ? "each synthetic row is a real row" : "each synthetic row lies between two real rows"
      plan.notes.append(
        "CAUTION: the generator holds real rows, and \(how), but for rare levels and for places within bins: "
          + "do not release either where a row could tell of a person")
      if plan.method == Self.adasynMethod, plan.drawnSteps.first?.balance.isEmpty != false {
        plan.notes.append(
          "no variable is balanced, so that adasyn does as \(Self.smoteMethod) does")
      }
    }
    plan.notes.append(
      "the method \(plan.method) learns all variables at once: predictors say only which may depend on each "
        + "other")
    return plan
  }

  /// The variables in groups that each have a law of their own.
  private static func groups(
    _ steps: [PlanStep], method: String
  ) throws(DataError) -> [[Int]] {
    if let groups = PlannedTies(steps).groups { return groups }
    throw DataError(
      "the method \"\(method)\" ties each variable of a group to all others of it, but the plan keeps some "
        + "apart that others are tied to both of",
      remedy: "Choose the method \(copulaMethod), \(networkMethod) or trees.")
  }

  /// Tables of many parents would be empty.
  private static func refuseManyParents(_ steps: [PlanStep]) throws(DataError) {
    for step in steps where step.predictors.count > NetworkPlanning.mostParents {
      throw DataError(
        "the plan gives a variable of a network \(step.predictors.count) parents, and \(NetworkPlanning.mostParents) "
          + "is the most", column: step.variable,
        remedy:
          "Take predictors out of its step, or start from `semblance plan --method \(networkMethod)`."
      )
    }
  }

  /// Refuses what a joint method cannot do.
  private static func refuse(_ steps: [PlanStep], method: String) throws(DataError) {
    for (place, step) in steps.enumerated() {
      if let own = step.method, own != method {
        throw DataError(
          "the plan learns a variable by the method \"\(own)\", but \"\(method)\" learns all at once",
          column: step.variable, remedy: "Take the method out of its step.")
      }
      guard !step.balance.isEmpty, place > 0 else { continue }
      throw DataError(
        "the method \"\(method)\" balances the first variable of a plan only",
        column: step.variable,
        remedy: "Balance one variable, or choose the method trees.")
    }
  }
}
