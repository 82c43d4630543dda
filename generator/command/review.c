/*
 * What editors do of the review of texts: see what waits, look at what is new
 * in it, and say that it is right. An approval is a commit that changes no file
 * (snapshot/note_commit.h); whether it counts is judged before it is written,
 * by the same rules by which a build judges it (site/reviews.h).
 */
#include <stdio.h>
#include <unistd.h>

#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"
#include "command/sheet_print.h"
#include "command/work_tree.h"
#include "library/stand_in.h"
#include "report/waiting.h"
#include "snapshot/note_commit.h"
#include "snapshot/text_diff.h"
#include "snapshot/uncommitted.h"
#include "system/clock.h"

const struct command_usage usage_review = {
	.name = "review",
	.letters = "lsajdh",
	.more = (const int[]){ OPTION_AS, OPTION_ROLE, 0 },
	.about = N_(
		"Lists what waits for its review (sites with review: in their "
		"site.yaml): which step, who may take it, since when, and what "
		"readers see meanwhile. diff PATH: what is new in the text "
		"beside what readers see. approve PATH: takes the step, as a "
		"commit of yours that changes no file and names the text as it "
		"is; what you have staged is not touched. Several paths: a "
		"commit each. roles.yaml and keys of a site are approved as "
		"they lie there, before the commit that changes them."),
	.arguments = "[diff|approve PATH...]",
	.example = "approve content/jyj/tzgg/kaixue.md",
};

struct reviewing {
	const struct command_options *options;
	struct build *build;
	struct library *library;
	struct arena *arena;
	struct diag_list *diags;
	str head;		   /* the branch ends there, 40 hex digits */
	struct note_author author; /* of approvals */
};

/* One text that is asked for. */
struct subject {
	str path;
	uint32_t file;
	const struct site *site;
	const struct review_wait *wait;
	const uint8_t *blob; /* as it is committed */
	bool is_guarded;     /* reviews rest on it; it is not committed yet */
};

/* --- which text ----------------------------------------------------------- */

static bool refuse(const struct reviewing *reviewing, str path,
		   const char *message, const char *help)
{
	struct diag *diag = diag_error(reviewing->diags, span_none(), "review",
				       "%s", message);

	diag->path = path;
	diag_help(reviewing->diags, diag, "%s", help);
	return false;
}

static bool has_file(const struct reviewing *reviewing, str path)
{
	return snapshot_find(&reviewing->library->written, path) != STR_NONE;
}

/* What does not wait: it is as readers see it, or it has mistakes. */
static bool refuse_not_waiting(const struct reviewing *reviewing, str path)
{
	const struct catalog *catalog = &reviewing->library->catalog;
	uint32_t number = catalog_find_path(catalog, path);

	if (number == RESOURCE_NONE ||
	    catalog_stand_in(catalog, catalog_file(catalog, number)) != NULL)
		return refuse(reviewing, path,
			      _("this text has mistakes, is a draft, or is "
				"withdrawn: nothing of it waits"),
			      _("jiyue check says what is to be mended; a "
				"draft is reviewed once it says status: "
				"published"));
	return refuse(reviewing, path,
		      _("nothing waits here: readers see this text as it is"),
		      _("jiyue review lists what waits"));
}

static bool find_file(struct subject *out, const struct reviewing *reviewing,
		      const char *text)
{
	str path = work_tree_path(text);
	str index =
		arena_printf(reviewing->arena, "%.*s/index.md", STR_ARG(path));

	if (!has_file(reviewing, path) && has_file(reviewing, index))
		path = index;
	if (!has_file(reviewing, path))
		return refuse(reviewing, path,
			      _("the last commit has no such text"),
			      _("write its path from content/ on, as jiyue "
				"review lists it; what is new is committed "
				"first"));
	out->path = path;
	out->file = (uint32_t)snapshot_find(&reviewing->library->written, path);
	out->blob = (const uint8_t *)snapshot_blob(&reviewing->library->written,
						   out->file)
			    .data;
	return true;
}

