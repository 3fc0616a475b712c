// SPDX-License-Identifier: Apache-2.0
import Schemas

/// The JSON Schema of contracts, by which editors complete and check them.
public enum ContractJSONSchema {
  /// The text of the schema (draft 2020-12).
  public static var text: String {
    """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Semblance fidelity contract",
      "type": "object",
      "required": ["contract"],
      "additionalProperties": false,
      "properties": {
        "contract": {"const": 1},
        "purpose": {"enum": \(list(Purpose.allCases))},
        "rows": {"type": ["integer", "string"], "description": "1000, or a multiple such as 2x"},
        "seed": {"type": ["string", "integer"]},
        "variables": {
          "type": "object",
          "additionalProperties": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "faithful": {"type": "array", "items": {"enum": \(list(FaithfulFeature.allCases))}},
              "unfaithful": {"enum": ["replaced", true]},
              "by": {"type": "string"},
              "within": {"type": "object", "propertyNames": {"enum": \(list(LimitMeasure.ofVariable))}},
              "extremes": {"type": "object", "propertyNames": {"enum": ["top-code", "bottom-code"]}},
              "transforms": {"type": ["array", "object"]},
              "role": {"enum": \(list(VariableRole.allCases))}
            }
          }
        },
        "relationships": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["between"],
            "additionalProperties": false,
            "properties": {
              "between": {"type": "array", "minItems": 2, "items": {"type": "string"}},
              "kept": {"enum": [true, false, "yes", "no"]},
              "within": {"type": "object", "propertyNames": {"enum": \(list(LimitMeasure.ofRelationship))}}
            }
          }
        },
        "outliers": {"enum": \(list(OutlierPolicy.allCases))},
        "analyses": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["model"],
            "additionalProperties": false,
            "properties": {
              "model": {"type": "string"},
              "family": {"enum": \(list(AnalysisClause.Family.allCases))},
              "overlap": {"type": "number", "minimum": 0, "maximum": 1}
            }
          }
        },
        "rules": {"type": "array", "items": {"type": "string"}},
        "balance": {"type": "object", "additionalProperties": {"type": "object"}},
        "extrapolated": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["because"],
            "additionalProperties": false,
            "properties": {
              "file": {"type": "string"},
              "from": {"type": "string", "description": "a condition on drawn rows"},
              "set": {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
              "count": {"type": "integer", "minimum": 1},
              "because": {"type": "string"}
            }
          }
        },
        "disclosure": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "keys": {"type": "array", "items": {"type": "string"}},
            "minimum-count": {"type": "integer", "minimum": 1},
            "minimum-leaf": {"type": "integer", "minimum": 1},
            "near-matches": {"enum": ["report", "regenerate", "coarsen", "blur", "suppress"]},
            "epsilon": {"type": "null"}
          }
        },
        "documentation": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "title": {"type": "string"}, "description": {"type": "string"},
            "creators": {"type": "array", "items": {"type": "string"}},
            "publisher": {"type": "string"}, "source": {"type": "string"},
            "licence": {"type": "string", "description": "an SPDX identifier"},
            "contact": {"type": "string"}, "version": {"type": ["string", "number"]},
            "date": {"type": "string"}, "identifier": {"type": "string"},
            "faithful": {
              "type": "array", "items": {"enum": \(list(DocumentationClause.Feature.allCases))}
            }
          }
        },
        "marking": {
          "type": "object",
          "additionalProperties": false,
          "properties": {"column": {"type": ["string", "null"]}, "suffix": {"const": true}}
        }
      }
    }

    """
  }

  private static func list<Value: RawRepresentable<String>>(_ values: [Value]) -> String {
    "[" + values.map { "\"\($0.rawValue)\"" }.joined(separator: ", ") + "]"
  }
}
