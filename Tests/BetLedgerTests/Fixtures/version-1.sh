#!/bin/sh
# Makes version-1.bundle beside it, with plain git and nothing of ours: ledgers of version 1 as people, other programs
# and accidents leave them. Every run makes the same objects. It was run once: what lies in the bundle stays as it is.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C
git init -q --bare .
empty=$(git hash-object -t tree -w --stdin </dev/null)

ada='Ada Author <ada@example.org>'
bob='Bob <bob@example.org>'
nobody='git-bet <git-bet@localhost>'

# raw: a commit object from standard input, whatever it holds
raw() { git hash-object --literally -t commit -w --stdin; }
# event WHO TIME PARENT...: a commit with the message on standard input
event() {
  who=$1 time=$2
  shift 2
  {
    echo "tree $empty"
    for parent; do echo "parent $parent"; done
    printf 'author %s %s +0100\ncommitter %s %s +0000\n\n' "$who" "$time" "$who" "$((time + 100))"
    cat
  } | raw
}
# join TIME PARENT...: what joins heads, with the message on standard input
join() {
  time=$1
  shift
  {
    echo "tree $empty"
    for parent in $(printf '%s\n' "$@" | sort); do echo "parent $parent"; done
    printf 'author %s %s +0000\ncommitter %s %s +0000\n\n' "$nobody" "$time" "$nobody" "$time"
    cat
  } | raw
}
# declared ID: a short declaration
declared() {
  printf 'Bet %s\n\nEvent: declared\nBet: %s\nSeq: 1\nLedger-Version: 1\n' "$1" "$1"
  printf 'If: we build it\nExpect: it rises\nBecause: people asked\n'
}
# closed ID SEQ VERDICT
closed() { printf 'call\n\nEvent: closed\nBet: %s\nSeq: %s\nVerdict: %s\nEvidence: we looked\n' "$1" "$2" "$3"; }

# Every event and every trailer
e=$(event "$ada" 1735689600 <<'MESSAGE'
Learners cannot find lessons

They say so in every interview.

	- indented, and a line: with a colon

Event: declared
Bet: search
Seq: 1
Ledger-Version: 1
Agent: claude-code
If: we add full-text search to the catalogue
Expect: weekly lesson starts per learner rise from 2.1 to 2.6
Because: 14 of 20 interviewed learners gave up browsing — “lost”
Metric: lesson_starts_per_learner
Baseline: 2.1
Target: >= 2.6
Kill: < 2.2
Check-By: 2026-12-15
Instrument: search_performed
Instrument: lesson_started
Builds-On: catalogue
Builds-On: accounts
Independent-Of: themes
Appetite: 15 commits
Outcome: learners stay
Reach: 1200
Impact: 2
Confidence: 80 %
Effort: 3.5
MESSAGE
)
e=$(event "$bob" 1735689700 "$e" <<'MESSAGE'
note: three learners wrote

"I gave up after
two pages."

Event: noted
Bet: search
Seq: 2
Weight: 3
Source: support
MESSAGE
)
e=$(event "$bob" 1735689800 "$e" <<'MESSAGE'
amended: later, and no longer against the baseline

Event: amended
Bet: search
Seq: 3
Check-By: 2027-01-15
Baseline:
Instrument: search_performed
MESSAGE
)
e=$(printf 'linked\n\nEvent: linked\nBet: search\nSeq: 4\nBranch: topic/find\n' | event "$ada" 1735689900 "$e")
e=$(printf 'linked\n\nEvent: linked\nBet: search\nSeq: 5\nBranch: old\nCommit: %s\nCommit: %s\n' "$e" "$empty" \
  | event "$ada" 1735690000 "$e")
e=$(printf 'unlinked\n\nEvent: unlinked\nBet: search\nSeq: 6\nBranch: old\nCommit: %s\n' "$empty" \
  | event "$ada" 1735690100 "$e")
