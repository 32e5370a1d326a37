// killed-at [-s signal] N program [argument…]
// killed-at --opens program [argument…]
//
// Runs a program and sends it a signal (SIGKILL) right before the Nth of its system calls that change something:
// files opened for writing, what is done with them, names made, changed and removed, and its exit. 0 is never.
// When the call was reached a line on standard error says so, and the status is that of a shell: the program's
// own, or 128 plus the signal. 125: a program cannot be traced here.
//
// With --opens nothing is sent: each file or folder that the program opens is a line on standard error,
// `killed-at: open <path>`, in the order of opening, and again each time that it is opened.

#if defined(__linux__)
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { unable = 125 };

// Files that were opened for writing, by descriptor; standard output is one of them.
static char writing[1024] = {0, 1};

static int isWriting(uint64_t descriptor) {
  return descriptor < sizeof writing && writing[descriptor];
}

// The name of a call that changes something; NULL for any other.
static const char *change(const struct __ptrace_syscall_info *call) {
  const uint64_t *argument = call->entry.args;
#define CALL(name) case SYS_##name: return #name;
#define ON_FILE(name) case SYS_##name: return isWriting(argument[0]) ? #name : NULL;
  switch (call->entry.nr) {
  case SYS_openat: return argument[2] & (O_WRONLY | O_RDWR | O_CREAT) ? "openat" : NULL;
#ifdef SYS_open
  case SYS_open: return argument[1] & (O_WRONLY | O_RDWR | O_CREAT) ? "open" : NULL;
  CALL(mkdir) CALL(rmdir) CALL(unlink) CALL(link) CALL(symlink) CALL(rename) CALL(chmod)
#endif
#ifdef SYS_renameat
  CALL(renameat)
#endif
  CALL(mkdirat) CALL(unlinkat) CALL(linkat) CALL(symlinkat) CALL(renameat2) CALL(fchmodat) CALL(truncate)
  CALL(fsync) CALL(fdatasync) CALL(flock) CALL(exit_group)
  ON_FILE(write) ON_FILE(pwrite64) ON_FILE(writev) ON_FILE(ftruncate) ON_FILE(fchmod) ON_FILE(close)
  }
  return NULL;
}

// The path that a call opens, as the program gives it; NULL when the call opens nothing, or it cannot be read.
static const char *openedPath(const struct __ptrace_syscall_info *call, pid_t child) {
  static char path[4096];
  uint64_t address;
  switch (call->entry.nr) {
  case SYS_openat: address = call->entry.args[1]; break;
#ifdef SYS_open
  case SYS_open: address = call->entry.args[0]; break;
#endif
  default: return NULL;
  }
  // Word by word from an aligned address: what follows the path may lie on a page that is not there.
  const size_t skipped = address % sizeof(long);
  for (size_t done = 0; done < sizeof path; done += sizeof(long)) {
    errno = 0;
    long word = ptrace(PTRACE_PEEKDATA, child, (void *)(address - skipped + done), NULL);
    if (errno) return NULL;
    memcpy(path + done, &word, sizeof word);
    const size_t from = done ? 0 : skipped;
    if (memchr(path + done + from, 0, sizeof word - from)) return path + skipped;
  }
  return NULL;
}

int main(int count, char **words) {
  int sent = SIGKILL;
  int listing = count > 2 && !strcmp(words[1], "--opens");
  if (!listing && count > 3 && !strcmp(words[1], "-s")) {
    sent = atoi(words[2]);
    words += 2;
    count -= 2;
  }
  if (count < 3)
    return fprintf(stderr, "usage: killed-at {[-s signal] N | --opens} program [argument...]\n"), unable;
  long left = listing ? 0 : atol(words[1]);

  pid_t child = fork();
  if (child < 0) return perror("fork"), unable;
  if (child == 0) {
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0) _exit(unable);
    raise(SIGSTOP);
    execvp(words[2], words + 2);
    perror(words[2]);
    _exit(127);
  }
  int status;
  if (waitpid(child, &status, 0) < 0 || !WIFSTOPPED(status)) return unable;
  if (ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) < 0)
    return perror("ptrace"), kill(child, SIGKILL), unable;

  int delivered = 0, opens = 0, wasExecuted = 0;
  const char *opened = NULL;
  enum __ptrace_request go = PTRACE_SYSCALL;
  while (1) {
    if (ptrace(go, child, NULL, delivered) < 0 && errno != ESRCH) return perror("ptrace"), unable;
    delivered = 0;
    if (waitpid(child, &status, 0) < 0) return perror("waitpid"), unable;
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
    if (WSTOPSIG(status) == SIGTRAP && !wasExecuted) {
      wasExecuted = 1;
      continue;
    }
    if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
      delivered = WSTOPSIG(status);
      continue;
    }
    struct __ptrace_syscall_info call;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof call, &call) < 0)
      return perror("ptrace"), kill(child, SIGKILL), unable;
    if (call.op == PTRACE_SYSCALL_INFO_EXIT) {
      if (opens && call.exit.rval >= 0 && call.exit.rval < (int64_t)sizeof writing)
        writing[call.exit.rval] = 1;
      opens = 0;
      if (opened && call.exit.rval >= 0) fprintf(stderr, "killed-at: open %s\n", opened);
      opened = NULL;
      continue;
    }
    if (call.op != PTRACE_SYSCALL_INFO_ENTRY || !wasExecuted) continue;
    if (listing) {
      opened = openedPath(&call, child);
      continue;
    }
    const char *name = change(&call);
    if (!name) continue;
    opens = !strncmp(name, "open", 4);
    if (left > 0 && --left == 0) {
      fprintf(stderr, "killed-at: %s\n", name);
      kill(child, sent);
      go = PTRACE_CONT;
    }
    if (!strcmp(name, "close")) writing[call.entry.args[0]] = 0;
  }
}

#else
int main(void) { return 125; }
#endif
