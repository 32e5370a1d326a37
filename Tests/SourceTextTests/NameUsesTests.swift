import SourceText
import Testing

struct NameUsesTests {
  /// How often work uses `LessonFinder`, `find_lesson` and `lesson-list`, as it adds and takes out these lines.
  private func uses(_ language: SourceLanguage, added: [String], removed: [String] = []) -> [String: Int] {
    var table = NameTable()
    let names = ["LessonFinder", "find_lesson", "lesson-list"]
    for (number, name) in names.enumerated() { #expect(table.insert(Array(name.utf8)[...]) == number) }
    var uses = NameUses()
    for (lines, isAdded) in [(added, true), (removed, false)] {
      var reader = CodeReader(language)
      for line in lines {
        reader.read(Array(line.utf8)[...])
        uses.add(reader.code[...], language, isAdded: isAdded, among: table)
      }
    }
    return Dictionary(uniqueKeysWithValues: uses.uses.map { (names[$0.name], $0.count) })
  }

  @Test func `a use is more of a name added than taken out, in code`() {
    #expect(uses(.swift, added: ["LessonFinder(LessonFinder.self)"]) == ["LessonFinder": 2])
    #expect(
      uses(.swift, added: ["LessonFinder(x)", "LessonFinder(y)"], removed: ["LessonFinder(z)"]) == [
        "LessonFinder": 1
      ])
    #expect(uses(.swift, added: ["LessonFinder(x)"], removed: ["LessonFinder(z)"]).isEmpty)
    #expect(uses(.swift, added: [], removed: ["LessonFinder(z)"]).isEmpty)
    #expect(uses(.swift, added: ["// LessonFinder", "print(\"LessonFinder\")", "LessonFinders()"]).isEmpty)
    #expect(uses(.python, added: ["x = shop.find_lesson(y)  # find_lesson"]) == ["find_lesson": 1])
    #expect(
      uses(.markup, added: ["<lesson-list :x=\"find_lesson('a')\">"]) == ["lesson-list": 1, "find_lesson": 1])
    #expect(uses(.javaScript, added: ["import x from './lesson-list'"]) == ["lesson-list": 1])
  }

  @Test func `whoever defines the name uses their own`() {
    #expect(uses(.swift, added: ["struct LessonFinder {", "LessonFinder()"]).isEmpty)
    #expect(uses(.javaScript, added: ["  const find_lesson = x", "  find_lesson(y)"]).isEmpty)
    #expect(uses(.go, added: ["\tfind_lesson := x", "\tfind_lesson(y)"]).isEmpty)
    #expect(uses(.javaScript, added: ["  const { find_lesson } = x"]) == ["find_lesson": 1])
    #expect(uses(.javaScript, added: ["  find_lesson: 3,"]) == ["find_lesson": 1])
    #expect(uses(.javaScript, added: ["const find_lesson = require('./x')"]) == ["find_lesson": 1])
    // What is taken out is not theirs any more.
    #expect(
      uses(.swift, added: ["LessonFinder()", "LessonFinder()"], removed: ["struct LessonFinder {"]) == [
        "LessonFinder": 1
      ])
  }

  @Test func `a table finds what is in it, however much that is`() {
    var table = NameTable()
    for number in 0..<2000 { #expect(table.insert(Array("name\(number)".utf8)[...]) == number) }
    #expect(table.insert(Array("name7".utf8)[...]) == 7)
    #expect(table.names.count == 2000)
    let code = Array("x name1999 name2000".utf8)[...]
    #expect(table.number(of: code, 2..<10) == 1999)
    #expect(table.number(of: code, 11..<19) == nil)
    #expect(table.number(of: code, 2..<2) == nil)
  }

  @Test(
    arguments: [
      ([], nil), ([("value", .keyword, 5)], nil), ([("LessonFinder", .keyword, 0)], nil),
      ([("synonym", .keyword, 1)], .plain),
      ([("getValue", .field, 2)], .plain), ([("lessonValue", .field, 1)], .middle),
      ([("getValue", .keyword, 1)], .strict), ([("getValue", .field, 3)], .strict),
      ([("synonym", .keyword, 3)], .plain), ([("synonym", .keyword, 2), ("indexing", .keyword, 1)], .strict),
      ([("synonym", .keyword, 1), ("indexing", .keyword, 1)], .plain),
      ([("synonym", .keyword, 1), ("value", .keyword, 9)], .plain),
    ] as [([(String, Definitions.Kind, Int)], UseLevel?)])
  func `the more and the plainer the names, the surer`(
    _ uses: [(String, Definitions.Kind, Int)], _ level: UseLevel?
  ) {
    let uses = uses.map { UseLevel.Use(quality: NameQuality(Array($0.0.utf8)[...]), kind: $0.1, count: $0.2) }
    #expect(UseLevel(uses) == level)
  }
}
