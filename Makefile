# `make` alone lists the targets.

PREFIX = /usr/local
DESTDIR =
SWIFT = swift

BIN = .build/bin/git-bet
SHARE = .build/share
PEERS = .build/peers
SOURCES := $(shell find Sources hooks Package.swift -type f)
LINUX := $(filter Linux,$(shell uname))

.PHONY: help build test check demo bench count counted install uninstall clean libgit2 shellcheck

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

build: $(BIN) ## builds the release binary and prints its path
	@echo $(BIN)

test: libgit2 ## runs the tests
	$(SWIFT) test --disable-xctest

check: libgit2 shellcheck ## what has to pass before a push: format, shellcheck, no warnings, tests, instruction counts
	$(SWIFT) format lint --strict -r Sources Tests Package.swift
	shellcheck $$(find hooks -type f ! -name '*.yml') .ci/run Tests/demo.sh
	$(SWIFT) build --build-tests -Xswiftc -warnings-as-errors
	$(SWIFT) test --skip-build --disable-xctest
	@$(MAKE) --no-print-directory count

demo: $(BIN) ## plays a bet from its declaration to a stopped push, in a temporary repository
	PATH="$(CURDIR)/.build/bin:$$PATH" sh Tests/demo.sh

BENCHMARKS = .build/release/Benchmarks
SPEED = Sources/BetGate/BetGate.docc/Speed.md

bench: $(BIN) $(BENCHMARKS) $(PEERS)/made ## measures the gate against git itself and other hooks, and writes the page about speed (QUICK=1: less, only printed)
	@{ echo "$$(getconf _NPROCESSORS_ONLN) cores, $$(git --version | sed 's/ version//')."; \
	  PATH="$(CURDIR)/$(PEERS)/bin:$(CURDIR)/$(PEERS)/usr/bin:$$PATH" $(BENCHMARKS) $(if $(QUICK),--quick) $(BIN) \
	  $(TABLES); echo $$? >.build/bench.status; } | tee .build/bench.md; exit "$$(cat .build/bench.status)"
	$(if $(QUICK)$(TABLES),,awk 'FNR == NR { figures = figures $$0 "\n"; next } /^<!-- end of figures/ { isOld = 0 } \
	  !isOld { print } /^<!-- figures/ { printf "%s\n", figures; isOld = 1 }' .build/bench.md $(SPEED) >$(SPEED).part \
	  && mv $(SPEED).part $(SPEED))