e=$(printf 'seen\n\nEvent: observed\nBet: search\nSeq: 7\nValue: 2.40\nMetric: lesson_starts_per_learner\nOn: 2026-02-01\nSource: dashboard\n' \
  | event "$ada" 1735690200 "$e")
e=$(printf 'seen earlier\n\nEvent: observed\nBet: search\nSeq: 8\nValue: -2\nOn: 2026-01-01\n' | event "$ada" 1735690300 "$e")
e=$(printf 'seen today\n\nEvent: observed\nBet: search\nSeq: 9\nValue: +2.7\n' | event "$ada" 1735690400 "$e")
# Trailers and events of the future, keys in any case, a folded value, a gap in the numbers
e=$(event "$bob" 1735690500 "$e" <<'MESSAGE'
measured by something that is not known yet

EVENT: measured
bet: search
Seq: 20
Risk: high
Risk: low
On: 2026-03-01
Folded: one
  two
MESSAGE
)
e=$(printf 'call\n\nEvent: closed\nBet: search\nSeq: 21\nVerdict: validated\nEvidence: 2.7\nEvidence: https://example.org/d\nLearned: search sells\nDecision: keep\n' \
  | event "$ada" 1735690600 "$e")
e=$(printf 'reopened\n\nThe dashboard was wrong.\n\nEvent: reopened\nBet: search\nSeq: 22\n' | event "$bob" 1735690700 "$e")
e=$(printf 'call\n\nEvent: closed\nBet: search\nSeq: 23\nVerdict: abandoned\n' | event "$ada" 1735690800 "$e")
git update-ref refs/bets/search "$e"

# Two heads that disagree about the verdict and two fields, joined
root=$(declared forked | event "$ada" 1735689600)
a=$(printf 'up\n\nEvent: amended\nBet: forked\nSeq: 2\nExpect: it doubles\nBuilds-On: search\n' | event "$ada" 1735689700 "$root")
a=$(closed forked 3 validated | event "$ada" 1735689800 "$a")
b=$(printf 'up\n\nEvent: amended\nBet: forked\nSeq: 2\nExpect: it trebles\nBuilds-On: twins\nRisk: kept\n' | event "$bob" 1735689750 "$root")
b=$(closed forked 3 invalidated | event "$bob" 1735689850 "$b")
e=$(printf 'join what several clones wrote\n\nEvent: merged\nBet: forked\nSeq: 4\nContested: Verdict\nContested: Expect\nContested: Builds-On\n' \
  | join 1735689950 "$a" "$b")
git update-ref refs/bets/forked "$e"

# Three heads, joined at once; they agree, and one clock is ten years ahead
root=$(declared three | event "$ada" 1735689600)
a=$(closed three 2 inconclusive | event "$ada" 2051222400 "$root")
b=$(closed three 2 inconclusive | event "$bob" 1735689700 "$root")
c=$(printf 'note\n\nEvent: noted\nBet: three\nSeq: 2\n' | event "$bob" 0 "$root")
e=$(printf 'join what several clones wrote\n\nEvent: merged\nBet: three\nSeq: 3\n' | join 2051222500 "$a" "$b" "$c")
git update-ref refs/bets/three "$e"

# Declared by two people who did not know of each other, joined, called after that
a=$(declared twins | event "$ada" 1735689600)
b=$(declared twins | sed 's/it rises/it falls/' | event "$bob" 1735689600)
e=$(printf 'join what several clones wrote\n\nEvent: merged\nBet: twins\nSeq: 2\nContested: Expect\n' | join 1735689700 "$a" "$b")
e=$(closed twins 3 validated | event "$bob" 1735689900 "$e")
git update-ref refs/bets/twins "$e"

# Not joined: one head here, one as fetched
root=$(declared apart | event "$ada" 1735689600)
git update-ref refs/bets/apart "$(closed apart 2 validated | event "$ada" 1735689700 "$root")"
git update-ref refs/fetched/apart "$(printf 'again\n\nno\n\nEvent: reopened\nBet: apart\nSeq: 2\n' | event "$bob" 1735689800 "$root")"
git update-ref refs/fetched/theirs "$(declared theirs | event "$bob" 1735689600)"

