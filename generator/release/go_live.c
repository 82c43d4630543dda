/*
 * The order of the steps is the whole point of this file:
 *
 *	1. manifest and parts of the release are on the disk;
 *	2. it is noted that the standby tree goes from one release to another;
 *	3. it is seen whether somebody wrote into the tree; the files that
 *	   differ, and those, are put in their places and looked at;
 *	4. they are on the disk;
 *	5. `live` is renamed to lead to the standby tree;
 *	6. it is noted that this tree is whole.
 *
 * Before 5 readers see the old release, behind it the new one. A tree that was
 * left between 2 and 5 is first brought back to what it was: that is known of
 * every path in which the two releases differ, and no other was touched.
 */
#include "release/go_live.h"

#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "release/touched.h"
#include "release/tree.h"
#include "release/verify.h"
#include "system/sweep.h"

enum { GO_LIVE_NAMES = 20 }; /* named in a message */

/* What is not as the release of the tree has it. */
struct go_live_wrong {
	struct map paths; /* by path, in no order that counts */
	bool is_told;	  /* by whoever wants every file looked at */
};

int go_live_standby(const struct releases *releases)
{
	return releases->live == 0 ? 1 : 0;
}

/* NULL for the release 0, which has no files. */
static bool read_manifest(const struct manifest **out,
			  const struct releases *releases, uint64_t number,
			  struct diag_list *diags)
{
	struct manifest *manifest;

	*out = NULL;
	if (number == 0)
		return true;
	manifest = arena_alloc(releases->arena, sizeof(*manifest));
	if (!releases_manifest(manifest, releases, number, diags))
		return false;
	*out = manifest;
	return true;
}

static bool keeps(const struct releases *releases, const struct manifest *from)
{
	return from != NULL && releases_has(releases, from->number);
}

/* From `from` to `to`; the tree may be anything between the two. */
static bool change_tree(struct releases *releases, const struct manifest *from,
			const struct manifest *to, struct diag_list *diags)
{
	int tree = go_live_standby(releases);
	struct list changes;

	return release_compare(&changes, releases, from, to, diags) &&
	       tree_change(releases, tree, &changes, keeps(releases, from),
			   diags) &&
	       touched_begin(releases, diags) &&
	       tree_look(releases, tree, &changes, diags);
}

/*
 * The same, and every file is looked at. Each that is not right is replaced by
 * one rename, so the tree is never worse than it was.
 */
static bool change_every(struct releases *releases, const struct manifest *from,
			 const struct manifest *to, struct diag_list *diags)
{
	int tree = go_live_standby(releases);
	struct list files;

	return release_join(&files, releases, from, to, diags) &&
	       tree_change(releases, tree, &files, keeps(releases, from),
			   diags) &&
	       tree_sweep(releases, tree, &files, diags) &&
	       touched_begin(releases, diags) &&
	       tree_look(releases, tree, &files, diags);
}

/* --- what somebody wrote into the tree --- */

static void note_wrong(void *context, enum verify_kind kind, str path)
{
	struct go_live_wrong *wrong = context;

	(void)kind;
	map_add(&wrong->paths, path, wrong);
}

static bool find_wrong(struct go_live_wrong *out, struct releases *releases,
		       const struct manifest *from, bool every,
		       struct diag_list *diags)
{
	int tree = go_live_standby(releases);
	bool is_touched = every;
	size_t count;

	map_init(&out->paths, releases->arena);
	out->is_told = every;
	if (from == NULL)
		return true;
	/* somebody may have removed it */
	if (!tree_make(releases, tree, diags) ||
	    !touched_begin(releases, diags))
		return false;
	if (!is_touched && !touched_look(&is_touched, releases, tree, diags))
		return false;
	return !is_touched || verify_tree(&count, releases, tree, from,
					  note_wrong, out, diags);
}

static str names_of(const struct list *paths, struct arena *arena)
{
	const str *items = paths->items;
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < paths->count && i < GO_LIVE_NAMES; i++)
		buf_printf(&out, "%s%.*s", i == 0 ? "" : ", ",
			   STR_ARG(items[i]));
	if (paths->count > GO_LIVE_NAMES)
		buf_add_c(&out, " …");
	return buf_str(&out);
}

static bool refuse_wrong(const struct releases *releases, uint64_t number,
			 const struct list *lacking, struct diag_list *diags)
{
	struct diag *diag = diag_failure(
		diags, "release-tampered",
		_("release %s does not go live: somebody wrote into the tree "
		  "that is not live, and there is no other copy of: %.*s"),
		releases_name(number).text,
		STR_ARG(names_of(lacking, releases->arena)));

	diag_help(diags, diag,
		  _("find out who wrote there; jiyue publish makes a release "
		    "of what was built"));
	return false;
}

