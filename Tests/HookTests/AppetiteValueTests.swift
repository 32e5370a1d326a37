import TestSupport
import Testing

@Suite("an appetite of nonsense") struct AppetiteValueTests {
  @Test(arguments: ["15", "many commits", "0 commits", "15 days", "-1 lines"])
  func `is refused, and nothing is written`(_ text: String) throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    let before = try repository.fingerprint()
    let claim = ["--if", "x", "--expect", "it rises from 2 to 3", "--because", "z", "--appetite", text]
    let declared = try repository.tryBet(["declare", "other"] + claim)
    #expect(declared.status == 128 && declared.says("malformed-value"), "\(declared.errorText)")
    let amended = try repository.tryBet("amend", "search", "--appetite", text)
    #expect(amended.status == 128 && amended.says("malformed-value"), "\(amended.errorText)")
    #expect(try repository.fingerprint() == before)
  }

  @Test func `damages the event that holds it`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    let message = try repository.message("refs/bets/search")
    let tree = try repository.id("refs/bets/search^{tree}")
    func write(_ appetite: String) throws {
      let spoiled = message.replacing("\nIf: ", with: "\nAppetite: \(appetite)\nIf: ")
      let event = try repository.git("commit-tree", tree, input: spoiled).text.prefix { $0 != "\n" }
      try repository.git("update-ref", "refs/bets/search", String(event))
    }
    try write("15 commits")
    #expect(try repository.bet("show", "search").text.contains("15 commits"))
    try write("a lot")
    let show = try repository.tryBet("show", "search")
    #expect(show.status == 128, "\(show.errorText)\(show.text)")
    #expect(try repository.tryBet("log", "search").text.contains("Appetite: a lot"))
    let doctor = try repository.tryBet("doctor")
    #expect(doctor.status != 0)
    #expect((doctor.text + doctor.errorText).contains("search"), "\(doctor.text)\(doctor.errorText)")
  }
}