# Every kind of damage between two events that are whole
e=$(declared damaged | event "$ada" 1735689600)
time=1735689700
damage() { # the message, with escapes
  e=$(printf '%b' "$1" | event "$bob" $time "$e")
  time=$((time + 100))
}
damage 'no trailers\n'
damage 'x\n\nBet: damaged\nSeq: 2\n'
damage 'x\n\nEvent: noted\nSeq: 2\n'
damage 'x\n\nEvent: noted\nBet: damaged\n'
damage 'x\n\nEvent: noted\nBet: other\nSeq: 2\n'
for seq in 0 1 -1 1e3 1000002 9223372036854775807 99999999999999999999 '٣' ''; do
  damage 'x\n\nEvent: noted\nBet: damaged\nSeq: '"$seq"'\n'
done
damage 'x\n\nEvent: noted\nBet: damaged\nSeq: 2\nSeq: 3\n'
damage 'x\n\nEvent: noted\nEvent: closed\nBet: damaged\nSeq: 2\n'
damage 'x\n\nEvent: closed\nBet: damaged\nSeq: 2\nVerdict: validated\nVerdict: invalidated\nEvidence: y\n'
damage 'x\n\nEvent: closed\nBet: damaged\nSeq: 2\nVerdict: validated\n'
damage 'x\n\nEvent: closed\nBet: damaged\nSeq: 2\nVerdict: validated\nEvidence:\n'
damage 'x\n\nEvent: closed\nBet: damaged\nSeq: 2\nVerdict: great\nEvidence: y\n'
damage 'x\n\nEvent: closed\nBet: damaged\nSeq: 2\n'
damage 'x\n\nEvent: declared\nBet: damaged\nSeq: 2\nIf: a\nExpect: b\n'
damage 'x\n\nEvent: reopened\nBet: damaged\nSeq: 2\n'
damage 'x\n\nEvent: observed\nBet: damaged\nSeq: 2\n'
damage 'x\n\nEvent: linked\nBet: damaged\nSeq: 2\n'
for value in 'Value: 2,5' 'Value: 1e3' 'Value: NaN' 'On: 2026-02-30' 'Check-By: tomorrow' 'Target: 2.6' 'Kill: < 1,000' \
  'Builds-On: Not An Id' 'Builds-On: gate' 'Confidence: high' 'Weight: 4' 'Appetite: a week' 'Commit: abc' 'Effort: big'; do
  damage 'x\n\nEvent: noted\nBet: damaged\nSeq: 2\n'"$value"'\n'
done
damage 'x\n\nEvent: noted\nBet: damaged\nSeq: 2\nSource: \0033[2J\n'
damage 'x\n\nEvent: noted\nBet: damaged\nSeq: 2\nRisk: a\rVerdict: validated\n'
damage 'x\n\nEvent: noted\nBet: damaged\nSeq: 2\nSource: caf\0351\n'
damage 'x\n\nEvent: noted\nBet: damaged\nSeq: 2\n\0\nVerdict: validated\n'
damage 'x\n\nEvent: noted\nBet: damaged\nSeq: 3\n\n# ------------------------ >8 ------------------------\nVerdict: validated\n'
e=$({ printf 'x\n\n'; head -c 1048576 /dev/zero | tr '\0' x; printf '\n\nEvent: noted\nBet: damaged\nSeq: 2\n'; } \
  | event "$bob" $time "$e")
time=$((time + 100))
e=$(printf 'whole\n\nEvent: noted\nBet: damaged\nSeq: 5\n' | event "$ada" $time "$e")
git update-ref refs/bets/damaged "$e"

# No readable declaration: nothing, an unknown version, no version
git update-ref refs/bets/nothing "$(echo 'just a commit' | event "$ada" 1735689600)"
git update-ref refs/bets/versioned "$(declared versioned | sed 's/Version: 1/Version: one/' | event "$ada" 1735689600)"
git update-ref refs/bets/unversioned "$(declared unversioned | grep -v Version | event "$ada" 1735689600)"

