#include <unistd.h>

#include "base/diag.h"
#include "command/command.h"
#include "command/confine.h"
#include "command/messages.h"
#include "command/options.h"
#include "system/clock.h"

/* Less is not worth a word. */
enum { MEBIBYTE = 1 << 20 };

static const int more[] = { OPTION_NO_BODY_CACHE, OPTION_SANDBOX, 0 };

const struct command_usage usage_build = {
	.name = "build",
	.letters = "lrwDosajdnqSth",
	.about = N_("Builds every site of the library into DIR/<domain>/. Only "
		    "files "
		    "whose bytes change are written. A file with mistakes "
		    "counts in its "
		    "newest version without any."),
	.example = "--as-of 2026-12-31",
	.more = more,
};

static void show_progress(void *context, size_t done, size_t all)
{
	(void)context;
	fprintf(stderr, "\r%zu / %zu", done, all);
	fflush(stderr);
}

static void clear_progress(void)
{
	fprintf(stderr, "\r                              \r");
}

static void tell(const struct build *build, int64_t milliseconds)
{
	const struct build_result *result = &build->result;
	double seconds = (double)(milliseconds < 1 ? 1 : milliseconds) / 1000;

	fprintf(stderr,
		_("pages: %zu, sites: %zu, %.2f s (%.0f pages/s); written: "
		  "%zu, "
		  "unchanged: %zu, removed: %zu\n"),
		result->pages, result->sites, seconds,
		(double)result->pages / seconds, result->written,
		result->unchanged, result->removed);
	if (build->diags.error_count + build->diags.warning_count > 0)
		fprintf(stderr, _("errors: %zu, warnings: %zu\n"),
			build->diags.error_count, build->diags.warning_count);
	if (result->kept >= MEBIBYTE)
		fprintf(stderr,
			_("rendered texts are kept for the next build: %.1f "
			  "MiB (--no-body-cache keeps none)\n"),
			(double)result->kept / MEBIBYTE);
	if (result->is_held_back)
		fprintf(stderr, _("there are errors: with --strict nothing was "
				  "written\n"));
	if (build->options->library.drafts)
		fprintf(stderr, _("a preview: drafts are shown as if "
				  "published\n"));
	if (build->options->library.worktree)
		fprintf(stderr, _("made from the files as they stand, not "
				  "from a revision\n"));
}

static void tell_times(const struct phases *phases)
{
	const struct phase_time *times = phases->times.items;

	for (size_t i = 0; i < phases->times.count; i++)
		fprintf(stderr, "%-8s %6lld ms\n", times[i].phase,
			(long long)times[i].milliseconds);
}

int command_build(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	int64_t start = clock_milliseconds();
	bool built;
	int code;

	if (!options_parse(&options, &usage_build, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (options.build.out == NULL)
		options.build.out = "public";
	if (!confine(&options, &usage_build))
		return EXIT_FAILED;
	if (isatty(STDERR_FILENO))
		options.build.progress = show_progress;
	built = build_open(&build, &options.build) && build_run(&build);
	if (options.build.progress != NULL)
		clear_progress();
	code = messages_finish(&build);
	if (built)
		tell(&build, clock_milliseconds() - start);
	if (built && options.build.progress != NULL)
		messages_tell_uncommitted(&build); /* it looks at all files */
	if (options.timings)
		tell_times(&build.phases);
	build_close(&build);
	return code;
}
