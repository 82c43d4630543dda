#include "base/diag.h"
#include "command/command.h"
#include "command/options.h"
#include "command/theme_explain.h"
#include "render/render.h"
#include "render/shapes.h"
#include "render/type_shape.h"

static const int more[] = { OPTION_EXPLAIN, 0 };

const struct command_usage usage_theme = {
	.name = "theme",
	.letters = "lrwsfh",
	.about = N_("For theme designers: --fields prints every name that the "
		    "template of each kind of page may ask for. --explain "
		    "prints the tags of a template in the theme of a site, "
		    "each with how long what it makes lasts: what lasts for "
		    "the site or the column is made once and kept, what is "
		    "of the page is made for each, because of the names "
		    "behind it."),
	.example = "--fields",
	.more = more,
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
	struct list shapes; /* const struct shape * */
	struct arena *arena;
};

static const struct shape *shape_at(const struct printed *printed, size_t at)
{
	return ((const struct shape **)printed->shapes.items)[at];
}

/* Types differ in `article.record`; of the rest the first stands for all. */
static bool is_noted(const struct printed *printed, const struct shape *shape)
{
	for (size_t i = 0; i < printed->shapes.count; i++)
		if (shape_at(printed, i) == shape ||
		    (strcmp(shape_at(printed, i)->name, shape->name) == 0 &&
		     (strcmp(shape->name, "article") == 0 ||
		      strcmp(shape->name, "detail") == 0)))
			return true;
	return false;
}

static void note(struct printed *printed, const struct shape *shape)
{
	if (shape != NULL && !is_noted(printed, shape))
		*(const struct shape **)list_add(&printed->shapes,
						 printed->arena) = shape;
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

static void print_fields(const struct schema *schema, struct arena *arena)
{
	struct printed printed = { .arena = arena };
	size_t count;
	const struct theme_page *pages = render_pages(&count, schema, arena);

	list_init(&printed.shapes, sizeof(const struct shape *));
	/* those of types come first, and are printed last */
	for (size_t i = 0; i < count; i++) {
		const struct theme_page *page =
			&pages[(schema->type_count + i) % count];

		printf("templates/%-28s %s\n", page->template_name,
		       page->shape->name);
		note(&printed, page->shape);
	}
	for (size_t i = 0; i < schema->type_count; i++)
		note(&printed, type_shape_record(pages[i].shape));
	for (size_t i = 0; i < printed.shapes.count; i++)
		print_shape(&printed, shape_at(&printed, i));
}

/* The types of the program; a library's own are in `jiyue schema`. */
static bool print_builtin_fields(void)
{
	const struct schema_sources sources = { .builtin = builtin_type_files };
	struct diag_list diags;
	struct schema schema;
	struct arena arena;
	bool ok;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	ok = schema_read(&schema, &sources, &arena, &diags);
	if (ok)
		print_fields(&schema, &arena);
	arena_release(&arena);
	return ok;
}

int command_theme(int argc, char **argv)
{
	struct command_options options;

	if (!options_parse(&options, &usage_theme, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (options.explain != NULL)
		return theme_explain(&options.build, options.explain);
	if (!options.fields) {
		fprintf(stderr, _("jiyue %s --help lists the options\n"),
			usage_theme.name);
		return EXIT_FAILED;
	}
	return print_builtin_fields() ? EXIT_CLEAN : EXIT_FAILED;
}
