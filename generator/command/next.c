#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"

const struct command_usage usage_next = {
	.name = "next",
	.letters = "lrwajdnqh",
	.about = N_("Says when time alone changes the output next, and why: a "
		    "build "
		    "before then gives the same bytes."),
};

static void print_next(struct build *build)
{
	struct next_change next = arrangement_next(&build->library.arrangement);
	struct buf text;

	if (!next.moment.is_set) {
		printf(_("time alone changes nothing\n"));
		return;
	}
	buf_init(&text, &build->arena);
	moment_format(&text, next.moment, STR("%Y-%m-%d %H:%M:%S %z"));
	buf_add_byte(&text, ' ');
	if (next.resource != RESOURCE_NONE) {
		struct resource resource;

		catalog_get(&resource, &build->library.catalog, next.resource);
		buf_add(&text, resource.path);
	} else {
		buf_printf(&text, "%.*s/%.*s", STR_ARG(next.site->domain),
			   STR_ARG(next.column->path));
	}
	printf("%.*s %s\n", STR_ARG(buf_str(&text)), next.field);
}

int command_next(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	int code;

	if (!options_parse(&options, &usage_next, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (build_open(&build, &options.build))
		print_next(&build);
	code = messages_finish(&build);
	build_close(&build);
	return code;
}
