// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import TreeSynthesis

@Suite struct `What a choice of methods can afford` {
  @Test func `the best gain for its cost comes first, as far as the time goes`() {
    let clock = ChoiceClock(seconds: 100, threads: 2)
    // 70 of 100 seconds, on two threads 140; fits of as many rows as trials had take as long.
    let offers: [(gain: Double, seconds: Double)?] = [
      (0.2, 70), (0.1, 10), nil, (0.3, 69), (0.05, 30), (0.9, 71), (0.001, 1),
    ]
    // 0 and 5 take too long, each by itself; the others are 110 in all.
    #expect(clock.affordable(offers, growth: 1) == [1, 3, 4, 6])
    #expect(clock.affordable(offers, growth: 1000) == [])
  }

  @Test func `without a limit everything that gains is afforded`() {
    let clock = ChoiceClock(seconds: nil, threads: 1)
    #expect(clock.affordable([(0.1, 1e9), nil, (0.2, 1)], growth: 10) == [0, 2])
    #expect(clock.permitsAnother)
    #expect(clock.rows(upTo: 8000, from: 500, trials: 9) { _ in Issue.record("no pilot") } == 8000)
  }

  @Test func `trials have so many rows as the time allows`() {
    let wide = ChoiceClock(seconds: 1e6, threads: 1)
    var pilots: [Int] = []
    let many = wide.rows(upTo: 8000, from: 500, trials: 9) { pilots.append($0) }
    #expect(many == 8000 && pilots == [1000])
    let narrow = ChoiceClock(seconds: 1e-3, threads: 1)
    let few = narrow.rows(upTo: 8000, from: 500, trials: 9) { _ in
      let start = ContinuousClock.now
      while ChoiceClock.seconds(start.duration(to: .now)) < 0.01 {}
    }
    #expect(few == 500)
    #expect(!narrow.permitsAnother)
  }
}
