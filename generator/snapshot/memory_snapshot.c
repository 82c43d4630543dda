#include "snapshot/snapshot.h"

#include "snapshot/listing.h"
#include "snapshot/snapshot_operations.h"

#include <git2/global.h>
#include <git2/odb.h>

#include <string.h>

static bool read_memory(str *out, struct snapshot_reader *reader,
			struct snapshot_wanted wanted, struct arena *arena,
			struct diag_list *diags)
{
	const str *data = reader->snapshot->state;

	(void)arena;
	*out = data[wanted.file];
	if (out->len > wanted.limit) {
		snapshot_report_large(reader->snapshot, wanted, out->len,
				      diags);
		return false;
	}
	return true;
}

static bool size_of(size_t *out, struct snapshot_reader *reader,
		    struct snapshot_wanted wanted, struct diag_list *diags)
{
	str data;

	if (!read_memory(&data, reader, wanted, NULL, diags))
		return false;
	*out = data.len;
	return true;
}

static const struct snapshot_operations memory_operations = {
	.size = size_of,
	.read = read_memory,
};

/* Adds one file, name by name, as if its folders had been walked. */
static void add(struct listing *listing, const struct memory_file *file,
		size_t tag)
{
	struct listing_entry entry = { 0 };
	str rest = str_from_c(file->path);
	str name = { "", 0 };
	struct listing_item *item;
	size_t slash = str_find_byte(rest, '/');
	git_oid id;

	if (slash == STR_NONE ||
	    !listing_is_root_folder(str_between(rest, 0, slash)))
		return;
	while (str_split_next(&rest, '/', &name)) {
		struct listing_entry parent = entry;

		if (!listing_enter(&entry, listing, &parent, name))
			return;
	}
	item = listing_add(listing, &entry);
	item->tag = tag;
	git_odb_hash(&id, file->data.len > 0 ? file->data.data : "",
		     file->data.len, GIT_OBJECT_BLOB);
	memcpy(item->blob_id, id.id, sizeof(item->blob_id));
}

bool snapshot_open_memory(struct snapshot *out, const struct memory_file *files,
			  size_t count, struct arena *arena,
			  struct diag_list *diags)
{
	const struct listing_item *items;
	struct listing listing;
	str *data;
	bool ok;

	*out = (struct snapshot){ .revision = STR("memory"),
				  .operations = &memory_operations };
	listing_init(&listing, arena, diags);
	/* Counted: tests that use memory alone need no snapshot_library_init */
	git_libgit2_init();
	for (size_t i = 0; i < count; i++)
		add(&listing, &files[i], i);
	git_libgit2_shutdown();
	ok = listing_finish(out, &listing);
	items = listing.items.items;
	data = arena_array(arena, out->count, sizeof(*data));
	for (size_t i = 0; i < out->count; i++)
		data[i] = files[items[i].tag].data;
	out->state = data;
	listing_release(&listing);
	return ok;
}
