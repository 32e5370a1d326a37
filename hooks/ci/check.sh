#!/bin/sh
# Asks the gate about what an event brought, in any CI that can run a shell in a clone.
#
#   BASE=<id> HEAD=<id> BRANCH=<branch> [INTO=<branch>] [FORMAT=text|json|github|junit] sh check.sh
#
# BASE is what was there before: the target's tip for a pull request, the branch's old tip for a push; zeros for a
# new branch. It is empty where nobody says so, and where nothing was pushed (a schedule, a run by hand): then what INTO
# has now was there before. HEAD is what came, BRANCH the branch it stands on, or refs/tags/<name>; INTO the branch it
# goes to (BRANCH if not given). Each may be spelled as main, refs/heads/main or origin/main.
#
# BET_LEDGER_BRANCH and BET_LEDGER_REMOTE say where the ledger is, if the team has set bet.ledgerBranch or
# bet.ledgerRemote.
#
# Exit status: 0 it may ship, 1 it is stopped, 128 it could not be judged. Nothing but the answer is on stdout.
set -eu
: "${BASE?the id of what was there before}" "${HEAD:?the id of what came}" "${BRANCH:?the name of its branch}"
INTO=${INTO:-$BRANCH}
FORMAT=${FORMAT:-text}

# A tag stands on no branch.
case $BRANCH in refs/tags/*) BRANCH= ;; esac
# What a shallow clone lacks cannot be judged, nor can a branch that nobody knows to ship: a job may have fetched one ref.
[ "$(git rev-parse --is-shallow-repository)" = false ] || git fetch --quiet --unshallow origin
git fetch --quiet --no-tags --prune origin '+refs/heads/*:refs/remotes/origin/*'
main=$(git ls-remote --symref origin HEAD | sed -n 's|^ref: refs/heads/\(.*\)[[:space:]]HEAD$|\1|p')
[ -z "$main" ] || git symbolic-ref refs/remotes/origin/HEAD "refs/remotes/origin/$main"
# A clone does not bring the ledger.
[ -z "${BET_LEDGER_BRANCH-}" ] || git config bet.ledgerBranch "$BET_LEDGER_BRANCH"
[ -z "${BET_LEDGER_REMOTE-}" ] || git config bet.ledgerRemote "$BET_LEDGER_REMOTE"
git bet sync --no-push >/dev/null
# After a forced push what was there before may still be had; when it is gone, the answer says so.
[ -z "$BASE" ] || git cat-file -e "$BASE^{commit}" 2>/dev/null || git fetch --quiet origin "$BASE" 2>/dev/null || true
git bet check --ci --format "$FORMAT" ${BRANCH:+--branch "$BRANCH"} --into "$INTO" "${BASE:+$BASE..}$HEAD"
