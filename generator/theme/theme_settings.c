#include "theme/theme_layer.h"

struct theme_reading {
	struct theme_settings *out;
	struct arena *arena;
	struct diag_list *diags;
};

static bool want(const struct theme_reading *reader,
		 const struct yaml_pair *pair, enum yaml_kind kind)
{
	static const char *const forms[] = {
		[YAML_SCALAR] = "a: text",
		[YAML_SEQUENCE] = "a: [one, two]",
		[YAML_MAPPING] = "a: {name: value}",
	};

	if (pair->value.kind == kind)
		return true;
	diag_help(reader->diags,
		  diag_error(reader->diags, pair->value.span, "theme-setting",
			     _("\"%.*s\" cannot be written like this"),
			     STR_ARG(pair->key)),
		  _("write it as in %s"), forms[kind]);
	return false;
}

static void read_name(const struct theme_reading *reader,
		      const struct yaml_pair *pair)
{
	reader->out->name = pair->value.text;
}

static void read_title(const struct theme_reading *reader,
		       const struct yaml_pair *pair)
{
	reader->out->title = pair->value.text;
}

static void read_parent(const struct theme_reading *reader,
			const struct yaml_pair *pair)
{
	reader->out->parent = pair->value.text;
	reader->out->parent_span = pair->value.span;
}

static void read_tokens(const struct theme_reading *reader,
			const struct yaml_pair *pair)
{
	reader->out->tokens = &pair->value;
}

static void read_dark(const struct theme_reading *reader,
		      const struct yaml_pair *pair)
{
	reader->out->dark = &pair->value;
}

static bool is_language(str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (!(byte_is_letter(c) || byte_is_digit(c) || c == '-'))
			return false;
	}
	return text.len > 1 && text.len <= 35;
}

static void read_languages(const struct theme_reading *reader,
			   const struct yaml_pair *pair)
{
	str *languages = arena_array(reader->arena, pair->value.count,
				     sizeof(*languages));

	for (size_t i = 0; i < pair->value.count; i++) {
		const struct yaml_node *item = &pair->value.items[i];

		if (item->kind != YAML_SCALAR || !is_language(item->text)) {
			diag_help(reader->diags,
				  diag_error(reader->diags, item->span,
					     "theme-setting",
					     _("this is not a language")),
				  _("write a language tag such as zh-CN"));
			return;
		}
		languages[i] = item->text;
	}
	reader->out->languages = languages;
	reader->out->language_count = pair->value.count;
}

static const struct {
	const char *name;
	enum yaml_kind kind;
	void (*read)(const struct theme_reading *reader,
		     const struct yaml_pair *pair);
} settings[] = {
	{ "name", YAML_SCALAR, read_name },
	{ "title", YAML_SCALAR, read_title },
	{ "parent", YAML_SCALAR, read_parent },
	{ "languages", YAML_SEQUENCE, read_languages },
	{ "tokens", YAML_MAPPING, read_tokens },
	{ "dark", YAML_MAPPING, read_dark },
};

static void report_unknown(const struct theme_reading *reader,
			   const struct yaml_pair *pair)
{
	struct diag *diag =
		diag_error(reader->diags, pair->key_span, "theme-setting",
			   _("unknown setting \"%.*s\""), STR_ARG(pair->key));
	str names[COUNT_OF(settings)];
	str nearest;

	for (size_t i = 0; i < COUNT_OF(settings); i++)
		names[i] = str_from_c(settings[i].name);
	nearest = str_nearest(pair->key, names, COUNT_OF(names));
	if (nearest.len > 0)
		diag_help(reader->diags, diag, _("did you mean \"%.*s\"?"),
			  STR_ARG(nearest));
}

static void read_pair(const struct theme_reading *reader,
		      const struct yaml_pair *pair)
{
	for (size_t i = 0; i < COUNT_OF(settings); i++) {
		if (!str_equal_c(pair->key, settings[i].name))
			continue;
		if (want(reader, pair, settings[i].kind))
			settings[i].read(reader, pair);
		return;
	}
	report_unknown(reader, pair);
}

void theme_settings_read(struct theme_settings *out,
			 const struct source *source, struct arena *arena,
			 struct diag_list *diags)
{
	struct theme_reading reader = { out, arena, diags };
	struct yaml_node *root = arena_alloc(arena, sizeof(*root));

	if (!yaml_parse(root, source, 0, source->text.len, YAML_SETTINGS_LIMIT,
			arena, diags))
		return;
	for (size_t i = 0; i < root->count; i++)
		read_pair(&reader, &root->pairs[i]);
}
