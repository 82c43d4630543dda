/*
 * Opening a revision looks at every name (snapshot/listing.c); here only the
 * few names that come or go are looked at, so they must be such that nothing
 * would be said of them.
 */
#include "snapshot/list_edit.h"

#include "base/unicode.h"

/* --- names of which nothing is said --- */

/* A Chinese character of the basic block: it has no case and no other form. */
static bool is_chinese(uint32_t code_point)
{
	return code_point >= 0x4e00 && code_point <= 0x9fff;
}

static bool is_simple_sign(uint32_t code_point)
{
	return (code_point >= 'a' && code_point <= 'z') ||
	       (code_point >= '0' && code_point <= '9') || code_point == '-' ||
	       code_point == '_' || is_chinese(code_point);
}

static bool is_simple_name(str name)
{
	size_t at = 0;

	if (unicode_invalid_at(name) != STR_NONE || name.len == 0 ||
	    name.data[0] == '_')
		return false;
	while (at < name.len)
		if (!is_simple_sign(unicode_next(name, &at)))
			return false;
	return true;
}

static size_t folder_length(str path)
{
	return str_find_last_byte(path, '/') + 1;
}

static bool is_same_in_small(str a, str b)
{
	size_t i = 0, k = 0;

	while (i < a.len && k < b.len)
		if (unicode_lower(unicode_next(a, &i)) !=
		    unicode_lower(unicode_next(b, &k)))
			return false;
	return i == a.len && k == b.len;
}

struct name_run {
	size_t first;
	size_t behind;
};

/* Another name of the folder that differs in case alone. */
static bool has_twin(const struct snapshot *snapshot, struct name_run folder,
		     size_t length, str name)
{
	for (size_t i = folder.first; i < folder.behind; i++) {
		str other = str_from(snapshot_path(snapshot, i), length);

		other = str_between(other, 0, str_find_byte(other, '/'));
		if (!str_equal(other, name) && is_same_in_small(other, name))
			return true;
	}
	return false;
}

static bool went(const struct snapshot_changes *changes, size_t file)
{
	const uint32_t *numbers = changes->went.items;

	for (size_t i = 0; i < changes->went.count; i++)
		if (numbers[i] == file)
			return true;
	return false;
}

static struct name_run run_of(const struct snapshot *snapshot, str folder)
{
	struct name_run run;

	snapshot_range(snapshot, folder, &run.first, &run.behind);
	return run;
}

/* Was the folder there, and is it still? */
static bool stays(const struct snapshot *before,
		  const struct snapshot_changes *changes, str folder)
{
	struct name_run run = run_of(before, folder);

	for (size_t i = run.first; i < run.behind; i++)
		if (!went(changes, i))
			return true;
	return false;
}

/*
 * The folders of a path from the file on upwards, to the first that was there
 * and is still. `content/<unit>/` must be one of those.
 */
static bool are_folders_quiet(const struct snapshot *before,
			      struct snapshot_changes *changes, str path)
{
	str folder = str_between(path, 0, folder_length(path));

	while (!stays(before, changes, folder)) {
		str name = str_between(folder, 0, folder.len - 1);
		size_t above = folder_length(name);

		name = str_from(name, above);
		folder = str_between(folder, 0, above);
		if (str_equal(folder, STR("content/")) ||
		    !is_simple_name(name) ||
		    has_twin(before, run_of(before, folder), above, name))
			return false;
		changes->moves_folders = true;
	}
	return true;
}

static bool is_quiet(const struct snapshot *before,
		     struct snapshot_changes *changes, str path)
{
	size_t length = folder_length(path);
	str folder = str_between(path, 0, length);
	str name = str_from(path, length);

	/* below _files/ a text is no shared file, which is said */
	return is_simple_name(
		       str_between(name, 0, name.len - STR(".md").len)) &&
	       str_find(path, STR("/_")) == STR_NONE &&
	       are_folders_quiet(before, changes, path) &&
	       !has_twin(before, run_of(before, folder), length, name);
}

static bool are_quiet(const struct snapshot *before,
		      struct snapshot_changes *changes)
{
	const struct snapshot_arrival *came = changes->came.items;
	const uint32_t *gone = changes->went.items;

