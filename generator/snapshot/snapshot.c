/*
 * What the kinds of snapshots share: the sorted list, looking up by halving,
 * and versions that stand in. A list may come from a record; then each look
 * into it is bounded and, when the trust in it is lost, gives a harmless
 * answer and says so once (base/trust.h).
 */
#include "snapshot/snapshot.h"

#include "base/sorted.h"
#include "snapshot/snapshot_operations.h"
#include "snapshot/text.h"

#include <assert.h>
#include <string.h>

void snapshot_close(struct snapshot *snapshot)
{
	if (snapshot->operations != NULL && snapshot->operations->close != NULL)
		snapshot->operations->close(snapshot);
	*snapshot = (struct snapshot){ 0 };
}

struct snapshot_reader *snapshot_reader_open(const struct snapshot *snapshot,
					     struct diag_list *diags)
{
	struct arena arena;
	struct snapshot_reader *reader;

	arena_init(&arena);
	reader = arena_alloc(&arena, sizeof(*reader));
	reader->arena = arena;
	reader->snapshot = snapshot;
	if (snapshot->operations->open_reader != NULL &&
	    !snapshot->operations->open_reader(reader, diags)) {
		snapshot_reader_close(reader);
		return NULL;
	}
	return reader;
}

void snapshot_reader_close(struct snapshot_reader *reader)
{
	struct arena arena;

	if (reader == NULL)
		return;
	snapshot_reader_close(reader->earlier);
	if (reader->snapshot->operations->close_reader != NULL)
		reader->snapshot->operations->close_reader(reader);
	arena = reader->arena; /* the reader itself lies in it */
	arena_release(&arena);
}

void snapshot_report_large(const struct snapshot *snapshot,
			   struct snapshot_wanted wanted, uint64_t size,
			   struct diag_list *diags)
{
	struct span span = { .source = (uint32_t)wanted.file };
	struct diag *diag = diag_error(
		diags, span, "snapshot-large",
		_("the file has %llu bytes, the limit is %llu"),
		(unsigned long long)size, (unsigned long long)wanted.limit);

	diag->path = snapshot_path(snapshot, wanted.file);
	diag_help(diags, diag, "%s",
		  _("split it, or make its pictures smaller"));
}

void snapshot_order(struct snapshot_reader *reader, uint32_t *files,
		    size_t count)
{
	if (reader->snapshot->operations->order != NULL)
		reader->snapshot->operations->order(reader, files, count);
}

/* The reader that has the file; NULL with a failure. */
static struct snapshot_reader *reader_of(struct snapshot_reader *reader,
					 size_t file, struct diag_list *diags)
{
	const struct snapshot *snapshot = reader->snapshot;

	assert(file < snapshot->count);
	if (snapshot->earlier == NULL || !snapshot_is_patched(snapshot, file))
		return reader;
	if (reader->earlier != NULL &&
	    reader->earlier->snapshot != snapshot->earlier) {
		snapshot_reader_close(reader->earlier);
		reader->earlier = NULL; /* more files have been patched */
	}
	if (reader->earlier == NULL)
		reader->earlier =
			snapshot_reader_open(snapshot->earlier, diags);
	return reader->earlier;
}

static bool read_file(str *out, struct snapshot_reader *reader,
		      struct snapshot_wanted wanted, struct arena *arena,
		      struct diag_list *diags)
{
	reader = reader_of(reader, wanted.file, diags);
	return reader != NULL && reader->snapshot->operations->read(
					 out, reader, wanted, arena, diags);
}

bool snapshot_read(str *out, struct snapshot_reader *reader, size_t file,
		   struct arena *arena, struct diag_list *diags)
{
	struct snapshot_wanted wanted = { file, SNAPSHOT_BLOB_LIMIT, false };

	return read_file(out, reader, wanted, arena, diags);
}

bool snapshot_read_early(str *out, struct snapshot_reader *reader, size_t file,
			 struct arena *arena, struct diag_list *diags)
{
	struct snapshot_wanted wanted = { file, SNAPSHOT_BLOB_LIMIT, true };

	return read_file(out, reader, wanted, arena, diags);
}

bool snapshot_size(size_t *out, struct snapshot_reader *reader, size_t file,
		   struct diag_list *diags)
{
	struct snapshot_wanted wanted = { file, SNAPSHOT_BLOB_LIMIT, false };

	reader = reader_of(reader, file, diags);
	return reader != NULL &&
	       reader->snapshot->operations->size(out, reader, wanted, diags);
}

static uint32_t source_number(const struct snapshot *snapshot, size_t file)
{
	bool is_earlier =
		snapshot->has_earlier && snapshot_is_patched(snapshot, file);

	return (uint32_t)file + snapshot->source_base +
	       (is_earlier ? SOURCE_EARLIER : 0);
}

