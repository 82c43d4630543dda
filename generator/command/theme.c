#include "base/diag.h"
#include "command/command.h"
#include "command/options.h"
#include "render/render.h"
#include "render/shapes.h"

static const struct command_usage usage = {
	"theme", "fh",
	N_("For theme designers: --fields prints every name that the template "
	   "of each kind of page may ask for."),
	NULL
};

static const char *const kind_names[] = {
	[VALUE_NONE] = "?",	   [VALUE_TEXT] = "text",
	[VALUE_HTML] = "html",	   [VALUE_URL] = "address",
	[VALUE_NUMBER] = "number", [VALUE_TRUTH] = "truth",
	[VALUE_MOMENT] = "moment", [VALUE_LIST] = "list",
	[VALUE_OBJECT] = "object",
};

/* Shapes in the order they are met; each is printed once. */
struct printed {
	const struct shape *shapes[64];
	size_t count;
};

static void note(struct printed *printed, const struct shape *shape)
{
	for (size_t i = 0; i < printed->count; i++)
		if (printed->shapes[i] == shape)
			return;
	if (shape != NULL && printed->count < COUNT_OF(printed->shapes))
		printed->shapes[printed->count++] = shape;
}

static void print_shape(struct printed *printed, const struct shape *shape)
{
	printf("\n%s\n", shape->name);
	for (size_t i = 0; i < shape->count; i++) {
		const struct shape_field *field = &shape->fields[i];
		const char *of = field->kind == VALUE_LIST ? "text" : "";

		if (field->of != NULL)
			of = field->of->name;
		printf("  %-18s %-8s %-12s %s\n", field->name,
		       kind_names[field->kind], of, field->help);
		note(printed, field->of);
	}
}

static void print_fields(void)
{
	struct printed printed = { .count = 0 };

	for (size_t i = 0; i < render_template_count; i++) {
		printf("templates/%-28s %s\n",
		       render_templates[i].template_name,
		       render_templates[i].shape->name);
		note(&printed, render_templates[i].shape);
	}
	for (size_t i = 0; i < printed.count; i++)
		print_shape(&printed, printed.shapes[i]);
}

int command_theme(int argc, char **argv)
{
	struct command_options options;

	if (!options_parse(&options, &usage, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (!options.fields) {
		fprintf(stderr, _("jiyue %s --help lists the options\n"),
			usage.name);
		return EXIT_FAILED;
	}
	print_fields();
	return EXIT_CLEAN;
}
