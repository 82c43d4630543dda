/*
 * Two revisions are opened with their settings alone: that which readers see,
 * and that which is pushed. The log of reviews (snapshot/review_log.h) goes on
 * from the one to the other, so that it has the lines of the push and says
 * whether the one lies behind the other.
 */
#include "command/gate.h"

#include "command/changed_check.h"
#include "command/command.h"
#include "command/messages.h"
#include "site/reviews.h"

/* The settings at one commit. */
struct revision_settings {
	struct build_options options;
	struct build build;
	bool is_open;
};

struct gate {
	const char *directory;
	const struct push *push;
	bool is_first; /* there was no such branch */
	struct revision_settings old;
	struct revision_settings new;
	struct review_log log;
	struct reviews *reviews; /* of the lines of the push; or NULL */
	struct arena arena;
	struct diag_list diags;
};

static bool is_none(str commit)
{
	return commit.len > 0 && str_count_byte(commit, '0') == commit.len;
}

bool push_parse(struct push *out, str line)
{
	enum { DIGITS = 40 };

	return str_next_word(&line, &out->before) &&
	       str_next_word(&line, &out->after) &&
	       str_next_word(&line, &out->ref) && out->before.len == DIGITS &&
	       out->after.len == DIGITS;
}

static void refuse(struct gate *gate, const char *id, str message,
		   const char *help)
{
	diag_help(&gate->diags,
		  diag_error(&gate->diags, span_none(), id, "%.*s",
			     STR_ARG(message)),
		  "%s", help);
}

/* --- the two revisions ---------------------------------------------------- */

static bool open_settings(struct revision_settings *out, struct gate *gate,
			  str commit)
{
	struct build *build = &out->build;

	out->options = (struct build_options){
		.library = { .folder = gate->directory,
			     .revision = arena_c_string(&gate->arena, commit),
			     .front_matter_dates = true,
			     .threads = 1 },
		.quiet = true,
	};
	out->is_open = true;
	return build_open_library(build, &out->options) &&
	       library_read_history(&build->library, NULL, &build->diags) &&
	       library_read_settings(&build->library, &build->diags);
}

/* What keeps a revision from being opened is said; mistakes are not. */
static bool open_both(struct gate *gate)
{
	if (!open_settings(&gate->new, gate, gate->push->after)) {
		messages_finish(&gate->new.build);
		return false;
	}
	if (gate->is_first ||
	    open_settings(&gate->old, gate, gate->push->before))
		return true;
	messages_finish(&gate->old.build);
	return false;
}

static void close_both(struct gate *gate)
{
	if (gate->old.is_open)
		build_close(&gate->old.build);
	if (gate->new.is_open)
		build_close(&gate->new.build);
}

/* --- history -------------------------------------------------------------- */

static bool read_lines(struct gate *gate)
{
	review_log_init(&gate->log, &gate->arena);
	if (!gate->is_first)
		gate->log.revision = gate->push->before;
	return review_log_read(&gate->log, &gate->new.build.library.snapshot,
			       &gate->diags);
}

static void check_history(struct gate *gate)
{
	if (!gate->is_first && !gate->log.is_continued)
		refuse(gate, "push-rewritten",
		       str_from_c(_("the push puts the branch on another "
				    "history: reviews would be lost")),
		       _("git pull --rebase brings your commits behind those "
			 "that are there; then push again"));
}

/* --- what protects reviews ------------------------------------------------ */

static const struct site *site_of(const struct cluster *cluster, str id)
{
	for (size_t i = 0; i < cluster->count; i++)
		if (str_equal(cluster->sites[i].id, id))
			return &cluster->sites[i];
	return NULL;
}

static void check_policy(struct gate *gate, const struct site *site)
{
	const struct site *now =
		site_of(&gate->new.build.library.cluster, site->id);

	if (now != NULL && now->review >= site->review &&
	    !str_equal(now->review_since, site->review_since))
		refuse(gate, "push-review",
		       arena_printf(&gate->arena,
				    _("the push lets the site “%.*s” publish "
				      "texts from before another commit "
				      "(review_since:)"),
				    STR_ARG(site->id)),
		       _("whoever runs the repository may do that: git "
			 "update-ref there, which asks no hook"));
	if (now == NULL || now->review < site->review)
		refuse(gate, "push-review",
		       arena_printf(&gate->arena,
				    _("the push lets the site “%.*s” ask for "
				      "fewer reviews"),
				    STR_ARG(site->id)),
		       _("whoever runs the repository may do that: git "
			 "update-ref there, which asks no hook"));
}

