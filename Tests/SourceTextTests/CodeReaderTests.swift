import SourceText
import Testing

/// The code of lines that follow each other, and whether each tells.
func code(_ language: SourceLanguage, _ lines: String...) -> [String] {
  var reader = CodeReader(language)
  return lines.map { line in
    reader.read(Array(line.utf8)[...])
    return String(decoding: reader.code, as: UTF8.self)
  }
}

/// The words of a text, with a space between them.
private func squeezed(_ text: String) -> String {
  text.split(separator: " ").joined(separator: " ")
}

struct CodeReaderTests {
  @Test(
    arguments: [
      (.swift, #"let a = "b" // c"#, #"let a = " ""#),
      (.swift, #"print("a \(finder.find("b")) c", d)"#, #"print(" finder.find(" ") ", d)"#),
      (.swift, ##"f(#"a "b" \(c) \#(d)"#, e)"##, ##"f(#" d "#, e)"##),
      (.swift, "a /* b /* c */ d */ e", "a e"),
      (.c, #"char c = '"'; puts("a\"b"); /* d */ e();"#, #"char c = ' '; puts(" "); e();"#),
      (.c, "a = b * /* c */ d;", "a = b * d;"),
      (.rust, "fn f<'a>(x: &'a str) { g('\\'', 'b') }", "fn f<'a>(x: &'a str) { g(' ', ' ') }"),
      (.rust, ##"let a = r#"b "c" d"#; e"##, ##"let a = r#" "#; e"##),
      (.rust, "#[derive(Clone)] // a", "#[derive(Clone)]"),
      (.go, "a := `b // c` + \"d\" // e", "a := ` ` + \" \""),
      (.go, #"if r == '\u00e4' { a }"#, #"if r == ' ' { a }"#),
      (.python, #"a = f"b {c.d} {{e}} f" + 'g' # h"#, #"a = f" c.d " + ' '"#),
      (.python, #"a = "b {c}""#, #"a = " ""#),
      (.python, #"a = r"\" + b" + c"#, #"a = r" " + c"#),
      (.ruby, ##"a = "b #{c.map { |d| d.e }} f" # g"##, ##"a = " c.map { |d| d.e } ""##),
      (.ruby, "x.gsub(/\"/, '') + y", "x.gsub(/ /, '') + y"),
      (.php, #"$a = "b $cde {$f->ghi()} j"; # k"#, #"$a = " $cde $f->ghi() ";"#),
      (.php, "#[Route('/a')]", "#[Route(' ')]"),
      (.javaScript, "a = `b ${c + `d ${e}`} f` // g", "a = ` c + ` e ` `"),
      (.javaScript, "if (/[/'\"`]/.test(a)) b(c / d / e)", "if (/ /.test(a)) b(c / d / e)"),
      (.javaScript, "<p>Don't {stop} it</p>", "<p>Don't {stop} it</p>"),
      (.javaScript, "return <a href=\"b\">{c}</a>", "return <a href=\" \">{c}</a>"),
      (.java, #"a("b" + 'c'); // d"#, #"a(" " + ' ');"#),
      (.kotlin, #"a("b $cde ${f.g(h { i })} j")"#, #"a(" $cde f.g(h { i }) ")"#),
      (.scala, #"a(s"b $cde", "f $ghi")"#, #"a(s" $cde", " ")"#),
      (.cSharp, #"a($"b {c} {{d}}", @"e\", "f {g}")"#, #"a($" c ", @" ", " ")"#),
      (.dart, "a('b ${c.d} $efg');", "a(' c.d $efg');"),
      (.elixir, ##"a("b #{c}") # d"##, ##"a(" c ")"##),
      (.erlang, #"a("b"), 'some_atom' % c"#, #"a(" "), 'some_atom'"#),
      (.haskell, "f' x = {- a {- b -} c -} \"d\" -- e", "f' x = \" \""),
      (.lua, "a = 'b' --[[ c ]] .. d -- e", "a = ' ' .. d"),
      (.perl, #"$#a + "b $cde" # f"#, #"$#a + " $cde""#),
      (.shell, #"a ${#b} "c $def $(ghi)" 'j' # k"#, #"a ${#b} " $def $ " ' '"#),
      (.sql, "select a, 'b''c' from \"d\" -- e", "select a, ' '' ' from \"d\""),
      (.protobuf, "string a = 1 [b = \"c\"]; // d", "string a = 1 [b = \" \"];"),
      (.graphQL, "a(b: \"c\"): D # e", "a(b: \" \"): D"),
      (.css, "a { background: url(http://b/c); } /* d */", "a { background: url(http://b/c); }"),
      (
        .component, "<a :items=\"lessonItems\" href=\"https://b\"> <!-- c -->",
        "<a :items=\"lessonItems\" href=\"https://b\">"
      ),
      (.markup, "<%= lesson_list 'a' %> <%# b %> {# c #} {{!-- d --}}", "<%= lesson_list 'a' %>"),
    ] as [(SourceLanguage, String, String)])
  func `comments and the insides of strings go, code within them stays`(
    _ language: SourceLanguage, _ line: String, _ left: String
  ) {
    #expect(squeezed(code(language, line)[0]) == left)
  }

  @Test(
    arguments: [
      (.c, ["a /* b", "c", "d */ e"], ["a", "", "e"]),
      (.c, [" * text of a comment", " */ a", " * b"], ["", "a", "* b"]),
      (.component, ["* text </p>", "<lesson-list>"], ["", "<lesson-list>"]),
      (
        .component, ["<a accept=\"image/*\">", "<b accept=\"*/*\">"],
        ["<a accept=\"image/*\">", "<b accept=\"*/*\">"]
      ),
      (.markup, ["{{#if lesson}}", "{{/if}} {{! a", "b }} c"], ["{{#if lesson}}", "{{/if}}", "c"]),
      (.markup, ["<%!-- a --%> {{!-- b }} --}} c"], ["c"]),
      (.c, ["*p = a;"], ["*p = a;"]),
      (.c, ["a = b", "  * c;"], ["a = b", "* c;"]),
      (.c, ["text that began above", "the end */ a"], ["text that began above", "a"]),
      (.css, ["* { a: b }"], ["* { a: b }"]),
      (.swift, ["a /* b", "/* c */", "d", "*/ e"], ["a", "", "", "e"]),
      (
        .swift, [#"let a = """"#, #"  b \(c"#, #"    .d) e"#, #"  """ + f"#],
        [#"let a = """"#, "c", ".d", #"""" + f"#]
      ),
      (
        .python, ["def a():", "    \"\"\"b", "    c", "    d\"\"\"", "    e"],
        ["def a():", "\"\"\"", "", "\"\"\"", "e"]
      ),
      (
        .python, ["    \"\"\"", "    prose", "class A(B):", "    c"],
        ["\"\"\"", "", "class A(B):", "c"]
      ),
      (.python, ["a = '''", "class A(B):", "'''", "c"], ["a = '''", "", "'''", "c"]),
      (.javaScript, ["const a = `", "function b() {", "` + c"], ["const a = `", "", "` + c"]),
      (.javaScript, ["end of it`)", "x"], ["`)", "x"]),
      (.javaScript, ["throw `a`", "x"], ["throw ` `", "x"]),
      (.javaScript, ["`", "x", "function b() {", "c"], ["`", "", "function b() {", "c"]),
      (.javaScript, ["a = gql`", "x"], ["a = gql`", ""]),
      (.swift, ["text", "\"\"\")", "x"], ["text", "\"\"\")", "x"]),
      (.swift, ["a(", "  \"\"\"", "x"], ["a(", "\"\"\"", ""]),
      (.python, ["text.\"\"\"", "x"], ["\"\"\"", "x"]), (.python, ["a(r\"\"\"", "x"], ["a(r\"\"\"", ""]),
      (.python, ["def a():", "  \"\"\"", "  x"], ["def a():", "\"\"\"", ""]),
      (.python, ["a = 1", "\"\"\"Text", "x"], ["a = 1", "\"\"\"", ""]),
      (.javaScript, ["a = 'b", "c"], ["a = '", "c"]),
      (.javaScript, ["a = `b ${c({", "  d,", "})} e", "` f"], ["a = ` c({", "d,", "})", "` f"]),
      (.go, ["a = `b", "c", "` + d"], ["a = `", "", "` + d"]),
      (.ruby, ["=begin", "a", "=end", "b"], ["", "", "", "b"]),
      (.lua, ["--[[ a", "b[c[1]]", "d"], ["", "", "d"]),
      (.markup, ["<!-- a", "b --> <c>", "d --> e"], ["", "<c>", "e"]),
    ] as [(SourceLanguage, [String], [String])])
  func `what is open goes on in the next line, and a hunk that begins within is found out`(
    _ language: SourceLanguage, _ lines: [String], _ left: [String]
  ) {
    var reader = CodeReader(language)
    let code = lines.map { line in
      reader.read(Array(line.utf8)[...])
      return squeezed(String(decoding: reader.code, as: UTF8.self))
    }
    #expect(code == left)
  }

  @Test func `a new hunk is code again`() {
    var reader = CodeReader(.c)
    reader.read(Array("/* a".utf8)[...])
    reader.beginHunk()
    reader.read(Array("b".utf8)[...])
    #expect(reader.code == Array("b".utf8))
  }

  @Test(
    arguments: [
      (.swift, "// text", false), (.swift, "}", false), (.swift, "import Shop", false),
      (.swift, "  \"some text\",", true),
      (.swift, "let finder = x", true), (.python, "\"\"\"text\"\"\"", false), (.ruby, "end", false),
      (.ruby, "else # text", false), (.javaScript, "import { a } from 'b'", false),
      (.c, "/* text */ return;", false),
      (.c, "#include \"a.h\"", false), (.javaScript, "'12',", false),
    ] as [(SourceLanguage, String, Bool)])
  func `comments, imports and signs do not tell`(
    _ language: SourceLanguage, _ line: String, _ isTelling: Bool
  ) {
    var reader = CodeReader(language)
    reader.read(Array(line.utf8)[...])
    #expect(reader.isTelling == isTelling)
  }

  @Test(arguments: [
    ("import List from '../shop/lesson-list'", "import List from ' lesson-list'"),
    ("import List from \"./list\";", "import List from \" \";"),
    ("show('lesson-list')", "show(' ')"), ("} from './lesson-list.js'", "} from ' lesson-list '"),
    ("lazy(() => import('./lesson-list'))", "lazy(() => import(' lesson-list'))"),
    ("x('import', 'lesson-list')", "x(' ', ' ')"),
  ])
  func `an import keeps the name of a file that could be one`(_ line: String, _ left: String) {
    #expect(squeezed(code(.javaScript, line)[0]) == left)
  }

  @Test func `hostile lines neither trap nor take long`() {
    let pieces = [
      "\"", "'", "`${", "/*", "*/", "\\(", "\"\"\"", "#{", "{-", "\\", "=/[", "r#\"", "\0", "\u{fffd}",
    ]
    for language in SourceLanguage.allCases {
      var reader = CodeReader(language)
      for piece in pieces {
        for count in [1, 2, 3, 130, 400, 2000] {
          let line = Array(String(repeating: piece, count: count).utf8)
          reader.read(line[...])
          #expect(reader.code.count == line.count)
          Definitions.forEach(in: reader.code[...], language) { _, _ in }
        }
      }
      reader.read([0xFF, 0xFE, 0x27, 0xE4, 0x27, 0x22, 0xC3][...])
      reader.read([])
      #expect(reader.code.isEmpty)
      let line = Array(repeating: UInt8(ascii: "a"), count: 400_000)
      reader.read(line[...])
      #expect(reader.code.count == line.count)
    }
    for piece in ["a", "a-", "-", "a_b ", "\u{e9}"] {
      let line = Array(String(repeating: piece, count: 400_000 / piece.utf8.count).utf8)
      Words.forEach(in: line[...]) { _ in }
    }
  }

  @Test func `a line that a tool wrote is no code`() {
    #expect(code(.javaScript, String(repeating: "a;", count: 201))[0].allSatisfy { $0 == " " })
    #expect(code(.javaScript, String(repeating: "a;", count: 200))[0].contains("a"))
  }

  @Test func `every byte keeps its place`() {
    var random = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: 0...UInt64.max, using: &random)
    var state = seed
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let pieces = [
      "\"", "'", "`", "\"\"\"", "'''", "/*", "*/", "//", "#", "--", "{", "}", "(", ")", "${", "#{", "\\(",
      "\\", "$a", "f\"",
      "r#\"", "@\"", "{-", "-}", "[", "]", "/", "<!--", "-->", "{{", "import ", "class A(", ":=", ": ", "<",
      "\t", " ", "é",
      "name", "LessonFinder", "%", "*", "=", ",", "case ", "create table ", "self.", "func (", "'a'", "pub(",
      ":a", "\0",
    ].map { Array($0.utf8) }
    for _ in 0..<4000 {
      let language = SourceLanguage.allCases[next(SourceLanguage.allCases.count)]
      var reader = CodeReader(language)
      for _ in 0..<6 {
        // The slice does not begin at nought.
        var text: [UInt8] = [1, 2]
        for _ in 0..<next(14) { text += pieces[next(pieces.count)] }
        let line = text[2...]
        reader.read(line)
        let isSame = zip(reader.code, line).allSatisfy { $0 == $1 || $0 == 32 }
        #expect(isSame && reader.code.count == line.count, "\(seed) \(language)")
        for text in [reader.code[...], line] {
          var areNames = true
          Words.forEach(in: text) { areNames = areNames && text[$0].allSatisfy { $0 < 0x80 && $0 > 32 } }
          Definitions.forEach(in: text, language) { range, _ in
            areNames = areNames && !range.isEmpty && text[range].allSatisfy { $0 < 0x80 && $0 > 47 }
          }
          #expect(areNames, "\(seed) \(language)")
        }
      }
    }
  }
}
