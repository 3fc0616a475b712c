// SPDX-License-Identifier: Apache-2.0

/// How a declared column is made, in the words of a specification.
struct SQLColumnDraft {
  let column: SQLTable.Column
  let isLoneKey: Bool

  init(_ column: SQLTable.Column, in table: SQLTable) {
    self.column = column
    isLoneKey = table.primaryKey == [column.name]
  }

  var text: String {
    let kind = SQLTypes.kind(of: column)
    var fields: [String]
    if column.isUnique || isLoneKey {
      fields = unique(kind)
    } else if !column.levels.isEmpty {
      fields = levels
    } else {
      fields = plain(kind)
    }
    if !column.isRequired, !isLoneKey { fields.append("missing: {rate: 0.1}") }
    return "{" + fields.joined(separator: ", ") + "}"
  }

  private func unique(_ kind: SQLTypes.Kind) -> [String] {
    switch kind {
    case .whole, .number, .boolean: ["sequence: \(Int(column.least ?? 1))"]
    case .uuid: ["by: id.uuid"]
    case .date, .dateTime, .time: plain(kind)
    case .text, .bytes:
      column.sizes.first.map { $0 < 8 } == true
        ? ["pattern: \"[A-Z0-9]{\(column.sizes[0])}\"", "unique: true"]
        : ["pattern: \"[A-Z]{2}[0-9]{6}\"", "unique: true"]
    }
  }

  /// The declared values, each as likely.
  private var levels: [String] {
    let list = column.levels.map { "\(Self.level($0)) = 1" }
    return ["value: \(SQLSchema.quoted("~ categorical(\(list.joined(separator: ", ")))"))"]
  }

  private static func level(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true
      && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isPlain ? text : "`\(text)`"
  }

  private func plain(_ kind: SQLTypes.Kind) -> [String] {
    switch kind {
    case .whole:
      let bits = column.type.contains("TINY") ? 100.0 : 1000.0
      let low = column.least ?? min(0, column.greatest ?? 0)
      let high = column.greatest ?? max(low, low + bits)
      return ["value: \(SQLSchema.quoted("~ integer(\(Int(low)), \(Int(high)))"))"]
    case .number:
      let decimals = column.sizes.count == 2 ? column.sizes[1] : 2
      var most = 1000.0
      if column.sizes.count == 2 {
        most = (0..<max(0, column.sizes[0] - decimals)).reduce(1.0) { power, _ in power * 10 }
        most = min(1000, most) - 1
      }
      let low = column.least ?? min(0, column.greatest ?? 0)
      let high = column.greatest ?? max(low, most)
      return [
        "value: \(SQLSchema.quoted("~ uniform(\(low), \(high))"))",
        "decimals: \(min(15, decimals))",
      ]
    case .boolean: return ["value: \"~ bernoulli(0.5)\""]
    case .date, .dateTime: return ["value: \"~ uniform(2015-01-01, 2025-12-31)\""]
    case .time: return ["pattern: \"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\""]
    case .uuid: return ["by: id.uuid"]
    case .bytes: return ["pattern: \"[0-9a-f]{8}\""]
    case .text:
      guard let length = column.sizes.first else { return ["by: \(provider)"] }
      if length < 3 { return ["pattern: \"[A-Z]{\(max(1, length))}\""] }
      return ["by: \(provider)", "longest: \(length)"]
    }
  }

  /// The provider that the column's name suggests.
  private var provider: String {
    let name = column.name.lowercased().filter { $0.isLetter }
    for (part, provider) in Self.providers where name.contains(part) { return provider }
    return (column.sizes.first ?? 200) < 40 ? "text.word" : "text.sentence"
  }

  private static let providers: [(String, String)] = [
    ("email", "person.email"), ("firstname", "person.given_name"),
    ("givenname", "person.given_name"), ("forename", "person.given_name"),
    ("lastname", "person.family_name"), ("surname", "person.family_name"),
    ("familyname", "person.family_name"), ("fullname", "person.name"), ("phone", "uk.phone"),
    ("fax", "uk.phone"), ("mobile", "uk.phone"), ("postcode", "uk.postcode"),
    ("postalcode", "uk.postcode"), ("zip", "uk.postcode"), ("address", "place.address"),
    ("city", "place.town"), ("town", "place.town"), ("company", "company.name"),
    ("jobtitle", "person.job"), ("occupation", "person.job"), ("uuid", "id.uuid"),
  ]
}