static const char *const protected_names[] = { "roles.yaml", "allowed_signers",
					       "signers" };

static str protected_path(struct gate *gate, const struct site *site, size_t i)
{
	return arena_printf(&gate->arena, "sites/%.*s/%s", STR_ARG(site->id),
			    protected_names[i]);
}

static bool has(const struct revision_settings *at, str path)
{
	return snapshot_find(&at->build.library.written, path) != STR_NONE;
}

static void check_removed(struct gate *gate, const struct site *site)
{
	for (size_t i = 0; i < COUNT_OF(protected_names); i++) {
		str path = protected_path(gate, site, i);

		if (has(&gate->old, path) && !has(&gate->new, path))
			refuse(gate, "push-roles",
			       arena_printf(&gate->arena,
					    _("the push removes %.*s: nobody "
					      "could review any more"),
					    STR_ARG(path)),
			       _("keep the file; who is to review no more is "
				 "taken out of it"));
	}
}

static bool is_approved(const struct gate *gate, const struct site *site,
			str blob)
{
	struct review_verdict verdict;

	if (gate->reviews == NULL)
		return false;
	reviews_judge(&verdict, gate->reviews, site,
		      (const uint8_t *)blob.data);
	return verdict.is_whole;
}

/*
 * A file that reviews rest on takes the steps of a text, by who had the roles
 * before it: the lines come first, as check_appointed refuses those behind.
 */
static void check_change(struct gate *gate, const struct snapshot *now,
			 size_t file)
{
	const struct snapshot *before = &gate->old.build.library.written;
	const struct cluster *cluster = &gate->new.build.library.cluster;
	str path = snapshot_path(now, file);
	const struct site *site =
		reviews_guarded(&gate->old.build.library.cluster, path);
	size_t known = snapshot_find(before, path);

	if (site == NULL ||
	    (known != STR_NONE &&
	     str_equal(snapshot_blob(before, known), snapshot_blob(now, file))))
		return;
	site = site_of(cluster, site->id);
	if (site != NULL && is_approved(gate, site, snapshot_blob(now, file)))
		return;
	refuse(gate, "push-appoints",
	       arena_printf(&gate->arena,
			    _("the push changes %.*s, which reviews rest on, "
			      "and who has the roles until now has not taken "
			      "all steps for it"),
			    STR_ARG(path)),
	       _("with the changed file before them each takes a step (jiyue "
		 "review approve FILE); the commit that changes it comes last, "
		 "in the same push"));
}

static void check_changes(struct gate *gate)
{
	const struct snapshot *now = &gate->new.build.library.written;
	size_t first, behind;

	snapshot_range(now, STR("sites/"), &first, &behind);
	for (; first < behind; first++)
		check_change(gate, now, first);
}

/* Whose texts are reviewed, stays so: nobody gives a unit to another site. */
static void check_unit(struct gate *gate, str unit)
{
	const struct site *before =
		cluster_owner(&gate->old.build.library.cluster, unit);
	const struct site *now =
		cluster_owner(&gate->new.build.library.cluster, unit);

	if (before == NULL || before->review == REVIEW_OFF ||
	    (now != NULL && str_equal(now->id, before->id)))
		return;
	refuse(gate, "push-review",
	       arena_printf(&gate->arena,
			    _("the push takes the unit “%.*s” away from the "
			      "site “%.*s”, which asks for reviews"),
			    STR_ARG(unit), STR_ARG(before->id)),
	       _("whoever runs the repository may do that: git update-ref "
		 "there, which asks no hook"));
}

static void check_units(struct gate *gate)
{
	const struct snapshot *now = &gate->new.build.library.written;
	size_t first, behind;
	str last = STR("");

	snapshot_range(now, STR("content/"), &first, &behind);
	for (; first < behind; first++) {
		str path = snapshot_path(now, first);
		str unit;

		(void)!str_take(&path, STR("content/"));
		if (!str_split_next(&path, '/', &unit) || str_equal(unit, last))
			continue;
		last = unit;
		check_unit(gate, unit);
	}
}

