#include <git2.h>
#include <git2/sys/commit_graph.h>
#include <git2/sys/odb_backend.h>
#if __has_include(<git2/sys/errors.h>)
// Since 1.8 git_error_clear is declared here.
#include <git2/sys/errors.h>
#endif

// Swift imports no variadic function, and git_libgit2_opts is one. Each wrapper below fixes the
// arguments of one option.

/// Extensions of the repository format to open in addition to libgit2's own: without it 1.5 refuses a
/// partial clone with a sparse checkout. Names in lower case, anything else never matches.
static inline int shim_set_extensions(const char **names, size_t count) {
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}

/// Whether opening checks that the directory belongs to the user: git has a wider rule for that
/// (safe.directory with patterns and from the command line), so it is asked first where possible.
static inline int shim_set_owner_validation(int enabled) {
  return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}

/// Objects and refs are synced to the disk when written: libgit2 does not by itself.
static inline int shim_enable_fsync(int enabled) {
  return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, enabled);
}

/// Hashing each object again when it is read costs a fifth of a walk; git does not do it either.
static inline int shim_enable_strict_hash_verification(int enabled) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, enabled);
}

/// Commits are read once each, so caching them only costs.
static inline int shim_enable_caching(int enabled) {
  return git_libgit2_opts(GIT_OPT_ENABLE_CACHING, enabled);
}

#ifdef __linux__
/// A pipe that no other child inherits, not even one started between two calls. Glibc declares it for
/// GNU sources only, and Swift does not count as one.
int pipe2(int ends[2], int flags);
#endif