	if (before->count + changes->came.count > SNAPSHOT_ENTRY_LIMIT / 2)
		return false;
	for (size_t i = 0; i < changes->came.count; i++)
		if (came[i].path.len > SNAPSHOT_PATH_LIMIT / 2 ||
		    !is_quiet(before, changes, came[i].path))
			return false;
	for (size_t i = 0; i < changes->went.count; i++)
		if (!is_quiet(before, changes, snapshot_path(before, gone[i])))
			return false;
	return true;
}

/* --- the list --- */

struct list_writer {
	char *bytes;
	size_t size;
	uint32_t *ends;
	uint8_t (*ids)[SNAPSHOT_ID_SIZE];
	uint32_t *came; /* numbers of those that came */
	size_t came_count;
	size_t count;
};

static void add_file(struct list_writer *writer, str path, const void *id)
{
	memcpy(writer->bytes + writer->size, path.data, path.len);
	writer->size += path.len;
	writer->ends[writer->count] = (uint32_t)writer->size;
	memcpy(writer->ids[writer->count++], id, SNAPSHOT_ID_SIZE);
}

static void add_arrival(struct list_writer *writer,
			const struct snapshot_arrival *arrival)
{
	writer->came[writer->came_count++] = (uint32_t)writer->count;
	add_file(writer, arrival->path, arrival->blob_id);
}

static struct list_writer begin(const struct snapshot *before,
				const struct snapshot_changes *changes,
				struct arena *arena)
{
	const struct snapshot_arrival *came = changes->came.items;
	size_t count = before->count + changes->came.count;
	size_t size = before->path_size;

	for (size_t i = 0; i < changes->came.count; i++)
		size += came[i].path.len;
	return (struct list_writer){
		.bytes = arena_raw(arena, size),
		.ends = arena_raw(arena, count * sizeof(uint32_t)),
		.ids = arena_raw(arena, count * SNAPSHOT_ID_SIZE),
		.came = arena_array(arena, changes->came.count,
				    sizeof(uint32_t)),
	};
}

static bool is_trusted(const struct snapshot *snapshot)
{
	return snapshot_trusts(snapshot, snapshot->path_bytes,
			       snapshot->path_size) &&
	       snapshot_trusts(snapshot, snapshot->path_ends,
			       snapshot->count * sizeof(uint32_t)) &&
	       snapshot_trusts(snapshot, snapshot->blob_ids,
			       snapshot->count * SNAPSHOT_ID_SIZE);
}

/* Of the file alone, without what patches say: those are moved by others. */
static str listed_path(const struct snapshot *snapshot, size_t file)
{
	uint32_t start = file == 0 ? 0 : snapshot->path_ends[file - 1];

	return (str){ snapshot->path_bytes + start,
		      snapshot->path_ends[file] - start };
}

static bool has_order(const struct snapshot *snapshot)
{
	for (size_t i = 1; i < snapshot->count; i++)
		if (snapshot->path_ends[i] < snapshot->path_ends[i - 1])
			return false;
	return snapshot->count == 0 ||
	       snapshot->path_ends[snapshot->count - 1] <= snapshot->path_size;
}

static void write_list(struct list_writer *writer,
		       const struct snapshot *before,
		       const struct snapshot_changes *changes)
{
	const struct snapshot_arrival *came = changes->came.items;
	const struct snapshot_arrival *end = came + changes->came.count;
	const uint32_t *gone = changes->went.items;
	const uint32_t *gone_end = gone + changes->went.count;

	for (size_t i = 0; i < before->count; i++) {
		str path = listed_path(before, i);

		while (came < end && str_compare(came->path, path) < 0)
			add_arrival(writer, came++);
		if (gone < gone_end && *gone == i)
			gone++;
		else
			add_file(writer, path, before->blob_ids[i]);
	}
	while (came < end)
		add_arrival(writer, came++);
}

bool snapshot_edit_list(struct snapshot *snapshot, struct renumbering *moves,
			const struct snapshot *before,
			struct snapshot_changes *changes, struct arena *arena)
{
	struct list_writer writer;

	if (!is_trusted(before) || !has_order(before) ||
	    !are_quiet(before, changes))
		return false;
	writer = begin(before, changes, arena);
	write_list(&writer, before, changes);
	snapshot->count = writer.count;
	snapshot->path_bytes = writer.bytes;
	snapshot->path_size = writer.size;
	snapshot->path_ends = writer.ends;
	snapshot->blob_ids = (const uint8_t(*)[SNAPSHOT_ID_SIZE])writer.ids;
	*moves = (struct renumbering){ writer.came, writer.came_count,
				       changes->went.items,
				       changes->went.count };
	return true;
}