/*
 * A file that reviews rest on, as it lies in the work tree: it is approved
 * before the commit that changes it (command/gate.c).
 */
static bool find_guarded(struct subject *out, const struct reviewing *reviewing,
			 const char *text)
{
	str path = work_tree_path(text);
	str blob;

	out->site = reviews_guarded(&reviewing->library->cluster, path);
	if (out->site == NULL)
		return false;
	blob = uncommitted_blob(reviewing->options->build.library.folder, path,
				reviewing->arena);
	out->path = path;
	out->blob = (const uint8_t *)blob.data;
	out->is_guarded = true;
	return blob.len > 0;
}

static bool find_subject(struct subject *out, const struct reviewing *reviewing,
			 const char *text)
{
	const struct reviews *reviews = reviewing->library->reviews;

	*out = (struct subject){ .is_guarded = false };
	if (!find_file(out, reviewing, text))
		return false;
	out->site = reviews_asker(reviews, out->path);
	if (out->site == NULL)
		return refuse(reviewing, out->path,
			      _("its site asks for no review"),
			      _("review: trailers in its site.yaml does"));
	out->wait = reviews_wait_of(reviews, out->file);
	return out->wait != NULL || refuse_not_waiting(reviewing, out->path);
}

static struct snapshot_reader *written_reader(const struct library *library)
{
	return library->written_reader != NULL ? library->written_reader
					       : library->reader;
}

/* --- the list ------------------------------------------------------------- */

static void print_list(const struct reviewing *reviewing)
{
	const struct library *library = reviewing->library;
	const struct waiting_input input = {
		.arrangement = &library->arrangement,
		.reviews = library->reviews,
		.snapshot = &library->written,
		.history = library->history,
		.reader = written_reader(library),
		.site = reviewing->options->build.site,
	};
	struct sheet sheet;

	waiting_make(&sheet, &input, reviewing->arena);
	(void)!sheet_print(&sheet, reviewing->options->sheet, reviewing->build);
}

/* --- the difference ------------------------------------------------------- */

/* A document is no text: it is named, and whoever looks opens it. */
static void print_held(const struct reviewing *reviewing,
		       const struct subject *subject)
{
	const struct snapshot *written = &reviewing->library->written;
	const uint32_t *files = subject->wait->held.items;

	for (size_t i = 0; i < subject->wait->held.count; i++)
		printf(_("%.*s: not what was reviewed with the text\n"),
		       STR_ARG(snapshot_path(written, files[i])));
}

static bool print_diff(const struct reviewing *reviewing, const char *text)
{
	const struct library *library = reviewing->library;
	struct arena *arena = reviewing->arena;
	struct text_diff diff = { .before = STR(""),
				  .before_name = STR("/dev/null") };
	struct subject subject;
	struct buf out;

	if (!find_subject(&subject, reviewing, text) ||
	    !snapshot_read(&diff.after, written_reader(library), subject.file,
			   arena, reviewing->diags))
		return false;
	if (subject.wait->is_shown) {
		if (!snapshot_read(&diff.before, library->reader, subject.file,
				   arena, reviewing->diags))
			return false;
		diff.before_name = arena_printf(
			arena, "%.*s (%.10s)", STR_ARG(subject.path),
			arena_c_string(arena, subject.wait->shown));
	}
	diff.after_name = subject.path;
	buf_init(&out, arena);
	if (!text_diff_write(&out, &diff))
		return refuse(reviewing, subject.path,
			      _("the two versions cannot be compared"),
			      _("git diff does the same"));
	if (out.len > 0)
		fwrite(out.data, 1, out.len, stdout);
	print_held(reviewing, &subject);
	return true;
}

/* --- approving ------------------------------------------------------------ */

