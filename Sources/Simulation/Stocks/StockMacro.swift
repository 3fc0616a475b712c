// SPDX-License-Identifier: Apache-2.0

/// A function that a file of stocks and flows defines by variables of its own.
///
/// Every call has variables of its own, so that a macro may hold stocks.
struct StockMacro: Sendable {
  /// The name as it is compared.
  var name: String
  /// The names of the arguments as they are compared, each with what stands for it if it is left out.
  var parameters: [(name: String, standard: String?)] = []
  /// What a call gives.
  var equation = ""
  var variables: [StockDeclarations.Variable] = []
}
