#include "tests/fuzz/support/input.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/unicode.h"
#include "markup/library.h"
#include "snapshot/snapshot.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct arena arena;
	struct diag_list diags;

	(void)argc;
	(void)argv;
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	fuzz_require(snapshot_library_init(&diags), "libgit2 starts");
	arena_release(&arena);
	markup_library_init();
	return 0;
}

struct fuzz_input fuzz_split(const uint8_t *data, size_t size)
{
	str rest = { (const char *)data, size };
	struct fuzz_input input = { .count = 0 };

	while (input.count + 1 < FUZZ_PARTS) {
		size_t end = str_find(rest, STR("\n%%\n"));

		if (end == STR_NONE)
			break;
		input.parts[input.count++] = str_between(rest, 0, end + 1);
		rest = str_from(rest, end + 4);
	}
	input.parts[input.count++] = rest;
	for (size_t i = input.count; i < FUZZ_PARTS; i++)
		input.parts[i] = STR("");
	return input;
}

void fuzz_print(const struct diag_list *diags,
		const struct source_reader *reader)
{
	struct arena arena;
	struct diag_list copy;
	struct buf text;

	arena_init(&arena);
	diag_list_init(&copy, &arena);
	diag_merge(&copy, diags);
	diag_resolve(&copy, reader);
	diag_sort(&copy);
	buf_init(&text, &arena);
	diag_print(&text, &copy, reader);
	fuzz_require((diags->items.count > 0) == (text.len > 0),
		     "every message is printed");
	arena_release(&arena);
}

void fuzz_require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

bool fuzz_is_text(str text)
{
	if (unicode_invalid_at(text) != STR_NONE)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if ((byte < ' ' && byte != '\t' && byte != '\n') ||
		    byte == 0x7f)
			return false;
	}
	return true;
}
