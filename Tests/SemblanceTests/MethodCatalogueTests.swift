// SPDX-License-Identifier: Apache-2.0
import Semblance
import Testing
import TreeSynthesis

@Suite struct `The catalogue of methods` {
  @Test func `each method that a plan may name has an entry, once`() {
    let names = MethodCatalogue.all.map(\.name)
    #expect(Set(names).count == names.count)
    for method in TreeSynthesizer.methods { #expect(names.contains(method), "\(method)") }
  }

  @Test(arguments: MethodCatalogue.all)
  func `each page says what is learned and held, when it suits, what it costs and its source`(
    method: MethodCatalogue.Method
  ) {
    #expect(method.page.hasPrefix("\(method.name): "))
    for heading in ["What it learns", "What it holds", "When it suits", "What it costs", "Source"] {
      #expect(method.page.contains("\n\(heading)"), "\(heading)")
    }
    #expect(method.page.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }
}
