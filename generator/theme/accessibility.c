/*
 * Reads the tables of all layers into one, from the weakest on, so that a
 * stronger one replaces what it has of a row and leaves the rest. What a row
 * needs is looked for when all were read: a layer may have one key alone. The
 * numbers of WCAG 2.2 and their levels are known here, since a criterion that
 * does not exist, or one level too high, would be believed by whoever reads the
 * page.
 */
#include "theme/accessibility.h"

#include "markup/yaml.h"

const char *const accessibility_states[ACCESSIBILITY_STATE_COUNT] = {
	[ACCESSIBILITY_MET] = "满足",
	[ACCESSIBILITY_PARTIAL] = "部分满足",
	[ACCESSIBILITY_NOT_APPLICABLE] = "不适用",
};

/* The success criteria of WCAG 2.2 (W3C, 2023), in its order. */
static const struct {
	const char *number;
	const char *level;
} criteria[] = {
	{ "1.1.1", "A" },    { "1.2.1", "A" },	 { "1.2.2", "A" },
	{ "1.2.3", "A" },    { "1.2.4", "AA" },	 { "1.2.5", "AA" },
	{ "1.2.6", "AAA" },  { "1.2.7", "AAA" }, { "1.2.8", "AAA" },
	{ "1.2.9", "AAA" },  { "1.3.1", "A" },	 { "1.3.2", "A" },
	{ "1.3.3", "A" },    { "1.3.4", "AA" },	 { "1.3.5", "AA" },
	{ "1.3.6", "AAA" },  { "1.4.1", "A" },	 { "1.4.2", "A" },
	{ "1.4.3", "AA" },   { "1.4.4", "AA" },	 { "1.4.5", "AA" },
	{ "1.4.6", "AAA" },  { "1.4.7", "AAA" }, { "1.4.8", "AAA" },
	{ "1.4.9", "AAA" },  { "1.4.10", "AA" }, { "1.4.11", "AA" },
	{ "1.4.12", "AA" },  { "1.4.13", "AA" }, { "2.1.1", "A" },
	{ "2.1.2", "A" },    { "2.1.3", "AAA" }, { "2.1.4", "A" },
	{ "2.2.1", "A" },    { "2.2.2", "A" },	 { "2.2.3", "AAA" },
	{ "2.2.4", "AAA" },  { "2.2.5", "AAA" }, { "2.2.6", "AAA" },
	{ "2.3.1", "A" },    { "2.3.2", "AAA" }, { "2.3.3", "AAA" },
	{ "2.4.1", "A" },    { "2.4.2", "A" },	 { "2.4.3", "A" },
	{ "2.4.4", "A" },    { "2.4.5", "AA" },	 { "2.4.6", "AA" },
	{ "2.4.7", "AA" },   { "2.4.8", "AAA" }, { "2.4.9", "AAA" },
	{ "2.4.10", "AAA" }, { "2.4.11", "AA" }, { "2.4.12", "AAA" },
	{ "2.4.13", "AAA" }, { "2.5.1", "A" },	 { "2.5.2", "A" },
	{ "2.5.3", "A" },    { "2.5.4", "A" },	 { "2.5.5", "AAA" },
	{ "2.5.6", "AAA" },  { "2.5.7", "AA" },	 { "2.5.8", "AA" },
	{ "3.1.1", "A" },    { "3.1.2", "AA" },	 { "3.1.3", "AAA" },
	{ "3.1.4", "AAA" },  { "3.1.5", "AAA" }, { "3.1.6", "AAA" },
	{ "3.2.1", "A" },    { "3.2.2", "A" },	 { "3.2.3", "AA" },
	{ "3.2.4", "AA" },   { "3.2.5", "AAA" }, { "3.2.6", "A" },
	{ "3.3.1", "A" },    { "3.3.2", "A" },	 { "3.3.3", "AA" },
	{ "3.3.4", "AA" },   { "3.3.5", "AAA" }, { "3.3.6", "AAA" },
	{ "3.3.7", "A" },    { "3.3.8", "AA" },	 { "3.3.9", "AAA" },
	{ "4.1.2", "A" },    { "4.1.3", "AA" },
};

enum row_key {
	ROW_LEVEL,
	ROW_STATE,
	ROW_BASIS,
	ROW_NAME,
	ROW_HOW,
	ROW_KEY_COUNT
};

_Static_assert(ROW_KEY_COUNT <= 16, "sets of keys are bits of an int");

static const struct {
	const char *name;
	bool is_by_language;
} row_keys[ROW_KEY_COUNT] = {
	[ROW_LEVEL] = { "level", false }, [ROW_STATE] = { "state", false },
	[ROW_BASIS] = { "basis", true },  [ROW_NAME] = { "name", true },
	[ROW_HOW] = { "how", true },
};

enum group { GROUP_WCAG, GROUP_NATIONAL, GROUP_COUNT };

