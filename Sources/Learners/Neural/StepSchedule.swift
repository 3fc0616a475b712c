// SPDX-License-Identifier: Apache-2.0

/// The size of training steps, which is halved once rows kept apart gain no more, and in the end training ends.
struct StepSchedule {
  /// The size of steps.
  private(set) var rate: Float
  private let patience: Int
  private var halvingsLeft: Int
  private var since = 0

  /// - Parameters:
  ///   - patience: After how many rounds without gain steps are halved.
  ///   - halvings: How often.
  init(rate: Float, patience: Int, halvings: Int) {
    self.rate = rate
    self.patience = patience
    halvingsLeft = halvings
  }

  /// Hears of a round; returns whether another one is worth it.
  mutating func goesOn(afterGain isGain: Bool) -> Bool {
    since = isGain ? 0 : since + 1
    guard since >= patience else { return true }
    guard halvingsLeft > 0 else { return false }
    halvingsLeft -= 1
    rate /= 2
    since = 0
    return true
  }
}
