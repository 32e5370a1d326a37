import GitFormats

extension Bet {
  /// Folds a diary into the bet: a pure function of the set of its events.
  ///
  /// Damaged events are skipped, and never count as a validation. Nil when nothing readable declares the bet.
  /// `repository` is what this one is called in a ledger that several share: links of another one are elsewhere.
  /// `trusted` are, under the lock, the events that somebody trusted has signed: no other one loosens anything. Nil
  /// without the lock.
  package init?(
    _ id: BetID, from diary: Diary, in repository: String? = nil, trusting trusted: Set<ObjectID>? = nil
  ) {
    let events = diary.entries.compactMap { entry in entry.readable.map { (entry: entry, event: $0) } }
    guard let declaration = events.first(where: { $0.event.kind == .declared }) else { return nil }

    var claim: [TrailerName: [String]] = [:]
    var moved: [MovedGoalpost] = []
    var observations: [Observation] = []
    var branches: Set<String> = []
    var commits: Set<ObjectID> = []
    var notCommits: Set<ObjectID> = []
    var changes: [ObjectID: CoveredCommit] = [:]
    var elsewhere: [Elsewhere] = []
    var doubted: [Entry] = []
    var linkers: [String: [Entry]] = [:]
    for (entry, event) in events {
      let mayLoosen = trusted?.contains(entry.id) ?? true
      switch event.kind {
      case .declared, .amended:
        // A second declaration is one more word about the first.
        let isFirst = entry.id == declaration.entry.id
        for field in isFirst || mayLoosen ? event.claimedFields : event.claimedFieldsUnderLock {
          var values = event.values(of: field)
          let old = claim[field] ?? []
          if !mayLoosen, !isFirst {
            let stricter = field.stricter(old, values)
            if stricter != values, doubted.last?.id != entry.id { doubted.append(entry) }
            values = stricter
          }
          if event.kind == .amended, TrailerName.goalposts.contains(field), old != values {
            moved.append(
              MovedGoalpost(
                field: field, from: old.first ?? "", to: values.first ?? "", time: entry.time,
                author: entry.author))
          }
          claim[field] = values
        }
      case .observed:
        guard let text = event.first(.value), let value = Quantity.number(text) else { break }
        let day = event.first(.on).flatMap { Day($0) } ?? Day(secondsSince1970: entry.time)
        observations.append(
          Observation(
            value: value, text: text, metric: event.first(.metric), day: day, source: event.first(.source)))
      case .linked, .unlinked:
        if let other = event.first(.repository), let repository, other != repository {
          let places = (event.all(.branch) + event.all(.commit)).map {
            Elsewhere(repository: other, place: $0)
          }
          elsewhere.removeAll(where: places.contains)
          if event.kind == .linked { elsewhere += places }
          continue
        }
        let named = event.all(.commit).compactMap { ObjectID(hex: $0) }
        guard event.kind == .linked else {
          guard mayLoosen else {
            doubted.append(entry)
            for place in event.places { linkers[place, default: []].append(entry) }
            continue
          }
          branches.subtract(event.all(.branch))
          commits.subtract(named)
          notCommits.formUnion(named)
          continue
        }
        branches.formUnion(event.all(.branch))
        if trusted != nil { for place in event.places { linkers[place, default: []].append(entry) } }
        commits.formUnion(named)
        notCommits.subtract(named)
        for covered in event.all(.covers).compactMap({ CoveredCommit($0) })
        where named.contains(covered.commit) {
          changes[covered.commit] = covered
        }
      default: break
      }
    }

    let verdicts: [Entry]
    if let locked = trusted.map({ LockedVerdicts(diary, trusting: $0) }) {
      (verdicts, self.state, isGround) = (locked.verdicts, locked.state, locked.isGround)
      doubted += locked.doubted
    } else {
      verdicts = diary.latest { $0.kind.bearsVerdict }
      state = State(of: verdicts)
      isGround = state.isUndecided
    }

    self.id = id
    self.title = claim[.title]?.first ?? declaration.event.subject
    self.claim = claim
    self.contests = Bet.contests(in: diary)
    self.movedGoalposts = moved
    // By the day they are about; a measurement that was entered late still stands in its place.
    self.observations = observations.enumerated()
      .sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    self.declaredAt = declaration.entry.time
    self.declaredBy = declaration.entry.author
    self.verdicts = verdicts
    self.linkedBranches = branches
    self.linkedCommits = commits
    self.linkedChanges = changes.filter { commits.contains($0.key) }
    self.unlinkedCommits = notCommits
    self.linkedElsewhere = elsewhere
    self.doubted = doubted
    self.linkers = linkers
    var seen: Set<BetID> = []
    let kept = trusted == nil ? [] : claim[.buildsOn] ?? []
    self.buildsOn = (Bet.latestClaims(of: .buildsOn, in: diary).flatMap { $0.values(of: .buildsOn) } + kept)
      .compactMap { BetID(ifValid: $0) }.filter { seen.insert($0).inserted }
    self.diary = diary
  }

  /// What the heads say of one field: one event when they agree or one came after the other.
  private static func latestClaims(of field: TrailerName, in diary: Diary) -> [Entry] {
    var seen: Set<[String]> = []
    return diary.latest { $0.claimedFields.contains(field) }
      .filter { seen.insert($0.values(of: field)).inserted }
  }

  private static func contests(in diary: Diary) -> [Contest] {
    // Only a diary with two heads somewhere can disagree with itself.
    guard diary.entries.contains(where: { $0.parents.count > 1 }) || diary.tops.count > 1 else { return [] }
    return ([.title] + TrailerName.claim).compactMap { field in
      let sides = latestClaims(of: field, in: diary)
      return sides.count > 1 ? Contest(field: field, sides: sides) : nil
    }
  }
}

extension Event {
  /// The branches and commits that it links.
  fileprivate var places: [String] { all(.branch) + all(.commit) }

  /// The title, and the fields of the claim, that the event sets or removes.
  var claimedFields: [TrailerName] {
    guard kind == .declared || kind == .amended else { return [] }
    return ([.title] + TrailerName.claim).filter { field in
      field == .title && kind == .declared || values.contains { $0.name == field }
    }
  }

  /// The same of one that nobody vouches for: what it leaves out it does not grant.
  fileprivate var claimedFieldsUnderLock: [TrailerName] {
    let fields = claimedFields
    return kind == .declared && !fields.contains(.independentOf) ? fields + [.independentOf] : fields
  }
}

extension Entry {
  /// The state that it stands for, where it bears a verdict.
  var state: Bet.State? { readable?.state }
}

extension Event {
  /// The state that a verdict-bearing event stands for.
  var state: Bet.State? {
    switch kind {
    case .declared, .reopened: .open
    case .closed: first(.verdict).flatMap(Verdict.init(rawValue:)).map(Bet.State.init)
    default: nil
    }
  }
}
