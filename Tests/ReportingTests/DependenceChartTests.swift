// SPDX-License-Identifier: Apache-2.0
import Schemas
import Synthesis
import Tables
import Testing

@testable import Reporting

@Suite struct `The picture of what hangs on what` {
  private static func structure(_ count: Int) throws -> DependenceStructure {
    let names = (0..<count).map { "v<\($0)>" }
    let cells = (0..<200).map { UInt32(($0 * 7) % 4) }
    let table = Table(
      columns: names.map {
        Column(name: $0, values: .texts(codes: cells, pool: TextPool(["a", "b", "c", "d"])))
      })
    let plan = Plan(
      method: "trees",
      steps: names.indices.map {
        PlanStep(variable: names[$0], action: .learned, predictors: Array(names[..<$0]))
      }, minimumLeafCount: 20, minimumLevelCount: 10)
    return try DependenceStructure(of: table, schema: SchemaInference().infer(table), plan: plan)
  }

  @Test func `the file is one picture, with names that cannot become markup`() throws {
    let svg = try #require(DependencePicture(try Self.structure(4))).svg
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"wide\" viewBox="))
    #expect(svg.hasSuffix("</svg>\n") && svg.contains("<style>"))
    #expect(
      svg.contains("v&lt;0&gt; explains ") && svg.contains(" of v&lt;3&gt;") && !svg.contains("v<"))
    // Each variable hangs on all before it, of which three at most are drawn.
    #expect(svg.split(separator: "<path").count - 1 == 1 + 2 + 3)
  }

  @Test func `of many variables those that hang together most are drawn`() throws {
    let chart = DependenceChart(structure: try Self.structure(80))
    #expect(chart.leavesOut)
    #expect(chart.svg.markup.split(separator: "<circle").count - 1 <= DependenceChart.mostNames)
  }

  @Test func `where nothing hangs on anything there is no picture`() throws {
    #expect(DependencePicture(try Self.structure(1)) == nil)
    #expect(DependenceSection(structure: try Self.structure(1)).html.markup.isEmpty)
  }
}
