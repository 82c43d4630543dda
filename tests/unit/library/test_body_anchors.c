/* The places in a text that links of other texts lead to. */
#include "library/body_anchors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "snapshot/snapshot.h"

/* A text of a heading and so many lines; whether its places are known. */
static bool has_anchors(size_t lines, size_t *memory)
{
	struct memory_file file = { .path = "content/jyj/a.md" };
	struct snapshot_reader *reader;
	struct arena texts, arena;
	struct snapshot snapshot;
	struct anchors anchors;
	struct diag_list diags;
	struct buf text;
	bool ok;

	arena_init(&texts);
	arena_init(&arena);
	diag_list_init(&diags, &texts);
	buf_init(&text, &texts);
	buf_add_c(&text, "---\ntitle: 一\n---\n## 附则\n\n");
	for (size_t i = 0; i < lines; i++)
		buf_add_c(&text, "a\n\n");
	file.data = buf_str(&text);
	assert_true(snapshot_open_memory(&snapshot, &file, 1, &texts, &diags));
	reader = snapshot_reader_open(&snapshot, &diags);
	ok = body_anchors_read(&anchors, reader, 0, &arena);
	if (ok)
		assert_true(anchors_find(&anchors, STR("附则"), &texts).len >
			    0);
	*memory = arena.total;
	snapshot_reader_close(reader);
	snapshot_close(&snapshot);
	arena_release(&arena);
	arena_release(&texts);
	return ok;
}

/* Beside the page that leads there a thread has 32 MiB, and not one more. */
static void test_memory(void **state)
{
	size_t memory;

	(void)state;
	assert_true(has_anchors(50000, &memory));
	assert_true(memory < 32 * 1024 * 1024);
	assert_false(has_anchors(100000, &memory));
	assert_true(memory < 1024 * 1024);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_memory) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
