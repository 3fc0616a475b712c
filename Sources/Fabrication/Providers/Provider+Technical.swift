// SPDX-License-Identifier: Apache-2.0

extension Provider {
  /// Addresses of machines, and numbers with check digits.
  static let technical: [Provider] = [
    Provider(
      name: "net.ipv4", summary: "IPv4 address",
      safety: "From the three blocks kept for documentation (RFC 5737)."
    ) { cells, draws in
      switch draws.index(below: 3) {
      case 0: cells.append(text: "192.0.2.")
      case 1: cells.append(text: "198.51.100.")
      default: cells.append(text: "203.0.113.")
      }
      cells.append(number: draws.index(below: 256))
    },
    Provider(
      name: "net.ipv6", summary: "IPv6 address",
      safety: "From 2001:db8::/32, kept for documentation (RFC 3849)."
    ) { cells, draws in
      cells.append(text: "2001:db8")
      for _ in 0..<6 {
        cells.append(0x3A)
        cells.append(hexadecimal: UInt32(draws.index(below: 65_536)), digits: 4)
      }
    },
    Provider(
      name: "net.mac", summary: "hardware address",
      safety: "From 00-00-5E-00-53-00 on, kept for documentation (RFC 7042)."
    ) { cells, draws in
      cells.append(text: "00:00:5e:00:53:")
      let value = draws.index(below: 256)
      cells.append(text: "0123456789abcdef", at: value / 16)
      cells.append(text: "0123456789abcdef", at: value % 16)
    },
    Provider(
      name: "net.url", summary: "web address",
      safety: "The domain example.org is reserved for examples (RFC 2606)."
    ) { cells, draws in
      cells.append(text: "https://www.example.org/")
      WordList.filler.append(to: &cells, &draws)
      cells.append(0x2F)
      cells.append(digits: 5, &draws)
    },
    Provider(
      name: "uk.plate", summary: "vehicle registration of the form since 2001",
      safety: "No area of registration has the letter Q."
    ) { cells, draws in
      cells.append(0x51)
      cells.append(oneOf: "ABCDEFGHJKLMNOPRSTUVWXY", &draws)
      cells.append(number: 2 + draws.index(below: 24), width: 2)
      cells.append(0x20)
      for _ in 0..<3 { cells.append(oneOf: "ABCDEFGHJKLMNOPRSTUVWXYZ", &draws) }
    },
    Provider(
      name: "uk.iban", summary: "bank account number with its check digits (ISO 13616)",
      safety: "The bank code XXXX is given to no bank.", append: { appendIBAN(&$0, &$1) }),
    Provider(
      name: "us.phone", summary: "telephone number of the United States",
      safety: "555-0100 to 555-0199 are kept for fiction."
    ) { cells, draws in
      cells.append(0x28)
      cells.append(number: 200 + draws.index(below: 800))
      cells.append(text: ") 555-01")
      cells.append(digits: 2, &draws)
    },
    Provider(
      name: "us.ssn", summary: "social security number of the right form",
      safety: "The area 000 is never given out."
    ) { cells, draws in
      cells.append(text: "000-")
      cells.append(digits: 2, &draws)
      cells.append(0x2D)
      cells.append(digits: 4, &draws)
    },
    Provider(
      name: "fr.phone", summary: "telephone number of France",
      safety: "01 99 00 and what follows is kept for fiction by the regulator."
    ) { cells, draws in
      cells.append(text: "01 99 00 ")
      cells.append(digits: 2, &draws)
      cells.append(0x20)
      cells.append(digits: 2, &draws)
    },
  ]

  /// Check digits: 98 minus the rest by 97 of the number with letters as 10 … 35, the country and 00 last.
  private static func appendIBAN(_ cells: inout CellBuffer, _ draws: inout SmallDraws) {
    let high = draws.index(below: 10_000_000)
    let low = draws.index(below: 10_000_000)
    // XXXX is 33 33 33 33, GB00 is 16 11 00.
    var rest = 33_333_333 % 97
    rest = (rest * 10_000_000 + high) % 97
    rest = (rest * 10_000_000 + low) % 97
    rest = (rest * 1_000_000 + 161_100) % 97
    cells.append(text: "GB")
    cells.append(number: 98 - rest, width: 2)
    cells.append(text: "XXXX")
    cells.append(number: high, width: 7)
    cells.append(number: low, width: 7)
  }
}

extension CellBuffer {
  /// Appends one ASCII sign of a text.
  fileprivate mutating func append(text: StaticString, at place: Int) {
    append(text.utf8Start[place])
  }
}
