/*
 * A file may be written where the manifest says that its bytes are ours, or
 * where nothing stands and nothing stood. A run that was killed before its
 * manifest finds its files by their bytes. New files appear by link(2), which
 * fails where something stands, others by rename(2).
 */
#include "import/shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/unicode.h"
#include "markup/csv.h"
#include "system/reason.h"

/* What desktops leave behind is named so, and no library takes it for more. */
static const char new_name[] = "._jiyue-import";

struct shelf_row {
	str path; /* below the folder */
	str source;
	struct sha256 digest; /* of what was written */
	bool has_digest;
};

static str below(const struct shelf *shelf, str path)
{
	return str_from(path, shelf->folder.len + 1);
}

static bool is_text(str path)
{
	return str_ends_with(path, STR(".md"));
}

/* How often the name was given away. */
static unsigned *count_of_name(struct shelf *shelf, str name)
{
	unsigned *count = map_get(&shelf->names, name);

	if (count == NULL) {
		count = arena_alloc(shelf->arena, sizeof(*count));
		(void)map_add(&shelf->names, name, count);
	}
	return count;
}

static struct shelf_row *add_row(struct shelf *shelf, str path, str source)
{
	struct shelf_row *row = arena_alloc(shelf->arena, sizeof(*row));

	row->path = arena_copy(shelf->arena, path);
	row->source = arena_copy(shelf->arena, source);
	*(struct shelf_row **)list_add(&shelf->rows, shelf->arena) = row;
	map_set(&shelf->by_path, row->path, row);
	map_set(&shelf->by_source, row->source, row);
	if (is_text(row->path))
		++*count_of_name(shelf, str_file_name(row->path));
	return row;
}

/* --- the manifest --------------------------------------------------------- */

static bool read_row(struct shelf *shelf, const struct list *cells)
{
	const struct csv_cell *cell = cells->items;
	struct shelf_row *row;
	struct sha256 digest;
	str digits;

	if (cells->count != 3)
		return false;
	if (str_equal(cell[0].text, STR("path")))
		return true;
	digits = cell[1].text;
	if (!file_digest_parse(&digest, &digits) || digits.len > 0 ||
	    map_has(&shelf->by_path, cell[0].text))
		return false;
	row = add_row(shelf, cell[0].text, cell[2].text);
	row->digest = digest;
	row->has_digest = true;
	return true;
}

static bool refuse(const struct shelf *shelf, struct diag_list *diags)
{
	diag_help(diags,
		  diag_failure(diags, "import",
			       _("%.*s/%s is not what an import wrote there"),
			       STR_ARG(shelf->folder), SHELF_MANIFEST),
		  _("take it back from Git, or remove it: then files that "
		    "stand there already are left as they are"));
	return false;
}

/* "# archived on 2026-06-01" in the first line. */
static const char archived_head[] = "# archived on ";

static void read_archived(struct shelf *shelf, str text)
{
	str head = str_from_c(archived_head);
	str line = str_between(text, 0, str_find_byte(text, '\n'));
	struct date date;

	if (str_starts_with(line, head) &&
	    date_parse(&date, str_from(line, head.len)))
		shelf->archived = str_from(line, head.len);
}

static bool read_manifest(struct shelf *shelf, struct diag_list *diags)
{
	struct diag_list ignored;
	struct source source = { .number = SOURCE_NONE };
	struct csv_reader reader = { .source = &source,
				     .arena = shelf->arena,
				     .diags = &ignored };
	struct list cells;
	char name[256];
	str path = arena_printf(shelf->arena, "%.*s/%s", STR_ARG(shelf->folder),
				SHELF_MANIFEST);

	diag_list_init(&ignored, shelf->arena);
	if (!folder_of(&shelf->way, path, true, name)) {
		diag_failure(diags, "import", _("cannot write below %.*s: %s"),
			     STR_ARG(shelf->folder), reason_text(errno));
		return false;
	}
	if (!folder_read_open(
		    &source.text,
		    openat(shelf->way.descriptor, name,
			   O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC),
		    SHELF_MANIFEST_LIMIT, shelf->arena))
		return errno == ENOENT || refuse(shelf, diags);
	if (unicode_invalid_at(source.text) != STR_NONE)
		return refuse(shelf, diags);
	read_archived(shelf, source.text);
	list_init(&cells, sizeof(struct csv_cell));
	while (cells.count = 0, csv_next(&cells, &reader))
		if (!read_row(shelf, &cells))
			return refuse(shelf, diags);
	return !reader.is_broken || refuse(shelf, diags);
}

