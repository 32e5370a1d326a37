import Git
import TestSupport
import Testing

@Suite("signatures") struct SignatureTests {
  @Test(arguments: ["Name <mail> 1700000000 +0100", "A U Thor <a@b.c> 0 -0330", " <x> 5 +0000"])
  func `an ident is read and written back`(_ ident: String) throws {
    let signature = try #require(Signature(ident: ident))
    #expect(signature.header == ident)
  }

  @Test(arguments: [
    "", "Name", "Name <mail>", "Name <mail> soon +0100", "Name <mail 1 +0000", "N <m> 1 0100",
    "N <m> 99999999999999999999 +0000",
  ])
  func `a malformed ident is none`(_ ident: String) {
    #expect(Signature(ident: ident) == nil)
  }

  @Test func `characters that would end a field are left out`() {
    let odd = Signature(name: "A\nB <C>", email: "a>\u{0}b", time: 1, offset: -90)
    #expect(odd.header == "AB C <ab> 1 -0130")
  }

  @Test func `git var is understood`() throws {
    let scratch = try Scratch()
    let ident = try scratch.git("var", "GIT_AUTHOR_IDENT")
    #expect(Signature(ident: ident)?.email == "author@example.com")
    #expect(Signature(ident: ident)?.header == ident)
  }
}
