/*
 * The tree that is served is never changed: the other one becomes what the
 * build says, is looked at as a whole, and then one rename of a link goes
 * live. Whatever stops half way leaves the link where it was, and the next
 * publish begins with the tree that is not served.
 */
#include "release/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/map.h"
#include "record/standing.h"
#include "record/version.h"
#include "release/gather.h"
#include "release/note.h"
#include "release/packed.h"
#include "release/signature.h"
#include "release/vanished.h"
#include "release/tree.h"
#include "release/verify.h"
#include "system/clock.h"
#include "system/folder.h"
#include "system/sweep.h"

/* What is published from: an output folder with the record of its build. */
struct built {
	struct output output;
	struct store *store;
	struct standing standing;
};

/* --- what was built --- */

static bool refuse_unbuilt(const char *out, struct diag_list *diags)
{
	struct diag *diag = diag_failure(
		diags, "release-unbuilt",
		_("%s has no complete build of this program"), out);

	diag_help(diags, diag, _("run jiyue build --out %s, then publish"),
		  out);
	return false;
}

static bool refuse_kind(const char *out, uint64_t kind, struct diag_list *diags)
{
	struct diag *diag =
		kind == STANDING_PREVIEW
			? diag_failure(diags, "release-preview",
				       _("%s was built from the files of a "
					 "work tree: that is a preview, and no "
					 "commit has it"),
				       out)
			: diag_failure(diags, "release-part",
				       _("the last build into %s was of one "
					 "site alone, so its sites are of "
					 "several revisions"),
				       out);

	diag_help(diags, diag, _("run jiyue build --out %s, then publish"),
		  out);
	return false;
}

static bool open_built(struct built *built, const char *out,
		       struct arena *arena, struct diag_list *diags)
{
	str record = arena_printf(arena, "%s/.jiyue/record", out);

