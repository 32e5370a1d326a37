import SourceText
import Testing

struct WordsTests {
  @Test(arguments: [
    ("let finder = LessonFinder(x)", ["finder", "LessonFinder"]),
    ("four fives _priv a1b2c 12345 1abcde", ["fives", "_priv", "a1b2c"]),
    ("größe größenordnung lesson_größe naïve_finder lessons", ["lessons"]),
    ("<lesson-list v-if=\"x\"> my-own_thing", ["lesson", "lesson-list", "own_thing", "my-own_thing"]),
    (
      "lesson - list, a--lesson, lesson--b, --lesson-list, lesson-list-",
      ["lesson", "lesson", "lesson", "lesson", "lesson"]
    ),
    ("a-b a-b-c ab-größe", ["a-b-c"]),
    ("", []), ("-", []), ("lesson-", ["lesson"]),
  ])
  func `names have five bytes, and chains with hyphens are names too`(_ line: String, _ words: [String]) {
    // A slice that does not begin at nought.
    let code = Array("xx\(line)".utf8)[2...]
    var found: [String] = []
    Words.forEach(in: code) { found.append(String(decoding: code[$0], as: UTF8.self)) }
    #expect(found == words)
  }
}
