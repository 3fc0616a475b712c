// SPDX-License-Identifier: Apache-2.0

extension LocalPlaces {
  static let american: LocalPlaces = {
    let town = parts([
      word("Ash Brook Cedar Clear Elm Fair Glen Green Lake Maple Mill Oak Pine River Spring West"),
      word("ville field wood ton burg port dale view haven creek"),
    ])
    return LocalPlaces(
      locale: "en_US", town: town,
      address: parts([
        number(upTo: 9899), text(" "),
        word("Oak Maple Washington Park Cedar Main Elm Lake Hill Pine Walnut Spring Church Ridge"),
        text(" "), word("Street Avenue Drive Lane Court Road Boulevard Way Place"), text(", "),
        town,
        text(", ZZ 000"), digits(2),
      ]),
      addressSafety: "No state is ZZ, and no ZIP code lies below 00501.",
      phone: parts([
        text("("), { $0.append(number: 200 + $1.index(below: 800)) }, text(") 555-01"), digits(2),
      ]),
      phoneSafety: "555-0100 to 555-0199 are kept for fiction.",
      company: parts([
        word(
          "Johnson Garcia Miller Martinez Anderson Jackson Nguyen Robinson Flores Baker Summit Liberty"
        ),
        text(" "), phrase(["Inc.", "LLC", "Corp.", "& Co.", "Group", "Partners", "Holdings"]),
      ]),
      jobs: WordList(lines: [
        "registered nurse", "teacher", "truck driver", "cashier", "software engineer",
        "electrician",
        "paralegal", "carpenter", "accountant", "firefighter", "dental hygienist", "line cook",
        "real estate agent", "mail carrier", "pharmacist", "welder",
      ]))
  }()

  static let welsh: LocalPlaces = {
    let town = parts([
      word("Aber Llan Pen Tre Caer Pont Bryn Rhyd Coed Nant"),
      word("celyn gwyn faen derwen wern eirin hafod lwyd onnen gadfan rhosyn"),
    ])
    return LocalPlaces(
      locale: "cy", town: town,
      address: parts([
        number(upTo: 120), text(" "), word("Heol Stryd Lôn Ffordd Maes Rhodfa Clos"), text(" "),
        phrase([
          "y Parc", "yr Ysgol", "y Bont", "yr Orsaf", "y Capel", "y Felin", "y Coed", "Fawr",
          "Newydd", "yr Eglwys", "y Castell", "y Môr",
        ]), text(", "), town, text(", XX"), number(upTo: 99), text(" "), digits(1),
        { $0.append(oneOf: "ABDEFGHJLNPQRSTUWXYZ", &$1) },
        { $0.append(oneOf: "ABDEFGHJLNPQRSTUWXYZ", &$1) },
      ]),
      addressSafety: "The postcode area XX does not exist.",
      phone: choice([
        parts([text("029 2018 0"), digits(3)]), parts([text("07700 900"), digits(3)]),
        parts([text("01632 960"), digits(3)]),
      ]),
      phoneSafety: "From the ranges Ofcom keeps for drama, that of Cardiff among them.",
      company: parts([
        word(
          "Jones Davies Evans Williams Roberts Lloyd Morgan Hughes Griffiths Bowen Pritchard Owen"),
        text(" "),
        phrase([
          "Cyf.", "a'i Feibion", "a'i Ferched", "a'i Gwmni", "Adeiladwyr Cyf.", "Gwasanaethau Cyf.",
        ]),
      ]),
      jobs: WordList(lines: [
        "athro", "nyrs", "ffermwr", "meddyg", "trydanwr", "plymwr", "cyfreithiwr", "gofalwr",
        "cogydd",
        "gyrrwr", "adeiladwr", "cyfrifydd", "llyfrgellydd", "pensaer", "heddwas", "cyfieithydd",
      ]))
  }()

