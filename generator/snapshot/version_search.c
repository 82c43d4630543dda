/*
 * The walk goes back commit by commit and reads a file only where its key is
 * another one: the same bytes with the same defaults were judged already. A
 * file that is found is followed on to the commit that brought those bytes in,
 * for the date of sitemaps. Of many files that is the longer way by far, so it
 * is gone by the differences between commits alone, and nothing is listed.
 *
 * What a search found is remembered with how far it went. The next search
 * stops where the last one began and takes over its answers, when it would
 * have come to them within the bounds itself; so remembering saves time and
 * changes nothing.
 */
#include "snapshot/version_search.h"

#include <stdlib.h>
#include <string.h>

enum { COMMIT_DIGITS = 10 }; /* in messages */

/* --- what is looked for --- */

static void add_folders(struct version_search *search, str path,
			struct arena *arena)
{
	for (size_t i = 0; i < path.len; i++) {
		str folder = str_between(path, 0, i + 1);

		if (path.data[i] == '/' && !map_has(&search->folders, folder))
			map_add(&search->folders, folder,
				arena_alloc(arena, sizeof(uint32_t)));
	}
}

static void index_items(struct version_search *search, struct arena *arena)
{
	map_init(&search->paths, arena);
	map_init(&search->folders, arena);
	for (size_t i = 0; i < search->count; i++) {
		struct version_sought *item = &search->items[i];

		map_add(&search->paths, item->path, item);
		add_folders(search, item->path, arena);
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

/* It is found, and since when its bytes have been there is not known yet. */
static bool needs_date(const struct version_sought *item)
{
	return item->is_found && !item->is_dated;
}

static bool wants(void *context, str path)
{
	const struct version_search *search = context;
	const struct version_sought *item = map_get(&search->paths, path);

	if (item != NULL)
		return !item->is_done || needs_date(item);
	return map_has(&search->folders, path) || is_inside(search, path) ||
	       (search->needs != NULL && search->needs(search->context, path));
}

/* --- what differs in this round --- */

static void touch(struct version_search *search, struct version_sought *item)
{
	str path = item->path;

	item->round = search->round;
	for (size_t i = 0; i < path.len; i++)
		if (path.data[i] == '/')
			*(uint32_t *)map_get(&search->folders,
					     str_between(path, 0, i + 1)) =
				search->round;
}

static void begin_round(struct version_search *search, bool is_for_all)
{
	search->round++;
	search->is_for_all = is_for_all;
}

static bool is_touched(const struct version_search *search,
		       const struct version_sought *item)
{
	return !search->is_by_file || search->is_for_all ||
	       item->round == search->round;
}

static bool lists(void *context, str path)
{
	const struct version_search *search = context;
	const struct version_sought *item;
	const uint32_t *folder;

	if (search->is_for_all)
		return wants(context, path);
	item = map_get(&search->paths, path);
	if (item != NULL)
		return item->round == search->round;
	folder = map_get(&search->folders, path);
	return (folder != NULL && *folder == search->round) ||
	       (search->needs != NULL && search->needs(search->context, path));
}

/* Is there anything left to be found? */
static bool has_sought(const struct version_search *search)
{
	for (size_t i = 0; i < search->count; i++)
		if (!search->items[i].is_done)
			return true;
	return false;
}

/* The newer of the two commits brought in the bytes that were found. */
static void date_by(struct version_sought *item, const uint8_t *older,
		    const struct version_walk *walk)
{
	if (older != NULL &&
	    memcmp(older, item->blob_id, SNAPSHOT_ID_SIZE) == 0)
		return;
	item->changed = version_walk_time(walk);
	item->is_dated = true;
	if (item->cost.steps == 0)
		item->cost.steps = version_walk_steps(walk);
}

static bool notes(void *context, str path, const uint8_t *older)
{
	struct version_search *search = context;
	struct version_sought *item = map_get(&search->paths, path);

	if (item == NULL) {
		if (path.len > 0 && !str_ends_with(path, STR("/")) &&
		    !has_sought(search))
			return false; /* needed by none */
		search->is_for_all = true;
		return true;
	}
	if (needs_date(item))
		date_by(item, older, search->walk);
	if (item->is_done)
		return false;
	touch(search, item);
	return true;
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

static void end_with(struct version_sought *item, enum version_end end)
{
	item->is_done = true;
	item->end = end;
}

/* Before anything of it is unpacked. */
static size_t size_of(const struct version_sought *item,
		      const struct version *version)
{
	size_t file = snapshot_find(version->snapshot, item->path);
	struct diag_list ignored;
	struct arena arena;
	size_t size = 0;

	if (file == STR_NONE)
		return 0; /* a folder, or what counts without being there */
	arena_init(&arena);
	diag_list_init(&ignored, &arena);
	(void)!snapshot_size(&size, version->reader, file, &ignored);
	arena_release(&arena);
	return size;
}

/* Whether the version is to be read: it is another one, and within bounds. */
static bool is_due(struct version_search *search, struct version_sought *item,
		   const struct version *version)
{
	struct digest key;

	if (!find(item, version) && !item->is_elsewhere) {
		end_with(item, VERSION_END_FIRST);
		return false;
	}
	key = search->key(search->context, item, version);
	if (item->cost.tries > 0 && digest_equal(key, item->key))
		return false;
	item->key = key;
	item->cost.tries++;
	item->cost.bytes += size_of(item, version);
	if (item->cost.tries > VERSION_TRY_LIMIT ||
	    item->cost.bytes > VERSION_BYTE_LIMIT) {
		item->is_beyond = true;
		end_with(item, VERSION_END_LIMIT);
		return false;
	}
	return true;
}

static void take(struct version_search *search, struct version_sought *item,
		 const struct version *version)
{
	if (!search->take(search->context, item, version))
		return;
	item->is_done = true;
	item->is_found = true;
	item->commit = version->snapshot->revision;
	item->time = version->snapshot->time;
	item->changed = item->time;
	item->is_dated = is_folder(item);
}

/* Is nothing left to be found, or to be dated? */
static bool is_over(void *context)
{
	const struct version_search *search = context;

	if (has_sought(search))
		return false;
	for (size_t i = 0; i < search->count; i++)
		if (needs_date(&search->items[i]))
			return false;
	return true;
}

static void begin(const struct version_search *search,
		  const struct version *version)
{
	if (search->begin != NULL)
		search->begin(search->context, version);
}

/* --- what is known --- */

/* One search: where it is, and what it may make use of. */
struct run {
	struct version_search *search;
	struct version_walk *walk;
	struct arena *arena;
	struct diag_list *ignored;
	str start; /* the first commit */
};

static struct version_cost sum(struct version_cost a, struct version_cost b)
{
	return (struct version_cost){ a.steps + b.steps, a.tries + b.tries,
				      a.bytes + b.bytes };
}

/*
 * A search from here would count no more than both together. Where that is too
 * much for a bound, it has to be seen.
 */
static bool is_of_use(const struct version_answer *answer,
		      struct version_cost cost)
{
	bool is_far = cost.steps > VERSION_COMMIT_LIMIT;

	if (!answer->is_found && answer->end == VERSION_END_LIMIT)
		return true;
	return !is_far && cost.tries <= VERSION_TRY_LIMIT &&
	       cost.bytes <= VERSION_BYTE_LIMIT;
}

static bool open_version(struct version *version, struct run *run)
{
	version->reader = snapshot_reader_open(version->snapshot, run->ignored);
	return version->reader != NULL;
}

/* An item whose answer names a commit. */
struct known {
	struct version_sought *item;
	str commit;
	struct version_cost cost;
	struct moment changed;
};

static void take_known(struct run *run, const struct known *known,
		       const struct version *version)
{
	struct version_search *search = run->search;
	struct version_sought *item = known->item;
	const struct version_sought before = *item;

	if (!find(item, version) && !item->is_elsewhere)
		return;
	item->key = search->key(search->context, item, version);
	take(search, item, version);
	if (item->is_found) {
		item->cost = known->cost;
		item->changed = known->changed;
		item->is_dated = true;
	} else
		*item = before; /* then it is looked for */
}

/* All that stand in with their state at one commit. */
static void look_at(struct run *run, const struct known *first,
		    const struct known *end)
{
	struct version_search *search = run->search;
	struct snapshot *snapshot = arena_alloc(run->arena, sizeof(*snapshot));
	struct version version = { .snapshot = snapshot };

	begin_round(search, false);
	for (const struct known *each = first; each < end; each++)
		touch(search, each->item);
	if (!version_walk_look(snapshot, run->walk, first->commit) ||
	    !open_version(&version, run))
		return;
	begin(search, &version);
	for (; first < end; first++)
		take_known(run, first, &version);
	snapshot_reader_close(version.reader);
}

static int compare_known(const void *left, const void *right)
{
	const struct known *a = left;
	const struct known *b = right;
	int order = str_compare(a->commit, b->commit);

	return order != 0 ? order : str_compare(a->item->path, b->item->path);
}

/* False when the answer names no commit, or there is none that holds here. */
static bool use_answer(struct known *out, const struct run *run,
		       struct version_sought *item)
{
	const struct version_answer *answer =
		item->is_done ? NULL
			      : version_memory_find(run->search->memory,
						    item->path, item->context);
	struct version_cost cost = item->cost;

	if (answer == NULL)
		return false;
	cost.steps = version_walk_steps(run->walk);
	cost = sum(cost, answer->cost);
	if (!is_of_use(answer, cost))
		return false;
	if (!answer->is_found) {
		item->cost = cost;
		end_with(item, answer->end);
		return false;
	}
	*out = (struct known){ item, answer->commit, cost, answer->changed };
	out->changed.offset = run->search->offset;
	return true;
}

/* The walk has come to the commit of which there are answers. */
static void use_memory(struct run *run)
{
	struct version_search *search = run->search;
	struct known *known =
		arena_array(run->arena, search->count, sizeof(*known));
	size_t count = 0;
	size_t first = 0;

	for (size_t i = 0; i < search->count; i++)
		count += use_answer(&known[count], run, &search->items[i]);
	if (count > 0)
		qsort(known, count, sizeof(*known), compare_known);
	for (size_t i = 1; i <= count; i++)
		if (i == count ||
		    !str_equal(known[i].commit, known[first].commit)) {
			look_at(run, known + first, known + i);
			first = i;
		}
}

static bool is_known_here(const struct run *run, str commit)
{
	const struct version_memory *memory = run->search->memory;

	return memory != NULL && memory->before.len > 0 &&
	       str_equal(memory->before, commit);
}

/*
 * What hangs on a bound that counts from somewhere is not kept, nor what a
 * shallow clone has no answer to.
 */
static void keep_answers(struct run *run)
{
	struct version_memory *memory = run->search->memory;

	if (memory == NULL || run->start.len == 0)
		return;
	memory->now = arena_copy(memory->arena, run->start);
	for (size_t i = 0; i < run->search->count; i++) {
		const struct version_sought *item = &run->search->items[i];
		const struct version_answer answer = { item->cost,
						       item->is_found,
						       item->end, item->commit,
						       item->changed };

		if (item->is_unsettled)
			continue;
		if (item->is_found || item->end == VERSION_END_FIRST ||
		    (item->end == VERSION_END_LIMIT && !item->is_beyond))
			version_memory_add(memory, item->path, item->context,
					   &answer);
	}
}

/* --- the walk --- */

/* How far the walk went for those that this commit answers. */
static void note_steps(struct run *run, size_t steps)
{
	for (size_t i = 0; i < run->search->count; i++) {
		struct version_sought *item = &run->search->items[i];

		if (item->is_done && !needs_date(item) && item->cost.steps == 0)
			item->cost.steps = steps;
	}
}

/* Other versions were looked at meanwhile. */
static void begin_again(const struct version_search *search,
			const struct version *version)
{
	begin(search, version);
	for (size_t i = 0; i < search->count; i++)
		if (search->items[i].is_due && !search->items[i].is_done)
			(void)search->key(search->context, &search->items[i],
					  version);
}

/* Where the bytes are others, the commit behind this one brought them in. */
static void date(struct version_sought *item, struct run *run,
		 const struct version *version)
{
	size_t file;

	if (!needs_date(item))
		return;
	file = snapshot_find(version->snapshot, item->path);
	if (file != STR_NONE &&
	    memcmp(snapshot_blob(version->snapshot, file).data, item->blob_id,
		   SNAPSHOT_ID_SIZE) == 0)
		return;
	item->changed = version_walk_newer(run->walk);
	item->is_dated = true;
}

/* They were there from the first commit on, or nobody can tell. */
static void end_dating(struct run *run)
{
	for (size_t i = 0; i < run->search->count; i++) {
		struct version_sought *item = &run->search->items[i];

		if (needs_date(item) &&
		    version_walk_end(run->walk) == VERSION_END_FIRST)
			item->changed = version_walk_time(run->walk);
		item->is_dated |= item->is_found;
	}
}

/* Bounds count this version whether or not it is known what comes of it. */
static void try_all(struct run *run, const struct version *version)
{
	struct version_search *search = run->search;

	for (size_t i = 0; i < search->count; i++)
		if (!search->is_by_file || search->is_for_all)
			date(&search->items[i], run, version);
	if (!has_sought(search))
		return;
	if (version_walk_is_same(run->walk)) {
		use_memory(run); /* it stopped for that */
		return;
	}
	begin(search, version);
	for (size_t i = 0; i < search->count; i++) {
		struct version_sought *item = &search->items[i];

		item->is_due = !item->is_done && is_touched(search, item) &&
			       is_due(search, item, version);
	}
	if (is_known_here(run, version->snapshot->revision)) {
		use_memory(run);
		begin_again(search, version);
	}
	for (size_t i = 0; i < search->count; i++)
		if (search->items[i].is_due && !search->items[i].is_done)
			take(search, &search->items[i], version);
}

static void walk_back(struct run *run)
{
	for (bool is_first = true; !is_over(run->search); is_first = false) {
		struct snapshot *snapshot =
			arena_alloc(run->arena, sizeof(*snapshot));
		struct version version = { .snapshot = snapshot };

		begin_round(run->search, is_first);
		if (!version_walk_next(snapshot, run->walk) ||
		    !open_version(&version, run))
			break;
		try_all(run, &version);
		note_steps(run, version_walk_steps(run->walk));
		snapshot_reader_close(version.reader);
	}
}

struct digest version_key_bytes(void *context,
				const struct version_sought *item,
				const struct version *version)
{
	struct digest key = { 0 };

	(void)context;
	(void)version;
	digest_add(&key,
		   (str){ (const char *)item->blob_id, SNAPSHOT_ID_SIZE });
	return key;
}

void version_search_run(struct version_search *search, struct arena *arena)
{
	const struct version_walk_options options = {
		.snapshot = search->snapshot,
		.folder = search->folder,
		.offset = search->offset,
		.context = search,
		.wants = wants,
		.notes = search->is_by_file ? notes : NULL,
		.lists = search->is_by_file ? lists : NULL,
		.is_over = is_over,
		.stop = search->memory == NULL ? STR("")
					       : search->memory->before,
	};
	struct diag_list ignored;
	struct run run = { .search = search,
			   .arena = arena,
			   .ignored = &ignored };

	index_items(search, arena);
	diag_list_init(&ignored, arena);
	run.walk = version_walk_open(&options, arena);
	search->walk = run.walk;
	run.start = version_walk_commit(run.walk);
	if (is_known_here(&run, run.start) &&
	    str_equal(search->snapshot->revision, run.start))
		use_memory(&run); /* a work tree begins with this one itself */
	walk_back(&run);
	for (size_t i = 0; i < search->count; i++)
		if (!search->items[i].is_done)
			search->items[i].end = version_walk_end(run.walk);
	end_dating(&run);
	note_steps(&run, version_walk_steps(run.walk));
	keep_answers(&run);
	version_walk_close(run.walk);
}

/* --- what comes of it --- */

static int compare_patches(const void *left, const void *right)
{
	const struct snapshot_patch *a = left;
	const struct snapshot_patch *b = right;

	return (a->file > b->file) - (a->file < b->file);
}

static bool is_found_for(const struct version_search *search, uint32_t file)
{
	for (size_t i = 0; i < search->count; i++)
		if (search->items[i].file == file && search->items[i].is_found)
			return true;
	return false;
}

void version_search_patch(struct snapshot *snapshot,
			  const struct version_search *search,
			  struct arena *arena)
{
	size_t count = 0;
	struct snapshot_patch *patches = arena_array(
		arena, snapshot->patch_count + search->count, sizeof(*patches));

	for (size_t i = 0; i < snapshot->patch_count; i++)
		if (!is_found_for(search, snapshot->patches[i].file))
			patches[count++] = snapshot->patches[i];
	for (size_t i = 0; i < search->count; i++) {
		const struct version_sought *item = &search->items[i];

		if (!item->is_found || is_folder(item))
			continue;
		patches[count].file = item->file;
		patches[count].changed = item->changed;
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
	diag_help(
		diags, diag, "%s",
		_("mend its mistakes, which are told beside this, and commit: "
		  "then readers see the text of today"));
}

const char *version_none_help(enum version_end end)
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

/* What readers see of a file without a correct version. */
struct none_texts {
	const char *message;
	const char *fold; /* behind what the first mistake costs */
};

/* Without knowing what a text inherits nobody can read it. */
static struct none_texts texts_of_none(const struct version_sought *item)
{
	if (!str_starts_with(item->path, STR("content/")))
		return (struct none_texts){
			_("this counts as not there until its mistakes are "
			  "mended"),
			_("it counts as not there"),
		};
	if (str_ends_with(item->path, STR("/_defaults.yaml")))
		return (struct none_texts){
			_("texts below it count in versions from before it, or "
			  "not at all, until its mistakes are mended"),
			_("they count in versions from before it, or not at "
			  "all"),
		};
	return (struct none_texts){
		_("readers see nothing of this until its mistakes are mended"),
		_("readers see nothing of it"),
	};
}

/* That there never was a better version is no news: it is told in passing. */
static void tell_none(const struct version_sought *item,
		      struct diag_list *diags)
{
	struct none_texts texts = texts_of_none(item);
	struct diag *diag = diag_warning(diags, span_none(), "version-none",
					 "%s", texts.message);

	diag->path = item->path;
	if (item->end == VERSION_END_FIRST)
		diag->fold = texts.fold;
	diag_help(diags, diag, "%s", version_none_help(item->end));
}

void version_search_tell(const struct version_search *search,
			 struct diag_list *diags)
{
	for (size_t i = 0; i < search->count; i++)
		if (search->items[i].is_waiting)
			continue;
		else if (search->items[i].is_found)
			tell_found(&search->items[i], diags);
		else
			tell_none(&search->items[i], diags);
}

void version_search_tell_found(const struct version_search *search,
			       struct diag_list *diags)
{
	for (size_t i = 0; i < search->count; i++)
		if (search->items[i].is_found)
			tell_found(&search->items[i], diags);
}
