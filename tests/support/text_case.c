#include "support/text_case.h"

#include <string.h>

void text_case_init(struct text_case *test, const char *path, str text)
{
	arena_init(&test->arena);
	diag_list_init(&test->diags, &test->arena);
	test->source = (struct source){ .number = 0,
					.path = str_from_c(path),
					.text = text };
}

void text_case_release(struct text_case *test)
{
	arena_release(&test->arena);
}

static const struct diag *find(const struct text_case *test, const char *id)
{
	const struct diag *items = test->diags.items.items;

	for (size_t i = 0; i < test->diags.items.count; i++)
		if (strcmp(items[i].id, id) == 0)
			return &items[i];
	return NULL;
}

const char *text_case_id(const struct text_case *test)
{
	const struct diag *items = test->diags.items.items;

	return test->diags.items.count == 0 ? "" : items[0].id;
}

size_t text_case_count(const struct text_case *test, const char *id)
{
	const struct diag *items = test->diags.items.items;
	size_t count = 0;

	for (size_t i = 0; i < test->diags.items.count; i++)
		count += strcmp(items[i].id, id) == 0;
	return count;
}

str text_case_marked(const struct text_case *test, const char *id)
{
	const struct diag *diag = find(test, id);

	if (diag == NULL)
		return STR("(no such message)");
	return str_between(test->source.text, diag->span.start, diag->span.end);
}

str text_case_help(const struct text_case *test, const char *id)
{
	const struct diag *diag = find(test, id);

	return diag == NULL ? STR("(no such message)") : diag->help;
}

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	const struct text_case *test = context;

	(void)arena;
	if (number != 0)
		return false;
	*out = test->source;
	return true;
}

str text_case_print(struct text_case *test)
{
	struct source_reader reader = { test, read_source, NULL };
	struct buf out;

	buf_init(&out, &test->arena);
	diag_print(&out, &test->diags, &reader);
	return buf_str(&out);
}
