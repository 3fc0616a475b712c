// SPDX-License-Identifier: Apache-2.0
import JointSynthesis

extension MethodCatalogue.Method {
  static let autoencoder = Self(
    name: JointSynthesizer.autoencoderMethod,
    summary: "a variational autoencoder: all variables given a few normals behind the row",
    page: """
      vae: a variational autoencoder over the bins of all variables

      What it learns   An encoder turns a row into means and spreads of some normals (24; 8 where
                       rows are few); a decoder gives the shares of each variable's bins given a
                       draw of them. What is made great is how likely rows are, less how far their
                       normals stray from standard ones, from which synthetic rows are drawn. Given
                       the normals, variables are independent. A tenth of the rows is kept apart and
                       says when to stop. Afterwards bins are shifted so that margins are the
                       table's. Missing cells are bins like any other.
      What it holds    The decoder's weights, two bytes each, and how training went; the bins of
                       `trees` with their counts. No encoder, no counts of combinations, no rows.
      When it suits    To compare with what deep generators of this kind do, or as a baseline.
                       What hangs together closely is blurred: `neural` learns the same rows better
                       in most tables, and `trees` does.
      What it costs    Time grows with rows × columns and with rows × bins, times rounds.
                       No graphics card; threads change no bit, and neither does the processor.
      The plan         All variables of a group depend on each other; a plan that keeps two apart
                       which a third is tied to is refused. The first variable may be balanced.
      Source           Kingma and Welling (2014), ICLR; Xu et al. (2019), NeurIPS 32, for tables;
                       bins in the place of modes, and the shifts, are our own.
      """)
}
