// SPDX-License-Identifier: Apache-2.0
import Foundation
import Tables
import Testing

@testable import Releases

struct AtomicFoldersTests {
  private struct Stop: Error {}

  private func fill(_ folder: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/report.html"))
  }

  @Test func `folders appear together, and the private one is closed to others`() throws {
    let scratch = try ScratchFolder()
    let targets = [
      FolderTarget(scratch.path + "/x.owner", isPrivate: true),
      FolderTarget(scratch.path + "/x.release"),
    ]
    try AtomicFolders.write(targets, force: false) { folders in
      for folder in folders { try fill(folder, "new") }
      #expect(try scratch.names().allSatisfy { $0.hasPrefix(".x.") })
    }
    #expect(try scratch.names() == ["x.owner", "x.release"])
    #expect(try scratch.mode("x.owner") == 0o700)
  }

  @Test func `a body that fails leaves nothing behind`() throws {
    let scratch = try ScratchFolder()
    #expect(throws: Stop.self) {
      try AtomicFolders.write([FolderTarget(scratch.path + "/x")], force: false) { folders in
        try fill(folders[0], "half")
        throw Stop()
      }
    }
    #expect(try scratch.names() == [])
  }

  @Test func `an existing folder is refused without force, and stays as it was`() throws {
    let scratch = try ScratchFolder()
    let target = FolderTarget(scratch.path + "/x")
    try AtomicFolders.write([target], force: false) { try fill($0[0], "old") }
    #expect(throws: DataError.self) {
      try AtomicFolders.write([target], force: false) { try fill($0[0], "new") }
    }
    #expect(try scratch.text("x/report.html") == "old")
    try AtomicFolders.write([target], force: true) { try fill($0[0], "new") }
    #expect(try scratch.text("x/report.html") == "new")
    #expect(try scratch.names() == ["x"])
  }

  @Test func `the old folder stays when the new one fails, even with force`() throws {
    let scratch = try ScratchFolder()
    let target = FolderTarget(scratch.path + "/x")
    try AtomicFolders.write([target], force: false) { try fill($0[0], "old") }
    #expect(throws: Stop.self) {
      try AtomicFolders.write([target], force: true) { folders in
        try fill(folders[0], "new")
        throw Stop()
      }
    }
    #expect(try scratch.text("x/report.html") == "old")
    #expect(try scratch.names() == ["x"])
  }

  @Test func `force never replaces a folder that somebody else made`() throws {
    let scratch = try ScratchFolder()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/x", withIntermediateDirectories: true)
    try scratch.write("precious", to: "x/thesis.txt")
    let error = #expect(throws: DataError.self) {
      try AtomicFolders.write([FolderTarget(scratch.path + "/x")], force: true) { _ in }
    }
    #expect(error?.message.contains("not written by Semblance") == true)
    #expect(try scratch.text("x/thesis.txt") == "precious")
  }

  @Test func `a placement that fails half-way is taken back`() throws {
    let scratch = try ScratchFolder()
    let first = FolderTarget(scratch.path + "/a")
    let second = FolderTarget(scratch.path + "/b")
    try AtomicFolders.write([first, second], force: false) { folders in
      for folder in folders { try fill(folder, "old") }
    }
    #expect(throws: (any Error).self) {
      try AtomicFolders.write([first, second], force: true) { folders in
        try fill(folders[0], "new")
        // The second folder is gone when its turn comes.
        try FileManager.default.removeItem(atPath: folders[1])
      }
    }
    #expect(try scratch.text("a/report.html") == "old")
    #expect(try scratch.text("b/report.html") == "old")
    #expect(try scratch.names() == ["a", "b"])
  }

  @Test func `what a dead run left is swept, what a living one writes is not`() throws {
    let scratch = try ScratchFolder()
    // No process has the number 2³⁰: Linux and Darwin stop far below.
    for name in [".x.1073741824.partial", ".x.1.partial", ".y.1073741824.partial"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path + "/" + name, withIntermediateDirectories: true)
    }
    try AtomicFolders.write([FolderTarget(scratch.path + "/x")], force: false) { _ in }
    #expect(try scratch.names() == [".x.1.partial", ".y.1073741824.partial", "x"])
  }

  @Test func `a folder that was set aside by a dead run comes back`() throws {
    let scratch = try ScratchFolder()
    let aside = ".x.1073741824.previous"
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/" + aside, withIntermediateDirectories: true)
    try scratch.write("old", to: aside + "/report.html")
    StaleOutputs.sweep(beside: scratch.path + "/x")
    #expect(try scratch.names() == ["x"])
    #expect(try scratch.text("x/report.html") == "old")
  }

  @Test func `a missing parent is named before any work`() throws {
    let scratch = try ScratchFolder()
    let error = #expect(throws: DataError.self) {
      try AtomicFolders.check([FolderTarget(scratch.path + "/no/x")], force: false)
    }
    #expect(error?.file == scratch.path + "/no")
  }
}
