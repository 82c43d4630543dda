/*
 * The walk goes from the newest commit back (snapshot/versions.h). At each
 * older version of a file the lines of its findings are looked for; where they
 * are not, the commit before, which is newer, brought them in. A file of which
 * nothing is open any more is not wanted any more, so the walk gets cheaper as
 * it goes.
 */
#include "report/first_seen.h"

#include <stddef.h>
#include <string.h>

#include "audit/rule.h"
#include "base/sorted.h"
#include "snapshot/versions.h"

enum { LINE_LIMIT = 400 }; /* bytes of a finding that are looked for */

struct sought {
	str words;
	struct first_seen *out;
	bool is_open;
};

/* A file with findings. */
struct sought_file {
	str path;
	size_t first, behind; /* of its findings */
	size_t open;
	uint8_t blob_id[SNAPSHOT_ID_SIZE];
};

struct seeking {
	const struct first_seen_sources *from;
	struct sought *items;
	size_t count;
	struct sought_file *files; /* by path */
	size_t file_count;
	size_t open;
	size_t work;
	struct version_walk *walk;
	struct arena *arena;
};

/* --- what is looked for --------------------------------------------------- */

/* Does the text of the file alone decide it, on whatever day? */
static bool is_of_words(const char *kind)
{
	for (size_t i = 0; i < rule_count; i++)
		if (strcmp(rules[i].id, kind) == 0)
			return rules[i].scope == RULE_RESOURCE &&
			       (rules[i].when & RULE_DATED) == 0;
	return true;
}

static bool is_sought(const struct seeking *seeking,
		      const struct report_message *message)
{
	uint32_t source = message->diag->span.source;

	return message->path.len > 0 &&
	       source < seeking->from->snapshot->count &&
	       is_of_words(message->diag->id);
}

/* The line that it begins in; one of many bytes is cut around its end. */
static str line_at(str text, size_t at)
{
	size_t start = at < text.len ? at : text.len;
	size_t end = start;

	while (start > 0 && text.data[start - 1] != '\n' &&
	       at - start < LINE_LIMIT)
		start--;
	while (end < text.len && text.data[end] != '\n' &&
	       end - start < (size_t)2 * LINE_LIMIT)
		end++;
	return str_trim(str_between(text, start, end));
}

static void add_file(struct seeking *seeking, str path, uint32_t source)
{
	struct sought_file *file = &seeking->files[seeking->file_count++];

	*file = (struct sought_file){ .path = path,
				      .first = seeking->count,
				      .behind = seeking->count };
	memcpy(file->blob_id,
	       snapshot_blob(seeking->from->snapshot, source).data,
	       SNAPSHOT_ID_SIZE);
}

static void add_sought(struct seeking *seeking, str words,
		       struct first_seen *out)
{
	struct sought_file *file = &seeking->files[seeking->file_count - 1];

	seeking->items[seeking->count++] =
		(struct sought){ arena_copy(seeking->arena, words), out, true };
	file->behind = seeking->count;
	file->open++;
	seeking->open++;
}

/* Messages are sorted by path, so a file is read once. */
static void collect(struct seeking *seeking, const struct report *found,
		    struct first_seen *out)
{
	const struct source_reader *reader = seeking->from->reader;
	struct arena scratch;
	struct source source;
	str path = STR("");
	bool is_read = false;

	arena_init(&scratch);
	for (size_t i = 0; i < found->count; i++) {
		const struct report_message *message = &found->messages[i];
		uint32_t number = message->diag->span.source;

		if (!is_sought(seeking, message))
			continue;
		if (!str_equal(path, message->path)) {
			path = message->path;
			arena_reset(&scratch);
			is_read = reader->read(reader->context, number, &source,
					       &scratch);
			add_file(seeking, path, number);
		}
		if (is_read)
			add_sought(
				seeking,
				line_at(source.text, message->diag->span.start),
				&out[i]);
	}
	arena_release(&scratch);
}

/* --- the walk ------------------------------------------------------------- */

/* The first file that is not before a path in the order of paths. */
static size_t lower_bound(const struct seeking *seeking, str path)
{
	const struct sorted_rows files = {
		seeking->files,
		seeking->file_count,
		sizeof(*seeking->files),
		offsetof(struct sought_file, path),
	};

	return sorted_count_before(&files, path);
}

