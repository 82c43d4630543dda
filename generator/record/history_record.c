/*
 * The 40 digits of the revision, then for each file in the order of the
 * snapshot: u32 path length, path, i64 changed, i64 created (seconds). Beside
 * it, as "renames", texts: from, to, from, to … A recalled plan, which writes
 * no dates, keeps those of its own revision as "renames-since", the 40 digits
 * before them: a whole plan may be of a history without that revision.
 */
#include "record/history_record.h"

#include "base/list.h"
#include "base/pack.h"

enum { REVISION_SIZE = 40 };

static const char renames_name[] = "renames";
static const char since_name[] = "renames-since";

/* INT64_MIN stands for a moment that is not set. */
static struct moment moment_of(int64_t seconds, int32_t offset)
{
	return seconds == INT64_MIN ? (struct moment){ 0 }
				    : moment_from_seconds(seconds, offset);
}

static int64_t seconds_of(struct moment moment)
{
	return moment.is_set ? moment.seconds : INT64_MIN;
}

void history_record_read(struct history_known *out, const struct store *store,
			 int32_t offset, struct arena *arena)
{
	str bytes = store_get(store, STORE_HISTORY, STR("history"));
	struct list paths, items;
	int64_t seconds[2];
	str path;

	list_init(&paths, sizeof(str));
	list_init(&items, sizeof(struct file_history));
	*out = (struct history_known){ 0 };
	if (bytes.len < REVISION_SIZE)
		return;
	out->revision = str_between(bytes, 0, REVISION_SIZE);
	out->renames =
		store_get(store, STORE_HISTORY, str_from_c(renames_name));
	bytes = str_from(bytes, REVISION_SIZE);
	while (unpack_text(&path, &bytes) &&
	       unpack_bytes(seconds, sizeof(seconds), &bytes)) {
		struct file_history *item = list_add(&items, arena);

		*(str *)list_add(&paths, arena) = path;
		item->changed = moment_of(seconds[0], offset);
		item->created = moment_of(seconds[1], offset);
		if (!moment_is_valid(&item->changed) ||
		    !moment_is_valid(&item->created)) {
			*out = (struct history_known){ 0 };
			return;
		}
	}
	out->paths = paths.items;
	out->items = items.items;
	out->count = paths.count;
}

void history_record_read_renames(struct history_known *out,
				 const struct store *store)
{
	str bytes = store_get(store, STORE_HISTORY, str_from_c(since_name));
	bool is_since = bytes.len >= REVISION_SIZE;

	if (!is_since)
		bytes = store_get(store, STORE_HISTORY, STR("history"));
	*out = (struct history_known){ 0 };
	if (bytes.len < REVISION_SIZE)
		return;
	out->revision = str_between(bytes, 0, REVISION_SIZE);
	out->renames = is_since ? str_from(bytes, REVISION_SIZE)
				: store_get(store, STORE_HISTORY,
					    str_from_c(renames_name));
}

static void pack_renames(struct buf *out, const struct renames *renames)
{
	for (size_t i = 0; i < renames->to.count; i++) {
		const struct map_entry *entry = &renames->to.entries[i];

		pack_text(out, entry->key);
		pack_text(out, *(const str *)entry->value);
	}
}

static bool write_renames(struct store *store, const struct renames *renames,
			  struct arena *scratch, struct diag_list *diags)
{
	struct buf bytes;

	buf_init(&bytes, scratch);
	pack_renames(&bytes, renames);
	return store_keep(store, STORE_HISTORY, str_from_c(renames_name),
			  buf_str(&bytes), diags) &&
	       store_remove(store, STORE_HISTORY, str_from_c(since_name),
			    diags);
}

bool history_record_write_renames(struct store *store, str revision,
				  const struct renames *renames,
				  struct diag_list *diags)
{
	struct arena scratch;
	struct buf bytes;
	bool ok;

	arena_init(&scratch);
	buf_init(&bytes, &scratch);
	buf_add(&bytes, revision);
	pack_renames(&bytes, renames);
	ok = store_put(store, STORE_HISTORY, str_from_c(since_name),
		       buf_str(&bytes), diags);
	arena_release(&scratch);
	return ok;
}

bool history_record_write(struct store *store, const struct snapshot *snapshot,
			  const struct file_history *items,
			  const struct renames *renames,
			  struct diag_list *diags)
{
	struct arena scratch;
	struct buf bytes;
	bool ok;

	arena_init(&scratch);
	buf_init(&bytes, &scratch);
	buf_add(&bytes, snapshot->revision);
	for (size_t i = 0; i < snapshot->count; i++) {
		int64_t seconds[2] = { seconds_of(items[i].changed),
				       seconds_of(items[i].created) };

		pack_text(&bytes, snapshot_path(snapshot, i));
		pack_bytes(&bytes, seconds, sizeof(seconds));
	}
	ok = store_put(store, STORE_HISTORY, STR("history"), buf_str(&bytes),
		       diags) &&
	     write_renames(store, renames, &scratch, diags);
	arena_release(&scratch);
	return ok;
}