static void check_protection(struct gate *gate)
{
	const struct cluster *cluster = &gate->old.build.library.cluster;

	for (size_t i = 0; i < cluster->count; i++) {
		if (cluster->sites[i].review == REVIEW_OFF)
			continue;
		check_policy(gate, &cluster->sites[i]);
		check_removed(gate, &cluster->sites[i]);
	}
	check_units(gate);
	if (gate->diags.error_count == 0)
		check_changes(gate);
}

/* --- lines ---------------------------------------------------------------- */

static void check_line(struct gate *gate, const struct reviews *reviews,
		       const struct review_entry *entry)
{
	enum review_flaw flaw = reviews_line_flaw(reviews, entry);

	if (flaw != FLAW_COUNT)
		refuse(gate, "push-forged",
		       review_flaw_text(flaw, entry, &gate->arena),
		       _("who has the role reviews in a commit of his own "
			 "(jiyue review approve); take this one out: git "
			 "rebase -i"));
}

/* At the commit before a line, is it still as readers' revision has it? */
static void check_appointed(struct gate *gate, const struct site *site,
			    str commit)
{
	for (size_t i = 0; i < COUNT_OF(protected_names); i++) {
		str path = protected_path(gate, site, i);

		if (!changed_files_is_same(gate->directory, gate->push->before,
					   commit, path, &gate->arena))
			refuse(gate, "push-appoints",
			       arena_printf(&gate->arena,
					    _("the push changes %.*s and has "
					      "reviews that rest on it"),
					    STR_ARG(path)),
			       _("push the change by itself, and the reviews "
				 "afterwards: nobody appoints himself"));
	}
}

static void check_state(struct gate *gate, const struct review_state *state)
{
	const struct cluster *cluster = &gate->new.build.library.cluster;
	str commit = review_id_text(state->commit, &gate->arena);

	if (changed_files_is_same(gate->directory, gate->push->before, commit,
				  STR("sites"), &gate->arena))
		return;
	for (size_t i = 0; i < cluster->count; i++)
		if (cluster->sites[i].review != REVIEW_OFF)
			check_appointed(gate, &cluster->sites[i], commit);
}

static bool check_lines(struct gate *gate)
{
	const struct library *library = &gate->new.build.library;
	const struct reviews_sources sources = { .snapshot = &library->written,
						 .cluster = &library->cluster,
						 .log = &gate->log };
	const struct review_entry *entries = gate->log.entries.items;
	const struct review_state *states = gate->log.states.items;
	struct diag_list said;

	if (!reviews_are_asked(&library->cluster))
		return true;
	diag_list_init(&said, &gate->arena); /* settings are checked apart */
	if (!reviews_read(&gate->reviews, &sources, &gate->arena, &said)) {
		diag_merge(&gate->diags, &said);
		return false;
	}
	for (size_t i = 0; i < gate->log.entries.count; i++)
		check_line(gate, gate->reviews, &entries[i]);
	for (size_t i = 0; !gate->is_first && i < gate->log.states.count; i++)
		check_state(gate, &states[i]);
	return true;
}

/* --- all of it ------------------------------------------------------------ */

static int check_files(struct gate *gate)
{
	struct changed_files changed;

	if (!changed_files_between(
		    &changed, gate->directory,
		    gate->is_first ? STR("") : gate->push->before,
		    gate->push->after, &gate->arena, &gate->diags))
		return messages_finish_list(&gate->diags);
	return changed_check(gate->directory, &changed);
}

static void judge_reviews(struct gate *gate)
{
	if (!read_lines(gate))
		return;
	check_history(gate);
	if (gate->diags.error_count > 0 || !check_lines(gate))
		return;
	if (!gate->is_first)
		check_protection(gate);
}

static int judge(struct gate *gate)
{
	int code;

	if (!open_both(gate))
		return EXIT_FAILED;
	judge_reviews(gate);
	code = messages_finish_list(&gate->diags);
	return code == EXIT_CLEAN ? check_files(gate) : code;
}

int gate_judge(const char *directory, const struct push *push)
{
	struct gate gate = { .directory = directory,
			     .push = push,
			     .is_first = is_none(push->before) };
	int code;

	arena_init(&gate.arena);
	diag_list_init(&gate.diags, &gate.arena);
	if (is_none(push->after)) {
		refuse(&gate, "push-deleted",
		       str_from_c(_("the branch that is published cannot be "
				    "deleted")),
		       _("git revert takes back what a commit did"));
		code = messages_finish_list(&gate.diags);
	} else {
		code = judge(&gate);
		close_both(&gate);
	}
	arena_release(&gate.arena);
	return code;
}
