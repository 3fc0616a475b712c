// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let properRegression = Self(
    name: "proper-regression",
    summary: "`regression` whose parameters are drawn anew for each copy",
    page: """
      proper-regression: `regression` whose parameters are drawn anew for each copy

      What it learns   What `regression` learns, and how sure the parameters are. Each copy (seed
                       and replication) draws its parameters first, then its rows, so that several
                       copies differ by as much as the real table leaves open. Margins are
                       therefore not brought back to those of the table.
      What it holds    What `regression` holds, and the covariances of the coefficients; to keep
                       them small, a variable of many levels has fewer of them.
      When it suits    Several copies that are analysed together, with the rule for proper
                       synthesis: with mean variance v of m copies of k rows, v (k/n + (1 +
                       k/n)/m) about the population.
      What it costs    A little more than `regression`; variables of many levels take most of it.
      Source           Rubin (1987), Multiple imputation for nonresponse in surveys, section 5.3;
                       Raab, Nowok and Dibben (2017), Practical data synthesis for large samples,
                       Journal of Privacy and Confidentiality 7.
      """)
}
