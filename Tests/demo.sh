#!/bin/sh
# Plays a bet from its declaration to a stopped push, and on: real commits, real pushes, a real bare remote.
# The repository is left for the reader to play in.
set -eu

folder=$(mktemp -d "${TMPDIR:-/tmp}/git-bet-demo.XXXXXX")
[ -t 1 ] && bold=$(printf '\033[1m') plain=$(printf '\033[0m') || bold='' plain=''

say() { printf '\n%s# %s%s\n' "$bold" "$1" "$plain"; }
# Prints a command as it would be typed, then runs it.
run() {
  shown=
  for word; do
    case $word in
      *[!A-Za-z0-9_./:=@%+,-]*) shown="$shown '$word'" ;;
      *) shown="$shown $word" ;;
    esac
  done
  printf '%s$%s%s\n' "$bold" "$shown" "$plain"
  "$@"
}
# The same for a command that has to be stopped: if it passes, the gate is broken and so is this demo.
stopped() {
  if run "$@"; then
    echo "the gate should have stopped this" >&2
    exit 1
  fi
}

# A repository as anybody has it: one remote, one branch, one commit.
git init --quiet --bare --initial-branch=main "$folder/origin.git"
git init --quiet --initial-branch=main "$folder/lessons"
cd "$folder/lessons"
git config user.name >/dev/null || git config user.name 'Demo Person'
git config user.email >/dev/null || git config user.email demo@example.com
git config commit.gpgSign false
# The demo makes a person's calls, also where a coding agent plays it.
git config bet.agents allow
echo 'Fractions, Decimals, Percentages' >catalogue.txt
git add catalogue.txt
git commit --quiet --message 'A catalogue of lessons'
git remote add origin ../origin.git
git push --quiet --set-upstream origin main

say 'Turn the gate on'
run git bet install

say 'Place a bet before building: if we build X, we expect Y to move, because Z is true'
run git bet declare search --title 'Learners cannot find lessons' \
  --if 'we add full-text search to the catalogue' \
  --expect 'weekly lesson starts per learner rise from 2.1 to 2.6' \
  --because '14 of 20 interviewed learners gave up browsing' \
  --metric lesson_starts_per_learner --baseline 2.1 --target '>= 2.6' --kill '< 2.2' --check-by 30d \
  --instrument search_performed --start
cat >search.sh <<'END'
grep --ignore-case fractions catalogue.txt
logger search_performed
END
run git add search.sh
run git commit --quiet --message 'Search the catalogue'
say 'The commit knows its bet, and the bet itself may ship: that is how it is put to the test.
# What it is measured by, search_performed, is in the code: else the gate would have stopped it'
run git log -1 '--format=%s%n%n%(trailers)'
run git switch --quiet main
run git merge --quiet --no-edit bet/search
run git push --quiet

say 'Search is out, nobody knows yet whether it was wanted. And already there is the next idea'
run git bet declare ranking --title 'Results come in no useful order' \
  --if 'we rank results by how often a lesson is finished' \
  --expect 'clicks on the first result rise from 30 % to 50 %' \
  --because 'half of the searches end on the second page' \
  --metric first_result_clicks --target '>= 50 %' --check-by 30d --instrument first_result_clicked \
  --builds-on search --start
echo 'sort -r && logger first_result_clicked' >>search.sh
run git commit --quiet --all --message 'Rank the results'
say 'Shipping it would build on a belief that nobody has checked: the push is stopped'
stopped git push --quiet origin bet/ranking:main

say 'What needs a decision first?'
run git bet

say 'The way on: look at what happened, and make the call'
run git bet close search validated --observed 2.7 --evidence 'starts per learner rose to 2.7 in four weeks' \
  --learned 'people search by topic, not by title'
run git push --quiet origin bet/ranking:main

say 'If it turns out that the numbers were wrong, the gate closes again'
run git bet reopen search --because 'the rise was the start of term, not the search'
echo 'uniq' >>search.sh
run git commit --quiet --all --message 'Show each result once'
stopped git push --quiet origin bet/ranking:main 2>"$folder/stopped"
head -n 3 "$folder/stopped"

say 'It cannot wait? Then say why: the reason is recorded, bound to this tip, and shown at every push'
run git bet push --override 'the demo at the fair is tomorrow' --quiet origin bet/ranking:main
run git bet override --list
run git bet log gate

say 'Yours to play with:'
cat <<END
cd $folder/lessons
export PATH="$(dirname "$(command -v git-bet)"):\$PATH"
git bet
END
