#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"

const struct command_usage usage_plan = {
	.name = "plan",
	.letters = "lrwajdnqh",
	.about = N_(
		"Prints one line for every page: site, kind, address, and the "
		"parts of its fingerprint, which say when it must be made "
		"again."),
};

int command_plan(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	struct buf text;
	int code;

	if (!options_parse(&options, &usage_plan, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (build_open(&build, &options.build)) {
		buf_init(&text, &build.arena);
		page_plan_print(&text, &build.library.plan);
		fwrite(text.data, 1, text.len, stdout);
	}
	code = messages_finish(&build);
	build_close(&build);
	return code;
}