$(BENCHMARKS): $(wildcard Tests/Benchmarks/*.swift)
	$(SWIFT) build -c release --product Benchmarks $(if $(LINUX),--static-swift-stdlib) >/dev/null
	@touch $@

# Hooks of others to stand beside. What is not installed comes from PyPI and Debian, and goes nowhere but there.
$(PEERS)/made:
	@mkdir -p $(@D)
	@for tool in lefthook pre-commit gitlint; do command -v $$tool >/dev/null \
	  || { [ -x $(@D)/bin/pip ] || python3 -m venv $(@D) && $(@D)/bin/pip install -q $$tool; } \
	  || echo "$$tool is not to be had here"; done
	@command -v git-lfs >/dev/null || { cd $(@D) && apt-get -q download git-lfs && dpkg -x git-lfs_*.deb .; } \
	  || echo 'git-lfs is not to be had here'
	@touch $@

count: ## counts the instructions of seven pushes with valgrind: no more than 3 % above what the file says (UPDATE=1 writes it)
	@if command -v valgrind >/dev/null; then $(MAKE) --no-print-directory counted; \
	  else echo 'not counted: there is no valgrind'; fi

counted: $(BIN) $(BENCHMARKS)
	$(BENCHMARKS) $(if $(UPDATE),--update,--count) $(BIN) Tests/Benchmarks/counts.txt

TARGET = $(DESTDIR)$(PREFIX)
INSTALLED = bin/git-bet share/man/man1/git-bet.1 share/bash-completion/completions/git-bet \
  share/zsh/site-functions/_git-bet share/fish/vendor_completions.d/git-bet.fish \
  share/fish/vendor_conf.d/git-bet.fish

install: $(BIN) $(SHARE)/git-bet.1 $(SHARE)/git-bet.fish ## installs binary, manual page and completions (PREFIX=/usr/local DESTDIR=)
	for file in $(INSTALLED); do mkdir -p "$(TARGET)/$${file%/*}"; done
	install -m 755 $(BIN) "$(TARGET)/bin/git-bet"
	install -m 644 $(SHARE)/git-bet.1 "$(TARGET)/share/man/man1/git-bet.1"
	install -m 644 $(SHARE)/git-bet.bash "$(TARGET)/share/bash-completion/completions/git-bet"
	install -m 644 $(SHARE)/git-bet.zsh "$(TARGET)/share/zsh/site-functions/_git-bet"
	install -m 644 $(SHARE)/git-bet.fish "$(TARGET)/share/fish/vendor_completions.d/git-bet.fish"
	install -m 644 Sources/git-bet/git-bet.fish "$(TARGET)/share/fish/vendor_conf.d/git-bet.fish"

uninstall: ## removes what install installed
	for file in $(INSTALLED); do rm -f "$(TARGET)/$$file"; done

clean: ## removes what was built
	rm -rf .build

# On Linux, one static executable: a push then waits 1 ms for the gate to start instead of 5. libgit2 goes in
# without ssh and Kerberos: the names of theirs that this libgit2.a mentions become one function that is never
# reached (Sources/COffline). Where that cannot be linked, or dies when started, libgit2 stays shared.
# Optimising across modules is worth 3 to 8 % of a push. The last flag has types looked up by address and not by name,
# which is most of what a short run of Swift does: a push of one commit takes half the instructions.
RELEASE = $(SWIFT) build -c release --product git-bet $(if $(LINUX),--static-swift-stdlib -Xswiftc -cross-module-optimization) \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
ARCHIVE = $(if $(LINUX),$(shell pkg-config --variable=libdir libgit2)/libgit2.a)
STATIC = -Xswiftc -static-executable -Xlinker --allow-multiple-definition \
  $(shell pkg-config --libs --static libgit2 | tr ' ' '\n' | sed -n '/^-lssh2/d;s/^-l/-Xlinker -l/p') \
  $(shell nm -u $(ARCHIVE) 2>/dev/null | awk '$$2 ~ /^(libssh2_|gss_|GSS_)/ && $$2 !~ /^libssh2_(init|exit)$$/ \
    { print "-Xlinker --defsym=" $$2 "=offline_unreachable" }' | sort -u)

$(BIN): $(SOURCES) | libgit2
	@mkdir -p $(@D)
	@# a status above 129 is a signal: none of ours
	@if [ -f "$(ARCHIVE)" ] && echo 'building a static executable (log: .build/static.log)' \
	  && $(RELEASE) $(STATIC) >.build/static.log 2>&1 \
	  && { .build/release/git-bet list >>.build/static.log 2>&1; [ $$? -le 129 ]; }; \
	then echo 'made a static executable'; \
	else $(RELEASE) && echo 'made an executable that needs the shared libgit2'; fi
	@strip -o $@ .build/release/git-bet

# The parser describes the commands; the rest of the page is written by hand.
$(SHARE)/git-bet.1: $(BIN) Sources/git-bet/git-bet.1.in
	@mkdir -p $(@D)
	$(SWIFT) build --product generate-manual
	"$$($(SWIFT) build --show-bin-path)/generate-manual" $(BIN) --output-directory - >$@.part
	sed -e 's/^\.Dt .*/.Dt GIT-BET 1/' -e '/^\.Sh "EXIT STATUS"/,$$d' $@.part | cat - Sources/git-bet/git-bet.1.in >$@

# The shells know the command as git-bet, and find it there for `git bet` too: zsh by itself.
$(SHARE)/git-bet.fish: $(BIN) Sources/git-bet/git-bet.bash
	@mkdir -p $(@D)
	for shell in bash zsh fish; do $(BIN) --generate-completion-script $$shell >$@.part \
	  && sed 's/git bet/git-bet/g' $@.part >$(SHARE)/git-bet.$$shell || exit; done
	cat Sources/git-bet/git-bet.bash >>$(SHARE)/git-bet.bash

# need: a command that succeeds when it is there, Debian's packages, Homebrew's
need = @$(1) >/dev/null 2>&1 || { \
  sudo=; [ "$$(id -u)" = 0 ] || sudo='sudo -n'; apt="$$sudo apt-get -q -y"; \
  if command -v apt-get >/dev/null && $$sudo true 2>/dev/null; \
  then $$apt install $(2) || { $$apt update && $$apt install $(2); }; \
  elif command -v brew >/dev/null; then brew install $(3); \
  else echo 'type: sudo apt-get install $(2)    (or: brew install $(3))' >&2; exit 1; fi && $(1); }

libgit2:
	$(call need,pkg-config --exists libgit2,libgit2-dev zlib1g-dev pkg-config,libgit2 pkgconf)

shellcheck:
	$(call need,command -v shellcheck,shellcheck,shellcheck)