static bool refuse_role(const struct reviewing *reviewing,
			const struct subject *subject, enum role role)
{
	const struct roles *roles =
		reviews_roles(reviewing->library->reviews, subject->site);
	str takers = roles == NULL ? STR("")
				   : roles_takers_text(roles, role, STR(""),
						       reviewing->arena);
	struct diag *diag =
		diag_error(reviewing->diags, span_none(), "review",
			   _("you (%.*s) have no role for this step: %s"),
			   STR_ARG(reviewing->author.mail), role_title(role));

	diag->path = subject->path;
	if (takers.len == 0)
		diag_help(reviewing->diags, diag,
			  _("nobody has it: sites/%.*s/roles.yaml says who"),
			  STR_ARG(subject->site->id));
	else
		diag_help(reviewing->diags, diag, _("it can be taken by %.*s"),
			  STR_ARG(takers));
	return false;
}

static bool refuse_flaw(const struct reviewing *reviewing,
			const struct subject *subject, enum role role,
			enum review_flaw flaw)
{
	switch (flaw) {
	case FLAW_ORDER:
		return refuse(reviewing, subject->path,
			      _("a step before this one is missing"),
			      _("jiyue review says which step is next and who "
				"takes it"));
	case FLAW_SAME:
		return refuse(reviewing, subject->path,
			      _("you have reviewed this text: somebody else "
				"publishes it (the Measures, article 17)"),
			      _("jiyue review says who can"));
	default:
		return refuse_role(reviewing, subject, role);
	}
}

/* The step that is asked for, or the one that is missing. */
static bool choose_role(enum role *role, const struct reviewing *reviewing,
			const struct subject *subject)
{
	const char *asked = reviewing->options->role;
	struct review_verdict verdict;

	reviews_judge_wait(&verdict, reviewing->library->reviews, subject->site,
			   subject->blob, subject->wait);
	*role = asked == NULL ? verdict.next : role_find(str_from_c(asked));
	if (*role == ROLE_COUNT)
		return refuse(reviewing, subject->path,
			      _("nobody can approve: the roles of its site "
				"cannot be read"),
			      _("roles.yaml of the site says who reviews; "
				"jiyue check says what is wrong with it"));
	return (verdict.taken & role_bit(*role)) == 0 ||
	       refuse(reviewing, subject->path, _("this step is taken already"),
		      _("jiyue review says which one is next"));
}

/* The text, or a file beside it, which is approved with it. */
static bool is_uncommitted(const struct reviewing *reviewing,
			   const struct subject *subject)
{
	const char *folder = reviewing->options->build.library.folder;
	const struct snapshot *written = &reviewing->library->written;
	size_t first, behind;

	if (uncommitted_is(folder, subject->path, reviewing->arena))
		return true;
	if (!str_equal(str_file_name(subject->path), STR("index.md")))
		return false;
	snapshot_range(written,
		       str_between(subject->path, 0,
				   subject->path.len - STR("index.md").len),
		       &first, &behind);
	for (; first < behind; first++)
		if (uncommitted_is(folder, snapshot_path(written, first),
				   reviewing->arena))
			return true;
	return false;
}

static bool is_allowed(const struct reviewing *reviewing,
		       const struct subject *subject, enum role role)
{
	enum review_flaw flaw = reviews_would_be(
		reviewing->library->reviews, subject->site, subject->blob,
		subject->wait, reviewing->author.mail, role);

	if (flaw != FLAW_COUNT)
		return refuse_flaw(reviewing, subject, role, flaw);
	return subject->is_guarded || !is_uncommitted(reviewing, subject) ||
	       refuse(reviewing, subject->path,
		      _("the file, or one beside it, is not as it was "
			"committed: you would approve something else than what "
			"is before you"),
		      _("commit the change first, or take it back: git "
			"restore"));
}

