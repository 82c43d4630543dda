#include <unistd.h>

#include "base/diag.h"
#include "command/command.h"
#include "command/options.h"
#include "system/clock.h"

static const struct command_usage usage = {
	"build", "lrwosajdth",
	N_("Builds every site of the library into DIR/<domain>/. Only files "
	   "whose bytes change are written; a site with mistakes keeps its "
	   "last pages."),
	NULL
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

static void tell(const struct pipeline *pipeline,
		 const struct build_result *result, int64_t milliseconds)
{
	double seconds = (double)(milliseconds < 1 ? 1 : milliseconds) / 1000;

	fprintf(stderr,
		_("pages: %zu, sites: %zu, %.2f s (%.0f pages/s); written: "
		  "%zu, "
		  "unchanged: %zu, removed: %zu\n"),
		result->pages, result->sites, seconds,
		(double)result->pages / seconds, result->written,
		result->unchanged, result->removed);
	if (result->blocked_sites > 0)
		fprintf(stderr,
			_("sites with mistakes, which keep their last pages: "
			  "%zu\n"),
			result->blocked_sites);
	if (pipeline->options->worktree)
		fprintf(stderr, _("made from the files as they stand, not "
				  "from a revision\n"));
}

static void tell_times(const struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->time_count; i++)
		fprintf(stderr, "%-8s %6lld ms\n", pipeline->times[i].phase,
			(long long)pipeline->times[i].milliseconds);
}

/* A recalled plan that does not hold costs time: all is planned anew. */
static bool build(struct pipeline *pipeline, struct build_result *result,
		  struct command_options *options)
{
	bool built;

	if (!pipeline_open(pipeline, &options->pipeline))
		return false;
	*result = pipeline->last;
	if (pipeline->is_current)
		return true;
	built = pipeline_build(result, pipeline);
	if (built || !pipeline->must_restart)
		return built;
	pipeline_close(pipeline);
	options->pipeline.always = true;
	return pipeline_open(pipeline, &options->pipeline) &&
	       pipeline_build(result, pipeline);
}

int command_build(int argc, char **argv)
{
	struct command_options options;
	struct pipeline pipeline;
	struct build_result result = { 0 };
	int64_t start = clock_milliseconds();
	bool built;
	int code;

	if (!options_parse(&options, &usage, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (options.pipeline.out == NULL)
		options.pipeline.out = "public";
	if (isatty(STDERR_FILENO))
		options.pipeline.progress = show_progress;
	built = build(&pipeline, &result, &options);
	if (options.pipeline.progress != NULL)
		clear_progress();
	code = options_finish(&pipeline);
	if (built)
		tell(&pipeline, &result, clock_milliseconds() - start);
	if (options.timings)
		tell_times(&pipeline);
	pipeline_close(&pipeline);
	return code;
}
