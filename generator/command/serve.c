/*
 * A loop: wait until a file was saved, build the work tree into an output
 * folder of its own, hand the server what to show. Building is the same
 * incremental build as any, so that a preview shows what a release will; the
 * server knows nothing of libraries and builds.
 *
 * Another day is built when somebody asks for it, into a second folder inside
 * the first one: one day at a time, so that it costs the disk one more tree at
 * most, and from one day to the next what differs between them.
 */
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "base/diag.h"
#include "command/command.h"
#include "command/confine.h"
#include "command/messages.h"
#include "command/options.h"
#include "command/preview_notes.h"
#include "preview/access.h"
#include "preview/preview.h"
#include "preview/watch.h"
#include "snapshot/file_memory.h"
#include "system/clock.h"

static const int more[] = { OPTION_LISTEN, OPTION_TOKEN, OPTION_SANDBOX,
			    OPTION_NO_SANDBOX, 0 };

const struct command_usage usage_serve = {
	.name = "serve",
	.letters = "lEOajdnPh",
	.about = N_("Shows the files as they stand, committed or not, at "
		    "http://localhost:8080/, and again whenever one is saved; "
		    "mistakes are told at the foot of each page, and "
		    "?as-of=YYYY-MM-DD behind an address shows the page on "
		    "that day. Only this computer can open it, unless --listen "
		    "says otherwise. It reads the library and writes the "
		    "preview, and Linux lets it do nothing else. Ctrl+C ends "
		    "it."),
	.example = "--drafts",
	.more = more,
};

/* A folder that is shown, and how it is built. */
struct serving_tree {
	struct build_options options;
	int root;	 /* -1: there is none yet */
	bool has_failed; /* the last build, and not by what is written */
	char out[PATH_MAX];
	char day[PREVIEW_DAY]; /* empty: now */
};

struct serving {
	struct command_options *options;
	struct preview *preview;
	struct watch watch;
	struct serving_tree now;
	struct serving_tree then;
	struct file_memory files; /* of the library */
	char folder[PATH_MAX];
};

/* --- one build ------------------------------------------------------------ */

/* The portal first: it is where people begin. */
static void list_sites(struct preview_build *out, const struct build *build)
{
	const struct cluster *cluster = &build->library.cluster;
	struct preview_site *sites =
		arena_array(&out->arena, cluster->count + 1, sizeof(*sites));

	for (size_t pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < cluster->count; i++) {
			const struct site *site = &cluster->sites[i];

			if ((site == cluster->portal) == (pass == 0))
				sites[out->count++] = (struct preview_site){
					.id = arena_copy(&out->arena, site->id),
					.domain = arena_copy(&out->arena,
							     site->domain),
				};
		}
	out->sites = sites;
}

static void show(struct serving *serving, struct serving_tree *tree,
		 struct build *build)
{
	struct preview_build shown = { 0 };

