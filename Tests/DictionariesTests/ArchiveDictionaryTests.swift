// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables
import Testing

@testable import Dictionaries

struct ArchiveDictionaryTests {
  static let document = #"""
    {\rtf1\ansi{\fonttbl{\f0 Sans;}}{\colortbl;\red0;}{\*\generator x;}\par {\b UK Data Archive Data Dictionary
    \par }{\f2 File Name = 		\cf5 small_study
    \par Pos. = }{\cf4 1	}{\b Variable = }{\cf4 age	}{\b Variable label = }{\cf4 Age, in \'a3 \u8364?
    \par }{\cf3 This variable is  }{\i numeric}{, the SPSS measurement level is }{\i scale.
    \par }{\cf1 SPSS user missing values = \cf4 998 \cf1\fs16\ and \cf4 999
    \par Pos. = }{2	}{Variable = }{work	}{Variable label = }{any \{paid\} work
    \par }{This variable is  }{\i numeric}{, the SPSS measurement level is }{\i nominal.
    \par SPSS user missing values = 5, 8 and 9
    \par 	}{\ul Value label information for work
    \par }{	Value = }{1.0	}{Label = }{yes
    \par }{	Value = }{9	}{Label = }{don\'92t know
    \par }}
    """#

  @Test func `labels, levels and missing codes are read from rich text`() throws {
    let codebook = try #require(try Codebook(bytes: Array(Self.document.utf8), file: "d.rtf"))
    #expect(codebook.title == "small_study")
    #expect(codebook.entries.map(\.name) == ["age", "work"])
    #expect(codebook.entries[0].label == "Age, in £ €")
    #expect(codebook.entries[0].measure == .scale)
    #expect(codebook.entries[0].missingCodes.map(\.code) == ["998", "999"])
    #expect(codebook.entries[1].label == "any {paid} work")
    #expect(codebook.entries[1].valueLabels.map(\.code) == ["1", "9"])
    #expect(
      codebook.entries[1].missingCodes == [
        MissingReason(code: "5"), MissingReason(code: "8"),
        MissingReason(code: "9", label: "don’t know"),
      ])
  }

  @Test func `a codebook of another file is refused`() throws {
    let codebook = try #require(try Codebook(bytes: Array(Self.document.utf8), file: "d.rtf"))
    let table = Table(columns: [Column(name: "height", values: .wholeNumbers([1, 2]))])
    #expect(throws: DataError.self) { try codebook.applied(to: SchemaInference().infer(table)) }
  }

  @Test func `the level of measurement decides what codes are`() throws {
    let codebook = try #require(try Codebook(bytes: Array(Self.document.utf8), file: "d.rtf"))
    let table = Table(columns: [
      Column(name: "work", values: .wholeNumbers((0..<100).map { Int64($0 % 4) })),
      Column(name: "other", values: .wholeNumbers((0..<100).map { Int64($0) })),
    ])
    let (schema, diagnostics) = try codebook.applied(to: SchemaInference().infer(table))
    #expect(schema.variables[0].kind == .category)
    #expect(schema.variables[0].measure == .nominal)
    #expect(diagnostics.map(\.message) == ["the codebook says nothing of 1 variables"])
  }
}