  static let french: LocalPlaces = {
    let town = parts([
      word("Beau Mont Clair Roche Ville Haute Bel Fontaine Grand Saint-Au"),
      word("bray vallon rieux court mesnil lieu fort champs pierre val"),
    ])
    return LocalPlaces(
      locale: "fr", town: town,
      address: parts([
        number(upTo: 150), text(" "), word("rue avenue boulevard place allée impasse chemin"),
        text(" "),
        phrase([
          "des Lilas", "de la Gare", "du Moulin", "Victor-Hugo", "des Écoles", "de l'Église",
          "du Château", "Jean-Jaurès", "de la République", "des Tilleuls", "du Marché",
          "de la Fontaine",
        ]), text(", 96"), digits(3), text(" "), town,
      ]),
      addressSafety: "No department has the number 96.",
      phone: parts([text("01 99 00 "), digits(2), text(" "), digits(2)]),
      phoneSafety: "01 99 00 and what follows is kept for fiction by the regulator.",
      company: parts([
        word(
          "Martin Bernard Dubois Durand Moreau Lefèvre Mercier Fournier Girard Rousseau Gauthier"),
        text(" "), phrase(["SARL", "SA", "SAS", "et Fils", "et Associés", "Frères", "& Cie"]),
      ]),
      jobs: WordList(lines: [
        "infirmière", "enseignant", "boulanger", "électricien", "comptable", "agriculteur",
        "avocate",
        "chauffeur", "cuisinier", "développeur", "plombier", "bibliothécaire", "architecte",
        "sage-femme", "vendeuse", "menuisier",
      ]))
  }()

  static let german: LocalPlaces = {
    let town = parts([
      word("Alten Neuen Ober Unter Rosen Wald Stein Eich Langen Birken Mühl Königs"),
      word("bach dorf heim hausen berg feld furt kirchen au tal"),
    ])
    return LocalPlaces(
      locale: "de", town: town,
      address: parts([
        word("Linden Garten Schul Bahnhof Kirch Berg Wald Haupt Mühlen Wiesen Rosen Tannen"),
        word("straße weg gasse allee platz ring"), text(" "), number(upTo: 120), text(", 00"),
        digits(3), text(" "), town,
      ]),
      addressSafety: "No postcode begins with 00.",
      phone: parts([
        choice([
          text("030 23125 "), text("040 66969 "), text("069 90009 "), text("0221 4710 "),
          text("089 99998 "),
        ]), digits(3),
      ]),
      phoneSafety:
        "From the ranges that the Bundesnetzagentur keeps for media productions (Mitteilung 148/2021).",
      company: parts([
        word("Müller Schmidt Schneider Fischer Weber Wagner Schäfer Koch Bauer Krüger Groß Böhm"),
        text(" "), phrase(["GmbH", "AG", "KG", "OHG", "& Söhne", "& Partner", "GmbH & Co. KG"]),
      ]),
      jobs: WordList(lines: [
        "Krankenpfleger", "Lehrerin", "Bäcker", "Elektrikerin", "Buchhalter", "Landwirt",
        "Anwältin",
        "Fahrer", "Köchin", "Softwareentwickler", "Tischler", "Bibliothekarin", "Architekt",
        "Hebamme",
        "Verkäufer", "Mechatronikerin",
      ]))
  }()

  static let polish: LocalPlaces = {
    let town = parts([
      word("Nowo Biało Staro Wielko Jasno Krasno Dobro Czarno Suche Zielono"),
      word("pole gród bród dół las staw brzeg wieś dwór most"),
    ])
    return LocalPlaces(
      locale: "pl", town: town,
      address: parts([
        text("ul. "),
        word(
          "Lipowa Kwiatowa Szkolna Ogrodowa Leśna Polna Słoneczna Parkowa Kościelna Krótka Długa Zielona"
        ),
        text(" "), number(upTo: 120), text(", XX-"), digits(3), text(" "), town,
      ]),
      addressSafety: "A postcode begins with two digits, not with XX.",
      phone: parts([text("000 "), digits(3), text(" "), digits(3)]),
      phoneSafety: "No range is kept for fiction; no number begins with 0.",
      company: parts([
        word("Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Zając Król Wieczorek Dudek Pawlak"),
        text(" "), phrase(["Sp. z o.o.", "S.A.", "i Synowie", "Sp. j.", "i Wspólnicy", "Sp. k."]),
      ]),
      jobs: WordList(lines: [
        "pielęgniarka", "nauczyciel", "piekarz", "elektryk", "księgowa", "rolnik", "adwokat",
        "kierowca",
        "kucharz", "programistka", "stolarz", "bibliotekarka", "architekt", "położna", "sprzedawca",
        "hydraulik",
      ]))
  }()
}
