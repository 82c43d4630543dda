/*
 * The public mustache suite in lenient mode: core, inheritance, dynamic names.
 * Lambdas are not part of the language and their data is refused.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>

#include "support/json_value.h"
#include "theme/template.h"

static const struct template_budget budget = { 100000, 0, 64, 1 << 20, NULL };

static json_t *load_suite(const char *name)
{
	const char *folder = getenv("JIYUE_SPEC");
	char path[512];

	snprintf(path, sizeof(path), "%s/mustache/%s",
		 folder == NULL ? "../shared/spec" : folder, name);
	return json_load_file(path, 0, NULL);
}

static str text_of(const json_t *json, const char *key)
{
	const json_t *text = json_object_get(json, key);

	return (str){ json_string_value(text), json_string_length(text) };
}

static bool read_data(struct value *out, const json_t *test,
		      struct arena *arena)
{
	char *data = json_dumps(json_object_get(test, "data"),
				JSON_ENCODE_ANY | JSON_PRESERVE_ORDER);
	bool ok = json_value_read(out, arena_copy(arena, str_from_c(data)),
				  JSON_SHAPE_EACH, arena);

	free(data);
	return ok;
}

static void add_templates(struct template_set *set, json_t *test,
			  struct diag_list *diags)
{
	struct source source = { .path = STR("test"),
				 .text = text_of(test, "template") };
	const char *name;
	json_t *text;

	template_add(set, STR("(test)"), &source, diags);
	json_object_foreach(json_object_get(test, "partials"), name, text)
	{
		source.number++;
		source.text = (str){ json_string_value(text),
				     json_string_length(text) };
		template_add(set, str_from_c(name), &source, diags);
	}
}

static bool run_case(json_t *test)
{
	struct arena arena;
	struct diag_list diags;
	struct template_set *set;
	struct value data;
	struct buf out;
	bool ok;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	set = template_set_new(TEMPLATE_LENIENT, &arena);
	buf_init(&out, &arena);
	add_templates(set, test, &diags);
	ok = read_data(&data, test, &arena) &&
	     template_set_freeze(set, &diags) &&
	     template_render_value(&out, set, STR("(test)"), data, &budget,
				   &diags) &&
	     str_equal(buf_str(&out), text_of(test, "expected"));
	if (!ok)
		print_error(
			"%s: got \"%.*s\", not \"%s\"\n",
			json_string_value(json_object_get(test, "name")),
			STR_ARG(buf_str(&out)),
			json_string_value(json_object_get(test, "expected")));
	arena_release(&arena);
	return ok;
}

static void run_suite(const char *name, size_t wanted)
{
	json_t *suite = load_suite(name);
	size_t passed = 0;
	size_t number;
	json_t *test;

	if (suite == NULL)
		skip();
	json_array_foreach(json_object_get(suite, "tests"), number, test)
		passed += run_case(test);
	json_decref(suite);
	assert_int_equal(passed, wanted);
}

static void test_comments(void **state)
{
	(void)state;
	run_suite("core/comments.json", 12);
}

static void test_delimiters(void **state)
{
	(void)state;
	run_suite("core/delimiters.json", 14);
}

static void test_interpolation(void **state)
{
	(void)state;
	run_suite("core/interpolation.json", 42);
}

static void test_inverted(void **state)
{
	(void)state;
	run_suite("core/inverted.json", 22);
}

static void test_partials(void **state)
{
	(void)state;
	run_suite("core/partials.json", 12);
}

static void test_sections(void **state)
{
	(void)state;
	run_suite("core/sections.json", 34);
}

static void test_inheritance(void **state)
{
	(void)state;
	run_suite("optional/inheritance.json", 27);
}

static void test_dynamic_names(void **state)
{
	(void)state;
	run_suite("optional/dynamic-names.json", 21);
}

static void test_lambdas_are_refused(void **state)
{
	json_t *suite = load_suite("optional/lambdas.json");
	struct arena arena;
	size_t number;
	json_t *test;

	(void)state;
	if (suite == NULL)
		skip();
	arena_init(&arena);
	json_array_foreach(json_object_get(suite, "tests"), number, test)
	{
		struct value data;

		assert_false(read_data(&data, test, &arena));
	}
	arena_release(&arena);
	json_decref(suite);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_delimiters),
		cmocka_unit_test(test_interpolation),
		cmocka_unit_test(test_inverted),
		cmocka_unit_test(test_partials),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_inheritance),
		cmocka_unit_test(test_dynamic_names),
		cmocka_unit_test(test_lambdas_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