bool snapshot_read_text(struct source *out, struct snapshot_reader *reader,
			size_t file, struct arena *arena,
			struct diag_list *diags)
{
	struct snapshot_wanted wanted = { file, SNAPSHOT_TEXT_LIMIT, false };
	str data;

	if (!read_file(&data, reader, wanted, arena, diags))
		return false;
	*out = (struct source){ .number = source_number(reader->snapshot, file),
				.path = snapshot_path(reader->snapshot, file) };
	return text_decode(out, data, arena, diags);
}

bool snapshot_source_read(void *context, uint32_t number, struct source *out,
			  struct arena *arena)
{
	struct snapshot_reader *reader = context;
	struct diag_list ignored;

	if (number >= reader->snapshot->count)
		return false;
	diag_list_init(&ignored, arena);
	*out = (struct source){
		.number = number,
		.path = snapshot_path(reader->snapshot, number),
		.text = { "", 0 },
	};
	/* A text that is refused can be shown all the same, unless it is
	 * none. */
	(void)!snapshot_read_text(out, reader, number, arena, &ignored);
	return true;
}

static const struct snapshot_patch *find_patch(const struct snapshot *snapshot,
					       size_t file)
{
	const struct sorted_numbers files =
		SORTED_BY(snapshot->patches, snapshot->patch_count,
			  struct snapshot_patch, file);
	size_t at = sorted_rows_below(&files, (int64_t)file);

	return at < snapshot->patch_count && snapshot->patches[at].file == file
		       ? &snapshot->patches[at]
		       : NULL;
}

bool snapshot_is_patched(const struct snapshot *snapshot, size_t file)
{
	return find_patch(snapshot, file) != NULL;
}

struct moment snapshot_patched_since(const struct snapshot *snapshot,
				     size_t file)
{
	const struct snapshot_patch *patch = find_patch(snapshot, file);

	return patch == NULL ? (struct moment){ 0 } : patch->changed;
}

str snapshot_path(const struct snapshot *snapshot, size_t file)
{
	const uint32_t *ends = snapshot->path_ends;
	size_t before = file == 0 ? 0 : 1;
	size_t start, end;

	if (file < snapshot->count &&
	    snapshot_trusts(snapshot, &ends[file - before],
			    (before + 1) * sizeof(*ends))) {
		start = file == 0 ? 0 : ends[file - 1];
		end = ends[file];
		if (start <= end && end <= snapshot->path_size &&
		    snapshot_trusts(snapshot, snapshot->path_bytes + start,
				    end - start))
			return (str){ snapshot->path_bytes + start,
				      end - start };
	}
	snapshot_damaged(snapshot);
	return (str){ "", 0 };
}

/* A file that is in the list, or the first one. */
static str listed_blob(const struct snapshot *snapshot, size_t file)
{
	if (file >= snapshot->count ||
	    !snapshot_trusts(snapshot, snapshot->blob_ids[file],
			     SNAPSHOT_ID_SIZE)) {
		snapshot_damaged(snapshot);
		file = 0;
	}
	return (str){ (const char *)snapshot->blob_ids[file],
		      SNAPSHOT_ID_SIZE };
}

str snapshot_blob(const struct snapshot *snapshot, size_t file)
{
	const struct snapshot_patch *patch = find_patch(snapshot, file);

	if (patch != NULL)
		return (str){ (const char *)patch->blob_id, SNAPSHOT_ID_SIZE };
	return listed_blob(snapshot, file);
}

/* The first file whose path is not below `path`. */
static size_t lower_bound(const struct snapshot *snapshot, str path)
{
	size_t low = 0;
	size_t high = snapshot->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_compare(snapshot_path(snapshot, middle), path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t snapshot_find(const struct snapshot *snapshot, str path)
{
	size_t at = lower_bound(snapshot, path);

	if (at < snapshot->count &&
	    str_equal(snapshot_path(snapshot, at), path))
		return at;
	return STR_NONE;
}

void snapshot_range(const struct snapshot *snapshot, str folder, size_t *first,
		    size_t *behind)
{
	size_t low = lower_bound(snapshot, folder);
	size_t high = snapshot->count;

	*first = low;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_starts_with(snapshot_path(snapshot, middle), folder))
			low = middle + 1;
		else
			high = middle;
	}
	*behind = low;
}

bool snapshot_is_resource(str path)
{
	return str_starts_with(path, STR("content/")) &&
	       str_ends_with(path, STR(".md"));
}

bool snapshot_is_defaults(str path)
{
	return str_starts_with(path, STR("content/")) &&
	       str_equal(str_file_name(path), STR("_defaults.yaml"));
}
