import SourceText
import Testing

struct NameQualityTests {
  @Test(arguments: [
    ("LessonFinder", true, true), ("lesson_finder", true, true), ("lesson-finder", true, true),
    ("URLSession", true, false), ("getValue", true, false),
    ("_private", false, false), ("__init__", false, false), ("settings", false, false),
    ("companies", false, false), ("IDs", false, false), ("lessonIDs", true, true),
    ("synonym", false, true), ("SYNONYM", false, true), ("V2_3", true, true), ("x2_3", true, true),
    ("page_2", true, false), ("", false, false), ("_", false, false),
  ])
  func `a name has parts, and some of them are common`(
    _ name: String, _ isComposite: Bool, _ hasUncommonPart: Bool
  ) {
    let quality = NameQuality(Array(name.utf8)[...])
    #expect(quality.isComposite == isComposite)
    #expect(quality.hasUncommonPart == hasUncommonPart)
  }

  @Test(arguments: [
    ("getValue", true, true), ("is_on", false, false), ("is_new", true, true), ("synonym", true, false),
    ("synonyms", true, true), ("indexing", true, true),
    ("settings", false, false), ("value", false, false), ("index", false, false),
    ("LessonTest", false, false), ("mockLesson", false, false), ("fake_lessons", false, false),
    ("latestLesson", true, true), ("tests_lesson", false, false), ("Mocked", true, false),
  ])
  func `a good name is composite, or long and not common`(_ name: String, _ byKeyword: Bool, _ asField: Bool)
  {
    let quality = NameQuality(Array(name.utf8)[...])
    #expect(quality.isGood(.keyword) == byKeyword)
    #expect(quality.isGood(.field) == asField)
    #expect(!quality.isGood(.binding))
  }
}
