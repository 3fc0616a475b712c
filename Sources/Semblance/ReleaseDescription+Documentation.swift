// SPDX-License-Identifier: Apache-2.0
import Contracts
import Releases

extension ReleaseDescription {
  /// What a contract says of a data set; a title where it says none.
  init(_ clause: DocumentationClause?, orTitle title: String) {
    self.init(title: clause?.title ?? title)
    guard let clause else { return }
    summary = clause.description
    creators = clause.creators
    publisher = clause.publisher
    source = clause.source
    licence = clause.licence
    contact = clause.contact
    version = clause.version ?? version
    date = clause.date
    identifier = clause.identifier
  }
}
