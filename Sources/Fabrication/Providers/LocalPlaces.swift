// SPDX-License-Identifier: Apache-2.0

/// Addresses, telephone numbers, firms and occupations of a place.
///
/// All lists are short lists of common words written for this project, under its licence. Towns are put
/// together from parts of names and may coincide with real ones; what could reach somebody cannot: postcodes
/// and telephone numbers lie in a reserved range, or have a form that none has.
struct LocalPlaces: Sendable {
  typealias Append = @Sendable (inout CellBuffer, inout SmallDraws) -> Void

  let locale: String
  let town: Append
  let address: Append
  let addressSafety: String
  let phone: Append
  let phoneSafety: String
  let company: Append
  let jobs: WordList

  /// A number from 1 to a bound, without a pattern of its own.
  static func number(upTo bound: Int) -> Append {
    { $0.append(number: 1 + $1.index(below: bound)) }
  }

  /// One part after another.
  static func parts(_ parts: [Append]) -> Append {
    { cells, draws in
      for part in parts { part(&cells, &draws) }
    }
  }

  static func text(_ text: StaticString) -> Append { { cells, _ in cells.append(text: text) } }

  static func word(_ words: String) -> Append {
    let list = WordList(words)
    return { list.append(to: &$0, &$1) }
  }

  static func phrase(_ lines: [String]) -> Append {
    let list = WordList(lines: lines)
    return { list.append(to: &$0, &$1) }
  }

  static func digits(_ count: Int) -> Append { { $0.append(digits: count, &$1) } }

  /// One of several, each as likely.
  static func choice(_ choices: [Append]) -> Append {
    { cells, draws in choices[draws.index(below: choices.count)](&cells, &draws) }
  }

  /// The providers of a place.
  var providers: [Provider] {
    [
      Provider(
        name: "\(locale).place.address", summary: "address (\(locale))", safety: addressSafety,
        append: address),
      Provider(
        name: "\(locale).place.town", summary: "made-up town (\(locale))",
        safety: "Composed from parts of place names; may coincide with a real place.", append: town),
      Provider(
        name: "\(locale).phone", summary: "telephone number (\(locale))", safety: phoneSafety,
        append: phone),
      Provider(
        name: "\(locale).company.name", summary: "name of a firm (\(locale))",
        safety: "Composed from common names and words; may coincide with a real firm.",
        append: company),
      Provider(
        name: "\(locale).person.job", summary: "occupation (\(locale))",
        safety: "A common noun; names nobody.", append: { [jobs] in jobs.append(to: &$0, &$1) }),
    ]
  }

  /// The providers of all places.
  static let providers: [Provider] =
    all.flatMap(\.providers).filter { own in !Provider.technical.contains { $0.name == own.name } }
    + british

  /// Those of Great Britain under its own name too.
  private static let british: [Provider] = [
    ("person.name", "person.name"), ("person.given_name", "person.given_name"),
    ("person.family_name", "person.family_name"), ("person.job", "person.job"),
    ("company.name", "company.name"), ("place.address", "place.address"),
    ("place.town", "place.town"), ("phone", "uk.phone"),
  ].compactMap { name, other in
    (Provider.people + Provider.places + Provider.numbers).first { $0.name == other }.map {
      Provider(name: "en_GB.\(name)", summary: $0.summary, safety: $0.safety, append: $0.append)
    }
  }

  static let all: [LocalPlaces] = [
    american, welsh, french, german, polish, indian, arabic, chinese,
  ]
}
