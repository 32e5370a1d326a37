import BetCommands

GitBet.run(Array(CommandLine.arguments.dropFirst()))
