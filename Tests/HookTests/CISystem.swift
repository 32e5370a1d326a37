import TestSupport
import Testing

/// A CI system: what it checks out for an event, which variables it sets, and what of ours it runs.
enum CISystem: String, CaseIterable {
  case gitHub, gitLab, azure, jenkins

  static let folder: String = {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return root.joined(separator: "/")
  }()

  /// Whether the system knows such a thing.
  func has(_ event: CIScene.Event) -> Bool {
    event.kind != .queue || self == .gitHub || self == .gitLab
  }

  /// Runs the recipe for what happened, in a clone as the system makes it.
  func answer(to event: CIScene.Event, in scene: CIScene) throws -> Run {
    let ci = try clone(for: event, in: scene)
    switch self {
    case .gitHub:
      let recipe = try CISystem.recipes.get().gitHub
      return try ci.run("bash", ["-e", "-c", recipe.step], environment: gitHub(event, recipe.environment))
    case .gitLab:
      let run = try ci.run(
        "bash", ["-e", "-o", "pipefail", "-c", CISystem.recipes.get().gitLab],
        environment: gitLab(event).merging(["FORMAT": "junit"]) { $1 })
      // The report is a file; the log says the same in words.
      #expect(try ci.read("git-bet.xml").contains("<failure") == (run.status == 1), "\(run.errorText)")
      return run
    case .azure, .jenkins:
      let lines = try CISystem.lines(after: self == .azure ? "# Azure" : "# Jenkins", with: ci)
      return try ci.run(
        "sh", ["-e", "-c", lines.replacing("check.sh", with: "'\(CISystem.folder)/hooks/ci/check.sh'")],
        environment: self == .azure ? azure(event) : jenkins(event))
    }
  }

  private func clone(for event: CIScene.Event, in scene: CIScene) throws -> TestRepository {
    let isRequest = event.kind == .request || event.kind == .queue
    let all = "+refs/heads/*:refs/remotes/origin/*"
    let own =
      event.ref.hasPrefix("refs/tags/")
      ? "+\(event.ref):\(event.ref)" : "+\(event.ref):refs/remotes/origin/\(event.branch)"
    switch self {
    case .gitHub:
      let merge = "+refs/pull/1/merge:refs/remotes/pull/1/merge"
      return try scene.clone(fetching: [all] + (isRequest ? [merge] : [own]), at: event.sha)
    case .gitLab:
      let request = "+refs/merge-requests/1/\(event.merge == nil ? "head" : "merge"):refs/pipelines/1"
      return try scene.clone(fetching: [isRequest ? request : own], at: event.sha)
    case .azure:
      let merge = "+refs/pull/1/merge:refs/remotes/pull/1/merge"
      return try scene.clone(fetching: [all] + (isRequest ? [merge] : [own]), at: event.sha)
    case .jenkins:
      let merge = "+refs/pull/1/merge:refs/remotes/origin/PR-1"
      return try scene.clone(fetching: [isRequest ? merge : own], at: event.sha)
    }
  }

  // MARK: Variables

