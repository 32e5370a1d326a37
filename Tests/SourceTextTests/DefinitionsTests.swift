import SourceText
import Testing

struct DefinitionsTests {
  /// What a line defines: by keyword as it is, a field with a dot in front, a binding with a tilde.
  private static func defined(_ language: SourceLanguage, _ line: String) -> String {
    var reader = CodeReader(language)
    reader.read(Array(line.utf8)[...])
    var found: [String] = []
    Definitions.forEach(in: reader.code[...], language) { range, kind in
      let sign = kind == .keyword ? "" : kind == .field ? "." : "~"
      found.append(sign + String(decoding: reader.code[range], as: UTF8.self))
    }
    return found.joined(separator: " ")
  }

  @Test(arguments: [
    ("public final class LessonFinder: Finder {", "LessonFinder"), ("  indirect enum Kind {", "Kind"),
    ("  class func find(_ lesson: Lesson) {", "find"), ("extension Lesson {", ""),
    ("  case short, long(Int, a: [B])", ".short .long"),
    ("  case .short:", ""), ("  case let .long(x):", ""), ("  let title: String", ".title ~title"),
    ("  let found = find()", "~found"),
    ("let shared = Finder()", "shared"),
    ("  guard let lesson = x, let other else { return }", "~lesson ~other"), ("  if let lesson {", "~lesson"),
    ("protocol Finding {}", "Finding"), ("  // class Ghost", ""), ("  f(\"class Ghost\")", ""),
    ("  self.class.find", ""),
    ("import struct Shop.Lesson", ""), ("  static func == (a: Lesson, b: Lesson)", ""),
    ("typealias Found = [Lesson]", "Found"),
  ])
  func `Swift`(_ line: String, _ names: String) { #expect(Self.defined(.swift, line) == names) }

  @Test(arguments: [
    ("pub(crate) async fn find_lesson<'a>(x: &'a str) -> Lesson {", "find_lesson"),
    ("pub struct Finder<T> {", "Finder"),
    ("impl Finder {", ""), ("    pub title: String,", ".title"),
    ("    pub(crate) title: Vec<Lesson>,", ".title"),
    ("    ShortLesson,", ".ShortLesson"), ("    Long(Lesson),", ".Long"), ("    Wide { a: i32 },", ".Wide"),
    ("    Some(x) => y,", ""),
    ("    let mut found = find();", "~found"), ("    let Some(x) = y else {", ""),
    ("const LIMIT: usize = 5;", "LIMIT"),
    ("pub static LIMIT: usize = 5;", "LIMIT"), ("mod tests {", "tests"),
    ("macro_rules! find_all {", "find_all"),
    ("use crate::finder::{Lesson, Finder};", ""), ("    if let Some(lesson) = x {", ""), ("    x::y(z),", ""),
  ])
  func `Rust`(_ line: String, _ names: String) { #expect(Self.defined(.rust, line) == names) }

  @Test(arguments: [
    ("func (f *Finder[T]) FindLesson(x int) Lesson {", "FindLesson"),
    ("func NewFinder() *Finder {", "NewFinder"),
    ("\tx := func(a int) Lesson {", "~x"), ("\tgo func() {", ""), ("type Finder struct {", "Finder"),
    ("\tTitle string `json:\"title\"`", ".Title"),
    ("\tLessons []*Lesson", ".Lessons"), ("\tFind(x)", ""), ("\tTitle: x,", ""), ("\ttitle string", ""),
    ("const Limit = 5", "Limit"),
    ("\tfor i, lesson := range lessons {", "~i ~lesson"), ("\tif err := find(x); err != nil {", "~err"),
    ("\tvar found Lesson", ""),
    ("\tvar found = x", "~found"), ("var Found = x", "Found"), ("\tswitch x := y.(type) {", "~x"),
    ("package finder", ""),
  ])
  func `Go`(_ line: String, _ names: String) { #expect(Self.defined(.go, line) == names) }

  @Test(
    arguments: [
      (.python, "class LessonFinder(Finder):", "LessonFinder"),
      (.python, "    async def find_lesson(self):", "find_lesson"),
      (.python, "    title: str = ''", ".title"), (.python, "    lesson_limit = 5", ".lesson_limit"),
      (.python, "        found = find()", ""),
      (.python, "    if a == b:", ""), (.python, "    else:", ""), (.python, "LIMIT = 5", ".LIMIT"),
      (.python, "    lesson.title = x", ""),
      (.python, "from shop import lesson", ""), (.python, "    a == b", ""),
      (.ruby, "  def self.find_lesson(x)", "find_lesson"),
      (.ruby, "class Shop::LessonFinder < Finder", "LessonFinder"),
      (.ruby, "  has_many :lesson_entries, dependent: :destroy", ".lesson_entries"),
      (.ruby, "  scope :recent_lessons, -> { x }", ".recent_lessons"),
      (.ruby, "  attr_reader :title, :author", ".title .author"),
      (.ruby, "      t.string :title, null: false", ".title"),
      (.ruby, "      t.index :title", ""),
      (.ruby, "    add_column :lessons, :word_count, :integer", ".word_count"),
      (.ruby, "  LESSON_LIMIT = 5", ".LESSON_LIMIT"), (.ruby, "  x.class == y", ""),
      (.ruby, "    create_table :lesson_words do |t|", ".lesson_words"),
      (.ruby, "  resources :lessons, only: %i[index]", ".lessons"),
      (.ruby, "  validates :title, presence: true", ""), (.ruby, "  module Finding", "Finding"),
      (.php, "final class LessonFinder extends Finder", "LessonFinder"),
      (.php, "    public function findLesson(int $x): ?Lesson", "findLesson"),
      (.php, "    private ?Lesson $lesson = null;", ".lesson"),
      (.php, "        protected readonly Lesson $lesson,", ".lesson"),
      (.php, "    case Short = 'short';", ".Short"), (.php, "        case SHORT:", ""),
      (.php, "    public const LIMIT = 5;", ".LIMIT"),
      (.php, "        $found = find($x);", ""), (.php, "use Shop\\Lesson;", ""),
      (.php, "$x = function ($y) {", ""),
      (.elixir, "defmodule Shop.LessonFinder do", "LessonFinder"),
      (.elixir, "  defp find_lesson(x), do: x", "find_lesson"),
      (.elixir, "    field :word_count, :integer", ".word_count"), (.elixir, "  import Shop.Lesson", ""),
      (.erlang, "-module(lesson_finder).", "lesson_finder"), (.erlang, "find_lesson(X) ->", "find_lesson"),
      (.erlang, "    find_lesson(X),", ""),
      (.haskell, "data Lesson = Lesson", "Lesson"), (.haskell, "findLesson :: Shop -> Lesson", "findLesson"),
      (.haskell, "  where find x = y", ""),
      (.lua, "local function find_lesson(x)", "find_lesson"), (.lua, "function Shop:find(x)", "find"),
      (.lua, "  local found = x", "~found"),
      (.perl, "sub find_lesson {", "find_lesson"), (.perl, "package Shop::Finder;", "Finder"),
      (.perl, "  my $found = x;", "~found"),
      (.shell, "find_lesson() {", "find_lesson"), (.shell, "function find_lesson {", "find_lesson"),
      (.shell, "  local found=1", "~found"),
      (.sql, "CREATE TABLE IF NOT EXISTS shop.\"lesson_words\" (", "lesson_words"),
      (.sql, "alter table lessons add column word_count int;", ".word_count"),
      (.sql, "create unique index concurrently by_title on lessons (title)", "by_title"),
      (.sql, "drop table lessons", ""),
      (.sql, "create or replace function find_lesson(x int)", "find_lesson"),
      (.sql, "select * from create_table", ""),
      (.protobuf, "message LessonWords {", "LessonWords"),
      (.protobuf, "  repeated shop.Lesson lesson_words = 3;", ".lesson_words"),
      (.protobuf, "  rpc FindLesson(Query) returns (Lesson);", "FindLesson"),
      (.protobuf, "  option a = true;", ""),
      (.graphQL, "type Lesson implements Node {", "Lesson"), (.graphQL, "extend type Lesson {", ""),
      (.graphQL, "  wordCount(x: Int): Int!", ".wordCount"),
      (.graphQL, "query FindLesson($x: ID!) {", "FindLesson"), (.css, "$lesson-width: 4px;", ""),
      (.css, "$lessonWidth: 4px;", ".lessonWidth"),
      (.css, "@mixin lesson_box($x) {", "lesson_box"), (.markup, "<p>class Lesson</p>", ""),
    ] as [(SourceLanguage, String, String)])
  func `scripts, schemas and others`(_ language: SourceLanguage, _ line: String, _ names: String) {
    #expect(Self.defined(language, line) == names)
  }

  @Test(arguments: [
    ("export default class LessonFinder extends Finder {", "LessonFinder"),
    ("export async function* findLessons() {", "findLessons"),
    ("export const lessonFinder = () => {", "lessonFinder"), ("  const found = find()", "~found"),
    ("  const { found, other } = x", ""),
    ("export type Found = Lesson | null", "Found"), ("import type { Lesson } from './x'", ""),
    ("import type Lesson from './x'", ""),
    ("  title?: string", ".title"), ("  title: string;", ".title"), ("  title: x,", ""),
    ("  private readonly finder: Finder", ".finder"),
    ("  async findLesson(x) {", ".findLesson"), ("  if (x) {", ""), ("  lessons.map((x) => {", ""),
    ("  useLesson(() => {", ""),
    ("  for (const lesson of lessons) {", "~lesson"), ("  #finder = null;", ""),
    ("  static limit = 5", ".limit"), ("interface Lesson {", "Lesson"),
    ("  get title() {", ".title"), ("declare namespace Shop {", "Shop"), ("  x.type = y", ""),
    ("const Lesson = require('./lesson')", ""),
    ("const List = lazy(() => import('./list'))", ""), ("const { Lesson } = require('./lesson')", ""),
  ])
  func `JavaScript and TypeScript`(_ line: String, _ names: String) {
    #expect(Self.defined(.javaScript, line) == names)
  }

  @Test(
    arguments: [
      (.c, "struct lesson_finder {", "lesson_finder"), (.c, "struct lesson *find(struct shop *s);", "find"),
      (.c, "static int find_lesson(struct shop *s,", "find_lesson"),
      (.c, "\tstruct lesson *x = y;", ""), (.c, "struct lesson;", ""),
      (.c, "#define LESSON_LIMIT 5", "LESSON_LIMIT"), (.c, "#include <lesson.h>", ""),
      (.c, "enum class Kind : int {", "Kind"), (.c, "@interface LessonFinder : NSObject", "LessonFinder"),
      (.c, "@protocol Finding;", ""),
      (.c, "- (Lesson *)findLesson:(int)x {", "findLesson"), (.c, "\treturn find(x);", ""),
      (.c, "class Finder final : public A {", ""),
      (.c, "void Finder::findLesson(int x) {", "findLesson"), (.c, "lesson = find(x);", ""),
      (.c, "LIST_HEAD(lessons);", ""),
      (.java, "public class LessonFinder<T> implements Finder {", "LessonFinder"),
      (.java, "    public static List<Lesson> findLessons(int x) {", "findLessons"),
      (.java, "    private final Lesson lesson;", ".lesson"),
      (.java, "    private Map<A, B> words = new HashMap<>();", ".words"),
      (.java, "    return findLesson(x);", ""), (.java, "    public LessonFinder(Shop shop) {", ""),
      (.java, "import shop.Lesson;", ""),
      (.java, "    var found = find();", "~found"), (.java, "    new Finder(x).find();", ""),
      (.cSharp, "    public Lesson? Found { get; set; }", ".Found"),
      (.cSharp, "    public async Task<Lesson> FindAsync(int x)", "FindAsync"),
      (.cSharp, "    internal record Found(int X);", "Found"),
      (.kotlin, "data class Lesson(val title: String)", "Lesson .title ~title"),
      (.kotlin, "fun <T> List<T>.findLesson(x: Int): T {", "findLesson"),
      (.kotlin, "fun Shop.findLesson(x: Int): Lesson {", "findLesson"),
      (.kotlin, "    private val title: String = x", ".title ~title"),
      (.kotlin, "    val found = x", "~found"), (.kotlin, "companion object {", ""),
      (.kotlin, "    val (a, b) = c", ""),
      (.scala, "  def findLesson(x: Int): Lesson = {", "findLesson"),
      (.scala, "case class Lesson(title: String)", "Lesson"), (.scala, "  type Found = Lesson", "Found"),
      (.dart, "mixin Finding on Finder {", "Finding"), (.dart, "  final found = find();", "~found"),
      (.dart, "  final Lesson lesson;", ".lesson"),
      (.dart, "  final Lesson found = x;", ".found"),
    ] as [(SourceLanguage, String, String)])
  func `languages with types in front`(_ language: SourceLanguage, _ line: String, _ names: String) {
    #expect(Self.defined(language, line) == names)
  }
}
