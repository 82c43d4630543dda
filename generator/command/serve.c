/*
 * A loop: wait until a file was saved, build the work tree into an output
 * folder of its own, hand the server what to show. Building is the same
 * incremental build as any, so that a preview shows what a release will; the
 * server knows nothing of libraries and builds.
 */
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"
#include "preview/panel.h"
#include "preview/preview.h"
#include "preview/watch.h"
#include "system/clock.h"

const struct command_usage usage_serve = {
	.name = "serve",
	.letters = "lEOajdnPh",
	.about = N_("Shows the files as they stand, committed or not, at "
		    "http://localhost:8080/, and again whenever one is saved; "
		    "mistakes "
		    "are told at the foot of each page. Only this computer can "
		    "open it. "
		    "Ctrl+C ends it."),
	.example = "--drafts",
};

struct serving {
	struct command_options *options;
	struct preview *preview;
	struct watch watch;
	int root;	 /* the output folder; -1: there is none yet */
	bool has_failed; /* the last build, and not by what is written */
	char folder[PATH_MAX];
};

/* --- one build ------------------------------------------------------------ */

/* The portal first: it is where people begin. */
static size_t list_sites(struct preview_site **out, struct build *build)
{
	const struct cluster *cluster = &build->library.cluster;
	struct preview_site *sites =
		arena_array(&build->arena, cluster->count + 1, sizeof(*sites));
	size_t count = 0;

	for (size_t pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < cluster->count; i++) {
			const struct site *site = &cluster->sites[i];

			if ((site == cluster->portal) == (pass == 0))
				sites[count++] = (struct preview_site){
					.id = site->id, .domain = site->domain
				};
		}
	*out = sites;
	return count;
}

static str print_messages(struct build *build)
{
	struct source_reader reader = library_source_reader(&build->library);
	struct buf text;

	buf_init(&text, &build->arena);
	diag_print(&text, &build->diags, &reader);
	return buf_str(&text);
}

static void open_root(struct serving *serving)
{
	if (serving->root < 0)
		serving->root = open(serving->options->build.out,
				     O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void show(struct serving *serving, struct build *build)
{
	struct preview_build shown = { 0 };
	struct preview_site *sites;
	struct buf panel;

	open_root(serving);
	buf_init(&panel, &build->arena);
	preview_add_panel(&panel, &build->diags, print_messages(build),
			  serving->folder, preview_next(serving->preview));
	shown.count = list_sites(&sites, build);
	shown.sites = sites;
	shown.root = serving->root;
	shown.panel = buf_str(&panel);
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

static void build_once(struct serving *serving, bool is_first)
{
	struct build_options *options = &serving->options->build;
	int64_t start = clock_milliseconds();
	struct build build;
	bool built;

	/* the sites are known from a plan of one's own */
	options->always = is_first;
	if (options->library.as_of_text == NULL)
		options->library.as_of = moment_from_seconds(clock_now(), 0);
	built = build_open(&build, options) && build_run(&build);
	serving->has_failed = messages_finish(&build) == EXIT_FAILED;
	if (built && build.is_current && !is_first) {
		build_close(&build);
		return;
	}
	show(serving, &build);
	tell(&build, clock_milliseconds() - start);
	build_close(&build);
}

/* --- the command ---------------------------------------------------------- */

static void serve(struct serving *serving)
{
	enum watch_event event;

	printf(_("preview: http://localhost:%u/ (Ctrl+C ends it)\n"),
	       preview_port(serving->preview));
	fflush(stdout);
	build_once(serving, true);
	while ((event = watch_wait(&serving->watch)) != WATCH_END) {
		preview_tick(serving->preview);
		if (event == WATCH_CHANGED || serving->has_failed)
			build_once(serving, false);
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
		serving->preview =
			preview_start(serving->options->port, &diags);
		if (serving->preview != NULL)
			serve(serving);
		preview_stop(serving->preview);
		watch_close(&serving->watch);
	}
	if (serving->root >= 0)
		close(serving->root);
	code = messages_finish_list(&diags);
	arena_release(&arena);
	return code;
}

static int refuse_folder(const char *folder)
{
	fprintf(stderr, _("jiyue serve: there is no folder “%s”\n"), folder);
	return EXIT_FAILED;
}

int command_serve(int argc, char **argv)
{
	struct command_options options;
	struct serving serving = { .options = &options, .root = -1 };

	if (!options_parse(&options, &usage_serve, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	options.build.library.worktree = true;
	if (options.build.out == NULL)
		options.build.out = "public-preview";
	if (realpath(options.build.library.folder, serving.folder) == NULL)
		return refuse_folder(options.build.library.folder);
	return run(&serving);
}