  private func gitLab(_ event: CIScene.Event) -> [String: String] {
    let source = [
      .push: "push", .request: "merge_request_event", .queue: "merge_request_event", .schedule: "schedule",
      .manual: "web",
    ][event.kind]
    var told = [
      "CI_PIPELINE_SOURCE": source ?? "", "CI_COMMIT_SHA": event.sha, "CI_DEFAULT_BRANCH": "develop",
    ]
    told["CI_COMMIT_BEFORE_SHA"] = event.kind == .push ? event.base : CIScene.zeros
    if source == "merge_request_event" {
      told["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = event.base
      told["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"] = event.branch
      told["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = event.into
      if event.merge != nil { told["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = event.head }
    } else if event.ref.hasPrefix("refs/tags/") {
      told["CI_COMMIT_TAG"] = String(event.ref.dropFirst("refs/tags/".count))
    } else {
      told["CI_COMMIT_BRANCH"] = event.branch
    }
    return told
  }

  private func azure(_ event: CIScene.Event) -> [String: String] {
    let reason: [CIScene.Event.Kind: String] = [
      .push: "IndividualCI", .request: "PullRequest", .schedule: "Schedule", .manual: "Manual",
    ]
    var told = ["BUILD_REASON": reason[event.kind] ?? "", "BUILD_SOURCEVERSION": event.sha]
    told["BUILD_SOURCEBRANCH"] = event.kind == .request ? "refs/pull/1/merge" : event.ref
    if event.kind == .request {
      told["SYSTEM_PULLREQUEST_SOURCECOMMITID"] = event.head
      told["SYSTEM_PULLREQUEST_SOURCEBRANCH"] = event.ref
      told["SYSTEM_PULLREQUEST_TARGETBRANCH"] = "refs/heads/\(event.into)"
    }
    return told
  }

  private func jenkins(_ event: CIScene.Event) -> [String: String] {
    var told = ["GIT_COMMIT": event.sha, "GIT_BRANCH": "origin/\(event.branch)"]
    switch event.kind {
    case .request, .queue:
      told["GIT_BRANCH"] = "PR-1"
      told["CHANGE_ID"] = "1"
      told["CHANGE_BRANCH"] = event.branch
      told["CHANGE_TARGET"] = event.into
    case .schedule, .manual: told["GIT_PREVIOUS_COMMIT"] = event.head
    case .push: if event.base != CIScene.zeros { told["GIT_PREVIOUS_COMMIT"] = event.base }
    }
    if event.ref.hasPrefix("refs/tags/") {
      told["TAG_NAME"] = String(event.ref.dropFirst("refs/tags/".count))
      told["GIT_BRANCH"] = told["TAG_NAME"]
    }
    return told
  }

  /// The step's environment with what GitHub puts in place of expressions: of alternatives the first that is not empty.
  private func gitHub(_ event: CIScene.Event, _ environment: [String: String]) -> [String: String] {
    let queue = "refs/heads/gh-readonly-queue/\(event.into)/pr-1-\(event.base)"
    var told = ["github.sha": event.sha, "github.ref": event.kind == .queue ? queue : event.ref]
    switch event.kind {
    case .push: told["github.event.before"] = event.base
    case .request:
      told["github.ref"] = "refs/pull/1/merge"
      told["github.head_ref"] = event.branch
      told["github.base_ref"] = event.into
      told["github.event.pull_request.base.sha"] = event.base
      told["github.event.pull_request.head.sha"] = event.head
    case .queue:
      told["github.event.merge_group.base_sha"] = event.base
      told["github.event.merge_group.base_ref"] = "refs/heads/\(event.into)"
    case .schedule, .manual: break
    }
    return environment.mapValues { text in
      guard text.hasPrefix("${{"), text.hasSuffix("}}") else { return text }
      let paths = text.dropFirst(3).dropLast(2).replacing(" ", with: "").split(separator: "|")
      return paths.lazy.compactMap { told[String($0)] }.first ?? ""
    }
  }

  // MARK: Files

  /// What the recipes say, in the parts that a host runs.
  struct Recipes {
    let gitHub: (environment: [String: String], step: String)
    let gitLab: String
  }

  /// Read once; a failure where Python cannot read YAML.
  static let recipes = Result { try readRecipes() }

  private static func readRecipes() throws -> Recipes {
    let code = """
      import sys, yaml
      hub, lab = [yaml.safe_load(open(name)) for name in sys.argv[1:]]
      step = [s for s in hub["jobs"]["gate"]["steps"] if "env" in s][0]
      print("\\n".join(f"{key}={text}" for key, text in step["env"].items()), step["run"],
            "\\n".join(lab["git bet"]["script"]), sep="\\0")
      """
    let files = ["github-actions.yml", "gitlab-ci.yml"].map { "\(folder)/hooks/ci/\($0)" }
    let parts = try TestRepository().run("python3", ["-c", code] + files).succeeded("python3").text
      .split(separator: "\0").map(String.init)
    let pairs = parts[0].split(separator: "\n").map { line in
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), String(parts[1]))
    }
    return Recipes(gitHub: (Dictionary(pairs) { $1 }, parts[1]), gitLab: parts[2])
  }

  /// The lines of a code block of the README, from one that begins so to an empty one or the block's end.
  private static func lines(after heading: String, with ci: TestRepository) throws -> String {
    let lines = try ci.read("\(folder)/README.md").split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { !$0.hasPrefix(heading) }.dropFirst().prefix { !$0.isEmpty && !$0.hasPrefix("```") }
      .joined(separator: "\n")
  }
}