static const struct {
	const char *name;
	unsigned keys; /* bit set of enum row_key: all a row needs */
} groups[GROUP_COUNT] = {
	[GROUP_WCAG] = { "wcag", 1u << ROW_LEVEL | 1u << ROW_STATE |
					 1u << ROW_NAME | 1u << ROW_HOW },
	[GROUP_NATIONAL] = { "national", 1u << ROW_BASIS | 1u << ROW_STATE |
						 1u << ROW_NAME |
						 1u << ROW_HOW },
};

/* A row as the layers have it so far. */
struct raw_row {
	str key;
	struct span span; /* of the key, where it counts */
	const struct yaml_node *values[ROW_KEY_COUNT]; /* NULL: not written */
};

struct table {
	const struct theme *theme;
	struct arena *arena;
	struct diag_list *diags;
	struct raw_row wcag[COUNT_OF(criteria)]; /* by place in criteria */
	struct list national;			 /* struct raw_row */
};

static const char *const id = "theme-accessibility";

static void propose(struct table *table, struct diag *diag, str wanted,
		    const str *names, size_t count)
{
	str nearest = str_nearest(wanted, names, count);

	if (nearest.len > 0)
		diag_help(table->diags, diag, _("did you mean \"%.*s\"?"),
			  STR_ARG(nearest));
}

/* --- reading -------------------------------------------------------------- */

static size_t find_criterion(str number)
{
	for (size_t i = 0; i < COUNT_OF(criteria); i++)
		if (str_equal_c(number, criteria[i].number))
			return i;
	return STR_NONE;
}

/* NULL when the first group cannot have such a row. */
static struct raw_row *find_row(struct table *table, enum group group,
				const struct yaml_pair *pair)
{
	struct raw_row *rows = table->national.items;
	size_t place;

	if (group == GROUP_WCAG) {
		place = find_criterion(pair->key);
		if (place != STR_NONE)
			return &table->wcag[place];
		diag_help(table->diags,
			  diag_error(table->diags, pair->key_span, id,
				     _("WCAG 2.2 has no success criterion "
				       "\"%.*s\""),
				     STR_ARG(pair->key)),
			  "%s", _("write its number, such as 1.4.3"));
		return NULL;
	}
	for (size_t i = 0; i < table->national.count; i++)
		if (str_equal(rows[i].key, pair->key))
			return &rows[i];
	rows = list_add(&table->national, table->arena);
	*rows = (struct raw_row){ 0 };
	return rows;
}

static bool is_texts(const struct yaml_node *node)
{
	for (size_t i = 0; i < node->count; i++)
		if (node->pairs[i].value.kind != YAML_SCALAR ||
		    node->pairs[i].value.text.len == 0)
			return false;
	return node->kind == YAML_MAPPING && node->count > 0;
}

static void read_value(struct table *table, struct raw_row *row,
		       enum group group, const struct yaml_pair *pair)
{
	str names[ROW_KEY_COUNT];
	size_t count = 0;

	for (size_t i = 0; i < ROW_KEY_COUNT; i++) {
		if ((groups[group].keys >> i & 1) == 0)
			continue;
		names[count++] = str_from_c(row_keys[i].name);
		if (!str_equal_c(pair->key, row_keys[i].name))
			continue;
		if (row_keys[i].is_by_language
			    ? is_texts(&pair->value)
			    : pair->value.kind == YAML_SCALAR)
			row->values[i] = &pair->value;
		else
			diag_help(
				table->diags,
				diag_error(table->diags, pair->value.span, id,
					   _("\"%.*s\" cannot be written like "
					     "this"),
					   STR_ARG(pair->key)),
				_("write it as in %s"),
				row_keys[i].is_by_language
					? "a: {zh-CN: …, en: …}"
					: "a: text");
		return;
	}
	propose(table,
		diag_error(table->diags, pair->key_span, id,
			   _("a row has no \"%.*s\""), STR_ARG(pair->key)),
		pair->key, names, count);
}

static void read_group(struct table *table, enum group group,
		       const struct yaml_pair *rows)
{
	for (size_t i = 0; i < rows->value.count; i++) {
		const struct yaml_pair *pair = &rows->value.pairs[i];
		struct raw_row *row = find_row(table, group, pair);

		if (row == NULL)
			continue;
		row->key = pair->key;
		row->span = pair->key_span;
		if (pair->value.kind != YAML_MAPPING)
			diag_error(table->diags, pair->value.span, id,
				   _("the row \"%.*s\" needs keys of its own"),
				   STR_ARG(pair->key));
		for (size_t j = 0; j < pair->value.count; j++)
			read_value(table, row, group, &pair->value.pairs[j]);
	}
}

