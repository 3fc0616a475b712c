// SPDX-License-Identifier: Apache-2.0
import Contracts
import Foundation
import Formats
import Randomness
import Releases
import Schemas
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `Purposes in deed` {
  // MARK: Preview

  /// A file of 9 MB: numbered rows with a long note, one of whose records spans two lines.
  private static func large() -> String {
    var text = "id,group,value,note\n"
    let filler = String(repeating: "n", count: 80)
    for row in 0..<90_000 {
      text += "\(row),\(row % 3 == 0 ? "a" : "b"),\(row % 1000),"
      text += row % 500 == 0 ? "\"two\nlines \(filler)\"\n" : "\(filler)\(row % 7)\n"
    }
    return text
  }

  @Test func `a large file is looked at in many ranges, and whole records only are taken`() throws {
    let place = try Place()
    let path = try place.write(Self.large(), to: "large.csv")
    let sample = try #require(try SampledFile(path: path))
    #expect(sample.seenSize == SampledFile.rangeCount * SampledFile.rangeSize)
    // Halves of records that span two lines have an open quote.
    #expect(sample.skippedCount > 0)
    #expect(abs(sample.estimatedRowCount - 90_000) < 9000)
    let input = try RealInput(sample, path: path, threads: 1)
    #expect(input.table.columnNames == ["id", "group", "value", "note"])
    #expect(input.table.rowCount == sample.rowCount)
    #expect(input.diagnostics.contains { $0.message.contains("not seen") })
    let small = try place.write("a,b\n1,2\n", to: "small.csv")
    #expect(try SampledFile(path: small) == nil)
  }

  @Test func `a preview of a large file says what it did not see, and can be made again`() throws {
    let place = try Place()
    let path = try place.write(Self.large(), to: "large.csv")
    let result = try SynthesizeVerb(
      SynthesizeRequest(
        input: path, output: place.path + "/out.release", purpose: .preview, seed: "1")
    ).run()
    #expect(result.rowCount == 50)
    let page = try place.text("out.release/preview.md")
    #expect(page.contains("SYNTHETIC") && page.contains("not seen"))
    let again = try ReproduceVerb(
      manifest: place.path + "/out.owner/manifest.json", source: path, verifies: true
    ).run()
    #expect(again.differences.isEmpty, "\(again.differences)")
  }

  // MARK: Code development

  private static func survey(_ place: Place) throws -> String {
    try place.write(RealFile.survey(rowCount: 300).text, to: "people.csv")
  }

  @Test func `covering rows hold each level, end and route that the generator makes`() throws {
    let generator = try RealFile.survey(rowCount: 400).generator()
    let pool = generator.model.sample(rows: 0..<600, key: RandomKey(seed: "1"), threads: 1)
    let covering = CoveringRows(of: pool, schema: generator.model.schema)
    #expect(covering.table.rowCount < 300)
    for name in ["region", "region_code", "working"] {
      let all = Set(try #require(pool.column(named: name)).values.plainTexts)
      #expect(Set(try #require(covering.table.column(named: name)).values.plainTexts) == all)
    }
    let ages = try #require(pool.column(named: "age")).values.scaleValues
    let shown = try #require(covering.table.column(named: "age")).values.scaleValues
    #expect(shown.min() == ages.min() && shown.max() == ages.max())
    // Every pair of levels occurs, also those that were never drawn.
    let (a, b) = try (
      #require(covering.table.column(named: "region")).values.plainTexts,
      #require(covering.table.column(named: "working")).values.plainTexts
    )
    #expect(Set(zip(a, b).map { "\($0)|\($1)" }).count == 8)
    #expect(covering.list.rowCount == covering.table.rowCount)
  }

  @Test func `a script is broken by the faults it does not expect, and by no other`() throws {
    let place = try Place()
    let source = try Self.survey(place)
    // It takes each field of the third line's second column for a number.
    let script = try place.write(
      "awk -F, 'NR > 1 && $2 !~ /^-?[0-9.]+$/ { print \"bad age\" > \"/dev/stderr\"; exit 3 }' \"$1\"\n",
      to: "check.sh")
    var request = SynthesizeRequest(
      input: source, output: place.path + "/out.release", purpose: .codeDevelopment, seed: "1",
      isEvaluated: false)
    request.script = script
    let result = try SynthesizeVerb(request).run()
    #expect(result.trials.first?.outcome.isFine == true)
    let broken = result.trials.dropFirst().filter(\.isBroken)
    #expect(!broken.isEmpty)
    #expect(broken.allSatisfy { $0.outcome.status == 3 && $0.outcome.complaint == "bad age" })
    #expect(result.trials.dropFirst().contains { !$0.isBroken })
    let names = try FileManager.default.contentsOfDirectory(atPath: result.paths.release)
    for ending in ["covering.synthetic", "covering.list", "faulty.synthetic", "faults.list"] {
      #expect(names.contains("people.\(ending).csv"))
    }
    // The list names cells that differ from what the kind expects: one line a fault, and each row exists.
    let rows = try place.text("out.release/people.faulty.synthetic.csv").split(separator: "\n")
      .count
    let faults = try place.text("out.release/people.faults.list.csv").split(separator: "\n")
      .dropFirst()
    #expect(faults.allSatisfy { Int($0.prefix { $0 != "," }).map { $0 < rows } ?? false })
  }

  @Test func `a script sees an empty folder, few variables, and ends in time`() throws {
    let place = try Place()
    let look = try place.write("env | cut -d= -f1 | sort | tr '\\n' ' '; ls\n", to: "look.sh")
    let outcome = try ScriptRun(script: look).outcome(on: Array("x\n1\n".utf8), named: "d.csv")
    let said = String(decoding: outcome.output, as: UTF8.self)
    #expect(said.hasSuffix("d.csv\n"))
    #expect(!said.contains("USER") && !said.contains("SEMBLANCE"))
    let sleep = try place.write("sleep 60\n", to: "sleep.sh")
    let late = try ScriptRun(script: sleep, timeLimit: 0.3).outcome(on: [], named: "d.csv")
    #expect(late.isTooLong && !late.isFine)
  }

  // MARK: Budget

  @Test func `a budget gives up measuring before predictors, and names both`() throws {
    let schema = Schema(
      variables: (0..<30).map { Variable(name: "v\($0)", kind: .number, measure: .scale) })
    let size = Forecast.Size(
      realRows: 100_000, schema: schema, syntheticRows: 100_000, maximumPredictorCount: 40,
      measuredRows: 100_000)
    let whole = Forecast(size).seconds
    #expect(BudgetAllocation(for: size, within: 10 * whole, speed: 1).givenUp.isEmpty)
    let half = BudgetAllocation(for: size, within: whole, speed: 1)
    #expect(half.measuredRows != nil && half.maximumPredictorCount == nil)
    let tight = BudgetAllocation(for: size, within: whole / 12, speed: 1)
    #expect(tight.measuredRows == 0 && tight.maximumPredictorCount == 2 && tight.fittedRows != nil)
    #expect(tight.givenUp.count == 3)
    // What is written stays the same, however short the time.
    #expect(tight.forecast.fitting < half.forecast.fitting)
    #expect(tight.forecast.measuring == 0 && tight.forecast.writing == half.forecast.writing)
  }

  @Test func `a budget that nothing fits in is refused with one that is enough`() throws {
    let place = try Place()
    let source = try Self.survey(place)
    var request = SynthesizeRequest(input: source, output: place.path + "/out.release", seed: "1")
    request.budget = 1e-6
    let error = #expect(throws: DataError.self) { try SynthesizeVerb(request).run() }
    #expect(error?.message.contains("too short") == true)
    #expect(error?.remedy.contains("--budget") == true)
    #expect(!FileManager.default.fileExists(atPath: place.path + "/out.release"))
  }

  @Test func `a run under a budget is made again from its manifest without one`() throws {
    let place = try Place()
    let source = try Self.survey(place)
    var request = SynthesizeRequest(input: source, output: place.path + "/out.release", seed: "1")
    request.replacesExisting = true
    // What a refusal proposes is enough, or the next does: a faster look at the machine is rougher. Where it was
    // slow for a moment, it proposes more than a run takes, and less is tried.
    var made: SynthesizeResult?
    request.budget = 1e-6
    for _ in 0..<12 where made?.givenUp.isEmpty != false {
      do {
        made = try SynthesizeVerb(request).run()
        if made?.givenUp.isEmpty == true { request.budget = (request.budget ?? 1) * 0.7 }
      } catch let error as DataError {
        let words = try #require(error.remedy.firstMatch(of: /--budget ([0-9.]+)s/))
        request.budget = Double(words.1)
      }
    }
    let result = try #require(made)
    #expect(!result.givenUp.isEmpty)
    let again = try ReproduceVerb(
      manifest: place.path + "/out.release/manifest.json", source: source, verifies: true
    ).run()
    #expect(again.differences.isEmpty, "\(again.differences)")
  }
}