# Headers as other programs write them: signed, without an author, a date that no clock shows, CR LF, a tree with a file
e=$({ printf 'tree %s\nauthor %s 1735689600 +0000\ncommitter %s 1735689600 +0000\ngpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n\n' \
  "$empty" "$ada" "$ada"; declared headers; } | raw)
e=$({ printf 'tree %s\nparent %s\ncommitter %s 1735689700 +0000\n\n' "$empty" "$e" "$bob"; \
  printf 'x\n\nEvent: noted\nBet: headers\nSeq: 2\n'; } | raw)
e=$({ printf 'tree %s\nparent %s\nauthor %s 99999999999999999999 +0000\ncommitter %s 99999999999999999999 +0000\n\n' "$empty" "$e" "$bob" "$bob"; \
  printf 'x\n\nEvent: noted\nBet: headers\nSeq: 3\n'; } | raw)
e=$({ printf 'tree %s\nparent %s\nauthor %s -5 +9999\ncommitter %s 1 -1200\n\n' "$empty" "$e" "$bob" "$bob"; \
  printf 'x\r\n\r\nbody\r\n\r\nEvent: closed\r\nBet: headers\r\nSeq: 4\r\nVerdict: validated\r\nEvidence: y\r\n'; } | raw)
tree=$(printf 'x\n' | git hash-object -w --stdin | sed 's/.*/100644 blob &\tfile/' | git mktree)
e=$({ printf 'tree %s\nparent %s\nauthor %s 1735689900 +0000\ncommitter %s 1735689900 +0000\n\n' "$tree" "$e" "$bob" "$bob"; \
  printf 'x\n\nEvent: noted\nBet: headers\nSeq: 5\nLedger-Version: 9\n'; } | raw)
git update-ref refs/bets/headers "$e"

# The gate's own diary, joined
root=$(printf 'policy\n\nEvent: policy\nBet: gate\nSeq: 1\nLedger-Version: 1\nRule: follow-on=warn\nRule: unlinked=off\nRule: not-known-yet=block\nRule: nonsense\n' \
  | event "$ada" 1735689600)
a=$(printf 'override\n\nThe customer waits.\n\nEvent: overridden\nBet: gate\nSeq: 2\nFor: search\nRule: follow-on\nRule: lost\nBlocked-By: catalogue\nBranch: topic/find\nCommit: %s\nUntil: 2026-12-31\n' "$root" \
  | event "$ada" 1735689700 "$root")
a=$(printf 'policy\n\nEvent: policy\nBet: gate\nSeq: 3\nRule: follow-on=off\n' | event "$ada" 1735689800 "$a")
b=$(printf 'override\n\nNobody knows whose it is.\n\nEvent: overridden\nBet: gate\nSeq: 2\nFor: none\nRule: unlinked\nCommit: %s\n' "$root" \
  | event "$bob" 1735689750 "$root")
b=$(printf 'revoked\n\nEvent: revoked\nBet: gate\nSeq: 3\nOverride: %s\n' "$b" | event "$bob" 1735689850 "$b")
b=$(printf 'policy\n\nEvent: policy\nBet: gate\nSeq: 4\nRule: follow-on=block\nRule: unlinked=off\n' | event "$bob" 1735689860 "$b")
b=$(printf 'override\n\nEvent: overridden\nBet: gate\nSeq: 5\nFor: none\nRule: unlinked\nCommit: %s\n' "$root" | event "$bob" 1735689870 "$b")
e=$(printf 'join what several clones wrote\n\nEvent: merged\nBet: gate\nSeq: 5\nContested: follow-on\n' | join 1735689970 "$a" "$b")
git update-ref refs/bets/gate "$e"

# Version 2, to be refused
git update-ref refs/newer/future "$(declared future | sed 's/Version: 1/Version: 2/' | event "$ada" 1735689600)"

git -c pack.threads=1 bundle create -q "$here/version-1.bundle" --all
