// SPDX-License-Identifier: Apache-2.0

/// What a display format says about the values of a variable.
enum DisplayFormat {
  /// What dates or times a format shows, or `nil` if it shows none that have a calendar value.
  static func calendarKind(
    _ format: String, program: CalendarScale.Program
  ) -> CalendarScale.Kind? {
    switch program {
    case .spss: spss(letters(of: format))
    case .stata: stata(format)
    case .sas: sas(format)
    }
  }

  private static func letters(of format: String) -> String {
    String(format.uppercased().prefix { !$0.isNumber && $0 != "." })
  }

  private static func spss(_ name: String) -> CalendarScale.Kind? {
    switch name {
    case "DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR": .date
    case "DATETIME", "YMDHMS": .dateTime
    case "TIME", "DTIME", "MTIME": .time
    default: nil
    }
  }

  /// `%tw`, `%tm`, `%tq`, `%th` and `%ty` count periods, not days, and stay numbers.
  private static func stata(_ format: String) -> CalendarScale.Kind? {
    guard format.hasPrefix("%") else { return nil }
    let rest = format.dropFirst().drop { $0 == "-" || $0 == "0" }
    if rest.hasPrefix("td") || rest.hasPrefix("d") { return .date }
    guard rest.hasPrefix("tc") || rest.hasPrefix("tC") else { return nil }
    // A pattern without parts of a date shows times of day.
    let pattern = rest.dropFirst(2)
    let dateParts: [Character] = ["C", "Y", "y", "N", "n", "D", "d", "J", "j", "W", "w", "q", "h"]
    return pattern.isEmpty || pattern.contains(where: { dateParts.contains($0) })
      ? .dateTime : .time
  }

  private static func sas(_ format: String) -> CalendarScale.Kind? {
    // A name may end in letters after digits (E8601DA10.), or hold digits itself.
    var name = format.uppercased()
    if let point = name.firstIndex(of: ".") { name = String(name[..<point]) }
    while let last = name.last, last.isNumber { name.removeLast() }
    if sasDates.contains(name) { return .date }
    if sasDateTimes.contains(name) { return .dateTime }
    return sasTimes.contains(name) ? .time : nil
  }

  private static let sasDates: Set<String> = [
    "DATE", "DAY", "DDMMYY", "DDMMYYB", "DDMMYYC", "DDMMYYD", "DDMMYYN", "DDMMYYP", "DDMMYYS",
    "DOWNAME", "JULDAY", "JULIAN", "MMDDYY", "MMDDYYB", "MMDDYYC", "MMDDYYD", "MMDDYYN", "MMDDYYP",
    "MMDDYYS", "MMYY", "MMYYC", "MMYYD", "MMYYN", "MMYYP", "MMYYS", "MONNAME", "MONTH", "MONYY",
    "NENGO", "QTR", "QTRR", "WEEKDATE", "WEEKDATX", "WEEKDAY", "WORDDATE", "WORDDATX", "YEAR",
    "YYMM", "YYMMC", "YYMMD", "YYMMN", "YYMMP", "YYMMS", "YYMMDD", "YYMMDDB", "YYMMDDC", "YYMMDDD",
    "YYMMDDN", "YYMMDDP", "YYMMDDS", "YYMON", "YYQ", "YYQC", "YYQD", "YYQN", "YYQP", "YYQS", "YYQR",
    "B8601DA", "E8601DA", "IS8601DA", "NLDATE", "NLDATEMN", "NLDATEW", "NLDATEWN", "MINGUO",
  ]
  private static let sasDateTimes: Set<String> = [
    "DATETIME", "DATEAMPM", "MDYAMPM", "DTDATE", "DTMONYY", "DTWKDATX", "DTYEAR", "DTYYQC",
    "B8601DN",
    "B8601DT", "B8601DX", "B8601DZ", "B8601LX", "E8601DN", "E8601DT", "E8601DX", "E8601DZ",
    "E8601LX", "IS8601DT", "NLDATM", "NLDATMAP", "NLDATMW",
  ]
  private static let sasTimes: Set<String> = [
    "TIME", "TIMEAMPM", "HHMM", "HOUR", "MMSS", "TOD", "B8601TM", "B8601TZ", "E8601TM", "E8601TZ",
    "IS8601TM", "NLTIME", "NLTIMAP",
  ]
}
