
# To bash `=` ends a word: behind it stands a level, and the parser knows only the whole.
_git_bet_level() {
  local before="${COMP_WORDS[COMP_CWORD-1]}" cur="${COMP_WORDS[COMP_CWORD]}"
  [[ "${COMP_WORDS[1]}" = policy && ( "$cur" = '=' || "$before" = '=' ) ]] || return
  mapfile -t COMPREPLY < <(compgen -W 'block warn off' -- "${cur#=}")
}

# A setting goes on behind its `=`.
_git_bet_open() {
  if [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" = *= ]]; then compopt -o nospace 2>/dev/null; fi
}

_git-bet_words() {
  COMPREPLY=()
  _git_bet_level || _git-bet "$@"
  _git_bet_open
}
complete -o filenames -F _git-bet_words git-bet

# git's own completion calls this for `git bet …`: the same words, seen as `git-bet …`. It adds no space by itself.
_git_bet() {
  local at=${__git_cmd_idx:-1}
  local -a COMP_WORDS=(git-bet "${words[@]:at+1}")
  local COMP_CWORD=$((cword - at)) COMP_LINE="git-bet ${COMP_LINE#*bet }"
  local COMP_POINT=${#COMP_LINE}
  COMPREPLY=()
  _git_bet_level || _git-bet git-bet "$cur" "$prev"
  # git puts together what `=` takes apart; what is inserted is only what stands behind it.
  if [[ "$cur" = *=* ]]; then COMPREPLY=("${COMPREPLY[@]#"${cur%%=*}="}"); fi
  if [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" != *[=/] ]]; then COMPREPLY[0]+=' '; fi
}
