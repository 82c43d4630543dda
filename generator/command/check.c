#include "base/diag.h"
#include "command/command.h"
#include "command/options.h"

static const struct command_usage usage = {
	"check", "lrwsajdh",
	N_("Makes every page in memory and reports every mistake: content, "
	   "settings, templates, links, and whether columns, navigation, site "
	   "map, sitemap.xml and feeds are equal. Writes nothing."),
	NULL
};

int command_check(int argc, char **argv)
{
	struct command_options options;
	struct pipeline pipeline;
	struct build_result result = { 0 };
	bool made = false;
	int code;

	if (!options_parse(&options, &usage, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (pipeline_open(&pipeline, &options.pipeline))
		made = pipeline_build(&result, &pipeline);
	code = options_finish(&pipeline);
	if (made)
		fprintf(stderr,
			_("checked pages: %zu, sites: %zu; errors: %zu, "
			  "warnings: %zu\n"),
			result.pages, result.sites, pipeline.diags.error_count,
			pipeline.diags.warning_count);
	pipeline_close(&pipeline);
	return code;
}
