// SPDX-License-Identifier: Apache-2.0
import Formulas
import Schemas
import Synthesis
import Tables

/// What a condition says of single variables, so that these can be drawn among what satisfies it.
///
/// A condition is a list of parts joined by `and`. A part that names one drawn variable, or one that a
/// drawn variable decides by a lookup, says which of its bins, values and missing reasons are left.
struct ConditionParts {
  /// The most values of a grid that are asked one by one.
  private static let mostPoints = 1 << 16

  /// What is asked of each variable; one row.
  let conditions: RowConditions
  /// Whether all of the condition is in them.
  let isWhole: Bool

  /// Takes a condition apart.
  ///
  /// - Returns: `nil` if no part says anything of a single variable, or one compares rows.
  init?(_ condition: Expression, model: any ConditionableModel) {
    let parts = Self.conjuncts(condition)
    guard !condition.parts.contains(where: Self.comparesRows) else { return nil }
    let variables = model.drawnVariables
    var conditions = RowConditions(rowCount: 1, variableCount: variables.count)
    var own: [Int: [Question]] = [:]
    var isWhole = true
    for part in parts {
      let question = part.names.count == 1 ? Question(part, model: model) : nil
      guard let question else {
        isWhole = false
        continue
      }
      own[question.place, default: []].append(question)
    }
    for (place, questions) in own {
      let variable = variables[place]
      let answer =
        variable.layout.isScale
        ? Self.scale(questions, variable) : Self.levels(questions, variable)
      guard let answer else {
        isWhole = false
        continue
      }
      conditions.set(answer.condition, place: place)
      if !answer.isWhole { isWhole = false }
    }
    guard !conditions.places.isEmpty else { return nil }
    self.conditions = conditions
    self.isWhole = isWhole
  }

  private static func conjuncts(_ expression: Expression) -> [Expression] {
    if case .binary(.and, let left, let right) = expression.kind {
      return conjuncts(left) + conjuncts(right)
    }
    return [expression]
  }

  private static let ofSeveralRows: Set<String> = ["mean", "sum", "count", "any", "all", "table"]

  private static func comparesRows(_ part: Expression) -> Bool {
    switch part.kind {
    case .lag: true
    case .call(let name, let arguments):
      ofSeveralRows.contains(name) || arguments.count == 1 && ["min", "max"].contains(name)
    case .name(let path): path.count > 1
    default: false
    }
  }

  // MARK: One variable

  /// A part that asks one variable.
  private struct Question {
    /// The drawn variable that decides.
    let place: Int
    /// The variable that is named.
    let name: String
    /// How it follows, if it is not the drawn one.
    let derivation: Derivation?
    let expression: Expression
    let schema: Schema

    init?(_ expression: Expression, model: any ConditionableModel) {
      guard let name = expression.names.first?.first else { return nil }
      let variables = model.drawnVariables
      self.name = name
      self.expression = expression
      schema = model.schema
      if let place = variables.firstIndex(where: { $0.name == name }) {
        // What limits do to values is left to drawing.
        guard !variables[place].isLimited else { return nil }
        self.place = place
        derivation = nil
        return
      }
      guard let derivation = model.frame.derivations.first(where: { $0.name == name }),
        case .lookup(let source) = derivation.relation,
        let place = variables.firstIndex(where: { $0.name == source }),
        !variables[place].isLimited
      else { return nil }
      self.place = place
      self.derivation = derivation
    }

    /// Which of some values of the drawn variable satisfy it; `nil` if it cannot be said.
    ///
    /// - Parameter column: The values.
    func verdicts(_ column: Column, entries: [Int]) -> [Bool]? {
      var named = column
      if let derivation {
        named = derivation.column(
          from: [:], lookupBins: entries, rowCount: entries.count, form: column.form)
      }
      named.form = schema.variable(named: name)?.form ?? named.form
      let table = Table(columns: [named], rowCount: named.count)
      guard
        let formula = try? CompiledFormula(
          condition: expression, in: FormulaScope(table, schema: schema))
      else { return nil }
      return formula.truths(FormulaData(table)).map { $0 == true }
    }

