import ArgumentParser
import BetLedger
import Bets
import Git

struct Rules: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the rules with their levels and where each level comes from.")

  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws { try Rules.list(in: context, json: json.isOn) }

  static func list(in context: Context, json isJSON: Bool) throws {
    let policy = try context.ledger.get().policy()
    let settings = try context.settings.get()
    let rows = Rule.allCases.map { ($0, settings.level(of: $0, policy: policy)) }
    if isJSON {
      context.output.line(
        JSON.answer([
          (
            "rules",
            .array(
              rows.map { rule, setting in
                .object([
                  ("rule", .string(rule.rawValue)), ("level", .string(setting.level.name)),
                  ("origin", .string(setting.origin)),
                  ("default", .string(rule.defaultLevel.name)), ("summary", .string(rule.summary)),
                ])
              })
          )
        ]).printed())
      return
    }
    var table = Table(["rule", "level", "from", "fires when"])
    for (rule, setting) in rows {
      let style: Terminal.Style = setting.level == .block ? .red : setting.level == .warn ? .yellow : .faint
      let origin = setting.isForOneCommand ? "this command only" : setting.origin
      table.add([
        .init(rule.rawValue, .bold), .init(setting.level.name, style), .init(origin), .init(rule.summary),
      ])
    }
    table.print(to: context.output)
  }
}
