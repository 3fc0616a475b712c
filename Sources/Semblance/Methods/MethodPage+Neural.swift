// SPDX-License-Identifier: Apache-2.0
import JointSynthesis

extension MethodCatalogue.Method {
  static let neural = Self(
    name: JointSynthesizer.neuralMethod,
    summary: "a small network that gives each variable's bins given any others",
    page: """
      neural: an autoregressive network over the bins of all variables

      What it learns   The distribution of each variable's bins given those of any others: what is
                       known of a row is a sum of one list of numbers a bin, which a layer of each
                       variable's own turns into shares of its bins. Rows are drawn variable by
                       variable in the order of the plan. A quarter of the rows it learns from have
                       their variables in random orders, so that any variable can be asked given any
                       others. Near bins of a scale start alike. A tenth of the rows is kept apart
                       and says when to stop. Afterwards bins are shifted so that margins do not
                       drift. Missing cells are bins like any other.
      What it holds    The network's weights, two bytes each, and how training went; the bins of
                       `trees` with their counts. No counts of combinations, no rows. Nothing bounds
                       what weights remember: measure, as for any method.
      When it suits    When much depends on many variables at once, and rows must not lie closer to
                       real rows than strangers do; from some thousand rows.
      What it costs    Time grows with rows × columns and with rows × bins, times rounds.
                       No graphics card; threads change no bit, and neither does the processor.
      The plan         All variables of a group depend on each other; a plan that keeps two apart
                       which a third is tied to is refused. The first variable may be balanced.
      Source           Uria, Murray and Larochelle (2014), ICML; Germain et al. (2015), ICML; Tiwald
                       et al. (2025), TabularARGN, arXiv 2501.12012, whose masked orders it takes.
                       The knots of scales and the shifts are our own.
      """)
}
