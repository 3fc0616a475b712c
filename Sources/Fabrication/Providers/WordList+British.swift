// SPDX-License-Identifier: Apache-2.0

extension WordList {
  /// Common given names of England and Wales; an own list of a few, no copy of a register.
  static let givenNames = WordList(
    """
    Olivia Amelia Isla Ava Ivy Freya Lily Florence Mia Willow Rosie Sophia Isabella Grace Daisy Sienna \
    Poppy Elsie Emily Ella Evelyn Phoebe Evie Charlotte Harper Millie Matilda Maya Sophie Alice Emma \
    Noah Oliver George Arthur Muhammad Leo Harry Oscar Archie Henry Theodore Freddie Jack Charlie Theo \
    Alfie Jacob Thomas Finley Arlo William Lucas Roman Tommy Isaac Teddy Alexander Luca Edward James \
    Margaret Susan David John Patricia Christine Peter Robert Michael Linda Aisha Priya Ravi Wei Amir
    """)

  /// Common family names of Great Britain; an own list of a few.
  static let familyNames = WordList(
    """
    Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker \
    White Roberts Green Hall Thomas Clarke Jackson Wood Harris Edwards Turner Martin Cooper Hill Ward \
    Hughes Moore Clark King Harrison Lewis Baker Lee Allen Morris Khan Scott Watson Davis Parker James \
    Bennett Young Phillips Richardson Mitchell Bailey Carter Cook Singh Shaw Bell Collins Morgan Kelly
    """)

  static let streetNames = WordList(
    """
    Station Church Park Victoria Green Manor Kings Queens Grange Springfield Mill York Alexandra Albert \
    Chapel School North South West East Orchard Meadow Windsor Stanley George New Bridge Highfield
    """)

  static let streetKinds = WordList(
    "Road Street Avenue Lane Close Drive Way Gardens Terrace Crescent")

  /// Places that no map shows, from parts of English place names.
  static let townStarts = WordList(
    "Ash Bram Cal Dun Elm Fern Harl Kel Lang Mar Nor Oak Pen Rav Stan Thorn Under Wal Wex Yar")
  static let townEnds = WordList(
    "bury by combe don field ford ham ley mere port stead ton wick worth")

  static let jobs = WordList(lines: [
    "nurse", "teacher", "electrician", "software developer", "care worker", "accountant", "driver",
    "chef", "civil engineer", "shop assistant", "solicitor", "farmer", "plumber", "librarian",
    "police officer", "researcher", "receptionist", "warehouse worker", "midwife", "architect",
  ])
  static let companyKinds = WordList(lines: [
    "Ltd", "& Sons", "Group", "Partners", "Services", "LLP",
  ])

  /// Words of the filler text that printers have used since the sixteenth century; public domain.
  static let filler = WordList(
    """
    lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et \
    dolore magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex \
    ea commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum eu fugiat nulla \
    pariatur excepteur sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim
    """)
}
