#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"

static const struct command_usage usage = {
	"check", "lrwsajdnh",
	N_("Makes every page in memory and reports every mistake: content, "
	   "settings, templates, links, and whether columns, navigation, site "
	   "map, sitemap.xml and feeds are equal. Writes nothing."),
	NULL
};

int command_check(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	bool made = false;
	int code;

	if (!options_parse(&options, &usage, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (build_open(&build, &options.build))
		made = build_run(&build);
	code = messages_finish(&build);
	if (made)
		fprintf(stderr,
			_("checked pages: %zu, sites: %zu; errors: %zu, "
			  "warnings: %zu\n"),
			build.result.pages, build.result.sites,
			build.diags.error_count, build.diags.warning_count);
	build_close(&build);
	return code;
}
