// SPDX-License-Identifier: Apache-2.0
import Synthesis

extension ByteWriter {
  mutating func write(_ variable: JointVariable) {
    write(variable.layout)
    write(counts: variable.lowerLimits)
    write(counts: variable.upperLimits)
    write(byte: variable.missingRoute == nil ? 0 : 1)
    if let route = variable.missingRoute {
      write(count: route.source)
      write(route.outcomes)
    }
  }
}

extension ByteReader {
  /// Reads a variable that is drawn after `place` others.
  mutating func jointVariable(named name: String, place: Int) throws(Damage) -> JointVariable {
    var variable = JointVariable(name: name, layout: try layout())
    variable.lowerLimits = try counts()
    variable.upperLimits = try counts()
    if try byte() == 1 {
      variable.missingRoute = MissingRoute(source: try count(), outcomes: try list())
    }
    guard variable.sources.allSatisfy({ $0 < place }),
      variable.missingRoute?.outcomes.count ?? 256 == 256,
      variable.layout.isScale || !variable.isLimited, variable.layout.binCount > 0,
      variable.layout.missingReasons.count < 255, isAtEnd
    else { throw Damage() }
    return variable
  }
}
