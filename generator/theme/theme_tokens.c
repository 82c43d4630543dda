/*
 * Design tokens: names and values of theme.yaml, as custom properties of CSS.
 * They are the only text of a theme that becomes CSS without having been
 * written as CSS, so their values are held to a narrow form.
 */
#include "theme/theme_layer.h"

#include <stdlib.h>

enum { TOKENS_COMPARED = 500 }; /* names that a slip is compared with */

/* Names that weaker layers have: all of them, and those to be proposed. */
struct known_tokens {
	struct map all;
	str names[TOKENS_COMPARED];
	size_t count; /* of names */
};

static bool is_token_name(str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.data[i];

		if (!((c >= 'a' && c <= 'z') ||
		      (i > 0 && ((c >= '0' && c <= '9') || c == '-'))))
			return false;
	}
	return name.len > 0 && name.len <= 64;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

static bool is_colour(str value)
{
	for (size_t i = 1; i < value.len; i++)
		if (!is_hex(value.data[i]))
			return false;
	return value.len == 4 || value.len == 5 || value.len == 7 ||
	       value.len == 9;
}

/* What numbers, lengths and font lists are made of. */
static bool is_plain_byte(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c >= 0x80 || c == ' ' || c == '.' ||
	       c == ',' || c == '%' || c == '-' || c == '+' || c == '_' ||
	       c == '"' || c == '\'';
}

static bool is_token_value(str value)
{
	char quote = '\0';

	if (value.len == 0 || value.len > 400)
		return false;
	if (value.data[0] == '#')
		return is_colour(value);
	for (size_t i = 0; i < value.len; i++) {
		char c = value.data[i];

		if (!is_plain_byte((unsigned char)c))
			return false;
		if (c == quote)
			quote = '\0';
		else if (quote == '\0' && (c == '"' || c == '\''))
			quote = c;
	}
	return quote == '\0';
}

static bool check_token(struct diag_list *diags, const struct yaml_pair *pair)
{
	if (!is_token_name(pair->key)) {
		diag_help(diags,
			  diag_error(diags, pair->key_span, "theme-token",
				     _("\"%.*s\" is not the name of a token"),
				     STR_ARG(pair->key)),
			  _("use small letters, digits and -, as in "
			    "color-link"));
		return false;
	}
	if (pair->value.kind == YAML_SCALAR && is_token_value(pair->value.text))
		return true;
	diag_help(diags,
		  diag_error(diags, pair->value.span, "theme-token",
			     _("this is not the value of a token")),
		  _("a token is a color \"#1a5fb4\", a length such as 1.5rem, "
		    "a number or a list of fonts"));
	return false;
}

/* Of `dark`, the tokens of its own layer are known, too. */
static void find_known(struct known_tokens *out,
		       const struct theme_loader *loader, size_t from)
{
	out->count = 0;
	map_init(&out->all, loader->arena);
	for (; from < loader->layer_count; from++) {
		const struct yaml_node *tokens =
			loader->layers[from].settings.tokens;

		for (size_t i = 0; tokens != NULL && i < tokens->count; i++) {
			map_set(&out->all, tokens->pairs[i].key, out);
			if (out->count < TOKENS_COMPARED)
				out->names[out->count++] = tokens->pairs[i].key;
		}
	}
}

/* A theme may have tokens of its own; one that nearly is another is a slip. */
static void check_names(const struct theme_loader *loader,
			const struct yaml_node *group, size_t from)
{
	struct known_tokens known;

	find_known(&known, loader, from);
	for (size_t i = 0; group != NULL && i < group->count; i++) {
		str key = group->pairs[i].key;
		str nearest =
			map_has(&known.all, key)
				? STR("")
				: str_nearest(key, known.names, known.count);

		if (nearest.len > 0)
			diag_help(loader->diags,
				  diag_warning(loader->diags,
					       group->pairs[i].key_span,
					       "theme-token-near",
					       _("no theme below has the token "
						 "“%.*s”"),
					       STR_ARG(key)),
				  _("did you mean “%.*s”?"), STR_ARG(nearest));
	}
}

static void merge(struct map *tokens, const struct yaml_node *group,
		  struct diag_list *diags)
{
	if (group == NULL)
		return;
	for (size_t i = 0; i < group->count; i++)
		if (check_token(diags, &group->pairs[i]))
			map_add(tokens, group->pairs[i].key,
				(void *)&group->pairs[i].value);
}

static int compare_keys(const void *left, const void *right)
{
	const struct map_entry *a = left;
	const struct map_entry *b = right;

	return str_compare(a->key, b->key);
}

/* By name, so that the order of layers does not show. */
static struct map_entry *sorted(const struct map *tokens, struct arena *arena)
{
	struct map_entry *entries =
		arena_array(arena, tokens->count, sizeof(*entries));

	for (size_t i = 0; i < tokens->count; i++)
		entries[i] = tokens->entries[i];
	if (tokens->count > 0)
		qsort(entries, tokens->count, sizeof(*entries), compare_keys);
	return entries;
}

static str value_of(const struct map_entry *entry)
{
	return ((const struct yaml_node *)entry->value)->text;
}

static void add_rule(struct buf *css, const char *selector,
		     const struct map_entry *entries, size_t count)
{
	buf_printf(css, "%s{", selector);
	for (size_t i = 0; i < count; i++)
		buf_printf(css, "--%.*s:%.*s;", STR_ARG(entries[i].key),
			   STR_ARG(value_of(&entries[i])));
	buf_add_c(css, "}\n");
}

/* The reader's choice in the page wins over that of the system. */
static void add_dark_rules(struct buf *css, const struct map_entry *entries,
			   size_t count)
{
	if (count == 0)
		return;
	buf_add_c(css, "@media (prefers-color-scheme:dark){\n");
	add_rule(css, ":root:not([data-scheme=\"light\"])", entries, count);
	buf_add_c(css, "}\n");
	add_rule(css, ":root[data-scheme=\"dark\"]", entries, count);
}

const struct object *theme_make_tokens(struct theme_loader *loader, str *css)
{
	struct arena *arena = loader->arena;
	const struct map_entry *entries;
	struct list fields;
	struct list values;
	struct map tokens;
	struct map dark;
	struct buf out;

	map_init(&tokens, arena);
	map_init(&dark, arena);
	for (size_t i = 0; i < loader->layer_count; i++) {
		const struct theme_settings *settings =
			&loader->layers[i].settings;

		check_names(loader, settings->tokens, i + 1);
		check_names(loader, settings->dark, i);
		merge(&tokens, settings->tokens, loader->diags);
		merge(&dark, settings->dark, loader->diags);
	}
	theme_check_contrast(loader);
	buf_init(&out, arena);
	entries = sorted(&tokens, arena);
	add_rule(&out, ":root", entries, tokens.count);
	add_dark_rules(&out, sorted(&dark, arena), dark.count);
	*css = buf_str(&out);
	list_init(&fields, sizeof(struct shape_field));
	list_init(&values, sizeof(struct value));
	for (size_t i = 0; i < tokens.count; i++)
		theme_add_field(&fields, &values,
				theme_field_name(entries[i].key, arena),
				value_text(value_of(&entries[i])), arena);
	return theme_make_object("tokens", &fields, &values, arena);
}
