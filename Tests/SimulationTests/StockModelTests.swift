// SPDX-License-Identifier: Apache-2.0
import Simulation
import Tables
import Testing

struct StockModelTests {
  func model(_ variables: String, specs: String = "", more: String = "") throws -> StockModel {
    let text = """
      <xmile version="1.0"><sim_specs \(specs)><start>0</start><stop>10</stop><dt>0.25</dt>
      </sim_specs>\(more)<model><variables>\(variables)</variables></model></xmile>
      """
    return try StockModel(xmile: Array(text.utf8), file: "m.xmile")
  }

  func numbers(_ model: StockModel, _ name: String) throws -> [Double] {
    guard case .numbers(let values)? = try model.run().column(named: name)?.values else {
      return []
    }
    return values
  }

  @Test func `arrays hold an element each, and sums run over them`() throws {
    let model = try model(
      """
      <aux name="rate"><dimensions><dim name="Region"/></dimensions>
      <element subscript="north"><eqn>1</eqn></element>
      <element subscript="south"><eqn>3</eqn></element></aux>
      <flow name="births"><dimensions><dim name="Region"/></dimensions><eqn>rate[Region] * 2</eqn></flow>
      <stock name="People"><dimensions><dim name="Region"/></dimensions><eqn>10</eqn>
      <inflow>births</inflow></stock>
      <aux name="all"><eqn>SUM(People[*])</eqn></aux>
      <aux name="of the south"><eqn>people[South]</eqn></aux>
      """,
      more: """
        <dimensions><dim name="Region"><elem name="north"/><elem name="south"/></dim></dimensions>
        """)
    // By hand: 10 + 2 t and 10 + 6 t.
    #expect(try numbers(model, "People[north]").last == 30)
    #expect(try numbers(model, "of the south").last == 70)
    #expect(try numbers(model, "all").last == 100)
  }

  @Test func `a graph is read between and beyond its points`() throws {
    let model = try model(
      """
      <aux name="curve"><eqn>TIME</eqn><gf><xpts>0,4,6</xpts><ypts>0,8,2</ypts></gf></aux>
      <aux name="steps"><eqn>TIME</eqn><gf type="discrete"><xscale min="0" max="8"/>
      <ypts>1,2,3</ypts></gf></aux>
      <aux name="f"><gf type="extrapolate"><xpts>0,1</xpts><ypts>0,2</ypts></gf></aux>
      <aux name="called"><eqn>f(TIME) + LOOKUP(f, 1)</eqn></aux>
      """)
    let curve = try numbers(model, "curve")
    #expect([curve[8], curve[16], curve[20], curve[40]] == [4, 8, 5, 2])
    let steps = try numbers(model, "steps")
    #expect([steps[15], steps[16], steps[40]] == [1, 2, 3])
    #expect(try numbers(model, "called")[40] == 22)
  }

  @Test func `a first-order delay and a smooth answer a step as their equations say`() throws {
    let model = try model(
      """
      <aux name="input"><eqn>STEP(8, 1)</eqn></aux>
      <aux name="smoothed"><eqn>SMTH1(input, 2)</eqn></aux>
      <aux name="delayed"><eqn>DELAY1(input, 2)</eqn></aux>
      <aux name="third"><eqn>SMTH3(input, 3)</eqn></aux>
      """)
    // Euler: what is missing falls by 1 − dt/2 = 0.875 a step from the step on.
    let (smoothed, delayed) = (try numbers(model, "smoothed"), try numbers(model, "delayed"))
    var gap = 8.0
    for step in 4...40 {
      #expect((smoothed[step] - (8 - gap)).magnitude < 1e-12)
      #expect((delayed[step] - (8 - gap)).magnitude < 1e-12)
      gap *= 0.875
    }
    #expect(try numbers(model, "third").last ?? 0 > 7.9)
  }

  @Test func `a stock that cannot be negative gives what it has, and the next one gets that`()
    throws
  {
    let model = try model(
      """
      <stock name="tank"><eqn>3</eqn><outflow>drain</outflow><non_negative/></stock>
      <flow name="drain"><eqn>1</eqn></flow>
      <stock name="floor"><eqn>0</eqn><inflow>drain</inflow></stock>
      """)
    let (tank, floor) = (try numbers(model, "tank"), try numbers(model, "floor"))
    #expect(tank.last == 0)
    #expect(zip(tank, floor).allSatisfy { $0 + $1 == 3 })
  }

  @Test func `Runge-Kutta is nearer to the exact curve than Euler`() throws {
    let variables = """
      <stock name="A"><eqn>1</eqn><outflow>out</outflow></stock><flow name="out"><eqn>A</eqn></flow>
      """
    // exp(−1) by another route: 4 steps of a quarter.
    let exact = 0.36787944117144233
    let euler = try numbers(model(variables), "A")[4]
    let kutta = try numbers(model(variables, specs: "method=\"RK4\""), "A")[4]
    #expect((euler - 0.31640625).magnitude < 1e-15)
    #expect((kutta - exact).magnitude < 2e-5)
  }

