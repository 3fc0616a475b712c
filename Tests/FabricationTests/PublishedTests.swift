// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Fabrication

@Suite struct PublishedTests {
  /// The cells of a 2 × 3 × 2 table, the first index running fastest as in R.
  static func controls(
    _ margins: [(axes: [Int], targets: [Double])]
  ) -> [EntropyFit.Control] {
    let sizes = [2, 3, 2]
    var controls: [EntropyFit.Control] = []
    for (number, margin) in margins.enumerated() {
      for (place, target) in margin.targets.enumerated() {
        var rest = place
        var wanted: [Int: Int] = [:]
        for axis in margin.axes {
          wanted[axis] = rest % sizes[axis]
          rest /= sizes[axis]
        }
        let members = (0..<12).filter { cell in
          let index = [cell % 2, cell / 2 % 3, cell / 6]
          return wanted.allSatisfy { index[$0.key] == $0.value }
        }
        controls.append(
          EntropyFit.Control(
            name: "\(place)", table: "\(number)", members: members.map { Int32($0) }, target: target
          ))
      }
    }
    return controls
  }

  /// Recorded from R 4 with mipfp 3.2.1: `Ipfp(seed, list(c(1,2), 3), …, tol = 1e-13)`, and the same
  /// with margins of axes 1, 3 and 2, 3.
  @Test func `weights agree with those of mipfp to 1e-6`() {
    let first = EntropyFit(
      base: [1, 2, 1, 3, 1, 1, 2, 1, 4, 1, 1, 2],
      controls: Self.controls([([0, 1], [30, 20, 25, 45, 40, 20]), ([2], [100, 80])]))
    let second = EntropyFit(
      base: [5, 1, 1, 1, 1, 1, 1, 1, 3, 1, 1, 0.2],
      controls: Self.controls([([0, 2], [60, 40, 40, 40]), ([1, 2], [35, 25, 40, 15, 45, 20])]))
    let expected: [[Double]] = [
      [
        12.0665187575548, 14.5819935201438, 6.2933665805134, 36.0662738434590, 22.9475014599591,
        8.0443458383699, 17.9334812424452, 5.4180064798562, 18.7066334194866, 8.9337261565410,
        17.0524985400409, 11.9556541616301,
      ],
      [
        28.7750100080080, 6.2249899919920, 12.0096115353815, 12.9903884646185, 19.2153784566105,
        20.7846215433895, 3.9405857093145, 11.0594142906855, 23.2496431683710, 21.7503568316290,
        12.8097711223146, 7.1902288776854,
      ],
    ]
    for (fit, list) in zip([first, second], expected) {
      #expect(fit.isMet)
      for (weight, value) in zip(fit.weights, list) { #expect(abs(weight - value) < 1e-6) }
    }
  }

  /// Household types with their persons; controls at both levels come from known weights.
  @Test func `households and persons are fitted together`() {
    // Adults and children of each type.
    let adults = [1.0, 1, 2, 2, 2, 3]
    let children = [0.0, 2, 0, 1, 3, 0]
    let truth = [310.0, 45, 280, 120, 60, 33]
    func sum(_ list: [Double]) -> Double { zip(list, truth).reduce(0) { $0 + $1.0 * $1.1 } }
    let all = (0..<6).map { Int32($0) }
    let fit = EntropyFit(
      base: [1, 1, 1, 1, 1, 1],
      controls: [
        .init(name: "households", table: "h", members: all, target: truth.reduce(0, +)),
        .init(name: "of one adult", table: "h", members: [0, 1], target: 355),
        .init(name: "adults", table: "p", members: all, coefficients: adults, target: sum(adults)),
        .init(
          name: "children", table: "p", members: all, coefficients: children, target: sum(children)),
      ], tolerance: 1e-9)
    #expect(fit.isMet, "\(fit.sums)")
    for (value, target) in zip(fit.sums, [848, 355, sum(adults), sum(children)]) {
      #expect(abs(value / target - 1) < 0.005)
    }
    #expect(fit.weights.allSatisfy { $0 > 0 })
  }

  static let text = """
    published:
      - {of: [sex, region], counts: {f: {n: 30, s: 25}, m: {n: 20, s: 25}}}
      - {of: [region, age], counts: {n: {young: 10, old: 40}, s: {young: 35, old: 15}}}
      - {of: [job], counts: {yes: 60, no: 40, Total: 100}}
    columns:
      region: {by: published}
      sex: {by: published}
      age: {by: published}
      job: {by: published}
      pay: "if(job == 'yes', 10, 0)"
    """

  /// 10,000 rows go evenly through the population, so that figures are met to within the 16 cells.
  @Test func `a population agrees with all its tables`() throws {
    let specification = try Specification(yaml: "rows: 10000\n" + Self.text, file: "s")
    let table = try specification.sample(rows: 0..<10_000, key: RandomKey(seed: "p"))
    func column(_ name: String) throws -> [String] {
      try SeveralTablesTests.texts(table, name).compactMap { $0 }
    }
    let sex = try column("sex")
    let region = try column("region")
    let age = try column("age")
    let job = try column("job")
    #expect(abs(sex.indices.count { sex[$0] == "f" && region[$0] == "n" } - 3000) <= 16)
    #expect(abs(age.indices.count { age[$0] == "old" && region[$0] == "s" } - 1500) <= 16)
    #expect(abs(job.count { $0 == "yes" } - 6000) <= 16)
    #expect(try Specification(yaml: Self.text, file: "s").rowCount == 100)
    for figure in specification.publishedFigures { #expect(abs(figure.residual) < 1e-6) }
    #expect(specification.publishedFigures.count == 4 + 4 + 2)
  }

  @Test(arguments: [
    (
      "[{of: [a], counts: {x: 10, y: 20}}, {of: [a, b], counts: {x: {p: 15, q: 1}, y: {p: 10, q: 4}}}]",
      "`a` and `a × b` contradict"
    ),
    ("[{of: [a], counts: {x: 10}}, {of: [b], counts: {y: 90}}]", "the total"),
    ("[{of: [a], counts: {x: 10, y: 20, Total: 99}}]", "not the sum"),
    ("[{of: [a], counts: {x: -1}}]", "no number"), ("[{of: [a], counts: 5}]", "not as deep"),
    ("[{of: [a], count: {x: 1}}]", "unknown key"), ("[{of: [a]}]", "no counts"), ("5", "no list"),
    ("[other.csv]", "not read here"), ("[{of: [a], counts: {x: 0}}]", "nobody"),
    (
      "[{of: [a, b], counts: {x: {p: 5, q: 0}, y: {p: 0, q: 5}}}, {of: [b, c], counts: {p: {u: 5, v: 0}, q: {u: 0, v: 5}}}, {of: [a, c], counts: {x: {u: 0, v: 5}, y: {u: 5, v: 0}}}]",
      "no population agrees"
    ),
  ]) func `tables that contradict each other or themselves are named`(text: String, part: String) {
    let error = #expect(throws: DataError.self) {
      try Specification(yaml: "columns: {a: {by: published}}\npublished: " + text, file: "s")
    }
    #expect(error?.message.contains(part) == true, "\(String(describing: error))")
  }
}