static void tell_wrong(const struct releases *releases,
		       const struct go_live_wrong *wrong,
		       struct diag_list *diags)
{
	struct list paths;
	struct diag *diag;

	list_init(&paths, sizeof(str));
	for (size_t i = 0; i < wrong->paths.count; i++)
		*(str *)list_add(&paths, releases->arena) =
			wrong->paths.entries[i].key;
	diag = diag_warning(
		diags, span_none(), "release-restored",
		_("somebody had written into the tree that was not live; "
		  "files put right before it went live: %zu (%.*s)"),
		paths.count, STR_ARG(names_of(&paths, releases->arena)));
	diag_help(diags, diag, _("find out who wrote there"));
}

/* Of all files those that the two differ in, and those that are wrong. */
static void choose(struct list *out, const struct list *files,
		   const struct go_live_wrong *wrong, bool only_wrong,
		   struct arena *arena)
{
	const struct release_change *items = files->items;

	list_init(out, sizeof(struct release_change));
	for (size_t i = 0; i < files->count; i++) {
		const struct release_change *file = &items[i];
		bool is_same = file->before != NULL && file->after != NULL &&
			       file_digest_equal(file->before, file->after);

		if (map_has(&wrong->paths, file->path) ||
		    (!only_wrong && !is_same))
			*(struct release_change *)list_add(out, arena) = *file;
	}
}

/*
 * A copy of everything that is put right is there before anything changes:
 * what cannot be put right does not go live, and the tree stays as it was.
 */
static bool stage_wrong(struct releases *releases, const struct list *files,
			const struct manifest *target,
			const struct go_live_wrong *wrong,
			struct diag_list *diags)
{
	struct list mending, lacking;

	choose(&mending, files, wrong, true, releases->arena);
	return tree_stage(&lacking, releases, &mending, diags) &&
	       (lacking.count == 0 ||
		refuse_wrong(releases, target->number, &lacking, diags));
}

static bool change_wrong(struct releases *releases, const struct manifest *from,
			 const struct list *files,
			 const struct go_live_wrong *wrong,
			 struct diag_list *diags)
{
	struct list changes;

	choose(&changes, files, wrong, false, releases->arena);
	return tree_change(releases, go_live_standby(releases), &changes,
			   keeps(releases, from), diags) &&
	       tree_sweep(releases, go_live_standby(releases), files, diags) &&
	       touched_begin(releases, diags) &&
	       tree_look(releases, go_live_standby(releases), &changes, diags);
}

/* --- the steps --- */

static bool is_lost(const struct diag_list *diags)
{
	const struct diag *items = diags->items.items;

	return diags->items.count > 0 &&
	       strcmp(items[0].id, "release-damaged") == 0;
}

/* Takes a number off the list. */
static void drop(struct releases *releases, uint64_t number)
{
	uint64_t *numbers = releases->list.items;
	size_t kept = 0;

	for (size_t i = 0; i < releases->list.count; i++)
		if (numbers[i] != number)
			numbers[kept++] = numbers[i];
	releases->list.count = kept;
}

static bool forget_lost(struct releases *releases, uint64_t lost,
			struct diag_list *diags)
{
	diag_warning(
		diags, span_none(), "release-lost",
		_("release %s cannot be restored: there is no copy of some "
		  "of its files; it is forgotten"),
		releases_name(lost).text);
	drop(releases, lost);
	return releases_note_list(releases, diags);
}

/* What an interrupted process began is taken back. */
static bool take_back(struct releases *releases, struct diag_list *diags)
{
	int tree = go_live_standby(releases);
	struct tree_state state = releases->trees[tree];
	const struct manifest *from;
	const struct manifest *to;
	struct diag_list found;

	if (state.target == 0)
		return true;
	if (!read_manifest(&from, releases, state.release, diags) ||
	    !read_manifest(&to, releases, state.target, diags))
		return false;
	diag_list_init(&found, releases->arena);
	if (!change_tree(releases, to, from, &found)) {
		if (from != NULL && is_lost(&found))
			return forget_lost(releases, state.release, diags) &&
			       releases_note_tree(releases, tree,
						  (struct tree_state){ 0 },
						  diags);
		diag_merge(diags, &found);
		return false;
	}
	return releases_sync(releases, diags) &&
	       releases_note_tree(releases, tree,
				  (struct tree_state){ state.release, 0 },
				  diags);
}

