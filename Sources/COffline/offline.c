// libgit2 brings a network stack, and starting it costs more than the whole gate: `git_libgit2_init` parses
// every system certificate (4 ms) and starts the ssh library. Nothing in this program talks to a network: git
// does that, as a child. So the executable defines these functions itself, and its definitions come before
// those of the libraries. Were TLS ever used here, it would trust no certificate at all, and fail; it would also
// have no random numbers, which take a quarter of a millisecond to gather (libgit2's own come from the system).
// Only ELF resolves names that way, and only a libgit2 with mbedTLS and libssh2 (Debian's) asks for these.
#include "offline.h"

#if defined(__linux__)
#include <stddef.h>

int mbedtls_x509_crt_parse_file(void *chain, const char *path) {
  (void)chain, (void)path;
  return 0;
}

void mbedtls_havege_init(void *state) { (void)state; }

int mbedtls_ctr_drbg_seed(void *context, void *entropy, void *parameter, const void *custom, size_t length) {
  (void)context, (void)entropy, (void)parameter, (void)custom, (void)length;
  return 0;
}

// libgit2's own: it lists ciphers and sets TLS up, 0.2 million instructions. In a shared libgit2 the name is not seen.
int git_mbedtls_stream_global_init(void) { return 0; }

int libssh2_init(int flags) {
  (void)flags;
  return 0;
}

void libssh2_exit(void) {}

void offline_unreachable(void) { __builtin_trap(); }

#endif
