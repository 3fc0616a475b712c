// SPDX-License-Identifier: Apache-2.0

/// The words that mark a file as synthetic inside the file itself.
public enum SyntheticMark {
  /// What a title starts with.
  public static let titlePrefix = "SYNTHETIC: "
  /// The title of a file that had none.
  public static let plainTitle = "SYNTHETIC DATA (not real data)"
  /// The note that is added.
  public static let note =
    "Synthetic data made by Semblance: no row describes a real person or thing."

  /// Returns a title that says so; a title that does already is left alone.
  public static func title(_ title: String) -> String {
    if title.isEmpty { return plainTitle }
    return title.uppercased().hasPrefix("SYNTHETIC") ? title : titlePrefix + title
  }
}

extension FileFacts {
  /// The facts of a synthetic file in the likeness of this one.
  public func markedSynthetic() -> FileFacts {
    var facts = self
    facts.label = SyntheticMark.title(label)
    if !facts.notes.contains(SyntheticMark.note) { facts.notes.append(SyntheticMark.note) }
    return facts
  }
}