/* A tree of which nothing is known is looked at as a whole. */
static bool bring(struct releases *releases, const struct manifest *from,
		  const struct manifest *target,
		  const struct go_live_wrong *wrong, struct diag_list *diags)
{
	int tree = go_live_standby(releases);
	struct tree_state state = releases->trees[tree];
	bool is_wrong = wrong->paths.count > 0;
	struct list files;

	if (state.release == target->number && !is_wrong)
		return true;
	if (is_wrong && (!release_join(&files, releases, from, target, diags) ||
			 !stage_wrong(releases, &files, target, wrong, diags)))
		return false;
	if (state.release != target->number) {
		state.target = target->number;
		if (!releases_note_tree(releases, tree, state, diags))
			return false;
	}
	if (from == NULL)
		return change_every(releases, from, target, diags);
	if (!is_wrong)
		return change_tree(releases, from, target, diags);
	if (!change_wrong(releases, from, &files, wrong, diags))
		return false;
	if (!wrong->is_told)
		tell_wrong(releases, wrong, diags);
	return true;
}

bool go_live_prepare(struct releases *releases, const struct manifest *target,
		     bool every, struct diag_list *diags)
{
	const struct manifest *from;
	struct go_live_wrong wrong;

	return releases_sync(releases, diags) && take_back(releases, diags) &&
	       read_manifest(&from, releases,
			     releases->trees[go_live_standby(releases)].release,
			     diags) &&
	       find_wrong(&wrong, releases, from, every, diags) &&
	       bring(releases, from, target, &wrong, diags);
}

static bool replace_lost(struct releases *releases, uint64_t lost,
			 const struct manifest *live, struct diag_list *diags)
{
	int tree = go_live_standby(releases);

	return forget_lost(releases, lost, diags) &&
	       go_live_prepare(releases, live, true, diags) &&
	       releases_sync(releases, diags) &&
	       releases_note_tree(releases, tree,
				  (struct tree_state){ live->number, 0 },
				  diags) &&
	       touched_note(releases, tree, diags);
}

bool go_live_repair(struct releases *releases, const struct manifest *live,
		    struct diag_list *diags)
{
	uint64_t number = releases->trees[go_live_standby(releases)].release;
	const struct manifest *own;
	struct diag_list found;

	diag_list_init(&found, releases->arena);
	if (!read_manifest(&own, releases, number, diags))
		return false;
	if (change_every(releases, own, own, &found))
		return releases_sync(releases, diags) &&
		       touched_note(releases, go_live_standby(releases), diags);
	if (number != 0 && is_lost(&found))
		return replace_lost(releases, number, live, diags);
	diag_merge(diags, &found);
	return false;
}

static bool set_link(const struct releases *releases, int tree)
{
	return sweep_remove(releases->staging, "live") &&
	       symlinkat(releases_tree_name(tree), releases->staging, "live") ==
		       0 &&
	       renameat(releases->staging, "live", releases->claim.root,
			"live") == 0 &&
	       fsync(releases->claim.root) == 0;
}

static void insert(struct releases *releases, uint64_t number)
{
	uint64_t *numbers;
	size_t i = releases->list.count;

	if (releases_has(releases, number))
		return;
	list_add(&releases->list, releases->arena);
	numbers = releases->list.items;
	for (; i > 0 && numbers[i - 1] > number; i--)
		numbers[i] = numbers[i - 1];
	numbers[i] = number;
}

bool go_live_switch(struct releases *releases, uint64_t number,
		    struct diag_list *diags)
{
	int tree = go_live_standby(releases);

	if (!releases_sync(releases, diags))
		return false;
	if (!set_link(releases, tree)) {
		claim_fail(diags, _("cannot write"), STR("live"));
		return false;
	}
	releases->live = tree;
	insert(releases, number);
	return releases_note_list(releases, diags) &&
	       releases_note_tree(releases, tree,
				  (struct tree_state){ number, 0 }, diags) &&
	       touched_note(releases, tree, diags);
}

/* --- forgetting --- */

/* Of the releases that are kept, and of those that are not any more. */
struct forgetting {
	struct releases *releases;
	struct list kept; /* struct manifest */
	struct diag_list *diags;
};

static bool is_in_tree(const struct releases *releases, uint64_t number)
{
	for (int i = 0; i < RELEASE_TREES; i++)
		if (releases->trees[i].release == number ||
		    releases->trees[i].target == number)
			return true;
	return false;
}

