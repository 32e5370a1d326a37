import ArgumentParser
import BetLedger
import BetReports

struct Rules: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the rules with their levels, and what decides what is judged; and where each comes from.")

  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws { try Rules.list(in: context, json: json.isOn) }

  static func list(in context: Context, json isJSON: Bool) throws {
    let policy = try context.ledger.policy()
    let settings = try context.settings
    let loosened = settings.loosened(policy: policy)
    let rows = Rule.all.map { ($0, settings.level(of: $0, policy: policy)) }
    if isJSON {
      context.output.answer([
        "rules": .array(rows) { rule, setting in
          [
            "rule": .string(rule.name), "level": .string(setting.level.name),
            "origin": .string(setting.origin), "default": .string(rule.defaultLevel.name),
            "summary": .string(rule.summary),
          ]
        },
        "settings": .array(ConfigKey.shared) { key in
          [
            "key": .string(key.name), "value": .string(settings.told(key)),
            "origin": .string(settings.origins[key] ?? "default"),
            "loosened": .bool(loosened.contains { $0.key == key.name }),
          ]
        },
        "loosened": .strings(loosened.map(\.key)),
      ])
      return
    }
    var table = Table([
      .init(title: "rule"), .init(title: "level"), .init(title: "from", rank: 0),
      .init(title: "fires when", least: 24, wraps: true),
    ])
    for (rule, setting) in rows {
      let style: Style = setting.level == .block ? .red : setting.level == .warn ? .yellow : .faint
      let origin = setting.isForOneCommand ? "this command only" : setting.origin
      table.add([
        .init(rule.name, .bold), .init(setting.level.name, style), .init(origin), .init(rule.summary),
      ])
    }
    table.print(to: context.output)
    context.output.line()
    var judged = Table([
      .init(title: "setting"), .init(title: "value", least: 24, wraps: true), .init(title: "from", rank: 0),
      .init(title: "what it says", rank: 1),
    ])
    for key in ConfigKey.shared {
      let origin = settings.origins[key] ?? "default"
      judged.add([
        .init(key.name, .bold), .init(settings.told(key)),
        .init(origin == ConfigLine.Scope.command.rawValue ? "this command only" : origin), .init(key.purpose),
      ])
    }
    judged.print(to: context.output)
    for setting in loosened { context.output.line("note: \(setting.sentence)") }
  }
}
