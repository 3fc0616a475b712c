// SPDX-License-Identifier: Apache-2.0
import Fabrication
import Randomness
import Schemas
import Synthesis
import Tables

/// Few rows in which all occurs that a program may meet in a table: each level, boundary, code for missing,
/// route of missing cells and combination of two levels, also those that are rare or were never seen.
///
/// First come rows that the generator drew, chosen greedily so that all it makes occurs; they keep rules
/// and relations. Then come rows with combinations that it never made, by a covering array.
struct CoveringRows {
  /// Why a row is there.
  struct Reason: Hashable {
    /// The row, counted from 1.
    var row: Int
    /// What first occurs in it.
    var words: String
    /// Whether the generator drew the row; if not, it may break rules of the real table.
    var isDrawn: Bool
  }

  /// The rows the generator draws to choose from.
  static let poolCount = 3000
  /// The most rows chosen.
  static let maximumCount = 400
  /// The most levels of a column whose combinations with others are covered.
  static let levelCount = 10
  /// The most columns whose combinations are covered.
  static let pairColumnCount = 14

  let table: Table
  let reasons: [Reason]

  /// - Parameter pool: Rows of the generator.
  init(of pool: Table, schema: Schema) {
    let codes = Self.codes(pool, schema)
    let targets = Self.targets(codes, rowCount: pool.rowCount)
    let (chosen, gains) = Self.greedy(targets.ofRow, count: targets.names.count)
    var reasons: [Reason] = []
    for (place, row) in chosen.enumerated() {
      let names = gains[place].map { targets.names[$0] }
      let more = names.count > 4 ? " and \(names.count - 4) more" : ""
      reasons.append(
        Reason(row: place + 1, words: names.prefix(4).joined(separator: "; ") + more, isDrawn: true)
      )
      _ = row
    }
    var table = pool.selecting(rows: chosen)
    let unseen = Self.unseen(codes, pool: pool, seen: targets)
    if !unseen.isEmpty {
      // Each unseen combination is laid over a drawn row.
      let base = pool.selecting(rows: unseen.indices.map { $0 % pool.rowCount })
      var columns = base.columns
      for (row, cells) in unseen.enumerated() {
        for (column, source) in cells.sources {
          columns[column] = columns[column].replacing(
            rows: [row], by: pool.columns[column].selecting(rows: [source]))
        }
        reasons.append(
          Reason(row: table.rowCount + row + 1, words: cells.words, isDrawn: false))
      }
      let made = Table(name: base.name, columns: columns, rowCount: base.rowCount)
      table = table.appending(made)
    }
    self.table = table
    self.reasons = reasons
  }

  // MARK: Codes

  /// What the cells of a column are, as small numbers: one for each level, boundary or code for missing.
  private struct Codes {
    var name: String
    var ofRow: [Int]
    var words: [String]
    /// Whether combinations with other columns are covered.
    var isPaired: Bool
  }

