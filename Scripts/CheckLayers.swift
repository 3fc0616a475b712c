// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What `swift package describe --type json` says of a target.
struct Target: Decodable {
  var name: String
  var type: String
  var targetDependencies: [String]?
  var productDependencies: [String]?

  enum CodingKeys: String, CodingKey {
    case name, type
    case targetDependencies = "target_dependencies"
    case productDependencies = "product_dependencies"
  }

  var dependencies: Set<String> { Set((targetDependencies ?? []) + (productDependencies ?? [])) }
}

struct Package: Decodable {
  var targets: [Target]
}

/// Modules that come with the toolchain, which any target may import; Foundation is not among them,
/// because only the upper floors may have it.
let free: Set<String> = [
  "Swift", "Synchronization", "Dispatch", "Glibc", "Musl", "Darwin", "FoundationEssentials",
  "Builtin",
]

/// The floor of each target in the table of ARCHITECTURE.md, `½` counting as a half, `¾` as three quarters.
func floors(in markdown: String) -> [String: Double] {
  var result: [String: Double] = [:]
  for line in markdown.split(separator: "\n") where line.hasPrefix("| ") {
    let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    guard cells.count >= 2,
      let floor = Double(cells[0].replacing("½", with: ".5").replacing("¾", with: ".75"))
    else { continue }
    for (index, piece) in cells[1].split(separator: "`", omittingEmptySubsequences: false)
      .enumerated() where index % 2 == 1
    {
      result[String(piece)] = floor
    }
  }
  return result
}

/// The module that a line imports, if it imports one.
func importedModule(_ line: Substring) -> String? {
  var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
  while let first = words.first,
    first.hasPrefix("@")
      || ["public", "internal", "package", "fileprivate", "private"].contains(first)
  {
    words = words.dropFirst()
  }
  guard words.first == "import", var name = words.dropFirst().first else { return nil }
  let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
  if kinds.contains(String(name)), let next = words.dropFirst(2).first { name = next }
  return name.split(separator: ".").first.map(String.init)
}

let arguments = CommandLine.arguments
let package = try JSONDecoder().decode(
  Package.self, from: Data(contentsOf: URL(fileURLWithPath: arguments[1])))
let floorOf = floors(in: try String(contentsOfFile: arguments[2], encoding: .utf8))
let sources = arguments[3]
var faults: [String] = []

let targets = package.targets.filter { $0.type != "test" }
for target in targets {
  guard let floor = floorOf[target.name] else {
    faults.append("ARCHITECTURE.md: the table does not name the target \(target.name)")
    continue
  }
  for dependency in target.targetDependencies ?? [] {
    guard let below = floorOf[dependency], below >= floor else { continue }
    faults.append(
      "Package.swift: \(target.name) (floor \(floor)) depends on \(dependency) (floor \(below)), "
        + "which is not below it")
  }
}
for name in floorOf.keys.sorted() where !targets.contains(where: { $0.name == name }) {
  faults.append("ARCHITECTURE.md: the table names \(name), which is no target")
}

for folder in try FileManager.default.contentsOfDirectory(atPath: sources).sorted() {
  guard let target = targets.first(where: { $0.name == folder }) else {
    if targets.contains(where: { $0.name == "C\(folder)" }) { continue }
    faults.append("\(sources)/\(folder): no target of this name in Package.swift")
    continue
  }
  let path = "\(sources)/\(folder)"
  let files = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
  for file in files.sorted() where file.hasSuffix(".swift") {
    let text = try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let module = importedModule(line), module != target.name else { continue }
      if free.contains(module) || target.dependencies.contains(module) { continue }
      if module == "Foundation", (floorOf[target.name] ?? 0) >= 5 { continue }
      faults.append("\(path)/\(file):\(index + 1): \(folder) may not import \(module)")
    }
  }
}

for fault in faults { FileHandle.standardError.write(Data((fault + "\n").utf8)) }
exit(faults.isEmpty ? 0 : 1)
