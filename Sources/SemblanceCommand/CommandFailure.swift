// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Tables

/// Ends the command after an error: the message once on standard error, and the right exit status.
enum CommandFailure {
  /// Bad input, as in sysexits.
  static let badInput: Int32 = 65
  /// Our own fault, as in sysexits.
  static let ownFault: Int32 = 70

  static func exit(with error: any Error) -> Never {
    Terminal.clearProgress()
    if let error = error as? DataError {
      Terminal.error(error.description)
      SemblanceCommand.exit(withCode: badInput)
    }
    // Usage errors, --help and --version are the parser's to print; it exits with 64 or 0.
    let code = SemblanceCommand.exitCode(for: error)
    if code == .failure, !(error is ExitCode) {
      Terminal.error(
        "error: something went wrong inside Semblance (\(type(of: error)))\n"
          + "  fix: Report the command line and this message; no data is needed.")
      SemblanceCommand.exit(withCode: ownFault)
    }
    SemblanceCommand.exit(withError: error)
  }
}

extension SemblanceCommand {
  fileprivate static func exit(withCode code: Int32) -> Never {
    exit(withError: ExitCode(code))
  }
}
