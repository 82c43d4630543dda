# jiyue: `make sites` builds the demonstration city into public/, `make check`
# runs the tests, `make check-deep` those that take longer. All install the
# Debian packages that are missing.
#
#	make                   the program with sanitizers, build/debug/jiyue
#	make PROFILE=release   the program for use, build/release/jiyue
#	make PROFILE=tsan      with the thread sanitizer
#	make check CASE=name   the golden cases whose name contains this
#	make bench N=1000      ratios against tar and Hugo (N: 100000)
#	make lint format install
#	make deb               a Debian package, in build/
#	make lint QUICK=1      as far as a tenth of the time goes
#
# V=1 shows the commands.

PROFILE ?= debug
PREFIX ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0

BUILD := build/$(PROFILE)
CORES := $(shell nproc)
PROGRAM := $(BUILD)/jiyue
CC ?= gcc

ifeq ($(V),1)
Q :=
else
Q := @
MAKEFLAGS += --no-print-directory
endif

# --- Debian packages ------------------------------------------------------

PACKAGES_BUILD := gcc make pkg-config git gettext libcmark-dev libyaml-dev \
	libgit2-dev libxml2-dev libqrencode-dev libutf8proc-dev libxxhash-dev liblmdb-dev \
	zlib1g-dev libssl-dev libidn2-dev libmicrohttpd-dev libicu-dev libjansson-dev libminizip-dev \
	libdeflate-dev libbrotli-dev libcurl4-openssl-dev libjpeg62-turbo-dev libpng-dev libwebp-dev libfreetype-dev
PACKAGES_TEST := $(PACKAGES_BUILD) libcmocka-dev libzbar-dev python3 python3-jsonschema python3-yaml groff-base zsh \
	libxml2-utils jing chromium fonts-noto-cjk clang clang-format libclang-rt-14-dev valgrind \
	openssh-client openssh-server gnupg gpgv poppler-utils dpkg-dev lintian nginx-light libnginx-mod-http-brotli-static caddy haproxy goaccess bind9-utils nsd ldnsutils rclone
PACKAGES_LINT := clang-tidy
PACKAGES_DEB := dpkg-dev lintian
PACKAGES_CONTAINER := buildah mmdebstrap

# Programs that may come from elsewhere too: command:package
PROGRAMS_TEST := node:nodejs npm:npm java:default-jre-headless
PROGRAMS_BENCH := hugo:hugo tar:tar python3:python3 wrk:wrk nginx:nginx-light

# $(call packages,list,programs): installs what is missing, and says what.
define packages
missing=""; for p in $(2); do \
	command -v $${p%%:*} >/dev/null || missing="$$missing $${p#*:}"; \
done; for p in $(1); do \
	dpkg-query -W -f='$${Status}' $$p 2>/dev/null | \
		grep -q 'install ok installed' || missing="$$missing $$p"; \
done; \
if [ -n "$$missing" ]; then \
	echo "installing missing Debian packages:$$missing"; \
	if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	$$sudo apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq \
		--no-install-recommends $$missing >/dev/null || { \
		echo "install them with: apt-get install$$missing" >&2; \
		exit 1; }; \
fi
endef

# --- flags ----------------------------------------------------------------

LIBRARIES := libcmark yaml-0.1 libgit2 libxml-2.0 libqrencode zlib libutf8proc \
	libxxhash lmdb libcrypto libidn2 libmicrohttpd icu-i18n icu-uc jansson minizip \
	libdeflate libbrotlienc libcurl libjpeg libpng libwebp libwebpmux freetype2
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wundef -Wformat=2
CFLAGS_debug := -O1 -g -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS_release := -O2 -g -DNDEBUG -flto=auto
# A null pointer plus zero, the start of an empty list, is what clang 14 calls
# an overflow and gcc and the next C standard do not.
CFLAGS_fuzz := -O1 -g -Werror -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=undefined -fno-sanitize=pointer-overflow \
	-fno-omit-frame-pointer
CFLAGS_clang := -O2 -g -DNDEBUG -Werror
CFLAGS_tsan := -O1 -g -fsanitize=thread
# Built in seconds, for tests that change the source (tests/broken).
CFLAGS_plain := -O0 -DNDEBUG
FLAGS = -std=c17 $(WARNINGS) $(CFLAGS_$(PROFILE)) -pthread -Igenerator \
	-include base/banned.h -DJIYUE_VERSION='"$(VERSION)"' \
	$(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null) $(CFLAGS)
