// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@testable import Semblance

struct HoldoutRequestTests {
  @Test(
    arguments: [
      ("0.2", .share(0.2)), ("20%", .share(0.2)), ("rest.csv", .file("rest.csv")), ("0", nil),
      ("1", nil), ("120%", nil), ("", nil),
    ] as [(String, HoldoutRequest?)])
  func `a share or a file is told apart`(text: String, request: HoldoutRequest?) {
    #expect(HoldoutRequest(text) == request)
  }

  @Test func `a split puts each row on one side`() {
    let split = RowSplit(rowCount: 101, firstCount: 50, key: RandomKey(seed: "s"))
    #expect(split.first.count == 50)
    #expect((split.first + split.second).sorted() == Array(0..<101))
    let other = RowSplit(rowCount: 101, firstCount: 50, key: RandomKey(seed: "t"))
    #expect(split.first != other.first)
  }
}
