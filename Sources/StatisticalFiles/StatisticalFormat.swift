// SPDX-License-Identifier: Apache-2.0
public import Studies

/// The files of SPSS, Stata and SAS.
public enum StatisticalFormat: String, Hashable, Sendable, CaseIterable {
  /// SPSS system file.
  case sav
  /// SPSS system file packed with zlib.
  case zsav
  /// SPSS portable file.
  case por
  /// Stata data file.
  case dta
  /// SAS transport file.
  case xpt
  /// SAS data file, read only.
  case sas7bdat

  /// What there is to say about the format.
  public var description: TableFormat {
    switch self {
    case .sav:
      TableFormat(
        name: rawValue, title: "SPSS system file", extensions: ["sav"], keeps: Self.spss,
        remarks: Self.spssRemarks)
    case .zsav:
      TableFormat(
        name: rawValue, title: "SPSS system file, packed with zlib", extensions: ["zsav"],
        keeps: Self.spss, remarks: Self.spssRemarks)
    case .por:
      TableFormat(
        name: rawValue, title: "SPSS portable file", extensions: ["por"],
        keeps: Self.spss.subtracting([.measure, .weight, .unicode, .notes]),
        remarks: [
          "Names have at most 8 capital letters, texts 255 bytes, value labels 60.",
          "Numbers are written in base 30 and may differ from the last digit on.",
        ])
    case .dta:
      TableFormat(
        name: rawValue, title: "Stata data file, versions 104 to 119", extensions: ["dta"],
        keeps: [
          .types, .dates, .labels, .valueLabels, .missingKinds, .display, .fileLabel, .notes,
          .unicode,
        ],
        remarks: [
          "Missing codes become .a to .z, and are listed; labels of values must be whole numbers.",
          "Names have at most 32 characters, variable labels 80.",
        ])
    case .xpt:
      TableFormat(
        name: rawValue, title: "SAS transport file, versions 5 and 8",
        extensions: ["xpt", "xport"],
        keeps: [.types, .dates, .labels, .missingKinds, .display, .fileLabel],
        remarks: [
          "Version 5 is written where names (8), labels (40) and texts (200) allow, version 8 else.",
          "Numbers are IBM floating point: beyond about 16 digits they may differ.",
        ])
    case .sas7bdat:
      TableFormat(
        name: rawValue, title: "SAS data file, with value labels from a .sas7bcat beside it",
        extensions: ["sas7bdat"], isWritten: false,
        keeps: [
          .types, .dates, .labels, .valueLabels, .missingKinds, .display, .fileLabel, .unicode,
        ], remarks: ["Write .xpt for SAS: its own format is not published."])
    }
  }

  private static let spss: Set<TableFormat.Feature> = [
    .types, .dates, .labels, .valueLabels, .missingKinds, .missingRanges, .measure, .display,
    .fileLabel, .notes, .weight, .unicode,
  ]
  private static let spssRemarks = [
    "A variable has at most three missing codes, or one range and one code.",
    "Names have at most 64 bytes, texts 32,767, variable labels 256, value labels 120.",
  ]

  /// The scale on which the format's programs count dates and times.
  var calendar: CalendarScale.Program {
    switch self {
    case .sav, .zsav, .por: .spss
    case .dta: .stata
    case .xpt, .sas7bdat: .sas
    }
  }

  /// Whether missing kinds are letters (`.a`) and not numbers of the variable.
  var hasLetterCodes: Bool { calendar != .spss }
}
