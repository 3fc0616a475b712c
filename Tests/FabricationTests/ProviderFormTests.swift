// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@testable import Fabrication

/// The form of every provider in the catalogue, on 1,000 values with a fixed seed; a new one must say its
/// form here.
@Suite struct ProviderFormTests {
  static let latin = #"[\p{Latin}'-]+"#

  static let common: [String: String] = [
    "person.name": "[A-Z][a-z]+ [A-Z][a-z]+", "person.given_name": "[A-Z][a-z]+",
    "person.family_name": "[A-Z][a-z]+",
    "person.email": #"[a-z]+\.[a-z]+[0-9]{2}@example\.(org|com|net)"#,
    "person.job": "[a-z]+( [a-z]+)*",
    "company.name": "[A-Z][a-z]+ (Ltd|& Sons|Group|Partners|Services|LLP)",
    "place.address":
      #"([1-9]|[1-9][0-9]|1[0-7][0-9]|180) [A-Z][a-z]+ [A-Z][a-z]+, [A-Z][a-z]+, XX[1-9][0-9]? [0-9][ABD-HJLNP-UW-Z]{2}"#,
    "place.town": "[A-Z][a-z]+", "uk.postcode": "XX[1-9][0-9]? [0-9][ABD-HJLNP-UW-Z]{2}",
    "uk.phone": #"07700 900\d{3}|020 7946 0\d{3}|0121 496 0\d{3}|0161 496 0\d{3}|01632 960\d{3}"#,
    "uk.nhs_number": "999[0-9]{7}", "uk.nino": "QQ[0-9]{6}[A-D]",
    "uk.sort_code": "[0-9]{2}-[0-9]{2}-[0-9]{2}", "uk.uprn": "[0-9]{12}",
    "id.uuid": "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    "text.sentence": #"[A-Z][a-z]*( [a-z]+){4,11}\."#, "text.word": "[a-z]+",
    "net.ipv4": #"(192\.0\.2|198\.51\.100|203\.0\.113)\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"#,
    "net.ipv6": "2001:db8(:[0-9a-f]{4}){6}", "net.mac": "00:00:5e:00:53:[0-9a-f]{2}",
    "net.url": #"https://www\.example\.org/[a-z]+/[0-9]{5}"#,
    "uk.plate": "Q[A-Y](0[2-9]|1[0-9]|2[0-5]) [A-HJ-PR-Z]{3}", "uk.iban": "GB[0-9]{2}XXXX[0-9]{14}",
    "us.phone": #"\([2-9][0-9]{2}\) 555-01[0-9]{2}"#, "us.ssn": "000-[0-9]{2}-[0-9]{4}",
    "fr.phone": "01 99 00 [0-9]{2} [0-9]{2}",
  ]

  /// Names, addresses and the rest of a place, with the script it is written in.
  static let local: [String: [String: String]] = [
    "en_US": [
      "place.address": #"[1-9][0-9]{0,3} [A-Z][a-z]+ [A-Z][a-z]+, [A-Z][a-z]+, ZZ 000[0-9]{2}"#,
      "phone": #"\([2-9][0-9]{2}\) 555-01[0-9]{2}"#,
      "company.name": #"[A-Z][a-z]+ (Inc\.|LLC|Corp\.|& Co\.|Group|Partners|Holdings)"#,
      "person.job": "[a-z]+( [a-z]+)*",
    ],
    "cy": [
      "place.address":
        #"[1-9][0-9]{0,2} \p{Latin}+ [\p{Latin} ]+, [A-Z][a-z]+, XX[1-9][0-9]? [0-9][ABD-HJLNP-UW-Z]{2}"#,
      "phone": #"029 2018 0\d{3}|07700 900\d{3}|01632 960\d{3}"#,
      "company.name": #"[A-Z][a-z]+ [\p{Latin}' ]+\.?"#, "person.job": "[a-z]+",
    ],
    "fr": [
      "place.address": #"[1-9][0-9]{0,2} [\p{Latin} '-]+, 96[0-9]{3} [\p{Latin}-]+"#,
      "phone": "01 99 00 [0-9]{2} [0-9]{2}", "company.name": #"\p{Latin}+ [\p{Latin} &]+"#,
      "person.job": #"[\p{Latin}-]+"#,
    ],
    "de": [
      "place.address":
        #"\p{Latin}+(straße|weg|gasse|allee|platz|ring) [1-9][0-9]{0,2}, 00[0-9]{3} \p{Latin}+"#,
      "phone": "(030 23125|040 66969|069 90009|0221 4710|089 99998) [0-9]{3}",
      "company.name": #"\p{Latin}+ [\p{Latin}&. ]+"#, "person.job": #"\p{Lu}\p{Ll}+"#,
    ],
    "pl": [
      "place.address": #"ul\. \p{Latin}+ [1-9][0-9]{0,2}, XX-[0-9]{3} \p{Latin}+"#,
      "phone": "000 [0-9]{3} [0-9]{3}", "company.name": #"\p{Latin}+ [\p{Latin}. ]+"#,
      "person.job": #"\p{Ll}+"#,
    ],
    "hi": [
      "place.address":
        #"[1-9][0-9]{0,2}, [\p{Devanagari}]+ [\p{Devanagari}]+, [\p{Devanagari}]+ 0[0-9]{5}"#,
      "phone": #"\+91 00000 [0-9]{5}"#, "company.name": #"[\p{Devanagari}]+( [\p{Devanagari}]+)+"#,
      "person.job": #"[\p{Devanagari}]+"#,
    ],
    "ar": [
      "place.address": #"[1-9][0-9]{0,2} \p{Arabic}+ \p{Arabic}+، \p{Arabic}+ \p{Arabic}+"#,
      "phone": #"\+000 00 [0-9]{3} [0-9]{4}"#,
      "company.name": #"\p{Arabic}+ \p{Arabic}+( \p{Arabic}+)?"#,
      "person.job": #"\p{Arabic}+"#,
    ],
    "zh": [
      "place.address": #"00[0-9]{4} \p{Han}{2}市\p{Han}{2}(路|街|大道|巷)[1-9][0-9]{0,2}号"#,
      "phone": "000 [0-9]{4} [0-9]{4}", "company.name": #"\p{Han}{4}有限公司"#,
      "person.job": #"\p{Han}+"#,
    ],
  ]

