// SPDX-License-Identifier: Apache-2.0

extension Provider {
  private static let composed =
    "Composed at random from short lists of our own; may coincide with a real name."

  static let people: [Provider] = [
    Provider(
      name: "person.name", summary: "given and family name (en_GB)", safety: composed
    ) { cells, draws in
      WordList.givenNames.append(to: &cells, &draws)
      cells.append(0x20)
      WordList.familyNames.append(to: &cells, &draws)
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
    ) { cells, draws in
      let start = cells.count
      WordList.givenNames.append(to: &cells, &draws)
      cells.append(0x2E)
      WordList.familyNames.append(to: &cells, &draws)
      cells.lower(from: start)
      cells.append(digits: 2, &draws)
      cells.append(text: "@example.")
      switch draws.index(below: 3) {
      case 0: cells.append(text: "org")
      case 1: cells.append(text: "com")
      default: cells.append(text: "net")
      }
    },
    Provider(name: "person.job", summary: "occupation", safety: "A common noun; names nobody.") {
      WordList.jobs.append(to: &$0, &$1)
    },
    Provider(
      name: "company.name", summary: "name of a firm",
      safety: "Composed from family names; may coincide with a real firm."
    ) { cells, draws in
      WordList.familyNames.append(to: &cells, &draws)
      cells.append(0x20)
      WordList.companyKinds.append(to: &cells, &draws)
    },
  ]

  static let places: [Provider] = [
    Provider(
      name: "place.address", summary: "house, street, made-up town and impossible postcode (en_GB)",
      safety: "The postcode area XX does not exist."
    ) { cells, draws in
      cells.append(number: 1 + draws.index(below: 180))
      cells.append(0x20)
      WordList.streetNames.append(to: &cells, &draws)
      cells.append(0x20)
      WordList.streetKinds.append(to: &cells, &draws)
      cells.append(text: ", ")
      appendTown(&cells, &draws)
      cells.append(text: ", ")
      appendPostcode(&cells, &draws)
    },
    Provider(
      name: "place.town", summary: "made-up town",
      safety: "Composed from parts of English place names; may coincide with a real place.",
      append: { appendTown(&$0, &$1) }),
    Provider(
      name: "uk.postcode", summary: "postcode of the right form",
      safety: "No postcode area begins with X.", append: { appendPostcode(&$0, &$1) }),
  ]

  private static func appendTown(_ cells: inout CellBuffer, _ draws: inout SmallDraws) {
    WordList.townStarts.append(to: &cells, &draws)
    WordList.townEnds.append(to: &cells, &draws)
  }

  /// The last two letters are never C, I, K, M, O or V.
  private static func appendPostcode(_ cells: inout CellBuffer, _ draws: inout SmallDraws) {
    cells.append(text: "XX")
    cells.append(number: 1 + draws.index(below: 99))
    cells.append(0x20)
    cells.append(digits: 1, &draws)
    cells.append(oneOf: "ABDEFGHJLNPQRSTUWXYZ", &draws)
    cells.append(oneOf: "ABDEFGHJLNPQRSTUWXYZ", &draws)
  }

  static let numbers: [Provider] = [
    Provider(
      name: "uk.phone", summary: "telephone number, mobile or of a city",
      safety: "From the ranges Ofcom keeps for drama: nobody is called."
    ) { cells, draws in
      switch draws.index(below: 5) {
      case 0: cells.append(text: "07700 900")
      case 1: cells.append(text: "020 7946 0")
      case 2: cells.append(text: "0121 496 0")
      case 3: cells.append(text: "0161 496 0")
      default: cells.append(text: "01632 960")
      }
      cells.append(digits: 3, &draws)
    },
    Provider(
      name: "uk.nhs_number", summary: "NHS number with its check digit",
      safety: "Numbers that begin with 999 are kept for tests.",
      append: { appendNHSNumber(&$0, &$1) }),
    Provider(
      name: "uk.nino", summary: "National Insurance number of the right form",
      safety: "The prefix QQ is never given out."
    ) { cells, draws in
      cells.append(text: "QQ")
      cells.append(digits: 6, &draws)
      cells.append(oneOf: "ABCD", &draws)
    },
    Provider(
      name: "uk.sort_code", summary: "bank sort code of the right form",
      safety: "No range is reserved: may coincide with a real branch."
    ) { cells, draws in
      cells.append(digits: 2, &draws)
      cells.append(0x2D)
      cells.append(digits: 2, &draws)
      cells.append(0x2D)
      cells.append(digits: 2, &draws)
    },
    Provider(
      name: "uk.uprn", summary: "unique property reference number of the right form",
      safety: "No range is reserved: may coincide with a real property."
    ) { cells, draws in cells.append(digits: 12, &draws) },
    Provider(
      name: "id.uuid", summary: "UUID, version 4 (RFC 9562)",
      safety: "122 random bits: two runs with different seeds do not meet.",
      append: { appendUUID(&$0, &$1) }),
  ]

  /// Nine digits and a check digit: 11 minus the sum of digit × (10 … 2) modulo 11, 11 written as 0;
  /// numbers whose check would be 10 are not used.
  private static func appendNHSNumber(_ cells: inout CellBuffer, _ draws: inout SmallDraws) {
    while true {
      let body = 999_000_000 + draws.index(below: 1_000_000)
      var rest = body
      var sum = 0
      for weight in 2...10 {
        sum += rest % 10 * weight
        rest /= 10
      }
      let check = (11 - sum % 11) % 11
      guard check < 10 else { continue }
      cells.append(number: body)
      cells.append(number: check)
      return
    }
  }

  private static func appendUUID(_ cells: inout CellBuffer, _ draws: inout SmallDraws) {
    let high = draws.bits() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = draws.bits() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    cells.append(hexadecimal: UInt32(truncatingIfNeeded: high >> 32), digits: 8)
    cells.append(0x2D)
    cells.append(hexadecimal: UInt32(truncatingIfNeeded: high >> 16), digits: 4)
    cells.append(0x2D)
    cells.append(hexadecimal: UInt32(truncatingIfNeeded: high), digits: 4)
    cells.append(0x2D)
    cells.append(hexadecimal: UInt32(truncatingIfNeeded: low >> 48), digits: 4)
    cells.append(0x2D)
    cells.append(hexadecimal: UInt32(truncatingIfNeeded: low >> 32), digits: 4)
    cells.append(hexadecimal: UInt32(truncatingIfNeeded: low), digits: 8)
  }

  static let texts: [Provider] = [
    Provider(
      name: "text.sentence", summary: "filler sentence of 5 to 12 words",
      safety: "Printers' filler; says nothing."
    ) { cells, draws in
      let start = cells.count
      for place in 0..<5 + draws.index(below: 8) {
        if place > 0 { cells.append(0x20) }
        WordList.filler.append(to: &cells, &draws)
      }
      cells.capitalize(at: start)
      cells.append(0x2E)
    },
    Provider(name: "text.word", summary: "filler word", safety: "Printers' filler; says nothing.") {
      WordList.filler.append(to: &$0, &$1)
    },
  ]
}
