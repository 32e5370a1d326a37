import BetCommands
shims()
