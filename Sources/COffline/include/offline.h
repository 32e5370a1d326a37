#pragma once

/// What the static executable has in place of the ssh and Kerberos libraries: `make build` points the names of
/// theirs that libgit2 mentions at this function. It traps, since no call of ours leads there.
void offline_unreachable(void);
