#include "support/snapshot_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void snapshot_fixture_init(struct snapshot_fixture *fixture)
{
	*fixture = (struct snapshot_fixture){ 0 };
	arena_init(&fixture->arena);
	diag_list_init(&fixture->diags, &fixture->arena);
	assert_true(snapshot_library_init(&fixture->diags));
}

void snapshot_fixture_release(struct snapshot_fixture *fixture)
{
	snapshot_reader_close(fixture->reader);
	snapshot_close(&fixture->snapshot);
	arena_release(&fixture->arena);
	snapshot_library_shutdown();
}

void snapshot_fixture_revision(struct snapshot_fixture *fixture,
			       const char *directory, const char *revision)
{
	assert_true(snapshot_open_revision(&fixture->snapshot, directory,
					   revision, &fixture->arena,
					   &fixture->diags));
	assert_int_equal(fixture->diags.items.count, 0);
}

void snapshot_fixture_directory(struct snapshot_fixture *fixture,
				const char *directory)
{
	assert_true(snapshot_open_directory(&fixture->snapshot, directory, NULL,
					    &fixture->arena, &fixture->diags));
	assert_int_equal(fixture->diags.items.count, 0);
}

void snapshot_fixture_files(const struct snapshot_fixture *fixture,
			    const char *lines)
{
	struct arena arena;
	struct buf found;

	arena_init(&arena);
	buf_init(&found, &arena);
	buf_add_c(&found, "");
	for (size_t i = 0; i < fixture->snapshot.count; i++) {
		buf_add(&found, snapshot_path(&fixture->snapshot, i));
		buf_add_byte(&found, '\n');
	}
	assert_string_equal(found.data, lines);
	arena_release(&arena);
}

static size_t find(struct snapshot_fixture *fixture, const char *path)
{
	size_t file = snapshot_find(&fixture->snapshot, str_from_c(path));

	if (fixture->reader == NULL)
		fixture->reader = snapshot_reader_open(&fixture->snapshot,
						       &fixture->diags);
	assert_non_null(fixture->reader);
	assert_true(file != STR_NONE);
	return file;
}

void snapshot_fixture_bytes(struct snapshot_fixture *fixture, const char *path,
			    const char *bytes)
{
	size_t file = find(fixture, path);
	str data;

	assert_true(snapshot_read(&data, fixture->reader, file, &fixture->arena,
				  &fixture->diags));
	assert_true(str_equal_c(data, bytes));
}

const struct diag *snapshot_fixture_bad_text(struct snapshot_fixture *fixture,
					     const char *path, const char *id)
{
	size_t file = find(fixture, path);
	const struct diag *diag;
	struct source source;

	assert_false(snapshot_read_text(&source, fixture->reader, file,
					&fixture->arena, &fixture->diags));
	diag = snapshot_fixture_message(fixture, id);
	assert_int_equal(diag->span.source, file);
	assert_true(str_equal_c(diag->path, path));
	return diag;
}

const struct diag *snapshot_fixture_bad_file(struct snapshot_fixture *fixture,
					     const char *path, const char *id)
{
	size_t file = find(fixture, path);
	str data;

	assert_false(snapshot_read(&data, fixture->reader, file,
				   &fixture->arena, &fixture->diags));
	return snapshot_fixture_message(fixture, id);
}

const struct diag *snapshot_fixture_message(struct snapshot_fixture *fixture,
					    const char *id)
{
	const struct diag *diag = fixture->diags.items.items;

	assert_int_equal(fixture->diags.items.count, 1);
	assert_string_equal(diag->id, id);
	diag_list_init(&fixture->diags, &fixture->arena);
	return diag;
}

void snapshot_fixture_says(const struct diag *diag, const char *text)
{
	assert_true(str_find(diag->path, str_from_c(text)) != STR_NONE ||
		    str_find(diag->message, str_from_c(text)) != STR_NONE ||
		    str_find(diag->help, str_from_c(text)) != STR_NONE);
}