LIBS = $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -pthread -lm

SOURCES := $(sort $(wildcard generator/*/*.c generator/*/*/*.c))
OBJECTS := $(SOURCES:generator/%.c=$(BUILD)/%.o)
MAIN := $(BUILD)/main.o
# A folder changes when a file goes.
THEME_FILES := $(sort $(shell find themes/default 2>/dev/null))
RULE_FILES := $(sort $(shell find generator/audit/defaults))
REPORT_FILES := $(sort $(shell find generator/report/page))
TYPE_FILES := $(sort $(shell find generator/library/types))
BUILTIN := $(BUILD)/builtin_report.o $(BUILD)/builtin_rules.o $(BUILD)/builtin_theme.o $(BUILD)/builtin_types.o \
	$(BUILD)/type_tables.o
TYPES_COMPILER := $(BUILD)/compile_types

UNIT_SOURCES := $(sort $(shell find tests/unit -name 'test_*.c' 2>/dev/null))
UNIT_TESTS := $(UNIT_SOURCES:tests/unit/%.c=$(BUILD)/unit/%)
UNIT_SUPPORT := $(patsubst tests/support/%.c,$(BUILD)/support/%.o,\
	$(sort $(wildcard tests/support/*.c)))

.SECONDARY:
.PHONY: all sites check check-installed check-deep \
	check-deep-installed check-clang check-container style lint lint-installed format install install-files deb \
	clean packages-build packages-test layers messages unit-tests \
	check-browser soak bench fuzz fuzzers threaded-tests

all: $(PROGRAM) messages

# --- the program ----------------------------------------------------------

$(PROGRAM): $(MAIN) $(OBJECTS) $(BUILTIN)
	@echo "  LINK  $@"
	$(Q)$(CC) $(FLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: generator/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(FLAGS) -MMD -MP -c -o $@ $<

# themes/default and the types of resources as bytes in the program, so that
# a library without themes/ and sites/types/ builds.
$(BUILD)/builtin_theme.c: $(THEME_FILES) generator/embed.sh
	@mkdir -p $(@D)
	$(Q)generator/embed.sh $(abspath themes/default) theme >$@

$(BUILD)/builtin_types.c: $(TYPE_FILES) generator/embed.sh
	@mkdir -p $(@D)
	$(Q)generator/embed.sh $(abspath generator/library/types) types >$@

$(BUILD)/builtin_rules.c: $(RULE_FILES) generator/embed.sh
	@mkdir -p $(@D)
	$(Q)generator/embed.sh $(abspath generator/audit/defaults) rules >$@

$(BUILD)/builtin_report.c: $(REPORT_FILES) generator/embed.sh
	@mkdir -p $(@D)
	$(Q)generator/embed.sh $(abspath generator/report/page) report >$@

# The types as the program itself reads them; a mistake ends the Makefile.
$(TYPES_COMPILER): $(BUILD)/compile_types.o $(BUILD)/builtin_types.o $(BUILD)/objects.a
	@echo "  LINK  $@"
	$(Q)$(CC) $(FLAGS) -o $@ $^ $(LIBS)

$(BUILD)/type_tables.c: $(TYPES_COMPILER)
	$(Q)LC_ALL=C $< >$@.new
	$(Q)mv $@.new $@

$(BUILTIN): $(BUILD)/%.o: $(BUILD)/%.c
	$(Q)$(CC) $(FLAGS) -c -o $@ $<

$(BUILD)/objects.a: $(OBJECTS)
	$(Q)rm -f $@
	$(Q)$(AR) rc $@ $^

# A test is linked with what it calls, out of one archive.
$(BUILD)/jiyue.a: $(OBJECTS) $(BUILTIN)
	$(Q)rm -f $@
	$(Q)$(AR) rc $@ $^

$(BUILD)/support.a: $(UNIT_SUPPORT)
	$(Q)rm -f $@
	$(Q)$(AR) rc $@ $^

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/jiyue.a $(BUILD)/support.a
	@mkdir -p $(@D)
	@echo "  TEST  $<"
	$(Q)$(CC) $(FLAGS) -Itests -MMD -MP -MF $@.d -o $@ $< $(BUILD)/support.a \
		$(BUILD)/jiyue.a $(LIBS) -lcmocka -ljansson -lzbar -lpng

$(BUILD)/support/%.o: tests/support/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) -Itests -MMD -MP -c -o $@ $<

# --- fuzzing ---------------------------------------------------------------

# One program a file of tests/fuzz/, made by clang.
FUZZERS := $(basename $(notdir $(sort $(wildcard tests/fuzz/*.c))))
FUZZ_PROGRAMS := $(FUZZERS:%=$(BUILD)/fuzz/%)
FUZZ_SUPPORT := $(BUILD)/fuzz/support/input.o $(BUILD)/fuzz/support.a \
	$(BUILD)/support.a

$(BUILD)/fuzz/support.a: $(patsubst tests/%.c,$(BUILD)/%.o,\
		$(sort $(wildcard tests/fuzz/support/*.c)))
	$(Q)rm -f $@
	$(Q)$(AR) rc $@ $^

$(BUILD)/fuzz/support/%.o: tests/fuzz/support/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) -I. -Itests -MMD -MP -c -o $@ $<

$(BUILD)/fuzz/%: tests/fuzz/%.c $(FUZZ_SUPPORT) $(BUILD)/jiyue.a
	@mkdir -p $(@D)
	@echo "  FUZZ  $<"
	$(Q)$(CC) $(FLAGS) -fsanitize=fuzzer -I. -Itests -MMD -MP -MF $@.d \
		-o $@ $< $(FUZZ_SUPPORT) $(BUILD)/jiyue.a $(LIBS) -lcmocka

fuzzers: $(FUZZ_PROGRAMS)

# --- messages -------------------------------------------------------------

CATALOG := $(BUILD)/locale/zh_CN/LC_MESSAGES/jiyue.mo

messages: $(CATALOG)

$(CATALOG): generator/po/zh_CN.po
	@mkdir -p $(@D)
	$(Q)msgfmt --check -o $@ $<

# Every message text in the source, for `make lint` and for translators.
$(BUILD)/jiyue.pot: $(SOURCES) generator/main.c generator/base/rule_rows.h \
		generator/audit/catalogue_rows.h
	@mkdir -p $(@D)
	$(Q)xgettext --language=C --keyword=_ --keyword=N_ --from-code=UTF-8 \
		--no-location --sort-output -o $@ $^

# --- what people call -----------------------------------------------------

packages-build:
	@$(call packages,$(PACKAGES_BUILD))

packages-test:
	@$(call packages,$(PACKAGES_TEST),$(PROGRAMS_TEST))

# The demonstration city, from the committed library.
sites: packages-build
	@$(MAKE) -j$(CORES) PROFILE=release all
	build/release/jiyue build --library . --out public

check: packages-test
	@$(MAKE) check-installed

# The builds together are a part of what tests/run tells. The tests stand on a
# line of their own: `make -n` runs every line that has $(MAKE) in it.
check-installed: START := $(shell date +%s)
check-installed: layers
	@$(MAKE) -j$(CORES) all unit-tests
	@$(MAKE) -j$(CORES) PROFILE=release all
	@BUILT=$$(($$(date +%s) - $(START))) tests/run

unit-tests: $(UNIT_TESTS)

# Where threads are started; tests/support/deep.py runs these.
threaded-tests: $(foreach folder,library pipeline system,\
	$(filter $(BUILD)/unit/$(folder)/%,$(UNIT_TESTS)))

# What `make check` leaves out since it takes longer. CI runs both.
check-deep: packages-test
	@$(MAKE) check-deep-installed

# A look with the fuzzers takes seconds, and to optimize them a minute.
check-deep-installed: START := $(shell date +%s)
check-deep-installed: style
	@$(MAKE) -j$(CORES) all unit-tests
	@$(MAKE) -j$(CORES) PROFILE=release all
	@$(MAKE) -j$(CORES) PROFILE=tsan all threaded-tests
	@$(MAKE) -j$(CORES) PROFILE=fuzz CC=clang CFLAGS=-O0 fuzzers
	@BUILT=$$(($$(date +%s) - $(START))) tests/run --deep

# The program as clang makes it for use writes the bytes that gcc's writes.
check-clang: packages-test
	@$(MAKE) -j$(CORES) PROFILE=release all
	@$(MAKE) -j$(CORES) PROFILE=clang CC=clang all
	@CASE=clang tests/run

# The container file is built and used; packages are fetched for it.
check-container: packages-test
	@$(call packages,$(PACKAGES_CONTAINER))
	@$(MAKE) -j$(CORES) PROFILE=release all
	@CASE=container PROFILE=release tests/run

# Every page in every width, colour scheme and mode; minutes.
check-browser: packages-test
	@$(MAKE) all
	@tests/browser/run.sh --all

# Incremental builds against full ones, killed builds, damaged records and
# failing calls, for long: make soak STEPS=10000
# What a seed finds, the same SEED=n finds again; without it, it is new.
STEPS ?= 10000
KILLS ?= 1000
ROUNDS ?= 1000
FAULTS ?= 25
soak: SEED ?= $(shell date +%s)
soak: packages-test
	@$(MAKE) all
	@$(MAKE) PROFILE=release all
	SEED=$(SEED) STEPS=$(STEPS) PROFILE=release python3 -B tests/soak/history.py
	SEED=$(SEED) KILLS=$(KILLS) PROFILE=release python3 -B tests/soak/kill.py
	SEED=$(SEED) CUTS=$(KILLS) PROFILE=release python3 -B tests/soak/power.py
	SEED=$(SEED) ROUNDS=$(ROUNDS) PROFILE=release python3 -B tests/soak/damage.py
	SEED=$(SEED) FAULTS=$(FAULTS) PROFILE=release python3 -B tests/soak/fault.py
	SEED=$(SEED) FAULTS=4 PROFILE=debug python3 -B tests/soak/fault.py
	SEED=$(SEED) STEPS=$(FAULTS)0 CUTS=$(FAULTS)0 FAULTS=$(FAULTS) PROFILE=release \
		python3 -B tests/soak/release.py
	PROFILE=release python3 -B tests/soak/proof.py
	PROFILE=release python3 -B tests/soak/memory.py
	PROFILE=release python3 -B tests/soak/page_memory.py

# Random inputs for every parser: make fuzz, or make fuzz FUZZ=html SECONDS=1800
FUZZ ?=
SECONDS ?= 60
fuzz: packages-test
	@$(MAKE) PROFILE=fuzz CC=clang fuzzers
	@FUZZ=$(FUZZ) SECONDS=$(SECONDS) python3 -B tests/fuzz/run.py

# Ratios against tar and Hugo over a library of N resources, and each phase's
# time: make bench N=100000 RUNS=3; the report stays in build/bench/N.
N ?= 100000
RUNS ?=
bench: packages-build
	@$(call packages,,$(PROGRAMS_BENCH))
	@$(MAKE) PROFILE=release all
	@tests/bench/run $(if $(RUNS),--runs $(RUNS)) $(N)
	@tests/bench/load.py

layers:
	@generator/layers.sh

# Formatting, lengths and translations.
style: $(BUILD)/jiyue.pot
	@generator/style.sh $(BUILD)/jiyue.pot

lint: packages-test
	@$(call packages,$(PACKAGES_LINT))
	@$(MAKE) layers
	@$(MAKE) lint-installed

lint-installed: $(BUILD)/jiyue.pot
	@generator/lint.sh $(BUILD)/jiyue.pot

format: packages-test
	clang-format -i $$(git ls-files -co --exclude-standard '*.c' '*.h')

install: packages-build
	@$(MAKE) PROFILE=release all
	@$(MAKE) install-files

# What is built already, where it belongs.
install-files:
	install -D -m 755 build/release/jiyue $(DESTDIR)$(PREFIX)/bin/jiyue
	install -D -m 644 build/release/locale/zh_CN/LC_MESSAGES/jiyue.mo \
		$(DESTDIR)$(PREFIX)/share/locale/zh_CN/LC_MESSAGES/jiyue.mo
	@for row in "en man man/man1/jiyue.1" \
		"zh_CN man man/zh_CN/man1/jiyue.1" \
		"en bash bash-completion/completions/jiyue" \
		"zh_CN zsh zsh/vendor-completions/_jiyue"; do \
		set -- $$row; file=$(DESTDIR)$(PREFIX)/share/$$3; \
		mkdir -p "$${file%/*}" && \
		build/release/jiyue --lang $$1 help $$2 >"$$file" && \
		chmod 644 "$$file" || exit 1; \
	done

# A Debian package in build/, which lintian finds nothing wrong with.
deb: packages-build
	@$(call packages,$(PACKAGES_DEB))
	@$(MAKE) PROFILE=release all
	@generator/deb.sh $(VERSION)

clean:
	rm -rf build public

-include $(FUZZ_PROGRAMS:=.d) $(wildcard $(BUILD)/fuzz/support/*.d)
-include $(OBJECTS:.o=.d) $(MAIN:.o=.d) $(BUILD)/compile_types.d $(UNIT_TESTS:=.d) $(UNIT_SUPPORT:.o=.d)
