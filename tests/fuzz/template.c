/* Templates of one theme, strict: parsed, linked, checked and shown. */
#include "tests/fuzz/support/input.h"
#include "theme/template.h"

static const struct template_budget budget = {
	.steps = 20000,
	.steps_a_byte = 1,
	.depth = 64,
	.bytes = (size_t)1 << 20,
};

extern const struct shape menu_shape;

static const struct shape_field menu_fields[] = {
	{ "title", VALUE_TEXT, NULL, "" },
	{ "body", VALUE_HTML, NULL, "" },
	{ "url", VALUE_URL, NULL, "" },
	{ "count", VALUE_NUMBER, NULL, "" },
	{ "is_new", VALUE_TRUTH, NULL, "" },
	{ "date", VALUE_MOMENT, NULL, "" },
	{ "words", VALUE_LIST, NULL, "" },
	{ "items", VALUE_LIST, &menu_shape, "" },
	{ "first", VALUE_OBJECT, &menu_shape, "" },
};

const struct shape menu_shape = { "menu", menu_fields, COUNT_OF(menu_fields),
				  false,  0,	       0 };

static const struct value no_values[COUNT_OF(menu_fields)];
static const struct object nothing = { &menu_shape, no_values };

static struct value text_of(const char *text)
{
	return value_text(str_from_c(text));
}

static const struct object *menu_of(struct arena *arena,
				    const struct object *inner)
{
	struct value *words = arena_array(arena, 3, sizeof(*words));
	struct value *items = arena_array(arena, 2, sizeof(*items));
	struct value *values =
		arena_array(arena, COUNT_OF(menu_fields), sizeof(*values));
	struct object *object = arena_alloc(arena, sizeof(*object));

	words[0] = text_of("教育");
	words[1] = text_of("<b>&\"'");
	words[2] = text_of("");
	items[0] = value_object(inner);
	items[1] = value_object(&nothing);
	values[0] = text_of("标题 \"<&>'");
	values[1] = value_html(STR("<p>正文</p>"));
	values[2] = value_url(STR("javascript:alert(1)"));
	values[3] = value_number(-3);
	values[4] = value_truth(true);
	values[5] = value_moment((struct moment){ 0 });
	values[6] = value_list(words, 3);
	values[7] = value_list(items, 2);
	values[8] = value_object(inner);
	*object = (struct object){ &menu_shape, values };
	return object;
}

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	const struct source *sources = context;

	(void)arena;
	*out = sources[number];
	return number < FUZZ_PARTS;
}

static void try(struct template_set *set, str name, const struct object *data,
		struct diag_list *diags)
{
	struct buf out;

	if (!template_check(set, name, data->shape, diags))
		return;
	buf_init(&out, diags->arena);
	if (template_render(&out, set, name, data, &budget, diags))
		fuzz_require(fuzz_is_text(buf_str(&out)), "pages are text");
	(void)template_digest(set, name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[FUZZ_PARTS] = { "page", "part", "layout",
						       "feed.xml" };
	struct fuzz_input input = fuzz_split(data, size);
	struct source sources[FUZZ_PARTS] = { 0 };
	struct source_reader reader = { .context = sources,
					.read = read_source };
	struct arena arena;
	struct diag_list diags;
	struct template_set *set;
	const struct object *menu;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	set = template_set_new(TEMPLATE_STRICT, &arena);
	menu = menu_of(&arena, menu_of(&arena, &nothing));
	for (uint32_t i = 0; i < input.count; i++) {
		sources[i] = (struct source){ i, str_from_c(names[i]),
					      input.parts[i] };
		if (fuzz_is_text(sources[i].text))
			template_add(set, sources[i].path, &sources[i], &diags);
	}
	if (template_set_freeze(set, &diags))
		for (size_t i = 0; i < input.count; i++)
			if (template_has(set, sources[i].path))
				try(set, sources[i].path, menu, &diags);
	fuzz_print(&diags, &reader);
	arena_release(&arena);
	return 0;
}
