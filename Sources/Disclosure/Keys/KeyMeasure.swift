// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Tables

/// Measures identity and attribute disclosure for all sets of up to three keys, and for all keys.
struct KeyMeasure: Sendable {
  /// The most columns that stand in for targets where none is declared sensitive.
  static let maximumTargetCount = 10

  private let keys: [KeyColumn]
  private let targets: [KeyColumn]
  private let note: String?
  private let population: PopulationWeights?
  private let populationReason: String?
  private let minimumCount: Int
  private let realCount: Int
  private let syntheticCount: Int

  /// Creates a measure; `nil` if no column is declared a key, or a table is empty.
  ///
  /// - Parameter populationSize: How many people the population has, where the owner says.
  init?(
    _ tables: ComparedTables, schema: Schema, minimumCount: Int, populationSize: Double? = nil
  ) {
    func role(_ index: Int) -> VariableRole? {
      schema.variable(named: tables.columns[index].name)?.role
    }
    let indices = Array(tables.columns.indices)
    let keys = indices.filter { role($0) == .quasiIdentifier }
    var targets = indices.filter { role($0) == .sensitive }
    guard !keys.isEmpty, tables.rowCounts[0] > 0, tables.rowCounts[1] > 0 else { return nil }
    var notes = ["targets on a scale are cut into \(KeyColumn.groupCount) groups by real quantiles"]
    if targets.isEmpty {
      targets = Array(indices.filter { !keys.contains($0) }.prefix(Self.maximumTargetCount))
      notes.append("no column is declared sensitive, so the first that are no keys stand in")
    }
    self.keys = keys.map { KeyColumn(key: $0, tables) }
    self.targets = targets.map { KeyColumn(target: $0, tables) }
    note = notes.joined(separator: "; ")
    (population, populationReason) = PopulationWeights.known(
      tables, schema: schema, size: populationSize)
    self.minimumCount = minimumCount
    realCount = tables.rowCounts[0]
    syntheticCount = tables.rowCounts[1]
  }

  /// Creates a measure of given keys and targets.
  init(keys: [KeyColumn], targets: [KeyColumn], minimumCount: Int) {
    self.keys = keys
    self.targets = targets
    note = nil
    (population, populationReason) = (nil, nil)
    self.minimumCount = minimumCount
    realCount = keys.first?.real.count ?? 0
    syntheticCount = keys.first?.synthetic.count ?? 0
  }

  func result(threads: Int, progress: ProgressHandler) -> KeyDisclosure {
    let sets = Self.sets(of: keys.count)
    let joint = ChunkedWork(count: keys.count, threads: threads, chunkSize: 1).map { range in
      range.map { key in targets.map { ExpectedKnowledge.jointCounts(keys[key], $0) } }
    }
    let results = ChunkedWork(count: sets.count, threads: threads, chunkSize: 1).map(
      progress: progress, phase: "measuring keys"
    ) { range in
      range.map { measure(sets[$0], joint: joint) }
    }
    return KeyDisclosure(
      keys: keys.map(\.name), targets: targets.map(\.name), sets: results, note: note,
      population: population?.population, populationReason: populationReason)
  }

  /// All sets of one, two and three of so many keys, and all of them.
  static func sets(of count: Int) -> [[Int]] {
    var sets = (0..<count).map { [$0] }
    for first in 0..<count {
      for second in (first + 1)..<max(count, first + 1) {
        sets.append([first, second])
        for third in (second + 1)..<max(count, second + 1) { sets.append([first, second, third]) }
      }
    }
    if count > 3 { sets.append(Array(0..<count)) }
    return sets.sorted { $0.count < $1.count }
  }

  private func measure(_ set: [Int], joint: [[[UInt64: Int]]]) -> KeyDisclosure.KeySet {
    let own = set.map { keys[$0] }
    var classes = RowClasses(realCount: realCount, syntheticCount: syntheticCount)
    // For each key of the set the code of each class, carried along as classes are split.
    var codes: [[UInt32]] = []
    for key in own {
      classes = classes.refined(
        byReal: key.real, synthetic: key.synthetic, codeCount: key.codeCount)
      codes = codes.map { list in classes.parents.map { list[Int($0)] } } + [classes.codes]
    }
    let sizes = classes.sizes()
    let identity = IdentityFigures(sizes)
    let attributes = targets.enumerated().map { place, target in
      let cells = classes.refined(
        byReal: target.real, synthetic: target.synthetic, codeCount: target.codeCount)
      let figures = AttributeFigures(sizes: sizes, cells: cells, levelCount: target.codeCount)
      let expected = ExpectedKnowledge(target: target, minimumCount: minimumCount).flags(
        figures, keys: own, classes: codes, jointCounts: set.map { joint[$0][place] })
      return attribute(target.name, figures, expected)
    }
    let (n, m) = (Double(realCount), Double(syntheticCount))
    func percent(_ count: Int, of total: Double) -> Double { 100 * Double(count) / total }
    return KeyDisclosure.KeySet(
      keys: own.map(\.name), uniqueInOriginal: percent(identity.uniqueInOriginal, of: n),
      uniqueInSynthetic: percent(identity.uniqueInSynthetic, of: m),
      originalUniquesPresent: percent(identity.originalUniquesPresent, of: n),
      replicatedUniques: percent(identity.replicatedUniques, of: n),
      inSynthetic: percent(identity.inSynthetic, of: n),
      realInSmallClasses: identity.realInSmallClasses.map { percent($0, of: n) },
      syntheticInSmallClasses: identity.syntheticInSmallClasses.map { percent($0, of: m) },
      attributes: attributes,
      populationRisk: population?.risk(classes, isPresent: sizes.synthetic.map { $0 > 0 }))
  }

  private func attribute(
    _ name: String, _ figures: AttributeFigures, _ expected: [KeyDisclosure.ExpectedKnowledge]
  ) -> KeyDisclosure.Attribute {
    let n = 100 / Double(realCount)
    let m = 100 / Double(syntheticCount)
    return KeyDisclosure.Attribute(
      target: name, disclosiveInOriginal: Double(figures.disclosiveInOriginal) * n,
      disclosiveInSynthetic: Double(figures.disclosiveInSynthetic) * m,
      determined: Double(figures.determined) * n,
      determinedRightly: Double(figures.determinedRightly) * n,
      determinedInBoth: Double(figures.determinedInBoth) * n, baseline: figures.baseline * n,
      originalAttribution: figures.originalAttribution * n,
      syntheticAttribution: figures.syntheticAttribution * m,
      attribution: figures.attribution * n,
      targetedAttribution: figures.determined > 0
        ? 100 * Double(figures.determinedRightly) / Double(figures.determined) : nil,
      expected: expected)
  }
}