	arena_init(&shown.arena);
	if (tree->root < 0)
		tree->root =
			open(tree->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	list_sites(&shown, build);
	shown.root = tree->root;
	shown.as_of = arena_copy(&shown.arena, str_from_c(tree->day));
	preview_notes_make(&shown.notes, build, serving->folder, &shown.arena);
	preview_show(serving->preview, &shown);
}

static void tell(const struct build *build, int64_t milliseconds)
{
	const struct build_result *result = &build->result;

	fprintf(stderr,
		_("shown after %.2f s; files written: %zu, removed: %zu; "
		  "errors: %zu, warnings: %zu\n"),
		(double)milliseconds / 1000, result->written, result->removed,
		build->diags.error_count, build->diags.warning_count);
}

/* `is_first`: the sites are known from a plan of one's own. */
static void build_tree(struct serving *serving, struct serving_tree *tree,
		       bool is_first)
{
	struct build_options *options = &tree->options;
	int64_t start = clock_milliseconds();
	struct build build;
	bool built;

	options->always = is_first;
	if (options->library.as_of_text == NULL)
		options->library.as_of = moment_from_seconds(clock_now(), 0);
	built = build_open(&build, options) && build_run(&build);
	tree->has_failed = messages_finish(&build) == EXIT_FAILED;
	if (!built || !build.is_current || is_first) {
		show(serving, tree, &build);
		tell(&build, clock_milliseconds() - start);
	}
	build_close(&build);
}

/* The day is a valid one: the server has looked. */
static void build_day(struct serving *serving)
{
	struct serving_tree *then = &serving->then;

	if (!preview_wanted(serving->preview, then->day))
		return;
	then->options.library.as_of_text = then->day;
	build_tree(serving, then, true);
}

/* --- the command ---------------------------------------------------------- */

static void tell_address(const struct serving *serving)
{
	const char *address = serving->options->listen;
	bool is_six = address != NULL && strchr(address, ':') != NULL;

	printf(_("preview: http://%s%s%s:%u/ (Ctrl+C ends it)\n"),
	       is_six ? "[" : "", address == NULL ? "localhost" : address,
	       is_six ? "]" : "", preview_port(serving->preview));
	fflush(stdout);
}

static void serve(struct serving *serving)
{
	enum watch_event event;

	tell_address(serving);
	build_tree(serving, &serving->now, true);
	while ((event = watch_wait(&serving->watch)) != WATCH_END) {
		preview_tick(serving->preview);
		if (event == WATCH_ASKED)
			build_day(serving);
		else if (event == WATCH_CHANGED || serving->now.has_failed)
			build_tree(serving, &serving->now, false);
	}
}

static int run(struct serving *serving)
{
	struct diag_list diags;
	struct arena arena;
	int code;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	if (watch_open(&serving->watch, serving->folder, &diags)) {
		const struct preview_options options = {
			.port = serving->options->port,
			.address = serving->options->listen,
			.token = serving->options->token,
			.asked = serving->watch.asked,
		};

		serving->preview = preview_start(&options, &diags);
		if (serving->preview != NULL)
			serve(serving);
		preview_stop(serving->preview);
		watch_close(&serving->watch);
	}
	if (serving->now.root >= 0)
		close(serving->now.root);
	if (serving->then.root >= 0)
		close(serving->then.root);
	code = messages_finish_list(&diags);
	arena_release(&arena);
	return code;
}

static int refuse_folder(const char *folder)
{
	fprintf(stderr, _("jiyue serve: there is no folder “%s”\n"), folder);
	return EXIT_FAILED;
}

static bool complain(const char *text)
{
	fprintf(stderr, "jiyue serve: %s\n", text);
	return false;
}

/* What leaves this computer is not for everybody: drafts, and mistakes. */
static bool is_allowed(const struct command_options *options)
{
	bool is_loopback = true;

	if (options->token != NULL &&
	    !access_is_token(str_from_c(options->token)))
		return complain(_("--token needs 16 to 256 letters, digits and "
				  "- . _ ~"));
	if (options->listen == NULL)
		return true;
	if (!preview_read_address(&is_loopback, options->listen))
		return complain(_("--listen needs an address like 192.0.2.1 or "
				  "2001:db8::1"));
	if (is_loopback)
		return true;
	if (options->token == NULL)
		return complain(_("others can reach this address; choose a "
				  "word that they must know: --token TOKEN"));
	(void)complain(_("warning: others can reach this address. Whoever "
			 "knows the token sees drafts and mistakes; what is "
			 "sent is not encrypted"));
	return true;
}

static bool name_folders(struct serving *serving)
{
	const char *out = serving->options->build.out;
	size_t size = sizeof(serving->then.out);

	return snprintf(serving->now.out, size, "%s", out) < (int)size &&
	       snprintf(serving->then.out, size, "%s/.jiyue/as-of", out) <
		       (int)size;
}

static void set_options(struct serving_tree *tree, struct serving *serving)
{
	tree->root = -1;
	tree->options = serving->options->build;
	tree->options.out = tree->out;
	tree->options.library.files = &serving->files;
}

int command_serve(int argc, char **argv)
{
	struct command_options options;
	struct serving serving = { .options = &options };
	int code;

	if (!options_parse(&options, &usage_serve, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (!is_allowed(&options))
		return EXIT_FAILED;
	options.build.library.worktree = true;
	if (options.build.out == NULL)
		options.build.out = "public-preview";
	if (realpath(options.build.library.folder, serving.folder) == NULL)
		return refuse_folder(options.build.library.folder);
	if (!name_folders(&serving))
		return refuse_folder(options.build.out);
	set_options(&serving.now, &serving);
	set_options(&serving.then, &serving);
	if (!confine(&options, &usage_serve))
		return EXIT_FAILED;
	file_memory_init(&serving.files);
	code = run(&serving);
	file_memory_release(&serving.files);
	return code;
}