  private static func codes(_ pool: Table, _ schema: Schema) -> [Codes] {
    var paired = 0
    return pool.columns.map { column in
      let variable = schema.variable(named: column.name)
      let isMadeAnew =
        variable?.role == .identifier || variable?.role == .key || variable?.kind == .text
      var words: [String] = []
      var numbers: [String: Int] = [:]
      func code(_ key: String, _ text: @autoclosure () -> String) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = words.count
        words.append(text())
        return words.count - 1
      }
      let scale = column.values.isScale && variable?.kind.isContinuous != false
      let values = column.values.isScale ? column.values.scaleValues : []
      let present = values.indices.filter { !column.missing.isMissing(at: $0) }.map { values[$0] }
      let (low, high) = (present.min() ?? 0, present.max() ?? 0)
      let texts = scale || isMadeAnew ? [] : column.values.plainTexts
      let rows = (0..<pool.rowCount).map { row -> Int in
        if let reason = column.missing.reason(at: row) {
          return code(
            "m" + reason.code,
            "\(column.name): missing\(reason.code.isEmpty ? "" : ", code \(reason.code)")")
        }
        guard !isMadeAnew else { return code("any", "\(column.name): present") }
        guard scale else { return code("l" + texts[row], "\(column.name): level \(texts[row])") }
        let value = values[row]
        if value == low { return code("low", "\(column.name): the least value drawn") }
        if value == high { return code("high", "\(column.name): the greatest value drawn") }
        if value == 0 { return code("zero", "\(column.name): zero") }
        return code("mid", "\(column.name): between its ends")
      }
      let isPaired =
        !isMadeAnew && (2...levelCount).contains(words.count) && paired < pairColumnCount
      if isPaired { paired += 1 }
      return Codes(name: column.name, ofRow: rows, words: words, isPaired: isPaired)
    }
  }

  // MARK: Targets

  private struct Targets {
    /// The targets of each row.
    var ofRow: [[Int32]]
    var names: [String]
    /// The numbers of combinations by their columns and codes.
    var known: Set<[Int]>
  }

  private static func targets(_ codes: [Codes], rowCount: Int) -> Targets {
    var ofRow = [[Int32]](repeating: [], count: rowCount)
    var names: [String] = []
    var known: Set<[Int]> = []
    for column in codes {
      let first = names.count
      names += column.words
      for row in 0..<rowCount { ofRow[row].append(Int32(first + column.ofRow[row])) }
    }
    let pairs = codes.indices.filter { codes[$0].isPaired }
    for (place, a) in pairs.enumerated() {
      for b in pairs[(place + 1)...] {
        var numbers: [Int: Int32] = [:]
        let width = codes[b].words.count
        for row in 0..<rowCount {
          let cell = codes[a].ofRow[row] * width + codes[b].ofRow[row]
          if let number = numbers[cell] {
            ofRow[row].append(number)
            continue
          }
          let number = Int32(names.count)
          numbers[cell] = number
          names.append("\(codes[a].words[cell / width]) with \(codes[b].words[cell % width])")
          known.insert([a, b, cell / width, cell % width])
          ofRow[row].append(number)
        }
      }
    }
    // A route: which cells of a row are missing together.
    var routes: [[Bool]: Int32] = [:]
    let gaps = codes.map { column in column.words.map { $0.contains(": missing") } }
    for row in 0..<rowCount {
      let route = codes.indices.map { gaps[$0][codes[$0].ofRow[row]] }
      guard route.contains(true) else { continue }
      if routes[route] == nil {
        guard routes.count < 60 else { continue }
        routes[route] = Int32(names.count)
        names.append("a route with \(route.count { $0 }) cells missing together")
      }
      if let number = routes[route] { ofRow[row].append(number) }
    }
    return Targets(ofRow: ofRow, names: names, known: known)
  }

  /// Rows that together meet all targets, each the one with most that are open (Chvátal's greedy cover,
  /// with gains looked up again only where they could lead).
  private static func greedy(_ rows: [[Int32]], count: Int) -> (rows: [Int], gains: [[Int]]) {
    var isOpen = [Bool](repeating: true, count: count)
    var openCount = count
    var bounds = rows.indices.map { (gain: rows[$0].count, row: $0) }
    var chosen: [Int] = []
    var gains: [[Int]] = []
    while openCount > 0, chosen.count < maximumCount {
      bounds.sort { ($1.gain, $0.row) < ($0.gain, $1.row) }
      var best = (gain: 0, place: -1)
      for place in bounds.indices {
        if bounds[place].gain <= best.gain { break }
        bounds[place].gain = rows[bounds[place].row].count { isOpen[Int($0)] }
        if bounds[place].gain > best.gain { best = (bounds[place].gain, place) }
      }
      guard best.gain > 0 else { break }
      let row = bounds[best.place].row
      var met: [Int] = []
      for target in rows[row] where isOpen[Int(target)] {
        isOpen[Int(target)] = false
        met.append(Int(target))
      }
      openCount -= met.count
      chosen.append(row)
      gains.append(met)
    }
    return (chosen, gains)
  }

  // MARK: What was never drawn

  private struct Unseen {
    /// The columns laid over, each with a row of the pool that has the level.
    var sources: [Int: Int]
    var words: String
  }

  /// Rows of a covering array of which a combination never occurred in the pool.
  private static func unseen(_ codes: [Codes], pool: Table, seen: Targets) -> [Unseen] {
    let factors = codes.indices.filter { codes[$0].isPaired }
    guard factors.count >= 2,
      let array = CoveringArray(levels: factors.map { codes[$0].words.count }, strength: 2)
    else { return [] }
    var exampleOf: [[Int]] = []
    for factor in factors {
      var examples = [Int](repeating: -1, count: codes[factor].words.count)
      for (row, code) in codes[factor].ofRow.enumerated() where examples[code] < 0 {
        examples[code] = row
      }
      exampleOf.append(examples)
    }
    var covered = seen.known
    var result: [Unseen] = []
    for levels in array.rows {
      var words: [String] = []
      var sources: [Int: Int] = [:]
      for (i, a) in factors.enumerated() {
        for (j, b) in factors.enumerated() where j > i {
          guard covered.insert([a, b, levels[i], levels[j]]).inserted else { continue }
          words.append("\(codes[a].words[levels[i]]) with \(codes[b].words[levels[j]])")
          sources[a] = exampleOf[i][levels[i]]
          sources[b] = exampleOf[j][levels[j]]
        }
      }
      guard !words.isEmpty else { continue }
      let more = words.count > 4 ? " and \(words.count - 4) more" : ""
      result.append(
        Unseen(
          sources: sources,
          words: "never drawn together: " + words.prefix(4).joined(separator: "; ") + more))
    }
    return result
  }

  /// The list of rows with what each covers, as a table.
  var list: Table {
    func texts(_ name: String, _ list: [String]) -> Column {
      Column(
        name: name, values: .texts(codes: list.indices.map { UInt32($0) }, pool: TextPool(list)))
    }
    return Table(
      columns: [
        Column(
          name: "row", values: .wholeNumbers(reasons.map { Int64($0.row) }),
          form: .number(NumberForm())),
        texts("kind", reasons.map { $0.isDrawn ? "drawn" : "combination that may break rules" }),
        texts("covers", reasons.map(\.words)),
      ], rowCount: reasons.count)
  }
}

extension Table {
  /// The table with another's rows after its own; both have the same columns.
  func appending(_ other: Table) -> Table {
    let total = rowCount + other.rowCount
    guard total > 0, rowCount > 0 else { return other }
    let doubled = selecting(rows: (0..<total).map { $0 % rowCount })
    return doubled.replacing(
      rows: Array(rowCount..<total), by: other, columns: Set(columnNames))
  }
}
