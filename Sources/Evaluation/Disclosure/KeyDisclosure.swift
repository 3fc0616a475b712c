// SPDX-License-Identifier: Apache-2.0

/// What someone who knows the keys of a person could find in the synthetic table.
///
/// All shares are per cent. Judge uniques against ``KeySet/uniqueInOriginal`` and attributes against
/// ``Attribute/disclosiveInOriginal``, not against 0.
public struct KeyDisclosure: Hashable, Sendable, Codable {
  /// The keys: the columns that an intruder is taken to know.
  public var keys: [String]
  /// The targets: the columns that an intruder is taken to seek.
  public var targets: [String]
  /// One result a set of keys: all sets of up to three, and all keys together.
  public var sets: [KeySet]
  /// What stands in where keys or targets are not declared, and how values are grouped.
  public var note: String?
  /// The population that the real records come from; `nil` where it is not known.
  public var population: Population?
  /// Why the population is not known; `nil` where it is.
  public var populationReason: String?

  /// Creates a result.
  public init(
    keys: [String], targets: [String], sets: [KeySet], note: String?,
    population: Population? = nil, populationReason: String? = nil
  ) {
    self.keys = keys
    self.targets = targets
    self.sets = sets
    self.note = note
    self.population = population
    self.populationReason = populationReason
  }

  /// What is known of the population.
  public struct Population: Hashable, Sendable, Codable {
    /// How many people it has.
    public var size: Double
    /// The variable whose weights say for how many each record stands; `nil` if all stand for equally many.
    public var weight: String?
    /// What was done to the weights.
    public var note: String?

    /// Creates a population.
    public init(size: Double, weight: String?, note: String?) {
      self.size = size
      self.weight = weight
      self.note = note
    }
  }

  /// What someone would find who looks for real records in the population by their keys.
  ///
  /// This is a risk of the real records, were they published; it says whom a synthetic table must protect.
  public struct PopulationRisk: Hashable, Sendable, Codable {
    /// How many real records would be found rightly (the global risk: the sum of all records' risks).
    public var expectedFound: Double
    /// The same in per cent of the real records.
    public var expectedFoundShare: Double
    /// How many of them have keys that occur in the synthetic table too.
    public var expectedFoundInSynthetic: Double
    /// The greatest risk of a record, in per cent.
    public var greatest: Double

    /// Creates a result.
    public init(
      expectedFound: Double, expectedFoundShare: Double, expectedFoundInSynthetic: Double,
      greatest: Double
    ) {
      self.expectedFound = expectedFound
      self.expectedFoundShare = expectedFoundShare
      self.expectedFoundInSynthetic = expectedFoundInSynthetic
      self.greatest = greatest
    }
  }

  /// Identity and attribute disclosure for one set of keys.
  public struct KeySet: Hashable, Sendable, Codable {
    /// The keys of the set.
    public var keys: [String]
    /// Real records that are alone with their keys (UiO).
    public var uniqueInOriginal: Double
    /// Synthetic records that are alone with their keys (UiS).
    public var uniqueInSynthetic: Double
    /// Real records that are alone with their keys, which occur in the synthetic table (UiOiS).
    public var originalUniquesPresent: Double
    /// Real records that are alone with their keys, which occur once in the synthetic table (repU).
    public var replicatedUniques: Double
    /// Real records whose keys occur in the synthetic table (iS).
    public var inSynthetic: Double
    /// Real records that share their keys with fewer than 3, 5 and 10 records, themselves included.
    public var realInSmallClasses: [Double]
    /// The same of synthetic records.
    public var syntheticInSmallClasses: [Double]
    /// One result a target.
    public var attributes: [Attribute]
    /// The risk in the population; `nil` where that is not known.
    public var populationRisk: PopulationRisk?

    /// Creates a result.
    public init(
      keys: [String], uniqueInOriginal: Double, uniqueInSynthetic: Double,
      originalUniquesPresent: Double, replicatedUniques: Double, inSynthetic: Double,
      realInSmallClasses: [Double], syntheticInSmallClasses: [Double], attributes: [Attribute],
      populationRisk: PopulationRisk? = nil
    ) {
      self.keys = keys
      self.uniqueInOriginal = uniqueInOriginal
      self.uniqueInSynthetic = uniqueInSynthetic
      self.originalUniquesPresent = originalUniquesPresent
      self.replicatedUniques = replicatedUniques
      self.inSynthetic = inSynthetic
      self.realInSmallClasses = realInSmallClasses
      self.syntheticInSmallClasses = syntheticInSmallClasses
      self.attributes = attributes
      self.populationRisk = populationRisk
    }
  }

  /// Attribute disclosure of one target for one set of keys.
  public struct Attribute: Hashable, Sendable, Codable {
    /// The target.
    public var target: String
    /// Real records whose keys determine the target in the real table (Dorig).
    public var disclosiveInOriginal: Double
    /// Synthetic records whose keys determine the target in the synthetic table (Dsyn).
    public var disclosiveInSynthetic: Double
    /// Real records whose keys determine a target in the synthetic table (DiS).
    public var determined: Double
    /// Real records for which the target so determined is right (DiSCO).
    public var determinedRightly: Double
    /// Real records for which it is right, and determined in the real table too (DiSDiO).
    public var determinedInBoth: Double
    /// What guessing by the real shares of the target would get right (baseCAPd).
    public var baseline: Double
    /// What guessing by the real shares within the keys would get right (CAPd).
    public var originalAttribution: Double
    /// What guessing synthetic records by their own shares would get right (CAPs).
    public var syntheticAttribution: Double
    /// What guessing real records by the synthetic shares within the keys would get right (DCAP).
    public var attribution: Double
    /// Of the real records in DiS, those in DiSCO (TCAP after Little et al.); `nil` if DiS is 0.
    public var targetedAttribution: Double?
    /// Why the result may be common knowledge.
    public var expected: [ExpectedKnowledge]

    /// Creates a result.
    public init(
      target: String, disclosiveInOriginal: Double, disclosiveInSynthetic: Double,
      determined: Double, determinedRightly: Double, determinedInBoth: Double, baseline: Double,
      originalAttribution: Double, syntheticAttribution: Double, attribution: Double,
      targetedAttribution: Double?, expected: [ExpectedKnowledge]
    ) {
      self.target = target
      self.disclosiveInOriginal = disclosiveInOriginal
      self.disclosiveInSynthetic = disclosiveInSynthetic
      self.determined = determined
      self.determinedRightly = determinedRightly
      self.determinedInBoth = determinedInBoth
      self.baseline = baseline
      self.originalAttribution = originalAttribution
      self.syntheticAttribution = syntheticAttribution
      self.attribution = attribution
      self.targetedAttribution = targetedAttribution
      self.expected = expected
    }
  }

  /// A disclosure that a reader of the real shares would expect, such as that all children are single.
  public struct ExpectedKnowledge: Hashable, Sendable, Codable {
    /// The level of the target.
    public var level: String
    /// The key that makes it expected; `nil` where the level itself has most of the disclosures.
    public var key: String?
    /// The level of that key.
    public var keyLevel: String?
    /// How many real records of DiSCO it explains.
    public var recordCount: Int

    /// Creates a flag.
    public init(level: String, key: String?, keyLevel: String?, recordCount: Int) {
      self.level = level
      self.key = key
      self.keyLevel = keyLevel
      self.recordCount = recordCount
    }
  }
}