  static let names: [String: (name: String, part: String)] = [
    "en_US": ("[A-Z][a-z]+ [A-Z][a-z]+", "[A-Z][a-z]+"),
    "cy": (#"\p{Latin}+ \p{Latin}+"#, #"\p{Latin}+"#),
    "fr": (#"\p{Latin}+ \p{Latin}+"#, #"\p{Latin}+"#),
    "de": (#"\p{Latin}+ \p{Latin}+"#, #"\p{Latin}+"#),
    "pl": (#"\p{Latin}+ \p{Latin}+"#, #"\p{Latin}+"#),
    "hi": (#"[\p{Devanagari}]+ [\p{Devanagari}]+"#, #"[\p{Devanagari}]+"#),
    "ar": (#"\p{Arabic}+ \p{Arabic}+"#, #"\p{Arabic}+"#),
    "zh": (#"\p{Han}{2,3}"#, #"\p{Han}{1,2}"#),
  ]

  static let towns: [String: String] = [
    "hi": #"[\p{Devanagari}]+"#, "ar": #"\p{Arabic}+ \p{Arabic}+"#, "zh": #"\p{Han}{2}市"#,
    "fr": #"[\p{Latin}-]+"#,
  ]

  static let forms: [String: String] = {
    var forms = common
    for (locale, own) in local {
      for (name, form) in own { forms["\(locale).\(name)"] = form }
      forms["\(locale).place.town"] = towns[locale] ?? #"\p{Latin}+"#
      forms["\(locale).person.name"] = names[locale]?.name
      forms["\(locale).person.given_name"] = names[locale]?.part
      forms["\(locale).person.family_name"] = names[locale]?.part
    }
    for name in [
      "person.name", "person.given_name", "person.family_name", "person.job", "company.name",
      "place.address", "place.town",
    ] { forms["en_GB.\(name)"] = common[name] }
    forms["en_GB.phone"] = common["uk.phone"]
    return forms
  }()

  @Test func `every provider of the catalogue has a form here`() {
    #expect(Set(Provider.all.map(\.name)).symmetricDifference(Self.forms.keys).sorted() == [])
    for locale in ["en_GB", "en_US", "cy", "fr", "de", "pl", "hi", "ar", "zh"] {
      for name in [
        "person.name", "person.given_name", "person.family_name", "person.job", "company.name",
        "place.address", "place.town", "phone",
      ] { #expect(Provider.named("\(locale).\(name)") != nil, "\(locale).\(name)") }
    }
  }

  @Test(arguments: forms.keys.sorted()) func `values have their form, and vary`(name: String) throws
  {
    let provider = try #require(Provider.named(name))
    let expression = try Regex(try #require(Self.forms[name])).matchingSemantics(.unicodeScalar)
    let key = RandomKey(seed: "forms").stream(name)
    var seen: Set<String> = []
    for row in 0..<1000 {
      let value = provider.text(of: key.stream(entity: UInt64(row)))
      #expect(value.wholeMatch(of: expression) != nil, "\(name): \(value)")
      seen.insert(value)
    }
    #expect(seen.count >= 10, "\(name): \(seen.count) different values")
  }

  /// No list has a word twice, so that each is as likely: jobs by chi-square at most 70 for up to 19 degrees
  /// of freedom (α below 10⁻⁶), n = 20,000.
  @Test(arguments: LocalPlaces.all.map(\.locale)) func `occupations are evenly drawn`(
    locale: String
  ) throws {
    let provider = try #require(Provider.named("\(locale).person.job"))
    let key = RandomKey(seed: "jobs").stream(locale)
    var counts: [String: Int] = [:]
    for row in 0..<20_000 {
      counts[provider.text(of: key.stream(entity: UInt64(row))), default: 0] += 1
    }
    let expected = 20_000 / Double(counts.count)
    let statistic = counts.values.reduce(0.0) { sum, count in
      sum + (Double(count) - expected) * (Double(count) - expected) / expected
    }
    #expect(counts.count >= 14 && statistic < 70, "\(locale): \(statistic)")
  }
}
