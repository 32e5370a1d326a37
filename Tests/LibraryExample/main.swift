import BetGate

let site = try LedgerSite.open(at: CommandLine.arguments[1])
let push = try site.push(of: "bet/ranking", to: Remote(name: "origin"), today: Day(number: 20_800))
let decision = try Judge(site).judge(push).decision
for finding in decision.findings where finding.blocks {
  print("\(finding.rule.name): \(finding.sentence)")
}
print(decision.isBlocked ? "stopped" : "may go")
if let bet = try site.bet(BetID("search")) { print("\(bet.id) is \(bet.state)") }