static str message_of(const struct subject *subject, enum role role,
		      const struct reviewing *reviewing)
{
	static const char *const titles[] = {
		[ROLE_WRITER] = "",	   [ROLE_FIRST] = "初审",
		[ROLE_SECOND] = "复审",	   [ROLE_FINAL] = "终审",
		[ROLE_PUBLISHER] = "发布",
	};
	struct arena *arena = reviewing->arena;

	return arena_printf(arena, "%s：%.*s\n\nReviewed-by: %s <%.*s> %.*s\n",
			    titles[role], STR_ARG(subject->path),
			    role_names[role], STR_ARG(reviewing->author.mail),
			    STR_ARG(review_id_text(subject->blob, arena)));
}

static bool approve(struct reviewing *reviewing, const char *text)
{
	struct note note = {
		.directory = reviewing->options->build.library.folder,
		.parent = reviewing->head,
		.author = &reviewing->author,
		.seconds = clock_now(),
		.offset = reviewing->library->cluster.platform.offset,
	};
	struct subject subject = { 0 };
	enum role role;

	if ((!find_guarded(&subject, reviewing, text) &&
	     !find_subject(&subject, reviewing, text)) ||
	    !choose_role(&role, reviewing, &subject) ||
	    !is_allowed(reviewing, &subject, role))
		return false;
	note.is_signed = subject.site->review == REVIEW_SIGNED;
	note.message = message_of(&subject, role, reviewing);
	if (!note_commit(&reviewing->head, &note, reviewing->arena,
			 reviewing->diags))
		return false;
	printf(_("%.*s: %s, in commit %.10s\n"), STR_ARG(subject.path),
	       role_title(role),
	       arena_c_string(reviewing->arena, reviewing->head));
	return true;
}

static bool approve_all(struct reviewing *reviewing, char **paths, size_t count)
{
	bool ok = note_author_find(&reviewing->author,
				   reviewing->options->build.library.folder,
				   reviewing->arena, reviewing->diags);

	for (size_t i = 0; ok && i < count; i++)
		ok = approve(reviewing, paths[i]);
	return ok;
}

/* --- the command ---------------------------------------------------------- */

static bool diff_all(const struct reviewing *reviewing, char **paths,
		     size_t count)
{
	bool ok = true;

	for (size_t i = 0; ok && i < count; i++)
		ok = print_diff(reviewing, paths[i]);
	return ok;
}

static void run(struct reviewing *reviewing)
{
	char **words = reviewing->options->rest;
	size_t count = reviewing->options->rest_count;

	if (count == 0)
		print_list(reviewing);
	else if (strcmp(words[0], "diff") == 0)
		(void)!diff_all(reviewing, words + 1, count - 1);
	else
		(void)!approve_all(reviewing, words + 1, count - 1);
}

/* False after a message. */
static bool is_understood(const struct command_options *options)
{
	const char *word = options->rest_count == 0 ? NULL : options->rest[0];

	if (word == NULL)
		return true;
	if (strcmp(word, "diff") != 0 && strcmp(word, "approve") != 0) {
		fprintf(stderr, _("jiyue review: there is no “%s”\n"), word);
		fprintf(stderr, "  %s: diff PATH, approve PATH\n", _("help"));
		return false;
	}
	if (options->rest_count > 1)
		return true;
	fprintf(stderr, _("jiyue review %s: which text?\n"), word);
	fprintf(stderr, _("  help: for example: jiyue %s %s\n"), "review",
		usage_review.example);
	return false;
}

/* Mistakes of other texts are the matter of a check. */
static int review(struct build *build, const struct command_options *options)
{
	struct diag_list diags;
	struct reviewing reviewing = {
		.options = options,
		.build = build,
		.library = &build->library,
		.arena = &build->arena,
		.diags = &diags,
		.head = build->library.snapshot.revision,
	};

	diag_list_init(&diags, &build->arena);
	run(&reviewing);
	return messages_finish_list(&diags);
}

int command_review(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	int code;

	if (!options_parse(&options, &usage_review, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (!is_understood(&options))
		return EXIT_FAILED;
	code = build_open(&build, &options.build) ? review(&build, &options)
						  : messages_finish(&build);
	build_close(&build);
	return code;
}