static bool wants(void *context, str path)
{
	struct seeking *seeking = context;
	bool is_folder = str_ends_with(path, STR("/"));

	for (size_t i = lower_bound(seeking, path); i < seeking->file_count;
	     i++) {
		const struct sought_file *file = &seeking->files[i];

		seeking->work++;
		if (is_folder ? !str_starts_with(file->path, path)
			      : !str_equal(file->path, path))
			return false;
		if (file->open > 0)
			return true;
	}
	return false;
}

static void settle(struct seeking *seeking, struct sought_file *file,
		   struct sought *item, struct first_seen seen)
{
	*item->out = seen;
	item->is_open = false;
	file->open--;
	seeking->open--;
}

/* What is not in the text came with the commit behind it; "": all. */
static void compare(struct seeking *seeking, struct sought_file *file, str text,
		    struct first_seen seen)
{
	for (size_t i = file->first; i < file->behind; i++) {
		struct sought *item = &seeking->items[i];

		if (item->is_open &&
		    (text.len == 0 || str_find(text, item->words) == STR_NONE))
			settle(seeking, file, item, seen);
	}
}

static void look_at_file(struct seeking *seeking, struct sought_file *file,
			 const struct snapshot *older,
			 struct snapshot_reader *reader, struct first_seen seen)
{
	size_t number = snapshot_find(older, file->path);
	struct diag_list ignored;
	struct source source = { 0 };
	struct arena scratch;

	if (number == STR_NONE) {
		compare(seeking, file, STR(""), seen);
		return;
	}
	if (memcmp(snapshot_blob(older, number).data, file->blob_id,
		   SNAPSHOT_ID_SIZE) == 0)
		return;
	memcpy(file->blob_id, snapshot_blob(older, number).data,
	       SNAPSHOT_ID_SIZE);
	arena_init(&scratch);
	diag_list_init(&ignored, &scratch);
	if (!snapshot_read_text(&source, reader, number, &scratch, &ignored))
		source.text = STR("");
	compare(seeking, file, source.text, seen);
	arena_release(&scratch);
}

static bool look_at(struct seeking *seeking, const struct snapshot *older)
{
	const struct first_seen seen = { version_walk_newer_commit(
						 seeking->walk),
					 version_walk_newer(seeking->walk) };
	struct diag_list ignored;
	struct snapshot_reader *reader;

	diag_list_init(&ignored, seeking->arena);
	reader = snapshot_reader_open(older, &ignored);
	for (size_t i = 0; reader != NULL && i < seeking->file_count; i++)
		if (seeking->files[i].open > 0)
			look_at_file(seeking, &seeking->files[i], older, reader,
				     seen);
	seeking->work += seeking->file_count;
	snapshot_reader_close(reader);
	return reader != NULL;
}

/* What was there in the first commit came with it. */
static void finish(struct seeking *seeking)
{
	const struct first_seen first = { version_walk_commit(seeking->walk),
					  version_walk_time(seeking->walk) };

	if (version_walk_end(seeking->walk) != VERSION_END_FIRST)
		return;
	for (size_t i = 0; i < seeking->file_count; i++)
		compare(seeking, &seeking->files[i], STR(""), first);
}

static void seek(struct seeking *seeking)
{
	const struct version_walk_options options = {
		.snapshot = seeking->from->snapshot,
		.folder = seeking->from->folder,
		.offset = seeking->from->offset,
		.context = seeking,
		.wants = wants,
	};
	bool is_over = false;

	seeking->walk = version_walk_open(&options, seeking->arena);
	while (seeking->open > 0 && !is_over &&
	       seeking->work < FIRST_SEEN_WORK) {
		struct snapshot older;

		is_over = !version_walk_next(&older, seeking->walk);
		if (!is_over && !look_at(seeking, &older))
			break;
	}
	if (is_over)
		finish(seeking);
	version_walk_close(seeking->walk);
}

const struct first_seen *first_seen_find(const struct report *found,
					 const struct first_seen_sources *from,
					 struct arena *arena)
{
	struct first_seen *out = arena_array(arena, found->count, sizeof(*out));
	struct seeking seeking = {
		.from = from,
		.items =
			arena_array(arena, found->count, sizeof(struct sought)),
		.files = arena_array(arena, found->count,
				     sizeof(struct sought_file)),
		.arena = arena,
	};

	collect(&seeking, found, out);
	if (seeking.open > 0)
		seek(&seeking);
	return out;
}
