// SPDX-License-Identifier: Apache-2.0
public import Tables

extension StructuralModel {
  /// Reads a model.
  ///
  /// ```yaml
  /// simulate: 1
  /// parameters: {effect: 1.5}
  /// tables:
  ///   school:
  ///     rows: 40
  ///     columns:
  ///       quality: ~ normal(0, 0.6)
  ///   pupil:
  ///     per: school
  ///     rows: ~ poisson(25)
  ///     columns:
  ///       ability: {value: "~ normal(0, 1)", hidden: true}
  ///       tutored: ~ bernoulli(invlogit(-1 + 0.8 * ability))
  ///       score: ~ normal(50 + if(tutored, effect, 0) + 4 * ability + school.quality, 3)
  ///   term:
  ///     per: pupil
  ///     periods: 3
  ///     columns:
  ///       mood: ~ normal(0.6 * first_present(mood[-1], 0), 1)
  /// missing:
  ///   pupil.score: {probability: 0.1, kind: MCAR}
  /// truth:
  ///   effects: [{do: {pupil.tutored: [false, true]}, on: pupil.score}]
  /// scenarios: {as_it_is: {}, better: {parameters: {effect: 3}}, none: {do: {pupil.tutored: false}}}
  /// ```
  ///
  /// - Throws: `DataError` with file, line, column and what to write instead.
  public init(yaml text: String, file: String) throws(DataError) {
    let nodes = ModelNodes(file: file)
    self = try StructuralReader(
      StructuralDeclarations(
        ModelSweep.expanded(nodes.root(of: text), nodes), nodes)
    ).model
  }
}
