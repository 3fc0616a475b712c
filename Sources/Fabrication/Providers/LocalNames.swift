// SPDX-License-Identifier: Apache-2.0

/// Common given and family names of a place, an own short list each.
struct LocalNames: Sendable {
  let locale: String
  let given: WordList
  let family: WordList
  /// What stands between given and family name.
  let separator: StaticString
  let familyComesFirst: Bool

  private init(
    _ locale: String, _ given: String, _ family: String, separator: StaticString = " ",
    familyComesFirst: Bool = false
  ) {
    self.locale = locale
    self.given = WordList(given)
    self.family = WordList(family)
    self.separator = separator
    self.familyComesFirst = familyComesFirst
  }

  static let all: [LocalNames] = [
    LocalNames(
      "en_US",
      "Emma Liam Olivia Noah Ava Ethan Sophia Mason Mia Jacob Harper Logan Ella Aiden Chloe Jayden",
      "Johnson Garcia Miller Martinez Anderson Hernandez Jackson Nguyen Ramirez Robinson Flores Baker"
    ),
    LocalNames(
      "cy",
      "Siân Rhys Megan Dafydd Carys Gethin Nia Emyr Angharad Ieuan Ffion Owain Eleri Gwilym Mair Iolo",
      "Jones Davies Evans Williams Roberts Lloyd Morgan Hughes Griffiths Bowen Pritchard Owen"),
    LocalNames(
      "fr",
      "Camille Léa Lucas Chloé Hugo Manon Louis Inès Jules Zoé Raphaël Élise Théo Margaux Noël Anaïs",
      "Martin Bernard Dubois Durand Moreau Lefèvre Mercier Fournier Girard Rousseau Gauthier Chevalier"
    ),
    LocalNames(
      "de",
      "Anna Jonas Lena Felix Marie Paul Jürgen Sophie Lukas Käthe Matthias Ute Björn Heike Günter Eva",
      "Müller Schmidt Schneider Fischer Weber Wagner Schäfer Koch Bauer Krüger Groß Böhm"),
    LocalNames(
      "pl",
      "Zofia Jakub Julia Szymon Łucja Wojciech Małgorzata Paweł Agnieszka Michał Żaneta Krzysztof",
      "Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Zając Król Wieczorek Jabłoń Dudek Pawlak"),
    LocalNames(
      "hi", "आरव अनन्या विवान दिव्या अर्जुन प्रिया रोहन कविता सुनील मीना राहुल सीता",
      "शर्मा वर्मा गुप्ता सिंह पटेल मिश्रा यादव जोशी कुमार मेहता चौधरी तिवारी"),
    LocalNames(
      "ar", "محمد فاطمة أحمد مريم علي زينب يوسف ليلى عمر سارة خالد نور",
      "الأحمد حداد خوري منصور سليمان النجار العلي حسن إبراهيم صالح قاسم عثمان"),
    LocalNames(
      "zh", "伟 芳 娜 秀英 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛", "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙", separator: "",
      familyComesFirst: true),
  ]

  /// The providers of these names.
  static let providers: [Provider] = all.flatMap { names in
    [
      Provider(
        name: "\(names.locale).person.name", summary: "full name (\(names.locale))",
        safety: "Composed at random from short lists of our own; may coincide with a real name."
      ) { cells, draws in
        let first = names.familyComesFirst ? names.family : names.given
        let second = names.familyComesFirst ? names.given : names.family
        first.append(to: &cells, &draws)
        cells.append(text: names.separator)
        second.append(to: &cells, &draws)
      },
      Provider(
        name: "\(names.locale).person.given_name", summary: "given name (\(names.locale))",
        safety: "A common name; names nobody in particular."
      ) { names.given.append(to: &$0, &$1) },
      Provider(
        name: "\(names.locale).person.family_name", summary: "family name (\(names.locale))",
        safety: "A common name; names nobody in particular."
      ) { names.family.append(to: &$0, &$1) },
    ]
  }
}
