// SPDX-License-Identifier: Apache-2.0

extension LocalPlaces {
  static let indian: LocalPlaces = {
    let town = parts([
      word("राम शिव चंद सूर्य कमल नव हरि सोन मधु देव"), word("पुर नगर गढ़ गांव बाद कोट"),
    ])
    return LocalPlaces(
      locale: "hi", town: town,
      address: parts([
        number(upTo: 300), text(", "),
        word("स्टेशन मंदिर बाज़ार नदी पुराना शांति विद्यालय उद्यान झील आम"), text(" "),
        word("मार्ग रोड गली पथ"), text(", "), town, text(" 0"), digits(5),
      ]),
      addressSafety: "No postal index number begins with 0.",
      phone: parts([text("+91 00000 "), digits(5)]),
      phoneSafety:
        "No range is kept for fiction; no number begins with 0 after the country's code.",
      company: parts([
        word("शर्मा वर्मा गुप्ता सिंह पटेल मिश्रा यादव जोशी मेहता चौधरी"), text(" "),
        phrase(["प्राइवेट लिमिटेड", "एंड संस", "इंडस्ट्रीज़", "ट्रेडर्स", "ब्रदर्स", "समूह"]),
      ]),
      jobs: WordList(lines: [
        "शिक्षक", "नर्स", "किसान", "चिकित्सक", "इंजीनियर", "दुकानदार", "चालक", "वकील", "लेखाकार", "दर्जी",
        "बढ़ई", "पुस्तकालयाध्यक्ष", "रसोइया", "पत्रकार", "मिस्त्री",
      ]))
  }()

  static let arabic: LocalPlaces = {
    let town = parts([
      word("عين وادي تل بئر دير كفر برج رأس"), text(" "),
      word("الورد الزيتون الصخر القمر النخل الريح السدر الغزال التين الرمان"),
    ])
    return LocalPlaces(
      locale: "ar", town: town,
      address: parts([
        number(upTo: 200), text(" "), word("شارع طريق زقاق جادة"), text(" "),
        word("النخيل الزيتون السلام الحرية المدرسة الجامع البحر الجبل الوردة القلعة السوق"),
        text("، "), town,
      ]),
      addressSafety: "Composed from common words, with no country and no postcode; may coincide.",
      phone: parts([text("+000 00 "), digits(3), text(" "), digits(4)]),
      phoneSafety: "No range is kept for fiction; no country's code begins with 0 (ITU-T E.164).",
      company: parts([
        word("شركة مؤسسة مجموعة متاجر مصنع"), text(" "),
        word("الأحمد حداد خوري منصور سليمان النجار العلي حسن إبراهيم صالح قاسم"),
        phrase(["", " للتجارة", " للمقاولات", " وأولاده", " للخدمات", " للصناعة"]),
      ]),
      jobs: WordList(lines: [
        "معلم", "ممرضة", "مزارع", "طبيب", "مهندسة", "بائع", "سائق", "محامية", "محاسب", "خياط",
        "نجار",
        "صحفية", "طباخ", "كهربائي", "صيدلانية",
      ]))
  }()

  static let chinese: LocalPlaces = {
    let town = parts([
      word("云 江 青 龙 金 南 北 新 长 安 清 永"), word("源 山 河 湖 林 泉 岭 原 溪 川"), text("市"),
    ])
    return LocalPlaces(
      locale: "zh", town: town,
      address: parts([
        text("00"), digits(4), text(" "), town,
        word("和平 人民 建设 文化 长江 花园 东风 光明 胜利 友谊 朝阳"), word("路 街 大道 巷"),
        number(upTo: 300), text("号"),
      ]),
      addressSafety: "No postcode begins with 00.",
      phone: parts([text("000 "), digits(4), text(" "), digits(4)]),
      phoneSafety: "No range is kept for fiction; no number has the code 000.",
      company: parts([
        word("华 恒 瑞 鑫 宏 嘉 盛 天 永 信"), word("达 通 远 泰 丰 隆 源 成 兴 和"),
        word("科技 贸易 实业 建筑 食品 物流 电子"), text("有限公司"),
      ]),
      jobs: WordList(lines: [
        "教师", "护士", "农民", "医生", "工程师", "售货员", "司机", "律师", "会计", "裁缝", "木工", "记者",
        "厨师", "电工", "药剂师", "图书管理员",
      ]))
  }()
}