str shelf_archived(struct shelf *shelf, str today)
{
	if (shelf->archived.len == 0) {
		shelf->archived = arena_copy(shelf->arena, today);
		shelf->is_changed = true;
	}
	return shelf->archived;
}

static void add_cell(struct buf *out, str text)
{
	buf_add_byte(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '"')
			buf_add_byte(out, '"');
		buf_add_byte(out, text.data[i]);
	}
	buf_add_byte(out, '"');
}

static int by_path(const void *a, const void *b)
{
	const struct shelf_row *one = *(struct shelf_row *const *)a;
	const struct shelf_row *other = *(struct shelf_row *const *)b;

	return str_compare(one->path, other->path);
}

static str manifest_text(struct shelf *shelf)
{
	struct shelf_row **rows = shelf->rows.items;
	struct buf out;

	buf_init(&out, shelf->arena);
	if (shelf->rows.count > 0)
		qsort(rows, shelf->rows.count, sizeof(struct shelf_row *),
		      by_path);
	if (shelf->archived.len > 0)
		buf_printf(&out, "%s%.*s\n", archived_head,
			   STR_ARG(shelf->archived));
	buf_add_c(&out, "path,sha256,source\n");
	for (size_t i = 0; i < shelf->rows.count; i++) {
		if (!rows[i]->has_digest)
			continue;
		add_cell(&out, rows[i]->path);
		buf_add_byte(&out, ',');
		file_digest_print(&out, &rows[i]->digest);
		buf_add_byte(&out, ',');
		add_cell(&out, rows[i]->source);
		buf_add_byte(&out, '\n');
	}
	return buf_str(&out);
}

bool shelf_open(struct shelf *shelf, int library, struct diag_list *diags)
{
	list_init(&shelf->rows, sizeof(struct shelf_row *));
	map_init(&shelf->by_source, shelf->arena);
	map_init(&shelf->by_path, shelf->arena);
	map_init(&shelf->names, shelf->arena);
	folder_init(&shelf->way, library);
	shelf->digests = sha256_open();
	return read_manifest(shelf, diags);
}

void shelf_close(struct shelf *shelf)
{
	folder_release(&shelf->way);
	sha256_close(shelf->digests);
}

/* --- files ---------------------------------------------------------------- */

/* Whole or not at all; what stands there is replaced when it may be. */
static bool write_whole(struct shelf *shelf, const char *name, str bytes,
			bool may_replace)
{
	int way = shelf->way.descriptor;
	int reason;
	bool ok;

	if (unlinkat(way, new_name, 0) != 0 && errno != ENOENT)
		return false;
	if (!folder_write(way, new_name, bytes))
		return false;
	ok = may_replace ? renameat(way, new_name, way, name) == 0
			 : linkat(way, new_name, way, name, 0) == 0;
	reason = errno;
	if (!ok || !may_replace)
		unlinkat(way, new_name, 0);
	errno = reason;
	return ok;
}

bool shelf_finish(struct shelf *shelf, struct diag_list *diags)
{
	char name[256];
	str path = arena_printf(shelf->arena, "%.*s/%s", STR_ARG(shelf->folder),
				SHELF_MANIFEST);

	if (!shelf->is_changed)
		return true;
	if (folder_of(&shelf->way, path, true, name) &&
	    write_whole(shelf, name, manifest_text(shelf), true))
		return true;
	diag_failure(diags, "import", _("cannot write %.*s: %s"), STR_ARG(path),
		     reason_text(errno));
	return false;
}