    /// The numbers that the part compares with; `nil` if it does more with a variable than compare it.
    var cuts: [Double]? {
      var cuts: [Double] = []
      return Self.collect(expression, &cuts) ? cuts : nil
    }

    private static func collect(_ part: Expression, _ cuts: inout [Double]) -> Bool {
      switch part.kind {
      case .not(let operand): return collect(operand, &cuts)
      case .binary(.and, let left, let right), .binary(.or, let left, let right):
        return collect(left, &cuts) && collect(right, &cuts)
      case .binary(.less, let left, let right), .binary(.atMost, let left, let right),
        .binary(.greater, let left, let right), .binary(.atLeast, let left, let right),
        .binary(.equal, let left, let right), .binary(.different, let left, let right):
        return compare([left, right], &cuts)
      case .isBetween(let value, let low, let high): return compare([value, low, high], &cuts)
      case .isIn(let value, let list): return compare([value] + list, &cuts)
      case .call("is_missing", _): return true
      default: return false
      }
    }

    private static func compare(_ operands: [Expression], _ cuts: inout [Double]) -> Bool {
      for operand in operands {
        switch operand.kind {
        case .name: continue
        case .literal(.missing): continue
        case .literal(.number(let number)): cuts.append(number)
        case .literal(.whole(let number)): cuts.append(Double(number))
        case .negative(let inner):
          switch inner.kind {
          case .literal(.number(let number)): cuts.append(-number)
          case .literal(.whole(let number)): cuts.append(-Double(number))
          default: return false
          }
        default: return false
        }
      }
      return true
    }
  }

  /// The verdicts of all questions together.
  private static func verdicts(
    _ questions: [Question], _ column: Column, entries: [Int]
  ) -> [Bool]? {
    var all = [Bool](repeating: true, count: column.count)
    for question in questions {
      guard let own = question.verdicts(column, entries: entries), own.count == all.count else {
        return nil
      }
      for place in all.indices where !own[place] { all[place] = false }
    }
    return all
  }

  private typealias Answer = (condition: CellCondition, isWhole: Bool)

  private static func levels(_ questions: [Question], _ variable: DrawnVariable) -> Answer? {
    let layout = variable.layout
    guard case .levels(let levels) = layout.content, levels.count > 0 else { return nil }
    let missingCount = layout.missingReasons.count
    let codes =
      (0..<missingCount).map { UInt8($0 + 1) } + [UInt8](repeating: 0, count: levels.count)
    let column = Column(
      name: variable.name, values: levels.levels.repeatingFirst(missingCount),
      missing: MissingCells(reasons: layout.missingReasons, codes: missingCount > 0 ? codes : []))
    guard
      let verdicts = verdicts(
        questions, column, entries: Array(0..<missingCount + levels.count))
    else { return nil }
    return (
      CellCondition(
        levels: Array(verdicts.dropFirst(missingCount)),
        missing: Array(verdicts.prefix(missingCount)), layout: layout), true
    )
  }