	if (faccessat(AT_FDCWD, record.data, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		return refuse_unbuilt(out, diags);
	if (!output_open(&built->output, out, arena, diags))
		return false;
	built->store = store_open(built->output.state, "record",
				  record_version(), arena, diags);
	if (built->store == NULL)
		return false;
	if (!standing_read(&built->standing, built->store))
		return refuse_unbuilt(out, diags);
	return built->standing.kind == STANDING_WHOLE ||
	       refuse_kind(out, built->standing.kind, diags);
}

static void close_built(struct built *built)
{
	if (built->store != NULL)
		store_close(built->store);
	if (built->output.arena != NULL)
		output_close(&built->output);
}

/* --- the release --- */

static str time_text(int64_t seconds, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	moment_format(&text, moment_from_seconds(seconds, 0),
		      STR("%Y-%m-%d %H:%M:%S %z"));
	return buf_str(&text);
}

static bool put_file(int folder, const char *name, str bytes,
		     struct diag_list *diags)
{
	if (folder_write(folder, name, bytes))
		return true;
	claim_fail(diags, _("cannot write"), str_from_c(name));
	return false;
}

/* What an interrupted process left under the number was never live. */
static bool write_release(const struct releases *releases,
			  const struct manifest *manifest, str inputs,
			  const char *key, struct diag_list *diags)
{
	struct release_name name = releases_name(manifest->number);
	int folder = -1;
	struct buf text;
	bool ok;

	buf_init(&text, releases->arena);
	manifest_print(&text, manifest);
	if (sweep_remove(releases->claim.state, name.text))
		folder = claim_folder(releases->claim.state, name.text);
	if (folder < 0) {
		claim_fail(diags, _("cannot make"), str_from_c(name.text));
		return false;
	}
	ok = put_file(folder, "manifest", buf_str(&text), diags) &&
	     put_file(folder, "inputs", inputs, diags);
	close(folder);
	return ok && (key == NULL ||
		      signature_make(releases, manifest->number, key, diags));
}

static bool is_signed(const struct releases *releases, uint64_t number)
{
	return releases_try_file(releases, number, "manifest.sig").len > 0;
}

/* Would the release say anything that the one that is served does not? */
static bool is_same(const struct releases *releases,
		    const struct manifest *live, const struct manifest *next,
		    bool must_sign)
{
	return live != NULL &&
	       memcmp(&live->root, &next->root, sizeof(live->root)) == 0 &&
	       str_equal(live->commit, next->commit) &&
	       str_equal(live->program, next->program) &&
	       (!must_sign || is_signed(releases, live->number));
}

/* What the bytes of the release come from besides the commit. */
static str program(bool packs, struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	buf_add_c(&out, "jiyue " JIYUE_VERSION);
	if (packs)
		packed_program(&out);
	return buf_str(&out);
}

static bool gather(struct manifest *out, struct buf *inputs,
		   const struct built *built, const struct releases *releases,
		   const struct manifest *live, bool packs,
		   struct diag_list *diags)
{
	const struct gather options = {
		.output = &built->output,
		.store = built->store,
		.releases = releases,
		.before = live,
		.inputs = live == NULL
				  ? (str){ NULL, 0 }
				  : releases_try_file(releases, live->number,
						      "inputs"),
		.packs = packs,
	};

	*out = (struct manifest){
		.number = releases_next_number(releases),
		.before = releases_live(releases),
		.commit = arena_copy(releases->arena,
				     (str){ built->standing.revision,
					    sizeof(built->standing.revision) }),
		.as_of = time_text(built->standing.as_of, releases->arena),
		.program = program(packs, releases->arena),
		.published = time_text(clock_now(), releases->arena),
	};
	return gather_run(out, inputs, &options, diags);
}

/*
 * To repair, the tree that is not served is put right before it is changed,
 * and the other one when it is not served any more.
 */
static bool go_live(struct publish_result *out, struct releases *releases,
		    const struct manifest *live, const struct manifest *next,
		    const struct publish_options *options,
		    struct diag_list *diags)
{
	struct list changes;

	if (!release_compare(&changes, releases, live, next, diags))
		return false;
	out->changes = changes.count;
	if (live != NULL)
		vanished_tell(releases, live, next, &changes, diags);
	return go_live_prepare(releases, next, options->repair, diags) &&
	       (live == NULL ||
		note_write(releases, next->number, &changes, diags)) &&
	       go_live_switch(releases, next->number, diags) &&
	       (!options->repair || go_live_repair(releases, next, diags)) &&
	       go_live_forget(releases, options->keep, diags);
}

/* --- what is to be restored --- */

struct restoring {
	struct publish_result *result;
	struct arena *arena;
	struct map paths;
};

static void note_wrong(void *context, enum verify_kind kind, str path)
{
	struct restoring *restoring = context;

	(void)kind;
	if (map_has(&restoring->paths, path))
		return;
	map_add(&restoring->paths, path, restoring);
	*(str *)list_add(&restoring->result->restored, restoring->arena) = path;
}

/* A tree that was being changed is put right anyway. */
static bool find_wrong(size_t *count, struct restoring *restoring,
		       struct releases *releases, int tree,
		       struct diag_list *diags)
{
	const struct tree_state *state = &releases->trees[tree];
	struct manifest manifest;

	*count = 0;
	if (state->release == 0 || state->target != 0)
		return true;
	return tree_make(releases, tree, diags) &&
	       releases_manifest(&manifest, releases, state->release, diags) &&
	       verify_tree(count, releases, tree, &manifest, note_wrong,
			   restoring, diags);
}

/* `*count`: in the tree that is live. */
static bool find_all_wrong(size_t *count, struct publish_result *out,
			   struct releases *releases, struct diag_list *diags)
{
	struct restoring restoring = { .result = out,
				       .arena = releases->arena };
	size_t spare;

	*count = 0;
	map_init(&restoring.paths, releases->arena);
	return releases->live < 0 ||
	       (find_wrong(count, &restoring, releases, releases->live,
			   diags) &&
		find_wrong(&spare, &restoring, releases,
			   go_live_standby(releases), diags));
}

/*
 * The release stays: where files of the live tree are wrong, the other tree
 * becomes the same release, is served, and the first is put right behind it.
 */
static bool repair_live(struct releases *releases, const struct manifest *live,
			size_t wrong, struct diag_list *diags)
{
	return (wrong == 0 ||
		(go_live_prepare(releases, live, true, diags) &&
		 go_live_switch(releases, live->number, diags))) &&
	       go_live_repair(releases, live, diags);
}

/* What the release before had, and this one has not. */
static void tell_lacking(const struct releases *releases,
			 const struct manifest *live,
			 const struct publish_options *options,
			 struct diag_list *diags)
{
	struct diag *diag;

	if (options->key == NULL && is_signed(releases, live->number)) {
		diag = diag_warning(diags, span_none(), "release-bare",
				    _("the release is not signed, and the one "
				      "before it was: verify --signers refuses "
				      "it"));
		diag_help(diags, diag, _("publish once more with --sign KEY"));
	}
	if (!options->pack &&
	    str_find(live->program, STR(" libdeflate ")) < live->program.len) {
		diag = diag_warning(diags, span_none(), "release-unpacked",
				    _("the release has no .br and .gz files, "
				      "and the one before it had them"));
		diag_help(diags, diag, _("publish once more with --pack"));
	}
}

/* --- the whole --- */

static bool publish(struct publish_result *out, struct releases *releases,
		    const struct built *built,
		    const struct publish_options *options,
		    struct diag_list *diags)
{
	uint64_t number = releases_live(releases);
	struct manifest live;
	struct manifest next;
	const struct manifest *before = number == 0 ? NULL : &live;
	struct buf inputs;
	size_t wrong;

	buf_init(&inputs, releases->arena);
	if (number != 0 && !releases_manifest(&live, releases, number, diags))
		return false;
	if (!gather(&next, &inputs, built, releases, before, options->pack,
		    diags))
		return false;
	out->number = next.number;
	out->is_same = is_same(releases, before, &next, options->key != NULL);
	if (options->repair && !find_all_wrong(&wrong, out, releases, diags))
		return false;
	if (out->is_same) {
		out->number = number;
		return !options->repair ||
		       repair_live(releases, before, wrong, diags);
	}
	if (before != NULL)
		tell_lacking(releases, before, options, diags);
	return write_release(releases, &next, buf_str(&inputs), options->key,
			     diags) &&
	       go_live(out, releases, before, &next, options, diags);
}

bool publish_run(struct publish_result *out, struct releases *releases,
		 const struct publish_options *options, struct arena *arena,
		 struct diag_list *diags)
{
	struct built built = { 0 };
	bool ok;

	*out = (struct publish_result){ 0 };
	list_init(&out->restored, sizeof(str));
	if (!open_built(&built, options->out, arena, diags)) {
		close_built(&built);
		return false;
	}
	ok = releases_open(releases, options->to, RELEASES_MAKE, arena, diags);
	if (ok) {
		releases->source = built.output.root;
		ok = publish(out, releases, &built, options, diags);
		releases->source = -1;
		if (!ok)
			releases_close(releases);
	}
	close_built(&built);
	return ok;
}

/* --- one step back --- */

static bool refuse_first(uint64_t number, struct diag_list *diags)
{
	struct diag *diag = diag_failure(
		diags, "release-unknown",
		_("release %s is the first: there is none before it"),
		releases_name(number).text);

	diag_help(diags, diag,
		  _("there is a way back from the second release on"));
	return false;
}

bool publish_rollback(struct publish_result *out, struct releases *releases,
		      uint64_t number, struct diag_list *diags)
{
	uint64_t now = releases_live(releases);
	struct manifest live;
	struct manifest target;
	struct list changes;

	*out = (struct publish_result){ 0 };
	if (now == 0)
		return releases_refuse(releases, number, diags);
	if (!releases_manifest(&live, releases, now, diags))
		return false;
	if (number == 0 && live.before == 0)
		return refuse_first(now, diags);
	if (number == 0)
		number = live.before;
	if (!releases_has(releases, number))
		return releases_refuse(releases, number, diags);
	out->number = number;
	out->is_same = number == now;
	if (out->is_same)
		return true;
	if (!releases_manifest(&target, releases, number, diags) ||
	    !release_compare(&changes, releases, &live, &target, diags))
		return false;
	out->changes = changes.count;
	return go_live_prepare(releases, &target, false, diags) &&
	       go_live_switch(releases, number, diags);
}
