// SPDX-License-Identifier: Apache-2.0

/// The words that mark a file as synthetic inside the file itself.
public enum FileMark {
  /// What a title starts with.
  public static let titlePrefix = "SYNTHETIC: "
  /// The title of a file that had none.
  public static let plainTitle = "SYNTHETIC DATA (not real data)"
  /// The note that is added.
  public static let note =
    "SYNTHETIC DATA made by Semblance: no row describes a real person or record."

  /// Returns a title that says so; a title that does already is left alone.
  public static func title(_ title: String) -> String {
    if title.isEmpty { return plainTitle }
    return title.uppercased().hasPrefix("SYNTHETIC") ? title : titlePrefix + title
  }
}

extension FileFacts {
  /// The facts of a synthetic file in the likeness of this one.
  public func markedSynthetic() -> FileFacts {
    marked(FileMark.title(label), note: FileMark.note)
  }

  /// The facts of a file in the likeness of this one, under a title and with a note of its own.
  public func marked(_ title: String, note: String) -> FileFacts {
    var facts = self
    facts.label = title
    if !facts.notes.contains(note) { facts.notes.append(note) }
    return facts
  }
}
