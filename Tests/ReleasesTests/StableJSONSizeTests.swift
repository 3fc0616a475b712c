// SPDX-License-Identifier: Apache-2.0
import Releases
import Testing

struct StableJSONSizeTests {
  @Test func `a file beyond the limit is written without indents`() throws {
    let value = ["b": 1, "a": 2]
    let compact = Array("{\"a\":2,\"b\":1}\n".utf8)
    let indented = try StableJSON.bytes(of: value)
    #expect(indented.count > compact.count)
    #expect(try StableJSON.bytes(of: value, compactAbove: indented.count - 1) == indented)
    #expect(try StableJSON.bytes(of: value, compactAbove: indented.count - 2) == compact)
  }
}
