// SPDX-License-Identifier: Apache-2.0
import Hashing
import Testing

@Suite struct `SHA-256` {
  /// Published vectors of the NIST examples for FIPS 180-4.
  static let vectors = [
    "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq":
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
      + "mnopqrstnopqrstu":
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
  ]

  @Test(arguments: vectors)
  func `a published message has its published digest`(message: String, digest: String) {
    #expect(SHA256.hex(SHA256.digest(Array(message.utf8))) == digest)
  }

  @Test func `a million letters a have the published digest, in pieces of any size`() {
    let message = [UInt8](repeating: 0x61, count: 1_000_000)
    let digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(SHA256.hex(SHA256.digest(message)) == digest)
    for size in [1_000, 4_099, 65_536] {
      var hash = SHA256()
      for start in stride(from: 0, to: message.count, by: size) {
        hash.update(message[start..<min(start + size, message.count)])
      }
      #expect(SHA256.hex(hash.finalize()) == digest, "pieces of \(size)")
    }
  }

  @Test func `where a message is cut makes no difference around the block size`() {
    for count in 0...130 {
      let message = (0..<count).map { UInt8($0) }
      let whole = SHA256.digest(message)
      for cut in 0...count {
        var hash = SHA256()
        hash.update(message[..<cut])
        hash.update(AnySequence(message[cut...]))
        #expect(hash.finalize() == whole, "\(count) bytes cut at \(cut)")
      }
    }
  }

  @Test func `finalizing takes nothing away from what follows`() {
    var hash = SHA256()
    hash.update(Array("ab".utf8))
    _ = hash.finalize()
    hash.update("c".utf8)
    #expect(hash.finalize() == SHA256.digest(Array("abc".utf8)))
  }
}
