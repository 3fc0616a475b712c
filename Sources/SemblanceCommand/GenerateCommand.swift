// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Fabrication
import Formats
import Randomness
import Releases
import Semblance
import Studies
import Synthesis
import Tables

/// Makes rows from a generator.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract:
      "Make rows from a generator that `fit` wrote, a specification in YAML, or a dictionary alone.",
    discussion: """
      A specification says how each column is made; see `semblance methods`. A dictionary is read \
      without any data: SQL declarations (NAME.sql, or the schema of a SQLite database), JSON Schema, \
      Data Package, CSVW, DDI, Croissant, GMF or SDV metadata, what `describe` writes, or the header of \
      a file of SPSS, Stata or SAS. What was checked, and what cannot be known, stands in \
      OUTPUT.assessment.md. Several tables go to a folder, to NAME.sqlite, or to a database of \
      PostgreSQL, with their keys in force.
      """)

  @Argument(
    help:
      "The generator, NAME.semblance; the specification, NAME.yaml; a schema, NAME.sql; or any dictionary."
  )
  var generator: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The file to write; - for standard output.")
  var output: String

  @OptionGroup var draw: DrawOptions
  @OptionGroup var common: CommonOptions

  @Option(
    help: "The first row of the run to write, counted from 0: slices of one run fit together.")
  var from = 0

  @Option(
    help: ArgumentHelp(
      "A table of some of the columns, with holes: each row is kept as it is given, and what is empty or not in it is drawn given all of the row. --rows 10 or 10x makes as many for each row.",
      valueName: "file"))
  var given: String?

  @Option(
    help: ArgumentHelp(
      "Make rows that stand for the population and not for the sample: each is drawn with a chance in proportion to this variable of survey weights, which then is 1.",
      valueName: "variable"))
  var byWeight: String?

  @Option(
    help: "The format, where the file's name does not say it; see `semblance formats`.")
  var format: String?

  @Option(
    help:
      "Plant faults in tables made from a specification: a share of the cells (5%), kinds, or both; see `semblance methods`."
  )
  var faults: String?

  @Flag(
    help:
      "Write the specification itself, with each * of its rows filled in for good; -o names a .yaml file."
  )
  var freeze = false

  @Flag(help: "Overwrite an existing file.")
  var force = false

  mutating func validate() throws {
    guard (0...RowRequest.maximumCount).contains(from) else {
      throw ValidationError("--from takes a row number of 0 or more.")
    }
  }

  func run() throws {
    let head = try FileBytes.head(generator, count: 7)
    guard head.elementsEqual("SEMBLNC".utf8) || generator.hasSuffix(".semblance") else {
      return try fabricate()
    }
    let bytes = try FileBytes.read(generator)
    let generator = try Generator(decoding: bytes, name: generator)
    if let given { return try fill(given, generator) }
    let seed = draw.seedText()
    let count = (draw.rows ?? .times(1)).rowCount(realRowCount: generator.model.fittedRowCount)
    var model = generator.model
    if let condition = draw.condition {
      model = try ConditionedModel(
        model, where: condition, seed: seed, threads: common.threadCount)
    }
    let conditioned = model as? ConditionedModel
    var population: PopulationModel?
    if let byWeight {
      let chosen = try PopulationModel(
        model, byWeight: byWeight, seed: seed, threads: common.threadCount)
      (population, model) = (chosen, chosen)
    }
    let table = model.sample(
      rows: from..<from + count, key: RandomKey(seed: seed), threads: common.threadCount)
    let losses = try write(generator.document(of: table), seed: seed)
    guard output != "-" else { return }
    if !common.quiet { Notices.print(losses) }
    let effort = conditioned?.effort
    if common.json {
      var summary: [(String, JSONObject.Value)] = [
        ("output", .text(output)), ("rows", .number(Double(count))), ("seed", .text(seed)),
      ]
      if let population { summary.append(("acceptedShare", .number(population.rate))) }
      if let conditioned {
        summary.append(("rate", .number(conditioned.rate)))
      }
      if let effort { summary.append(("effective", .object(GivenLines.object(effort)))) }
      return Terminal.output(JSONObject(summary).text)
    }
    guard !common.quiet else { return }
    Terminal.output("Wrote \(count) synthetic rows to \(output) (seed: \(seed)).")
    if let population {
      Terminal.output(
        "They stand for the population: \(population.weight) is 1; 1 in "
          + "\(GivenLines.rounded(1 / population.rate)) of the generator's rows was taken.")
    }
    if let conditioned {
      for line in GivenLines.lines(conditioned) { Terminal.output(line) }
    }
  }

  /// Fills in the rows of a partial table.
  private func fill(_ given: String, _ generator: Generator) throws {
    guard draw.condition == nil, byWeight == nil else {
      throw ValidationError("--given goes without --where and --by-weight.")
    }
    let copies = try draw.copies()
    let rows = try GivenRows(path: given, model: generator.model, threads: common.threadCount)
    let seed = draw.seedText()
    guard from < rows.rowCount * copies else {
      throw ValidationError("--from is beyond the last row.")
    }
    let filled = try rows.filled(
      from..<rows.rowCount * copies, copies: copies, key: RandomKey(seed: seed),
      threads: common.threadCount, progress: ProgressLine(isQuiet: common.quiet).handler)
    Terminal.clearProgress()
    let extent = GivenExtent(
      file: GivenRequest(path: given).fileName, sha256: "",
      columns: rows.columnNames, copies: copies)
    let written = try write(
      generator.document(of: filled.table, mark: SyntheticMark(extent)), seed: seed)
    guard output != "-" else { return }
    if !common.quiet { Notices.print(rows.diagnostics + written) }
    let efforts = filled.efforts
    if common.json {
      return Terminal.output(
        JSONObject([
          ("output", .text(output)), ("rows", .number(Double(filled.table.rowCount))),
          ("given", .number(Double(rows.rowCount))), ("seed", .text(seed)),
          ("effective", .object(GivenLines.object(efforts))),
        ]).text)
    }
    guard !common.quiet else { return }
    Terminal.output(
      "Wrote \(filled.table.rowCount) rows for \(rows.rowCount) given ones to \(output) (seed: \(seed))."
    )
    for line in GivenLines.lines(efforts) { Terminal.output(line) }
  }

  /// Writes a table to the output; returns what the format could not hold.
  private func write(_ document: StudyDocument, seed: String) throws -> [Diagnostic] {
    let catalogue = FormatCatalogue.standard
    if output == "-" {
      _ = try catalogue.write(document, to: "/dev/stdout", format: format)
      if draw.seed == nil, !common.quiet { Terminal.error("seed: \(seed)") }
      return []
    }
    var losses: [Diagnostic] = []
    try AtomicFile.write(to: output, force: force) {
      losses = try catalogue.write(
        document, to: $0, format: format, naming: output, threads: common.threadCount)
    }
    return losses
  }

  /// Makes rows from a specification, block by block.
  private func fabricate() throws {
    guard given == nil, byWeight == nil else {
      throw ValidationError(
        "--\(given == nil ? "by-weight" : "given") needs a generator that `fit` wrote.")
    }
    let verb = try FabricateVerb(path: generator)
    let specification = verb.specification
    if freeze { return try writeFrozen(verb) }
    if output.hasSuffix(".yaml") { return try writeDraft(verb) }
    guard specification.isLoneTable else {
      guard draw.condition == nil else {
        throw ValidationError("--where is for a specification of one table.")
      }
      return try fabricate(tables: verb)
    }
    let seed = draw.seed ?? specification.seed ?? draw.seedText()
    let count = (draw.rows ?? .times(1)).rowCount(realRowCount: specification.rowCount)
    let name = format ?? output
    let key = RandomKey(seed: seed)
    guard output == "-" || name.hasSuffix("csv") else {
      guard faults == nil else {
        throw ValidationError("--faults writes three files, so it needs -o NAME.csv.")
      }
      return try fabricate(verb, rows: from..<from + count, key, seed: seed)
    }
    let drawing = try verb.drawing(where: draw.condition, seed: seed)
    if let faults {
      return try plant(faults, try drawing(from..<from + count, key), count: count, seed: seed)
    }
    let blocks: @Sendable (Int) throws(DataError) -> Table? = {
      [from] (block: Int) throws(DataError) -> Table? in
      let size = 4096
      let start = block * size
      // An empty table still has its header.
      guard start < count || block == 0 else { return nil }
      return try drawing(from + start..<from + min(count, start + size), key)
    }
    if output == "-" {
      // Not by the name /dev/stdout: opening it would empty a file that output is sent to.
      try CSVWriter(threads: common.threadCount).write(blocks: blocks) {
        (bytes) throws(DataError) in Terminal.output(bytes: bytes)
      }
      if draw.seed == nil, specification.seed == nil, !common.quiet {
        Terminal.error("seed: \(seed)")
      }
      return
    }
    let writer = CSVWriter(threads: common.threadCount)
    try AtomicFile.write(to: output, force: force) { try writer.write(blocks: blocks, to: $0) }
    try describe(verb, rowCount: count)
    try assess(verb, rows: from..<from + min(count, 100_000), key, drawing)
    if common.json {
      return Terminal.output(
        JSONObject([
          ("output", .text(output)), ("rows", .number(Double(count))), ("seed", .text(seed)),
        ]).text)
    }
    guard !common.quiet else { return }
    Terminal.output("Wrote \(count) made-up rows to \(output) (seed: \(seed)).")
  }

  /// Makes rows and writes them in a format other than CSV, with labels and missing codes.
  private func fabricate(
    _ verb: FabricateVerb, rows: Range<Int>, _ key: RandomKey, seed: String
  ) throws {
    let drawing = try verb.drawing(where: draw.condition, seed: seed)
    let document = verb.document(of: try drawing(rows, key))
    let catalogue = FormatCatalogue.standard
    var losses: [Diagnostic] = []
    if TableLocation(argument: output).scheme != nil {
      losses = try catalogue.write(document, to: output, format: format)
    } else {
      try AtomicFile.write(to: output, force: force) {
        losses = try catalogue.write(
          document, to: $0, format: format, naming: output, threads: common.threadCount)
      }
      try assess(verb, rows: rows.prefix(100_000), key, drawing)
    }
    if !common.quiet { Notices.print(losses) }
    if common.json {
      return Terminal.output(
        JSONObject([
          ("output", .text(output)), ("rows", .number(Double(rows.count))), ("seed", .text(seed)),
        ]).text)
    }
    guard !common.quiet else { return }
    Terminal.output("Wrote \(rows.count) made-up rows to \(output) (seed: \(seed)).")
  }

  /// Writes a table with faults, its clean twin and the manifest of the faults.
  private func plant(_ faults: String, _ rows: Table, count: Int, seed: String) throws {
    guard output != "-", output.hasSuffix(".csv") else {
      throw ValidationError("--faults writes three files, so it needs -o NAME.csv.")
    }
    let key = RandomKey(seed: seed)
    let plan = try FaultPlan(faults)
    guard count <= FaultyTwin.maximumRowCount else {
      throw ValidationError("--faults makes at most \(FaultyTwin.maximumRowCount) rows.")
    }
    let name = String(output.dropLast(4))
    guard plan.structural.isEmpty else {
      return try plant(plan, of: rows, name: name, count: count, seed: seed)
    }
    let twin = try FaultyTwin(rows, plan: plan, key: key)
    for (table, path) in [
      (twin.clean, name + ".clean.csv"), (twin.manifest, name + ".faults.csv"),
      (twin.faulty, output),
    ] {
      try AtomicFile.write(to: path, force: force) { try CSVWriter().write(table, to: $0) }
    }
    if common.json {
      return Terminal.output(
        JSONObject([
          ("output", .text(output)), ("rows", .number(Double(count))),
          ("faults", .number(Double(twin.faults.count))), ("seed", .text(seed)),
        ]).text)
    }
    guard !common.quiet else { return }
    Terminal.output(
      "Wrote \(count) made-up rows with \(twin.faults.count) faults to \(output) (seed: \(seed)).")
    Terminal.output("The clean twin: \(name).clean.csv; the faults: \(name).faults.csv")
  }

  /// The same, where faults of columns or of the whole file are among those that are asked for.
  private func plant(
    _ plan: FaultPlan, of rows: Table, name: String, count: Int, seed: String
  ) throws {
    let verb = try FabricateVerb(path: generator)
    let twin = try FaultyDataset(
      Dataset(tables: [rows]), of: verb.specification, plan: plan, key: RandomKey(seed: seed))
    for (table, path) in [(rows, name + ".clean.csv"), (twin.manifest, name + ".faults.csv")] {
      try AtomicFile.write(to: path, force: force) { try CSVWriter().write(table, to: $0) }
    }
    try AtomicFile.write(to: output, force: force) {
      try FileBytes.write(try twin.bytes(of: 0), to: $0)
    }
    if common.json {
      return Terminal.output(
        JSONObject([
          ("output", .text(output)), ("rows", .number(Double(count))),
          ("faults", .number(Double(twin.faults.count))), ("seed", .text(seed)),
        ]).text)
    }
    guard !common.quiet else { return }
    Terminal.output(
      "Wrote \(count) made-up rows with \(twin.faults.count) faults to \(output) (seed: \(seed)).")
    Terminal.output("The clean twin: \(name).clean.csv; the faults: \(name).faults.csv")
    if !twin.unplanted.isEmpty {
      Terminal.output("The table is not fit for: \(twin.unplanted.joined(separator: ", ")).")
    }
  }

  /// Writes the specification itself: the draft, where one was made.
  private func writeDraft(_ verb: FabricateVerb) throws {
    try AtomicFile.write(to: output, force: force) {
      try FileBytes.write(Array(verb.text.utf8), to: $0)
    }
    if !common.quiet { Terminal.output("Wrote the specification to \(output).") }
  }

  /// Writes the specification with the cells of its typed rows filled in.
  private func writeFrozen(_ verb: FabricateVerb) throws {
    guard output.hasSuffix(".yaml") || output.hasSuffix(".yml") else {
      throw ValidationError("--freeze writes a specification, so it needs -o NAME.yaml.")
    }
    let seed = draw.seed ?? verb.specification.seed ?? draw.seedText()
    let frozen = try verb.frozen(key: RandomKey(seed: seed), for: output)
    try verb.write(frozen, to: output, force: force)
    guard !common.quiet else { return }
    Terminal.output(
      "Wrote the specification with \(frozen.cellCount) cells filled in to \(output) (seed: \(seed))."
    )
    for file in frozen.files { Terminal.output("Its rows: \(file.name), beside it") }
  }

  /// Writes the dictionary beside a table that has rows made by hand.
  private func describe(_ verb: FabricateVerb, rowCount: Int) throws {
    guard from == 0, let page = verb.dictionary(of: "", rowCount: rowCount) else { return }
    let path = output + ".dictionary.yaml"
    try AtomicFile.write(to: path, force: force) {
      try FileBytes.write(Array(page.utf8), to: $0)
    }
    if !common.quiet, !common.json {
      Terminal.output("What the columns mean, and which rows were made by hand: \(path)")
    }
  }

  /// Says beside a table how it stands to its dictionary or to its published tables.
  private func assess(
    _ verb: FabricateVerb, rows: Range<Int>, _ key: RandomKey, _ draw: FabricateVerb.Drawing
  ) throws {
    if let figures = verb.figures {
      let path = output + ".figures.csv"
      try AtomicFile.write(to: path, force: force) { try CSVWriter().write(figures, to: $0) }
      if !common.quiet, !common.json {
        Terminal.output("The published figures beside the population's: \(path)")
      }
    }
    guard verb.schema != nil,
      let assessment = verb.assessment(of: try draw(rows, key))
    else { return }
    let path = output + ".assessment.md"
    try AtomicFile.write(to: path, force: force) {
      try FileBytes.write(Array(assessment.page.utf8), to: $0)
    }
    if !common.quiet, !common.json {
      Terminal.output("What was checked, and what cannot be known: \(path)")
    }
  }

  /// Says beside tables how they stand to their dictionary or to their published tables.
  private func assess(_ verb: FabricateVerb, _ dataset: Dataset) throws {
    guard TableLocation(argument: output).scheme == nil else { return }
    if let figures = verb.figures {
      let path = output + ".figures.csv"
      try AtomicFile.write(to: path, force: force) { try CSVWriter().write(figures, to: $0) }
      if !common.quiet, !common.json {
        Terminal.output("The published figures beside the population's: \(path)")
      }
    }
    guard let page = verb.assessmentPage(of: dataset) else { return }
    let path = output + ".assessment.md"
    try AtomicFile.write(to: path, force: force) { try FileBytes.write(Array(page.utf8), to: $0) }
    if !common.quiet, !common.json {
      Terminal.output("What was checked, and what cannot be known: \(path)")
    }
  }

  /// Writes tables with faults, their clean twins and the manifest of the faults.
  private func plant(
    _ faults: String, in dataset: Dataset, of verb: FabricateVerb, seed: String
  ) throws {
    let twin = try FaultyDataset(
      dataset, of: verb.specification, plan: try FaultPlan(faults), key: RandomKey(seed: seed),
      isOfFiles: !FabricateVerb.isDatabase(output))
    let names = try verb.write(twin, to: output, force: force)
    let rows = dataset.tables.reduce(0) { $0 + $1.rowCount }
    if common.json {
      return Terminal.output(
        JSONObject([
          ("output", .text(output)), ("rows", .number(Double(rows))),
          ("faults", .number(Double(twin.faults.count))), ("seed", .text(seed)),
        ]).text)
    }
    guard !common.quiet else { return }
    Terminal.output(
      "Wrote \(rows) made-up rows of \(dataset.tables.count) tables with \(twin.faults.count) faults to "
        + "\(output) (seed: \(seed)).")
    Terminal.output("The clean twin: \(names.clean); the faults: \(names.manifest)")
    if !twin.unplanted.isEmpty {
      Terminal.output("No table here is fit for: \(twin.unplanted.joined(separator: ", ")).")
    }
  }

  /// Makes all tables of a specification.
  private func fabricate(tables verb: FabricateVerb) throws {
    guard from == 0 else {
      throw ValidationError("--from is for a specification of one table.")
    }
    var scale = 1.0
    switch draw.rows {
    case .times(let factor): scale = factor
    case .count:
      throw ValidationError("With several tables, --rows takes a multiple, such as 10x.")
    case nil: break
    }
    guard output != "-" else {
      throw ValidationError("Several tables go to a folder or to a file NAME.sqlite, not to -.")
    }
    let seed = draw.seed ?? verb.specification.seed ?? draw.seedText()
    let dataset = try verb.tables(key: RandomKey(seed: seed), scale: scale)
    if let faults { return try plant(faults, in: dataset, of: verb, seed: seed) }
    try verb.write(dataset, to: output, force: force)
    try assess(verb, dataset)
    let count = dataset.tables.reduce(0) { $0 + $1.rowCount }
    if common.json {
      let rows = dataset.tables.map { ($0.name, JSONObject.Value.number(Double($0.rowCount))) }
      return Terminal.output(
        JSONObject([
          ("output", .text(output)), ("tables", .object(JSONObject(rows))), ("seed", .text(seed)),
        ]).text)
    }
    guard !common.quiet else { return }
    Terminal.output(
      "Wrote \(count) made-up rows of \(dataset.tables.count) tables to \(output) (seed: \(seed)).")
  }
}