  @Test(arguments: [
    ("<aux name=\"a\"><eqn>b + 1</eqn></aux>", "unknown name `b`"),
    ("<aux name=\"a\"><eqn>b</eqn></aux><aux name=\"b\"><eqn>a</eqn></aux>", "depends on itself"),
    ("<aux name=\"a\"><eqn>FROBNICATE(1)</eqn></aux>", "`frobnicate`"),
    ("<aux name=\"a\"><eqn>(1 + 2</eqn></aux>", "`a`"),
    ("<aux name=\"a\"><eqn>1 / (TIME - 1)</eqn></aux>", "no number at time 1.0"),
    ("<module name=\"m\"/>", "`m` has no `<model>`"),
    ("<stock name=\"s\"><eqn>1</eqn><conveyor><len>3</len></conveyor></stock>", "conveyor"),
    ("<stock name=\"s\"><eqn>1</eqn><inflow>f</inflow></stock>", "flow `f`"),
    ("<aux name=\"a\"/>", "no equation"),
    ("<aux name=\"A b\"><eqn>1</eqn></aux><aux name=\"a_B\"><eqn>1</eqn></aux>", "two variables"),
  ])
  func `what is broken or not supported is named`(variables: String, word: String) throws {
    let error = #expect(throws: DataError.self) { try model(variables).run() }
    #expect(error?.message.contains(word) == true, "\(String(describing: error))")
  }

  private func file(_ rest: String, _ models: String) throws -> StockModel {
    let text = """
      <xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
      <sim_specs><start>0</start><stop>10</stop><dt>0.25</dt></sim_specs>\(rest)
      \(models)</xmile>
      """
    return try StockModel(xmile: Array(text.utf8), file: "m.xmile")
  }

  @Test func `a macro with a stock has one for each call, and standards for what is left out`()
    throws
  {
    let model = try file(
      """
      <macro name="LATE"><parm>input</parm><parm default="2">time to see</parm><eqn>seen</eqn>
      <variables><stock name="seen"><eqn>input</eqn><inflow>change</inflow></stock>
      <flow name="change"><eqn>(input - seen) / time_to_see</eqn></flow></variables></macro>
      <macro name="TWICE LATE"><parm>x</parm><eqn>2 * LATE(x, 4)</eqn></macro>
      """,
      """
      <model><variables><aux name="input"><eqn>STEP(8, 1)</eqn></aux>
      <aux name="a"><eqn>LATE(input)</eqn></aux><aux name="b"><eqn>TWICE LATE(input)</eqn></aux>
      <aux name="c"><eqn>SMTH1(input, 2)</eqn></aux><aux name="d"><eqn>2 * SMTH1(input, 4)</eqn></aux>
      </variables></model>
      """)
    #expect(try numbers(model, "a") == numbers(model, "c"))
    #expect(try numbers(model, "b") == numbers(model, "d"))
    #expect(try numbers(model, "a").last ?? 0 > 7)
    #expect(try model.run().columns.count == 6)
  }

  @Test func `macros come from the Vensim file where XMILE lacks them`() throws {
    let text = """
      <xmile><sim_specs><start>0</start><stop>4</stop><dt>0.5</dt></sim_specs><model><variables>
      <aux name="x"><eqn>STEP(8, 1)</eqn></aux><aux name="a"><eqn>LATE SEEN(x, 2)</eqn></aux>
      <aux name="b"><eqn>SMTH1(x, 2)</eqn></aux></variables></model></xmile>
      """
    let vensim = """
      {UTF-8}
      :MACRO: LATE SEEN(input, delay)
      LATE SEEN = INTEG(IF THEN ELSE(gap > 0, gap, gap) / delay, input) ~ unit ~ note |
      gap = input - LATE SEEN
        ~ unit ~ |
      :END OF MACRO:
      x = 3 ~ ~ |
      """
    let model = try StockModel(
      xmile: Array(text.utf8), file: "m.xmile", vensim: Array(vensim.utf8))
    #expect(try numbers(model, "a") == numbers(model, "b"))
    let error = #expect(throws: DataError.self) {
      try StockModel(xmile: Array(text.utf8), file: "m.xmile")
    }
    #expect(error?.message.contains("`late_seen`") == true)
    #expect(error?.remedy.contains(".mdl") == true)
  }

  @Test func `modules see what they are connected to, and are seen from outside`() throws {
    let model = try file(
      "",
      """
      <model><variables><aux name="food"><eqn>2</eqn></aux>
      <module name="hares"><connect to="hares.eaten" from=".food"/></module>
      <module name="Big Hares"><connect to="eaten" from="more food"/></module>
      <aux name="more food"><eqn>food * 2</eqn></aux>
      <aux name="both"><eqn>hares.size + Big_Hares.size + hares.curve</eqn></aux></variables></model>
      <model name="hares"><variables><stock name="size"><eqn>10</eqn><inflow>births</inflow></stock>
      <flow name="births"><eqn>eaten</eqn></flow><aux name="eaten" access="input"><eqn>0</eqn></aux>
      <aux name="curve"><eqn>size</eqn><gf><xscale min="0" max="100"/><ypts>0,10</ypts></gf></aux>
      </variables></model>
      <model name="Big Hares"><variables><stock name="size"><eqn>100</eqn><inflow>births</inflow></stock>
      <flow name="births"><eqn>eaten</eqn></flow><aux name="eaten"><eqn>0</eqn></aux></variables></model>
      """)
    // 10 units of time at 2 and at 4 a unit.
    #expect(try numbers(model, "hares.size").last == 30)
    #expect(try numbers(model, "big hares.size").last == 140)
    #expect(try numbers(model, "both").last == 173)
  }

  @Test func `a macro that calls itself, and a module that holds itself, are refused`() {
    let macro = #expect(throws: DataError.self) {
      try file(
        "<macro name=\"M\"><parm>x</parm><eqn>M(x)</eqn></macro>",
        "<model><variables><aux name=\"a\"><eqn>M(1)</eqn></aux></variables></model>")
    }
    #expect(macro?.message.contains("calls itself") == true)
    let module = #expect(throws: DataError.self) {
      try file(
        "",
        """
        <model><variables><module name="m"/></variables></model>
        <model name="m"><variables><module name="m"/></variables></model>
        """)
    }
    #expect(module?.message.contains("holds itself") == true)
  }
}
