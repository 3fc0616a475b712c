// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import Contracts
import Dispatch
import Formats
public import Semblance
import Synthesis

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Options that most verbs share.
struct CommonOptions: ParsableArguments {
  @Option(help: "How many threads may work (default: all cores). Threads change no output.")
  var threads: Int?

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  mutating func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads takes a number from 1 to 256.")
    }
  }

  var threadCount: Int { threads ?? max(1, min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 256)) }
}

/// What decides the draw of rows.
struct DrawOptions: ParsableArguments {
  @Option(help: "The seed, any text. None given: one is drawn, printed and kept in the manifest.")
  var seed: String?

  @Option(
    help: "How many rows: a number, or a multiple such as 10x (default: as many as the real table)."
  )
  var rows: RowRequest?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only rows that satisfy a condition in the language of formulas, such as \"age >= 65 and sex == 'F'\".",
      valueName: "condition"))
  var condition: String?

  /// How many rows are made for each row of --given.
  ///
  /// - Throws: `ValidationError` for what is no whole number of 1 or more.
  func copies() throws -> Int {
    switch rows {
    case nil: return 1
    case .count(let count) where count > 0: return count
    case .times(let factor) where factor >= 1 && factor == factor.rounded() && factor < 1e9:
      return Int(factor)
    default:
      throw ValidationError("With --given, --rows takes a whole number of rows for each.")
    }
  }

  /// The seed given, or one of sixteen letters from the system's secure source.
  func seedText(or stated: String? = nil) -> String {
    if let seed = seed ?? stated { return seed }
    var generator = SystemRandomNumberGenerator()
    let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
    return String((0..<16).map { _ in letters[Int(generator.next() & 31)] })
  }
}

extension RowRequest: ExpressibleByArgument {
  /// Reads `1000` or `10x`.
  public init?(argument: String) { self.init(argument) }
  /// The request as it is written.
  public var defaultValueDescription: String {
    switch self {
    case .count(let count): String(count)
    case .times(let factor): "\(factor == factor.rounded() ? String(Int(factor)) : String(factor))x"
    }
  }
}

/// What is promised.
struct ContractOptions: ParsableArguments {
  @Option(help: "The fidelity contract: what is faithful, what is not (YAML).")
  var contract: String?

  @Option(help: "What the table is for; see `semblance purposes` (default: remote-work).")
  var purpose: Purpose?

  @Option(help: "A plan to follow, as `semblance plan -o FILE` writes it, changed or not.")
  var plan: String?

  /// The contract read; `nil` if none was given.
  ///
  /// - Throws: `ValidationError` if purpose and contract disagree, `DataError` if the file is none.
  func contractFile() throws -> ContractFile? {
    guard let contract else { return nil }
    let file = try ContractFile(path: contract)
    if let purpose, purpose != file.contract.purpose {
      throw ValidationError(
        "--purpose says \(purpose.rawValue), but the contract says \(file.contract.purpose.rawValue)."
      )
    }
    return file
  }
}

extension Purpose: ExpressibleByArgument {}

/// How the plan is made.
struct FittingOptions: ParsableArguments {
  @Option(help: "A dictionary as `describe` writes it; what it says takes the place of guesses.")
  var schema: String?

  @Option(
    help:
      "The method that learns; see `semblance methods` (default: trees; under a --budget, auto).")
  var method: String?

  @Option(
    help:
      "The fewest rows a leaf, a prototype or a coefficient rests on; boosting never has fewer than 40."
  )
  var minimumLeaf = 20

  @Option(
    help:
      "The fewest rows behind a level or a value that may be shown (default: 10; 5 below 1,000 rows)."
  )
  var minimumCount: Int?

  mutating func validate() throws {
    if let method, !MethodCatalogue.all.contains(where: { $0.name == method }) {
      throw ValidationError(
        "There is no method '\(method)'. `semblance methods` lists what there is.")
    }
    guard (1...1_000_000).contains(minimumLeaf) else {
      throw ValidationError("--minimum-leaf takes a number of 1 or more.")
    }
    if let minimumCount, !(1...1_000_000).contains(minimumCount) {
      throw ValidationError("--minimum-count takes a number of 1 or more.")
    }
  }

  /// - Parameter isSearching: Whether methods are chosen where none was named.
  func fitOptions(threads: Int, isSearching: Bool = false) -> FitOptions {
    var options = FitOptions(threads: threads)
    if let method {
      options.method = method
    } else if isSearching {
      options.method = MethodCatalogue.automatic
    }
    options.plan.minimumLeafCount = minimumLeaf
    options.plan.minimumLevelCount = minimumCount
    return options
  }
}
