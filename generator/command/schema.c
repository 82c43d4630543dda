#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"
#include "library/json_schema.h"

const struct command_usage usage_schema = {
	.name = "schema",
	.letters = "lrwuWh",
	.about = N_("Prints the types of resources of the library as a JSON "
		    "Schema: "
		    "with "
		    "it an editor's program marks wrong keys and values while "
		    "they are "
		    "typed."),
};

static enum json_schema_of schema_of(const struct command_options *options)
{
	if (options->defaults)
		return JSON_SCHEMA_DEFAULTS;
	return options->whole ? JSON_SCHEMA_WHOLE : JSON_SCHEMA_FILE;
}

static void print_schema(struct build *build, enum json_schema_of of)
{
	struct library *library = &build->library;
	const struct schema_sources sources = {
		.builtin = builtin_type_files,
		.snapshot = &library->snapshot,
		.reader = library->reader,
	};
	struct schema schema;
	struct buf text;

	if (!schema_read(&schema, &sources, &library->arena, &build->diags))
		return;
	buf_init(&text, &library->arena);
	json_schema_write(&text, &schema, of);
	buf_add_byte(&text, '\n');
	fwrite(text.data, 1, text.len, stdout);
}

int command_schema(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	int code;

	if (!options_parse(&options, &usage_schema, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (build_open_library(&build, &options.build))
		print_schema(&build, schema_of(&options));
	code = messages_finish(&build);
	build_close(&build);
	return code;
}
