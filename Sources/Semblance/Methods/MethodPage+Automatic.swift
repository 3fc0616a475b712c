// SPDX-License-Identifier: Apache-2.0

extension MethodCatalogue.Method {
  static let automatic = Self(
    name: "auto", summary: "trees or boosting for each variable, as held-out rows say",
    page: """
      auto: trees or boosting for each variable, as held-out rows say

      What it learns   Of up to 8,000 rows, drawn the same way each time, both methods learn each
                       variable from four fifths and foretell the last fifth. Boosting is taken where
                       its score is better by more than a standard error; else the tree. Where scores
                       are undecided, or a wide table leaves predictors out, a classifier is asked
                       whether it tells drawn cells from real ones, in up to 8,000 rows that nothing
                       learned from: if so, boosting is taken where it fools the classifier better, and
                       all predictors where scores are better with them. Then all rows are fitted.
                       `semblance plan` and the manifest say what was tried, its scores and its size;
                       the plan can be changed.
      What it holds    What the chosen method holds of each variable, and nothing of the trial but its
                       scores, rounded.
      When it suits    When there is time, and no reason to prefer a method. `--budget` implies it,
                       unless there is no time for it or a method is named. A table below 500 rows is
                       learned by trees.
      What it costs    Boosting's time where that is chosen, and a fifth to a half of it for the trial.
                       Within a budget trials have fewer rows, and those variables are boosted that
                       gain most by it for what it costs; the plan says which there was no time for.
      Source           Brier (1950) and Epstein (1969) for the scores, which are proper: Gneiting and
                       Raftery (2007), Journal of the American Statistical Association 102; Lopez-Paz
                       and Oquab (2017), ICLR, for the classifier.
      """)
}