static str labelled(const struct shelf *shelf, str source)
{
	return arena_printf(shelf->arena, "%.*s:%.*s", STR_ARG(shelf->label),
			    STR_ARG(source));
}

static struct shelf_row *new_row(struct shelf *shelf, str key, str wanted,
				 str ending)
{
	str full = arena_printf(shelf->arena, "%.*s%.*s", STR_ARG(wanted),
				STR_ARG(ending));
	unsigned *count = count_of_name(
		shelf, is_text(full) ? str_file_name(full) : full);

	for (;; ++*count) {
		str path = *count == 0
				   ? full
				   : arena_printf(shelf->arena, "%.*s-%u%.*s",
						  STR_ARG(wanted), *count + 1,
						  STR_ARG(ending));

		if (*count > 0 && is_text(path) &&
		    map_has(&shelf->names, str_file_name(path)))
			continue;
		if (!map_has(&shelf->by_path, path))
			return add_row(shelf, path, key);
	}
}

str shelf_place(struct shelf *shelf, str source, str wanted, str ending)
{
	str key = labelled(shelf, source);
	struct shelf_row *row = map_get(&shelf->by_source, key);

	if (row == NULL)
		row = new_row(shelf, key, wanted, ending);
	return arena_printf(shelf->arena, "%.*s/%.*s", STR_ARG(shelf->folder),
			    STR_ARG(row->path));
}

/* The digest of the file that stands there; false: there is none. */
static bool digest_of_file(struct sha256 *out, struct shelf *shelf,
			   const char *name)
{
	struct arena scratch;
	bool ok;
	str bytes;

	arena_init(&scratch);
	ok = folder_read_open(
		&bytes,
		openat(shelf->way.descriptor, name,
		       O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC),
		SIZE_MAX, &scratch);
	if (ok)
		*out = sha256_of(shelf->digests, bytes);
	arena_release(&scratch);
	return ok;
}

static bool is_same(const struct sha256 *a, const struct sha256 *b)
{
	return memcmp(a->bytes, b->bytes, SHA256_SIZE) == 0;
}

static void note(struct shelf *shelf, struct shelf_row *row,
		 const struct sha256 *digest)
{
	if (row->has_digest && is_same(&row->digest, digest))
		return;
	row->digest = *digest;
	row->has_digest = true;
	shelf->is_changed = true;
}

enum shelf_result shelf_put(struct shelf *shelf, str source, str path,
			    str bytes)
{
	struct shelf_row *row = map_get(&shelf->by_path, below(shelf, path));
	struct sha256 made = sha256_of(shelf->digests, bytes);
	struct sha256 found;
	bool replaces = false;
	struct stat status;
	char name[256];

	if (row == NULL || !str_equal(row->source, labelled(shelf, source)) ||
	    !folder_of(&shelf->way, path, true, name))
		return SHELF_FAILED;
	if (digest_of_file(&found, shelf, name)) {
		if (is_same(&found, &made)) {
			note(shelf, row, &made);
			return SHELF_SAME;
		}
		if (!row->has_digest)
			return SHELF_FOREIGN;
		if (!is_same(&found, &row->digest))
			return SHELF_CHANGED;
		replaces = true;
	} else if (fstatat(shelf->way.descriptor, name, &status,
			   AT_SYMLINK_NOFOLLOW) == 0) {
		return SHELF_FOREIGN; /* a link, a folder, a pipe */
	} else if (row->has_digest) {
		return SHELF_REMOVED;
	}
	if (!write_whole(shelf, name, bytes, replaces))
		return SHELF_FAILED;
	note(shelf, row, &made);
	return SHELF_WRITTEN;
}
