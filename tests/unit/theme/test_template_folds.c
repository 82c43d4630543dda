/* What of a template is said to last, for sites, columns and pages. */
#include "theme/template_folds.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

enum { OF_SITE = 1, OF_COLUMN = 2 };

static const struct shape_field menu_fields[] = {
	{ "name", VALUE_TEXT, NULL, "" },
};
static const struct shape menu_shape = { "menu", menu_fields, 1, false, 0, 0 };
static const struct shape_field page_fields[] = {
	{ "site", VALUE_TEXT, NULL, "" },
	{ "menu", VALUE_LIST, &menu_shape, "" },
	{ "title", VALUE_TEXT, NULL, "" },
	{ "parts", VALUE_LIST, &menu_shape, "" },
};
static const struct shape page_shape = {
	"page", page_fields, 4, false, OF_SITE, OF_SITE | OF_COLUMN,
};

struct folding_bench {
	struct arena arena;
	struct diag_list diags;
	struct template_set *set;
	struct list folds;
	uint32_t sources;
};

static void add(struct folding_bench *bench, const char *name, str text)
{
	struct source source = {
		.number = bench->sources++,
		.path = str_from_c(name),
		.text = text,
	};

	template_add(bench->set, str_from_c(name), &source, &bench->diags);
}

static void open_bench(struct folding_bench *bench)
{
	*bench = (struct folding_bench){ 0 };
	arena_init(&bench->arena);
	diag_list_init(&bench->diags, &bench->arena);
	bench->set = template_set_new(TEMPLATE_STRICT, &bench->arena);
}

static void fold(struct folding_bench *bench)
{
	assert_true(template_set_freeze(bench->set, &bench->diags));
	assert_true(template_folds(&bench->folds, bench->set, STR("page"),
				   &page_shape, &bench->arena, &bench->diags));
}

/* The tag at a place of the list, how long it lasts, and why no longer. */
static void assert_fold(const struct folding_bench *bench, size_t place,
			const char *tag, enum template_lasting lasting,
			const char *names)
{
	const struct template_fold *fold =
		(const struct template_fold *)bench->folds.items + place;
	str said = STR("");

	assert_true(place < bench->folds.count);
	for (size_t i = 0; i < fold->reach.name_count; i++)
		said = arena_printf((struct arena *)&bench->arena, "%.*s%s%.*s",
				    STR_ARG(said), i > 0 ? " " : "",
				    STR_ARG(fold->reach.names[i]));
	assert_true(str_equal_c(fold->tag, tag));
	assert_int_equal(fold->reach.lasting, lasting);
	assert_true(str_equal_c(said, names));
}

static void test_tags_last_as_their_names(void **state)
{
	struct folding_bench bench;

	(void)state;
	open_bench(&bench);
	add(&bench, "page",
	    STR("{{>head}}{{#menu}}{{name}}{{/menu}}"
		"{{^title}}{{site}}{{/title}}{{>foot}}"));
	add(&bench, "head", STR("<b>{{site}}</b>{{#site}}{{>foot}}{{/site}}"));
	add(&bench, "foot", STR("<i>{{site}}</i>"));
	fold(&bench);
	assert_int_equal(bench.folds.count, 4);
	assert_fold(&bench, 0, "{{>head}}", LASTS_SITE, "");
	assert_fold(&bench, 1, "{{#menu}}", LASTS_COLUMN, "menu");
	assert_fold(&bench, 2, "{{^title}}", LASTS_PAGE, "title");
	assert_fold(&bench, 3, "{{>foot}}", LASTS_SITE, "");
	arena_release(&bench.arena);
}

/* What is inside counts, however deep; its own names do not. */
static void test_what_is_inside_counts(void **state)
{
	struct folding_bench bench;

	(void)state;
	open_bench(&bench);
	add(&bench, "page",
	    STR("{{<layout}}{{$main}}{{title}}{{/main}}{{/layout}}"));
	add(&bench, "layout",
	    STR("{{>menu}}{{$main}}{{/main}}{{$side}}{{>menu}}{{/side}}"));
	add(&bench, "menu",
	    STR("{{#menu}}{{name}}{{#parts}}{{name}}{{/parts}}{{/menu}}"));
	fold(&bench);
	assert_int_equal(bench.folds.count, 6);
	assert_fold(&bench, 0, "{{<layout}}", LASTS_PAGE, "parts title");
	assert_fold(&bench, 1, "{{>menu}}", LASTS_PAGE, "parts");
	assert_fold(&bench, 2, "{{#menu}}", LASTS_PAGE, "parts");
	assert_fold(&bench, 3, "{{$main}}", LASTS_PAGE, "title");
	assert_fold(&bench, 4, "{{$side}}", LASTS_PAGE, "parts");
	/* followed before: what it asked for is known, its tags were told */
	assert_fold(&bench, 5, "{{>menu}}", LASTS_PAGE, "parts");
	arena_release(&bench.arena);
}

/* Lines that are moved to the right are made where they stand. */
static void test_indented(void **state)
{
	const struct template_fold *folds;
	struct folding_bench bench;

	(void)state;
	open_bench(&bench);
	add(&bench, "page", STR("<div>\n  {{>head}}\n</div>{{title}}\n"));
	add(&bench, "head",
	    STR("{{#site}}a{{/site}}\n{{#title}}b{{/title}}\n"));
	fold(&bench);
	folds = bench.folds.items;
	assert_false(folds[0].is_indented);
	assert_true(folds[1].is_indented);
	arena_release(&bench.arena);
}

static void test_mistakes_are_told(void **state)
{
	struct folding_bench bench;

	(void)state;
	open_bench(&bench);
	add(&bench, "page", STR("{{titel}}"));
	assert_true(template_set_freeze(bench.set, &bench.diags));
	assert_false(template_folds(&bench.folds, bench.set, STR("page"),
				    &page_shape, &bench.arena, &bench.diags));
	assert_int_equal(bench.diags.error_count, 1);
	arena_release(&bench.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tags_last_as_their_names),
		cmocka_unit_test(test_what_is_inside_counts),
		cmocka_unit_test(test_indented),
		cmocka_unit_test(test_mistakes_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