static void read_source(struct table *table, const struct source *source)
{
	struct yaml_node *root = arena_alloc(table->arena, sizeof(*root));
	str names[GROUP_COUNT];

	for (size_t i = 0; i < GROUP_COUNT; i++)
		names[i] = str_from_c(groups[i].name);
	if (!yaml_parse(root, source, 0, source->text.len, YAML_SETTINGS_LIMIT,
			table->arena, table->diags))
		return;
	for (size_t i = 0; i < root->count; i++) {
		const struct yaml_pair *pair = &root->pairs[i];
		size_t group = 0;

		while (group < GROUP_COUNT &&
		       !str_equal(pair->key, names[group]))
			group++;
		if (group == GROUP_COUNT)
			propose(table,
				diag_error(table->diags, pair->key_span, id,
					   _("\"%.*s\" is no group of rows"),
					   STR_ARG(pair->key)),
				pair->key, names, GROUP_COUNT);
		else if (pair->value.kind != YAML_MAPPING)
			diag_error(table->diags, pair->value.span, id,
				   _("\"%.*s\" needs rows"),
				   STR_ARG(pair->key));
		else
			read_group(table, (enum group)group, pair);
	}
}

/* --- rows ----------------------------------------------------------------- */

/* In the site's language, the theme's first one, or any. */
static str in_language(const struct theme *theme, const struct yaml_node *node)
{
	const struct yaml_node *found;

	if (node == NULL)
		return (str){ "", 0 };
	found = yaml_get(node, theme->language);
	if (found == NULL)
		found = yaml_get(node, theme->first_language);
	return found == NULL ? node->pairs[0].value.text : found->text;
}

static enum accessibility_state read_state(struct table *table,
					   const struct yaml_node *node)
{
	str names[ACCESSIBILITY_STATE_COUNT];

	for (size_t i = 0; i < ACCESSIBILITY_STATE_COUNT; i++) {
		names[i] = str_from_c(accessibility_states[i]);
		if (str_equal(node->text, names[i]))
			return (enum accessibility_state)i;
	}
	diag_help(table->diags,
		  diag_error(table->diags, node->span, id,
			     _("\"%.*s\" is no state of a row"),
			     STR_ARG(node->text)),
		  _("write %s, %s or %s"), accessibility_states[0],
		  accessibility_states[1], accessibility_states[2]);
	return ACCESSIBILITY_PARTIAL;
}

static void check_level(struct table *table, const struct raw_row *row)
{
	const struct yaml_node *node = row->values[ROW_LEVEL];
	const char *level = criteria[find_criterion(row->key)].level;

	if (!str_equal_c(node->text, level))
		diag_help(table->diags,
			  diag_error(table->diags, node->span, id,
				     _("this is not the level of criterion "
				       "%.*s"),
				     STR_ARG(row->key)),
			  _("write %s"), level);
}

static bool is_whole(struct table *table, const struct raw_row *row,
		     enum group group)
{
	bool is_whole = true;

	for (size_t i = 0; i < ROW_KEY_COUNT; i++) {
		if ((groups[group].keys >> i & 1) == 0 ||
		    row->values[i] != NULL)
			continue;
		is_whole = false;
		diag_help(table->diags,
			  diag_error(table->diags, row->span, id,
				     _("the row \"%.*s\" is not complete"),
				     STR_ARG(row->key)),
			  _("add \"%s\""), row_keys[i].name);
	}
	return is_whole;
}

static void add_row(struct list *out, struct table *table,
		    const struct raw_row *row, enum group group)
{
	const struct theme *theme = table->theme;
	struct accessibility_row *made;

	if (row->key.len == 0 || !is_whole(table, row, group))
		return;
	if (group == GROUP_WCAG)
		check_level(table, row);
	made = list_add(out, table->arena);
	*made = (struct accessibility_row){
		.number = row->key,
		.state = read_state(table, row->values[ROW_STATE]),
		.basis = in_language(theme, row->values[ROW_BASIS]),
		.name = in_language(theme, row->values[ROW_NAME]),
		.how = in_language(theme, row->values[ROW_HOW]),
	};
	if (group == GROUP_WCAG)
		made->level = row->values[ROW_LEVEL]->text;
}

bool accessibility_read(struct accessibility *out, const struct theme *theme,
			struct arena *arena, struct diag_list *diags)
{
	struct table *table = arena_alloc(arena, sizeof(*table));
	size_t errors = diags->error_count;
	const struct raw_row *rows;

	*table = (struct table){ .theme = theme,
				 .arena = arena,
				 .diags = diags };
	list_init(&table->national, sizeof(struct raw_row));
	list_init(&out->wcag, sizeof(struct accessibility_row));
	list_init(&out->national, sizeof(struct accessibility_row));
	for (size_t i = theme->accessibility_count; i > 0; i--)
		read_source(table, &theme->accessibility[i - 1]);
	for (size_t i = 0; i < COUNT_OF(criteria); i++)
		add_row(&out->wcag, table, &table->wcag[i], GROUP_WCAG);
	rows = table->national.items;
	for (size_t i = 0; i < table->national.count; i++)
		add_row(&out->national, table, &rows[i], GROUP_NATIONAL);
	return diags->error_count == errors;
}