  private static func scale(_ questions: [Question], _ variable: DrawnVariable) -> Answer? {
    guard case .scale(let scale) = variable.layout.content, !scale.cells.isEmpty else { return nil }
    let draw = CellDraw(scale)
    let reasons = variable.layout.missingReasons
    let lookups = variable.layout.lookupValues
    let isLookup = questions.contains { $0.derivation != nil }
    /// Which numbers satisfy all questions; after them, which reasons do.
    func verdicts(_ numbers: [Double]) -> (values: [Bool], missing: [Bool])? {
      let list = numbers + [Double](repeating: numbers.first ?? 0, count: reasons.count)
      let codes =
        [UInt8](repeating: 0, count: numbers.count) + reasons.indices.map { UInt8($0 + 1) }
      let column = Column(
        name: variable.name, values: scale.storage.values(list),
        missing: MissingCells(reasons: reasons, codes: reasons.isEmpty ? [] : codes))
      var entries: [Int] = []
      if isLookup {
        for number in numbers {
          guard let entry = lookups.firstIndex(of: number) else { return nil }
          entries.append(reasons.count + entry)
        }
        entries += reasons.indices
      }
      guard let all = Self.verdicts(questions, column, entries: entries) else { return nil }
      return (Array(all.prefix(numbers.count)), Array(all.suffix(reasons.count)))
    }
    let smooth = (0..<draw.count).filter { draw.smoothWeight($0) > 0 }
    guard !isLookup || smooth.isEmpty else { return nil }
    let points = smooth.reduce(0) { sum, cell in
      draw.pointCount(cell).map { min(sum + $0, mostPoints + 1) } ?? mostPoints + 1
    }
    var numbers = (0..<draw.count).flatMap { draw.spikes($0).map(\.value) }
    var stretches: [[(start: Double, length: Double, probe: Int)]] = .init(
      repeating: [], count: draw.count)
    if points <= mostPoints {
      for cell in smooth {
        for point in 0..<(draw.pointCount(cell) ?? 0) {
          stretches[cell].append((Double(point), 1, numbers.count))
          numbers.append(draw.point(cell, point))
        }
      }
    } else {
      // Between numbers that are compared with, all values answer alike.
      var cuts: Set<Double> = []
      for question in questions {
        guard let own = question.cuts else { return nil }
        cuts.formUnion(own)
      }
      for cell in smooth {
        for stretch in draw.stretches(cell, cuts: cuts.sorted()) {
          stretches[cell].append((stretch.start, stretch.length, numbers.count))
          numbers.append(stretch.probe)
        }
      }
    }
    guard let answers = verdicts(numbers) else { return nil }
    var isWhole = true
    var place = 0
    let parts = (0..<draw.count).map { cell -> CellPart in
      var part = CellPart()
      for spike in draw.spikes(cell) {
        if answers.values[place] { part.spikes.append(spike) }
        place += 1
      }
      let own = stretches[cell]
      let total = own.reduce(0) { $0 + $1.length }
      let kept = own.filter { answers.values[$0.probe] }
      guard let first = kept.first, let last = kept.last, total > 0 else { return part }
      let length = kept.reduce(0) { $0 + $1.length }
      let hull = last.start + last.length - first.start
      part.smoothWeight = draw.smoothWeight(cell) * hull / total
      part.smooth = draw.offset(cell, first.start, length: hull)
      guard length < hull else { return part }
      if let points = draw.pointCount(cell), kept.allSatisfy({ $0.length == 1 }) {
        // Single values of a grid that are no stretch.
        let weight = draw.smoothWeight(cell) / Double(points)
        part.smooth = nil
        part.smoothWeight = 0
        part.spikes =
          (part.spikes
          + kept.map { .init(value: draw.point(cell, Int($0.start)), weight: weight) })
          .sorted { $0.value < $1.value }
      } else {
        isWhole = false
      }
      return part
    }
    let kept = draw.keeping(parts)
    var condition = CellCondition(
      shares: answers.missing.map { $0 ? 1 : 0 } + kept.shares)
    condition.cells = kept.cells
    return (condition, isWhole)
  }
}

extension ColumnValues {
  /// The values after the first of them some more times.
  fileprivate func repeatingFirst(_ count: Int) -> ColumnValues {
    func longer<Value>(_ list: [Value]) -> [Value] {
      list.first.map { [Value](repeating: $0, count: count) + list } ?? list
    }
    switch self {
    case .numbers(let list): return .numbers(longer(list))
    case .wholeNumbers(let list): return .wholeNumbers(longer(list))
    case .texts(let codes, let pool): return .texts(codes: longer(codes), pool: pool)
    case .dates(let list): return .dates(longer(list))
    case .times(let list): return .times(longer(list))
    case .dateTimes(let list): return .dateTimes(longer(list))
    case .booleans(let list): return .booleans(longer(list))
    }
  }
}
