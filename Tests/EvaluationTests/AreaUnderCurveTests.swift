// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Evaluation

struct AreaUnderCurveTests {
  @Test func `ties count one half`() throws {
    // Pairs (1,2) (1,3) (2,2) (2,3): three won, one tied.
    let area = try #require(AreaUnderCurve(first: [1, 2], second: [2, 3]))
    #expect(area.value == 3.5 / 4)
  }

  @Test func `the error is DeLong's`() throws {
    // Placements of the first group 1, 1, 2/3 and of the second 1, 1, 2/3; variances 1/27 each.
    let area = try #require(AreaUnderCurve(first: [1, 2, 5], second: [4, 6, 7]))
    #expect(abs(area.value - 8.0 / 9) < 1e-12)
    #expect(abs(area.standardError - (2.0 / 27 / 3).squareRoot()) < 1e-12)
  }

  @Test func `groups that are apart have area 1, and none without values`() {
    #expect(AreaUnderCurve(first: [1, 2], second: [3])?.value == 1)
    #expect(AreaUnderCurve(first: [], second: [3]) == nil)
  }
}
