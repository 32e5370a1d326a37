#!/bin/sh
# Asks the gate about what an event brought, in any CI that can run a shell in a clone.
#
#   BASE=<id> HEAD=<id> BRANCH=<name> [INTO=<name>] [FORMAT=text|json|github|junit] sh check.sh
#
# BASE is what was there before: the target's tip for a pull request, the branch's old tip for a push; zeros for a
# new branch. HEAD is what came, BRANCH the branch it stands on, INTO the branch it goes to (BRANCH if not given).
# Exit status: 0 it may ship, 1 it is stopped, 128 it could not be judged. Nothing but the answer is on stdout.
set -eu
: "${BASE:?the id of what was there before}" "${HEAD:?the id of what came}" "${BRANCH:?the name of its branch}"
INTO=${INTO:-$BRANCH}
FORMAT=${FORMAT:-text}

# What a shallow clone lacks cannot be judged.
[ "$(git rev-parse --is-shallow-repository)" = false ] || git fetch --quiet --unshallow origin
# A clone brings neither the ledger nor, often, the name of the remote's main branch.
git fetch --quiet --no-tags origin '+refs/bets/*:refs/bets-remote/origin/*'
git remote set-head origin --auto >/dev/null 2>&1 || true
# After a forced push what was there before is gone: then all that has not shipped is judged.
git cat-file -e "$BASE^{commit}" 2>/dev/null || BASE=0000000000000000000000000000000000000000
git bet check --ci --format "$FORMAT" --branch "$BRANCH" --into "$INTO" "$BASE..$HEAD"
