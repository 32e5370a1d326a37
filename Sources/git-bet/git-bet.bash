
# git's own completion calls this for `git bet …`: the same words, seen as `git-bet …`.
_git_bet() {
  local at=${__git_cmd_idx:-1}
  local -a COMP_WORDS=(git-bet "${words[@]:at+1}")
  local COMP_CWORD=$((cword - at)) COMP_LINE="git-bet ${COMP_LINE#*bet }"
  local COMP_POINT=${#COMP_LINE}
  _git-bet git-bet "$cur" "$prev"
}
