#include "snapshot/version_search.h"

#include <stdlib.h>
#include <string.h>

enum { COMMIT_DIGITS = 10 }; /* in messages */

/* --- what is looked for --- */

static void add_folders(struct version_search *search, str path)
{
	for (size_t i = 0; i < path.len; i++)
		if (path.data[i] == '/')
			map_add(&search->folders, str_between(path, 0, i + 1),
				search);
}

static void index_items(struct version_search *search, struct arena *arena)
{
	map_init(&search->paths, arena);
	map_init(&search->folders, arena);
	for (size_t i = 0; i < search->count; i++) {
		struct version_sought *item = &search->items[i];

		map_add(&search->paths, item->path, item);
		add_folders(search, item->path);
	}
}

/* Below a folder that counts as one: themes/x/a/b.html. */
static bool is_inside(const struct version_search *search, str path)
{
	for (size_t i = path.len; i > 0; i--) {
		const struct version_sought *item;

		if (path.data[i - 1] != '/')
			continue;
		item = map_get(&search->paths, str_between(path, 0, i));
		if (item != NULL)
			return !item->is_done;
	}
	return false;
}

static bool wants(void *context, str path)
{
	const struct version_search *search = context;
	const struct version_sought *item = map_get(&search->paths, path);

	if (item != NULL)
		return !item->is_done;
	return map_has(&search->folders, path) || is_inside(search, path) ||
	       (search->needs != NULL && search->needs(search->context, path));
}

/* --- one version --- */

static bool is_folder(const struct version_sought *item)
{
	return str_ends_with(item->path, STR("/"));
}

/* The blob of a file; a folder has none. */
static bool find(struct version_sought *item, const struct version *version)
{
	size_t first, behind;

	if (is_folder(item)) {
		snapshot_range(version->snapshot, item->path, &first, &behind);
		return first != behind;
	}
	first = snapshot_find(version->snapshot, item->path);
	if (first == STR_NONE)
		return false;
	memcpy(item->blob_id, snapshot_blob(version->snapshot, first).data,
	       SNAPSHOT_ID_SIZE);
	return true;
}

static void try_item(struct version_search *search, struct version_sought *item,
		     const struct version *version)
{
	struct digest key;

	if (!find(item, version) && !item->is_elsewhere) {
		item->is_done = true;
		item->end = VERSION_END_FIRST;
		return;
	}
	key = search->key(search->context, item, version);
	if (item->tries > 0 && digest_equal(key, item->key))
		return;
	item->key = key;
	if (item->tries++ == VERSION_TRY_LIMIT) {
		item->is_done = true;
		item->end = VERSION_END_LIMIT;
		return;
	}
	if (!search->take(search->context, item, version))
		return;
	item->is_done = true;
	item->is_found = true;
	item->commit = version->snapshot->revision;
	item->time = version->snapshot->time;
}

static bool is_over(const struct version_search *search)
{
	for (size_t i = 0; i < search->count; i++)
		if (!search->items[i].is_done)
			return false;
	return true;
}

static void try_all(struct version_search *search,
		    const struct version *version)
{
	if (search->begin != NULL)
		search->begin(search->context, version);
	for (size_t i = 0; i < search->count; i++)
		if (!search->items[i].is_done)
			try_item(search, &search->items[i], version);
}

void version_search_run(struct version_search *search, struct arena *arena)
{
	const struct version_walk_options options = {
		.snapshot = search->snapshot,
		.folder = search->folder,
		.offset = search->offset,
		.context = search,
		.wants = wants,
	};
	struct version_walk *walk;
	struct diag_list ignored;

	index_items(search, arena);
	diag_list_init(&ignored, arena);
	walk = version_walk_open(&options, arena);
	while (!is_over(search)) {
		struct snapshot *snapshot =
			arena_alloc(arena, sizeof(*snapshot));
		struct version version = { .snapshot = snapshot };

		if (!version_walk_next(snapshot, walk))
			break;
		version.reader = snapshot_reader_open(snapshot, &ignored);
		if (version.reader == NULL)
			break;
		try_all(search, &version);
		snapshot_reader_close(version.reader);
	}
	for (size_t i = 0; i < search->count; i++)
		if (!search->items[i].is_done)
			search->items[i].end = version_walk_end(walk);
	version_walk_close(walk);
}

