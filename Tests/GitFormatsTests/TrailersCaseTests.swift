extension TrailerCase {
  private static let signed = "Signed-off-by: A <a@b>"
  private static func prose(_ lines: Int) -> String { String(repeating: "prose⏎", count: lines) }

  /// What `git log` of 2.39.5 and of 2.55 prints; they agree in every row.
  static let all: [TrailerCase] = titles + keysAndValues + mixed + paragraphs + tails + dividers + oddities

  private static let titles: [TrailerCase] = [
    .body("Bet: a", "Bet: a"),
    .whole("", ""),
    .whole("␀", ""),
    .whole("⏎⏎ ⏎", ""),
    .whole("Bet: a⏎", ""),
    .whole("s⏎Bet: a⏎", ""),
    .whole("⏎Bet: a⏎", ""),
    .whole(" ⏎⏎Bet: a⏎", ""),
    .whole("␍⏎⏎Bet: a⏎", ""),
    .whole("␋⏎⏎Bet: a⏎", "Bet: a"),
    .whole("# c⏎⏎Bet: a⏎", "Bet: a"),
    .whole("s⏎# c⏎⏎Bet: a⏎", "Bet: a"),
    .whole("s⏎body⏎⏎Bet: a⏎", "Bet: a"),
    .whole("s⏎⏎Bet: a", "Bet: a"),
    .whole("s␍⏎␍⏎Bet: a␍⏎", "Bet: a"),
    .whole("\u{FEFF}s⏎⏎Bet: a⏎", "Bet: a"),
    .whole("# a⏎⏎# Bet: b⏎", ""),
  ]

  private static let keysAndValues: [TrailerCase] = [
    .body("Bet: a⏎Bet: b", "Bet: a⏎Bet: b"),
    .body("Bet: b⏎X: 1⏎Bet: a", "Bet: b⏎X: 1⏎Bet: a"),
    .body("bet : a", "bet: a"),
    .body("Bet⇥:⇥a⇥ ", "Bet: a"),
    .body("Bet:a", "Bet: a"),
    .body("Bet:", "Bet: "),
    .body("X:⏎Bet: y", "X: ⏎Bet: y"),
    .body("X: ⏎Bet: y", "X: ⏎Bet: y"),
    .body("Bet:⏎ a", "Bet: a"),
    .body("Bet: a⏎ b", "Bet: a b"),
    .body("Bet: a⏎⇥b", "Bet: a b"),
    .body("Bet: a⏎  b⏎⇥c⏎X: y", "Bet: a b c⏎X: y"),
    .body("Bet: a␍⏎ b␍⏎", "Bet: a␍ b"),
    .body(" b⏎Bet: a", ""),
    .body("Bet: a⏎# c⏎ cont", ""),
    .body("Bet: a⏎␋b", ""),
    .body("Bet: a⏎␌b", ""),
    .body("-Bet: a", "-Bet: a"),
    .body("https://x.y/z", "https: //x.y/z"),
    .body("12: a⏎Bet: b", "12: a⏎Bet: b"),
    .body("Under_score: v⏎Bet: a", ""),
    .body("Key two: v⏎Bet: a", ""),
    .body("Kéy: v⏎Bet: a", ""),
    .body("Bet␋: v", ""),
    .body("- Bet: a", ""),
    .body("  Bet: a", ""),
    .body("Bet= a", ""),
    .body("Bet #42", ""),
    .body("\u{FEFF}Bet: a", ""),
    .body("Bet\u{FF1A} a", ""),
    .body(":wq", ""),
    .body(":wq⏎Bet: a", ""),
    .body("Bet: a⏎:wq⏎\(signed)", "Bet: a⏎\(signed)"),
  ]

  private static let mixed: [TrailerCase] = [
    .body("prose⏎Bet: a", ""),
    .body("prose⏎Bet: a⏎\(signed)", "Bet: a⏎\(signed)"),
    .body("prose⏎Bet: a⏎Signed-off-by: ", "Bet: a⏎Signed-off-by: "),
    .body("prose⏎Bet: a⏎Signed-off-by:", ""),
    .body("prose⏎Bet: a⏎signed-off-by: A", ""),
    .body("\(prose(3))\(signed)", signed),
    .body("\(prose(4))\(signed)", ""),
    .body("\(prose(6))Bet: a⏎\(signed)", "Bet: a⏎\(signed)"),
    .body("\(prose(7))Bet: a⏎\(signed)", ""),
    .body("Bet: a⏎prose⏎ cont⏎\(signed)", "Bet: a⏎\(signed)"),
    .body("prose⏎Bet: a⏎(cherry picked from commit 1)", "Bet: a"),
    .body("Bet: a⏎(cherry picked from commit 1)⏎ cont", "Bet: a"),
    .body("(cherry picked from commit 1)", ""),
    .body("Bet: a⏎(cherry picked by x)", ""),
  ]

  private static let paragraphs: [TrailerCase] = [
    .body("Bet: a⏎⏎Co-authored-by: B <b@c>", "Co-authored-by: B <b@c>"),
    .body("Bet: a⏎ ⏎Bet: b", "Bet: b"),
    .body("Bet: a⏎␍⏎Bet: b", "Bet: b"),
    .body("* one⏎⏎Bet: a⏎⏎* two", ""),
    .body(
      "* c1⏎⏎Bet: a⏎⏎* c2⏎⏎Bet: b⏎⏎---------⏎⏎Co-authored-by: X <x@y>", "Co-authored-by: X <x@y>"),
    .whole("Merge branch 'x'⏎⏎Bet: a⏎⏎* x:⏎  c1⏎", ""),
    .body("Bet: a⏎-- ⏎name", ""),
    .body("Bet: a⏎⏎-- ⏎name", ""),
    .body("body⏎␍⏎Bet: a", "Bet: a"),
    .body("body⏎␋⏎Bet: a", ""),
    .body("body⏎␌⏎Bet: a", ""),
  ]

  private static let tails: [TrailerCase] = [
    .body("Bet: a⏎⏎⏎ ⏎⇥", "Bet: a"),
    .body("Bet: a⏎# c⏎⏎# d", "Bet: a"),
    .body("Bet: a⏎# c⏎Bet: b", "Bet: a⏎Bet: b"),
    .body("Bet: a⏎# Bet: b", "Bet: a"),
    .body("# c⏎Bet: a", "Bet: a"),
    .body("Bet: a⏎⏎Conflicts:⏎⇥f", "Bet: a"),
    .body("Bet: a⏎Conflicts:⏎⇥f", "Bet: a"),
    .body("Bet: a⏎⏎Conflicts:␍⏎⇥f", "Conflicts: f"),
    .body("Bet: a⏎⏎Conflicts: ⏎⇥f", "Conflicts: f"),
    .body("Bet: a⏎⏎Conflicts:⏎  f", "Conflicts: f"),
    .whole("s⏎⏎Bet: a⏎⏎Conflicts:", "Conflicts: "),
    .whole("Conflicts:⏎ ⏎Bet: a⏎# c⏎⇥f⏎", "Bet: a"),
  ]

  private static let dividers: [TrailerCase] = [
    .body("Bet: a⏎---⏎⏎Bet: b", "Bet: b"),
    .body("Bet: a⏎---", ""),
    .body("Bet: a⏎---⏎Bet: b", ""),
    .body("Bet: a⏎---⏎ f | 1 +", ""),
    .body("----⏎body⏎⏎Bet: a", "Bet: a"),
    .body("---foo⏎body⏎⏎Bet: a", "Bet: a"),
    .body("Bet: a⏎✂Bet: b", "Bet: a"),
    .body("body⏎✂⏎Bet: b", ""),
    .whole("✂⏎Bet: a⏎", ""),
    .body("Bet: a⏎# ------------------------ >8 ------------------------␍⏎Bet: b", "Bet: a⏎Bet: b"),
    .body("Bet: a⏎# ------------------------ >8 ------------------------ ⏎Bet: b", "Bet: a⏎Bet: b"),
    .body("Bet: x⏎---⏎b⏎✂z", ""),
  ]

  private static let oddities: [TrailerCase] = [
    .body("Bet: a␀b", "Bet: a"),
    .body("Bet: a⏎␀⏎⏎Bet: b", "Bet: a"),
    .body("body␀⏎⏎Bet: a", ""),
    .body("Bet:\u{A0}a", "Bet: \u{A0}a"),
    .body("Bet: a\u{200B}", "Bet: a\u{200B}"),
    .body("Bet: a\u{202E}b", "Bet: a\u{202E}b"),
    .body("Bet: a␋", "Bet: a␋"),
    .body("Bet: ␦␦", "Bet: ␦␦"),
  ]
}
