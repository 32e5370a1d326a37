/// Values laid out for people and programs: text, Markdown, Mermaid, DOT, JUnit and JSON. ``FindingLayout`` is the one
/// layout of a finding, from which every report takes its words.
///
/// Values in, text out: nothing is printed, opened or asked here.
@_exported import Bets
