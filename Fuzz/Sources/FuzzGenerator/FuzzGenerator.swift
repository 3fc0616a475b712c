// SPDX-License-Identifier: Apache-2.0
import Hashing
import Randomness
import Semblance
import Synthesis
import Tables

/// Reads any bytes as a generator and draws rows from it. The input is the body of a file; its checksum
/// is made to hold, for else no input would pass it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGenerator(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let body = Array(UnsafeBufferPointer(start: data, count: size))
  var bytes = Array("SEMBLNC\n".utf8) + [1, 0, 1, 0]
  bytes += SHA256.digest(body) + body
  guard let generator = try? Generator(decoding: bytes, name: "input") else { return 0 }
  _ = generator.model.sample(rows: 0..<3, key: RandomKey(seed: "fuzz"), threads: 1)
  return 0
}