/* --- what comes of it --- */

static int compare_patches(const void *left, const void *right)
{
	const struct snapshot_patch *a = left;
	const struct snapshot_patch *b = right;

	return (a->file > b->file) - (a->file < b->file);
}

void version_search_patch(struct snapshot *snapshot,
			  const struct version_search *search,
			  struct arena *arena)
{
	size_t count = snapshot->patch_count;
	struct snapshot_patch *patches =
		arena_array(arena, count + search->count, sizeof(*patches));

	if (count > 0)
		memcpy(patches, snapshot->patches, count * sizeof(*patches));
	for (size_t i = 0; i < search->count; i++) {
		const struct version_sought *item = &search->items[i];

		if (!item->is_found || is_folder(item))
			continue;
		patches[count].file = item->file;
		memcpy(patches[count++].blob_id, item->blob_id,
		       SNAPSHOT_ID_SIZE);
	}
	if (count > 0)
		qsort(patches, count, sizeof(*patches), compare_patches);
	snapshot_patch(snapshot, patches, count, search->folder, arena);
}

static void tell_found(const struct version_sought *item,
		       struct diag_list *diags)
{
	str commit = str_between(item->commit, 0, COMMIT_DIGITS);
	struct diag *diag;
	struct buf day;

	buf_init(&day, diags->arena);
	if (item->time.is_set)
		moment_format(&day, item->time, str_from_c(_(" (%Y-%m-%d)")));
	diag = diag_warning(
		diags, span_none(), "version-earlier",
		_("readers see this as it was in commit %.*s%.*s until its "
		  "mistakes are mended"),
		STR_ARG(commit), STR_ARG(buf_str(&day)));
	diag->path = item->path;
	diag_help(diags, diag, _("git diff %.*s -- %.*s shows what came since"),
		  STR_ARG(commit), STR_ARG(item->path));
}

static const char *help_none(enum version_end end)
{
	switch (end) {
	case VERSION_END_CUT:
		return _("there may be an earlier version, but this "
			 "repository does not have it: git fetch --unshallow, "
			 "or in a pipeline a clone of all commits "
			 "(fetch-depth: 0, GIT_DEPTH: 0)");
	case VERSION_END_LIMIT:
		return _("the last version without mistakes lies too far back "
			 "to be looked for");
	case VERSION_END_NOTHING:
		return _("there is no Git history in which an earlier version "
			 "could be found");
	case VERSION_END_FIRST:
		break;
	}
	return _("there is no earlier version of it without mistakes");
}

/* Without knowing what a text inherits nobody can read it. */
static const char *cost_of_none(const struct version_sought *item)
{
	if (!str_starts_with(item->path, STR("content/")))
		return _("this counts as not there until its mistakes are "
			 "mended");
	if (str_ends_with(item->path, STR("/_defaults.yaml")))
		return _("texts below it count in versions from before it, or "
			 "not at all, until its mistakes are mended");
	return _("readers see nothing of this until its mistakes are mended");
}

static void tell_none(const struct version_sought *item,
		      struct diag_list *diags)
{
	struct diag *diag = diag_warning(diags, span_none(), "version-none",
					 "%s", cost_of_none(item));

	diag->path = item->path;
	diag_help(diags, diag, "%s", help_none(item->end));
}

void version_search_tell(const struct version_search *search,
			 struct diag_list *diags)
{
	for (size_t i = 0; i < search->count; i++)
		if (search->items[i].is_found)
			tell_found(&search->items[i], diags);
		else
			tell_none(&search->items[i], diags);
}
