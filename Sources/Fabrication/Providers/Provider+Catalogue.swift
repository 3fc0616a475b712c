// SPDX-License-Identifier: Apache-2.0
import Randomness

extension Provider {
  private static let composed =
    "Composed at random from short lists of our own; may coincide with a real name."

  static let people: [Provider] = [
    Provider(
      name: "person.name", summary: "given and family name (en_GB)", safety: composed
    ) { bytes, stream in
      WordList.givenNames.append(to: &bytes, &stream)
      bytes.append(0x20)
      WordList.familyNames.append(to: &bytes, &stream)
    },
    Provider(name: "person.given_name", summary: "given name (en_GB)", safety: composed) {
      WordList.givenNames.append(to: &$0, &$1)
    },
    Provider(name: "person.family_name", summary: "family name (en_GB)", safety: composed) {
      WordList.familyNames.append(to: &$0, &$1)
    },
    Provider(
      name: "person.email", summary: "e-mail address",
      safety: "The domains example.org, .com and .net are reserved for examples (RFC 2606)."
    ) { bytes, stream in
      bytes.append(lowered: WordList.givenNames.word(&stream))
      bytes.append(0x2E)
      bytes.append(lowered: WordList.familyNames.word(&stream))
      bytes.append(digits: 2, &stream)
      bytes.append(text: "@example.")
      switch Draws.integer(below: 3, using: &stream) {
      case 0: bytes.append(text: "org")
      case 1: bytes.append(text: "com")
      default: bytes.append(text: "net")
      }
    },
    Provider(name: "person.job", summary: "occupation", safety: "A common noun; names nobody.") {
      WordList.jobs.append(to: &$0, &$1)
    },
    Provider(
      name: "company.name", summary: "name of a firm",
      safety: "Composed from family names; may coincide with a real firm."
    ) { bytes, stream in
      WordList.familyNames.append(to: &bytes, &stream)
      bytes.append(0x20)
      WordList.companyKinds.append(to: &bytes, &stream)
    },
  ]

  static let places: [Provider] = [
    Provider(
      name: "place.address", summary: "house, street, made-up town and impossible postcode (en_GB)",
      safety: "The postcode area XX does not exist."
    ) { bytes, stream in
      bytes.append(number: 1 + Draws.integer(below: 180, using: &stream))
      bytes.append(0x20)
      WordList.streetNames.append(to: &bytes, &stream)
      bytes.append(0x20)
      WordList.streetKinds.append(to: &bytes, &stream)
      bytes.append(text: ", ")
      appendTown(&bytes, &stream)
      bytes.append(text: ", ")
      appendPostcode(&bytes, &stream)
    },
    Provider(
      name: "place.town", summary: "made-up town",
      safety: "Composed from parts of English place names; may coincide with a real place.",
      append: { appendTown(&$0, &$1) }),
    Provider(
      name: "uk.postcode", summary: "postcode of the right form",
      safety: "No postcode area begins with X.", append: { appendPostcode(&$0, &$1) }),
  ]

  private static func appendTown(_ bytes: inout [UInt8], _ stream: inout RandomStream) {
    WordList.townStarts.append(to: &bytes, &stream)
    WordList.townEnds.append(to: &bytes, &stream)
  }

  /// The last two letters are never C, I, K, M, O or V.
  private static func appendPostcode(_ bytes: inout [UInt8], _ stream: inout RandomStream) {
    bytes.append(text: "XX")
    bytes.append(number: 1 + Draws.integer(below: 99, using: &stream))
    bytes.append(0x20)
    bytes.append(digits: 1, &stream)
    bytes.append(oneOf: "ABDEFGHJLNPQRSTUWXYZ", &stream)
    bytes.append(oneOf: "ABDEFGHJLNPQRSTUWXYZ", &stream)
  }

  static let numbers: [Provider] = [
    Provider(
      name: "uk.phone", summary: "telephone number, mobile or of a city",
      safety: "From the ranges Ofcom keeps for drama: nobody is called."
    ) { bytes, stream in
      switch Draws.integer(below: 5, using: &stream) {
      case 0: bytes.append(text: "07700 900")
      case 1: bytes.append(text: "020 7946 0")
      case 2: bytes.append(text: "0121 496 0")
      case 3: bytes.append(text: "0161 496 0")
      default: bytes.append(text: "01632 960")
      }
      bytes.append(digits: 3, &stream)
    },
    Provider(
      name: "uk.nhs_number", summary: "NHS number with its check digit",
      safety: "Numbers that begin with 999 are kept for tests.",
      append: { appendNHSNumber(&$0, &$1) }),
    Provider(
      name: "uk.nino", summary: "National Insurance number of the right form",
      safety: "The prefix QQ is never given out."
    ) { bytes, stream in
      bytes.append(text: "QQ")
      bytes.append(digits: 6, &stream)
      bytes.append(oneOf: "ABCD", &stream)
    },
    Provider(
      name: "uk.sort_code", summary: "bank sort code of the right form",
      safety: "No range is reserved: may coincide with a real branch."
    ) { bytes, stream in
      bytes.append(digits: 2, &stream)
      bytes.append(0x2D)
      bytes.append(digits: 2, &stream)
      bytes.append(0x2D)
      bytes.append(digits: 2, &stream)
    },
    Provider(
      name: "uk.uprn", summary: "unique property reference number of the right form",
      safety: "No range is reserved: may coincide with a real property."
    ) { bytes, stream in bytes.append(digits: 12, &stream) },
    Provider(
      name: "id.uuid", summary: "UUID, version 4 (RFC 9562)",
      safety: "122 random bits: two runs with different seeds do not meet.",
      append: { appendUUID(&$0, &$1) }),
  ]

  /// Nine digits and a check digit: 11 minus the sum of digit × (10 … 2) modulo 11, 11 written as 0;
  /// numbers whose check would be 10 are not used.
  private static func appendNHSNumber(_ bytes: inout [UInt8], _ stream: inout RandomStream) {
    while true {
      let body = 999_000_000 + Draws.integer(below: 1_000_000, using: &stream)
      var rest = body
      var sum = 0
      for weight in 2...10 {
        sum += rest % 10 * weight
        rest /= 10
      }
      let check = (11 - sum % 11) % 11
      guard check < 10 else { continue }
      bytes.append(number: body)
      bytes.append(number: check)
      return
    }
  }

  private static func appendUUID(_ bytes: inout [UInt8], _ stream: inout RandomStream) {
    let high = stream.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = stream.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    for (word, dashes) in [(high, [8, 12]), (low, [0, 4])] {
      for digit in 0..<16 {
        if dashes.contains(digit) { bytes.append(0x2D) }
        let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - digit * 4)) & 15
        bytes.append(value < 10 ? 0x30 + value : 0x57 + value)
      }
    }
  }

  static let texts: [Provider] = [
    Provider(
      name: "text.sentence", summary: "filler sentence of 5 to 12 words",
      safety: "Printers' filler; says nothing."
    ) { bytes, stream in
      let start = bytes.count
      for place in 0..<5 + Draws.integer(below: 8, using: &stream) {
        if place > 0 { bytes.append(0x20) }
        WordList.filler.append(to: &bytes, &stream)
      }
      bytes[start] &= 0xDF
      bytes.append(0x2E)
    },
    Provider(name: "text.word", summary: "filler word", safety: "Printers' filler; says nothing.") {
      WordList.filler.append(to: &$0, &$1)
    },
  ]
}
