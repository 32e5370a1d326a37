# fish before 3.7 looks for the completions of git's further commands under a name that they do not have.
function __git_bet_complete
    set -l words (commandline -opc)
    if set -l at (contains -i -- bet $words)
        set -e words[1..$at]
        complete -C "git-bet $words "(commandline -ct)
    end
end
complete -c git -f -n '__fish_git_using_command bet' -a '(__git_bet_complete)'
