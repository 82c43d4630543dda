/*
 * What the harnesses of tests/fuzz/ share. An input is one file, or several
 * with a line "%%" between them.
 *
 * A harness ends the program when something is wrong: the sanitizers do, and
 * so does fuzz_require(). The same inputs are kept in tests/fuzz/corpus/<name>/
 * and, when one of them once failed, in tests/fuzz/regression/<name>/.
 */
#ifndef JIYUE_TESTS_FUZZ_SUPPORT_INPUT_H
#define JIYUE_TESTS_FUZZ_SUPPORT_INPUT_H

#include <stdint.h>

#include "base/diag.h"

enum { FUZZ_PARTS = 4 };

struct fuzz_input {
	str parts[FUZZ_PARTS]; /* empty behind `count` */
	size_t count;	       /* 1 or more */
};

/*
 * What libFuzzer calls before the first input: the libraries are started once,
 * not for each (libgit2 reads the certificates of the machine when it starts).
 */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* What it calls with each; each harness is one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fuzz_input fuzz_split(const uint8_t *data, size_t size);

/* Prints all messages, so that places are worked out, too. */
void fuzz_print(const struct diag_list *diags,
		const struct source_reader *reader);

/* Ends the program, saying what did not hold. */
void fuzz_require(bool holds, const char *what);

/* All bytes are UTF-8 without control characters but white space. */
bool fuzz_is_text(str text);

#endif