/* Takes numbers off the list; true when there were any. */
static bool shorten(struct releases *releases, size_t keep)
{
	uint64_t *numbers = releases->list.items;
	size_t too_many =
		releases->list.count > keep ? releases->list.count - keep : 0;
	size_t kept = 0;

	for (size_t i = 0; i < releases->list.count; i++)
		if (i >= too_many || is_in_tree(releases, numbers[i]))
			numbers[kept++] = numbers[i];
	too_many = releases->list.count - kept;
	releases->list.count = kept;
	return too_many > 0;
}

static bool read_kept(struct forgetting *forgetting)
{
	struct releases *releases = forgetting->releases;
	const uint64_t *numbers = releases->list.items;

	list_init(&forgetting->kept, sizeof(struct manifest));
	for (size_t i = 0; i < releases->list.count; i++)
		if (!releases_manifest(
			    list_add(&forgetting->kept, releases->arena),
			    releases, numbers[i], forgetting->diags))
			return false;
	return true;
}

/* How many of the kept releases have not this very file, by path. */
static bool count_misses(struct map *misses,
			 const struct forgetting *forgetting,
			 const struct manifest *gone)
{
	const struct manifest *kept = forgetting->kept.items;
	struct arena *arena = forgetting->releases->arena;

	for (size_t i = 0; i < forgetting->kept.count; i++) {
		const struct release_change *changes;
		struct list list;

		if (!release_compare(&list, forgetting->releases, gone,
				     &kept[i], forgetting->diags))
			return false;
		changes = list.items;
		for (size_t j = 0; j < list.count; j++) {
			size_t *count;

			if (changes[j].before == NULL)
				continue;
			count = map_get(misses, changes[j].path);
			if (count == NULL) {
				count = arena_alloc(arena, sizeof(*count));
				map_add(misses, changes[j].path, count);
			}
			if (++*count == forgetting->kept.count)
				tree_forget_file(forgetting->releases,
						 &changes[j]);
		}
	}
	return true;
}

static void remove_parts(const struct forgetting *forgetting,
			 const struct manifest *gone)
{
	const struct releases *releases = forgetting->releases;
	const struct manifest *kept = forgetting->kept.items;
	const struct manifest_part *parts = gone->parts.items;
	struct map names;

	map_init(&names, releases->arena);
	for (size_t i = 0; i < forgetting->kept.count; i++) {
		const struct manifest_part *own = kept[i].parts.items;

		for (size_t j = 0; j < kept[i].parts.count; j++)
			map_add(&names,
				(str){ (const char *)&own[j].digest.sha256,
				       SHA256_SIZE },
				releases->arena);
	}
	for (size_t i = 0; i < gone->parts.count; i++) {
		str key = { (const char *)&parts[i].digest.sha256,
			    SHA256_SIZE };
		struct buf name;

		if (map_has(&names, key))
			continue;
		buf_init(&name, releases->arena);
		file_digest_print(&name, &parts[i].digest.sha256);
		unlinkat(releases->parts, buf_str(&name).data, 0);
	}
}

/* Its folder goes last: as long as it is there, the rest can be found. */
static bool forget_one(const struct forgetting *forgetting, uint64_t number)
{
	struct releases *releases = forgetting->releases;
	struct diag_list unsaid;
	struct manifest gone;
	struct map misses;

	diag_list_init(&unsaid, releases->arena);
	map_init(&misses, releases->arena);
	if (releases_manifest(&gone, releases, number, &unsaid)) {
		if (!count_misses(&misses, forgetting, &gone))
			return false;
		remove_parts(forgetting, &gone);
	}
	if (sweep_remove(releases->claim.state, releases_name(number).text))
		return true;
	claim_fail(forgetting->diags, _("cannot remove"),
		   str_from_c(releases_name(number).text));
	return false;
}

bool go_live_forget(struct releases *releases, size_t keep,
		    struct diag_list *diags)
{
	struct forgetting forgetting = { .releases = releases, .diags = diags };
	struct list numbers;
	const uint64_t *items;
	bool is_read = false;

	if (shorten(releases, keep) && !releases_note_list(releases, diags))
		return false;
	if (!releases_folders(&numbers, releases, diags))
		return false;
	items = numbers.items;
	for (size_t i = 0; i < numbers.count; i++) {
		if (releases_has(releases, items[i]) ||
		    is_in_tree(releases, items[i]))
			continue;
		if (!is_read && !read_kept(&forgetting))
			return false;
		is_read = true;
		if (!forget_one(&forgetting, items[i]))
			return false;
	}
	return true;
}
