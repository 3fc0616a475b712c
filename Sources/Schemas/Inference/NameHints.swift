// SPDX-License-Identifier: Apache-2.0

/// What the name of a column says about it.
enum NameHints {
  private static let identifiers: Set<String> = [
    "id", "uuid", "guid", "key", "index", "instant", "rownames", "rowname", "rowlabel", "row",
    "caseid", "pid", "hid", "serial", "recordid", "passengerid", "personid", "patientid", "ssn",
    "nino", "nhsno", "nhsnumber",
  ]
  private static let quasiIdentifiers: Set<String> = [
    "age", "sex", "gender", "region", "postcode", "zip", "zipcode", "race", "ethnicity", "marital",
    "maritalstatus", "nationality", "religion", "birthdate", "dateofbirth", "dob", "occupation",
    "nativecountry", "country", "city", "town", "county", "lsoacode", "lsoaname",
  ]

  private static let personal: Set<String> = [
    "name", "fullname", "surname", "forename", "firstname", "lastname", "middlename", "givenname",
    "familyname", "maidenname", "email", "emailaddress", "phone", "phonenumber", "telephone",
    "mobile",
    "address", "address1", "address2", "street", "username", "login", "iban", "passport", "licence",
    "license", "customername", "patientname", "personname", "contactname",
  ]

  /// Whether a name is that of a column that names a person or says where one is found.
  static func isPersonal(_ name: String) -> Bool { personal.contains(plain(name)) }

  /// Whether a name is that of an identifier.
  static func isIdentifier(_ name: String) -> Bool {
    let plain = plain(name)
    if identifiers.contains(plain) { return true }
    let parts = words(name)
    return parts.count > 1 && (parts.last == "id" || parts.first == "id")
  }

  /// The role that a name suggests, with the reason.
  static func role(of name: String, kind: VariableKind) -> (role: VariableRole, reason: String)? {
    let plain = plain(name)
    if kind == .number || kind == .wholeNumber, isWeight(plain) {
      return (.weight, "is named like a survey weight")
    }
    if quasiIdentifiers.contains(plain) {
      return (.quasiIdentifier, "helps to recognise a person together with others, by its name")
    }
    return nil
  }

  /// "weight" alone is more often a body's than a survey's.
  private static func isWeight(_ plain: String) -> Bool {
    plain == "fnlwgt" || plain == "wgt" || plain == "wt"
      || (plain.count > 3 && (plain.hasSuffix("wgt") || plain.hasSuffix("wt")))
      || (plain.hasSuffix("weight") && plain.count > 6 && !plain.contains("body")
        && !plain.contains("birth"))
  }

  private static func plain(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// The words of a name, parted by signs or by capital letters.
  private static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasSmall = false
    for sign in name {
      if !(sign.isLetter || sign.isNumber) || (sign.isUppercase && wasSmall) {
        if !word.isEmpty { words.append(word.lowercased()) }
        word = ""
      }
      if sign.isLetter || sign.isNumber { word.append(sign) }
      wasSmall = sign.isLowercase
    }
    if !word.isEmpty { words.append(word.lowercased()) }
    return words
  }
}
