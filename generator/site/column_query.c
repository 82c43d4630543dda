/*
 * Conditions are cheap ones first. A unit's or folder's resources are a slice
 * of the catalogue, so a column looks at those and not at all; texts to
 * compare with are sorted once when the settings are read.
 */
#include "site/column_query.h"

#include <stdlib.h>

#include "base/pack.h"
#include "site/near_names.h"

struct query_settings {
	struct column_query query;
	struct text_list types;
	const struct yaml_node *exclude;
};

#define AT(member) offsetof(struct query_settings, member)

static const char *const sorts[] = { "newest", "oldest", "order", "title",
				     NULL };

static const struct setting query_rows[] = {
	{ "unit", SETTING_TEXTS, AT(query.units), NULL, NULL,
	  N_("folders below content/") },
	{ "in", SETTING_TEXTS, AT(query.folders), NULL, NULL,
	  N_("folders below content/, with all below them") },
	{ "type", SETTING_TEXTS, AT(types), NULL, NULL,
	  N_("types of resources") },
	{ "topic", SETTING_TEXTS, AT(query.topics), NULL, NULL,
	  N_("topics, with those below them") },
	{ "keyword", SETTING_TEXTS, AT(query.keywords), NULL, NULL,
	  N_("one of these keywords") },
	{ "audience", SETTING_TEXTS, AT(query.audience), NULL, NULL,
	  N_("one of these audiences") },
	{ "since", SETTING_DATE, AT(query.since), NULL, NULL,
	  N_("from this day on") },
	{ "until", SETTING_DATE, AT(query.until), NULL, NULL,
	  N_("up to the end of this day") },
	{ "limit", SETTING_NUMBER, AT(query.limit), NULL, NULL,
	  N_("at most so many") },
	{ "sort", SETTING_CHOICE, AT(query.sort), NULL, sorts,
	  N_("their order") },
	{ "exclude", SETTING_NODE, AT(exclude), NULL, NULL,
	  N_("but none that meets these conditions; a text or a list means "
	     "folders") },
};

const struct setting_table query_settings[] = {
	{ N_("select: of a column"), query_rows, COUNT_OF(query_rows) },
	{ 0 },
};

static bool add_type(struct type_set *types, str name, struct span span,
		     const struct settings_reader *reader)
{
	const struct schema *schema = reader->schema;
	const struct resource_type *type = schema_find(schema, name);
	struct diag *diag;
	str nearest;

	if (type != NULL) {
		type_set_add(types, type->number);
		return true;
	}
	if (reader->unknown_types != NULL)
		*(str *)list_add(reader->unknown_types, reader->arena) = name;
	nearest = str_nearest(name, schema_names(schema, reader->arena),
			      schema->type_count);
	diag = diag_error(reader->diags, span, "query-type",
			  _("there is no resource type “%.*s”"), STR_ARG(name));
	if (nearest.len > 0)
		diag_help(reader->diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(nearest));
	else
		diag_help(reader->diags, diag,
			  _("`jiyue help fields` lists the types"));
	return false;
}

/* Nothing in a list of conditions would hold for everything. */
static bool check_lists(const struct yaml_node *node,
			const struct settings_reader *reader)
{
	bool ok = true;

	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_pair *pair = &node->pairs[i];
		struct diag *diag;

		if (pair->value.kind != YAML_SEQUENCE || pair->value.count > 0)
			continue;
		diag = diag_error(reader->diags, pair->value.span,
				  "setting-value",
				  _("“%.*s” has a value of the wrong kind"),
				  STR_ARG(pair->key));
		diag_help(reader->diags, diag,
			  _("write one text, or a list: [a, b]"));
		ok = false;
	}
	return ok;
}

/* --- folders --- */

static bool refuse_folder(str folder, struct span span,
			  const struct settings_reader *reader)
{
	struct diag *diag = diag_error(
		reader->diags, span, "setting-value",
		_("“%.*s” has a value of the wrong kind"), STR_ARG(folder));
	str right = str_trim(folder);

	if (str_starts_with(right, STR("./")))
		right = str_from(right, 2);
	while (str_starts_with(right, STR("/")))
		right = str_from(right, 1);
	if (str_starts_with(right, STR("content/")))
		right = str_from(right, STR("content/").len);
	while (str_ends_with(right, STR("/")))
		right.len--;
	if (right.len > 0 && str_find(right, STR("..")) == STR_NONE &&
	    str_find(right, STR("//")) == STR_NONE)
		diag_help(reader->diags, diag,
			  _("write the folder below content/: %.*s"),
			  STR_ARG(right));
	else
		diag_help(reader->diags, diag,
			  _("write the folder below content/: %.*s"),
			  STR_ARG(STR("jyj/gzdt")));
	return false;
}

static bool is_folder(str folder)
{
	str part;

	if (folder.len == 0 || str_starts_with(folder, STR("content/")) ||
	    str_ends_with(folder, STR("/")))
		return false;
	while (str_split_next(&folder, '/', &part))
		if (part.len == 0 || part.data[0] == '.')
			return false;
	return true;
}

static bool check_folders(const struct text_list *folders,
			  const struct yaml_node *value,
			  const struct settings_reader *reader)
{
	bool ok = true;

	for (size_t i = 0; i < folders->count; i++) {
		struct span span = value->kind == YAML_SEQUENCE
					   ? value->items[i].span
					   : value->span;

		if (!is_folder(folders->items[i]))
			ok = refuse_folder(folders->items[i], span, reader);
	}
	return ok;
}

/* Only what these units have is looked at. */
static struct text_list units_of(const struct text_list *folders,
				 struct arena *arena)
{
	str *units = arena_array(arena, folders->count, sizeof(*units));

	for (size_t i = 0; i < folders->count; i++) {
		str rest = folders->items[i];

		(void)str_split_next(&rest, '/', &units[i]);
	}
	return (struct text_list){ units, folders->count };
}

/* What leaves out has neither a number nor an order. */
static bool check_excluded(const struct yaml_node *node,
			   const struct settings_reader *reader)
{
	static const char *const keys[] = { "limit", "sort" };
	bool ok = true;

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		const struct yaml_node *value =
			yaml_get(node, str_from_c(keys[i]));
		struct diag *diag;

		if (value == NULL)
			continue;
		ok = false;
		diag = diag_error(reader->diags, value->span, "select-exclude",
				  _("“%s” has no meaning inside “exclude”"),
				  keys[i]);
		diag_help(reader->diags, diag,
			  _("everything that meets the conditions is left out; "
			    "write it beside “exclude”, or remove it"));
	}
	return ok;
}

/* --- lists, for being looked up in --- */

/* Sorted, and each once: every resource of a unit is looked up in them. */
static void settle_list(struct text_list *list, struct arena *arena)
{
	str *items = arena_array(arena, list->count, sizeof(*items));
	size_t count = 0;

	if (list->count == 0)
		return;
	memcpy(items, list->items, list->count * sizeof(*items));
	qsort(items, list->count, sizeof(*items), str_compare_items);
	for (size_t i = 0; i < list->count; i++)
		if (count == 0 || !str_equal(items[count - 1], items[i]))
			items[count++] = items[i];
	*list = (struct text_list){ items, count };
}

static void settle(struct column_query *query, struct arena *arena)
{
	settle_list(&query->units, arena);
	settle_list(&query->folders, arena);
	settle_list(&query->topics, arena);
	settle_list(&query->keywords, arena);
	settle_list(&query->audience, arena);
}

static bool has_text(const struct text_list *list, str text)
{
	return list->count > 0 &&
	       bsearch(&text, list->items, list->count, sizeof(text),
		       str_compare_items) != NULL;
}

static bool read_query(struct column_query *out, const struct yaml_node *node,
		       enum near_names_use use,
		       const struct settings_reader *reader);

/* Conditions, or folders alone: exclude: jyj/gzdt/old */
static bool read_exclude(struct column_query *out, const struct yaml_node *node,
			 const struct settings_reader *reader)
{
	static const struct setting row = {
		"in", SETTING_TEXTS, offsetof(struct column_query, folders),
		NULL, NULL,	     NULL
	};
	const struct yaml_pair pair = { .key = STR("in"), .value = *node };
	const struct yaml_node folders = { .kind = YAML_MAPPING,
					   .span = node->span,
					   .count = 1,
					   .pairs = &pair };
	struct column_query *query = arena_alloc(reader->arena, sizeof(*query));
	bool ok;

	if (node->kind == YAML_MAPPING)
		ok = read_query(query, node, NEAR_NAMES_EXCLUDED, reader) &&
		     check_excluded(node, reader);
	else
		ok = settings_read(query, &folders, &row, 1, reader) &&
		     check_folders(&query->folders, node, reader);
	if (ok && node->kind != YAML_MAPPING)
		near_names_check_folders(&query->folders, node,
					 NEAR_NAMES_EXCLUDED, reader);
	settle(query, reader->arena);
	out->exclude = query;
	return ok;
}

static bool read_query(struct column_query *out, const struct yaml_node *node,
		       enum near_names_use use,
		       const struct settings_reader *reader)
{
	struct query_settings settings = { 0 };
	bool ok = settings_read(&settings, node, query_rows,
				COUNT_OF(query_rows), reader);

	ok = ok && check_lists(node, reader);
	if (ok && settings.query.folders.count > 0)
		ok = check_folders(&settings.query.folders,
				   yaml_get(node, STR("in")), reader);
	if (ok && settings.query.folders.count > 0 &&
	    settings.query.units.count == 0)
		settings.query.units =
			units_of(&settings.query.folders, reader->arena);
	if (ok && settings.query.folders.count > 0)
		near_names_check_folders(&settings.query.folders,
					 yaml_get(node, STR("in")), use,
					 reader);
	else if (ok && settings.query.units.count > 0)
		near_names_check_folders(&settings.query.units,
					 yaml_get(node, STR("unit")),
					 NEAR_NAMES_SELECTED_UNITS, reader);
	if (settings.exclude != NULL)
		ok &= read_exclude(&settings.query, settings.exclude, reader);
	settings.query.span = node->span;
	for (size_t i = 0; i < settings.types.count; i++) {
		const struct yaml_node *value = yaml_get(node, STR("type"));
		struct span span = value->kind == YAML_SEQUENCE
					   ? value->items[i].span
					   : value->span;

		ok &= add_type(&settings.query.types, settings.types.items[i],
			       span, reader);
	}
	settle(&settings.query, reader->arena);
	*out = settings.query;
	return ok;
}

bool column_query_read(struct column_query *out, const struct yaml_node *node,
		       const struct settings_reader *reader)
{
	return read_query(out, node, NEAR_NAMES_SELECTED, reader);
}

static bool shares_text(const struct text_list *wanted, str packed)
{
	str text;

	while (unpack_text(&text, &packed))
		if (has_text(wanted, text))
			return true;
	return false;
}

/* Is the text, or what stands before one of its borders, in the list? */
static bool has_prefix(const struct text_list *wanted, str text, char border)
{
	size_t at = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] != border)
			continue;
		if (has_text(wanted, str_between(text, 0, i)))
			return true;
		if (++at == QUERY_BORDER_LIMIT)
			break;
	}
	return has_text(wanted, text);
}

struct candidate candidate_of(const struct resource *resource)
{
	return (struct candidate){ .date = resource->date.seconds,
				   .path = resource->path,
				   .topic = resource->topic,
				   .keywords = resource->keywords,
				   .audience = resource->audience,
				   .type = resource->type };
}

/* The folder of a file, or one above it. */
static bool is_below_one(const struct text_list *folders, str path)
{
	str rest = str_from(path, STR("content/").len);
	size_t slash = str_find_last_byte(rest, '/');

	return slash != STR_NONE &&
	       has_prefix(folders, str_between(rest, 0, slash), '/');
}

static bool is_excluded(const struct column_query *exclude,
			const struct candidate *candidate)
{
	return (exclude->units.count == 0 ||
		is_below_one(&exclude->units, candidate->path)) &&
	       column_query_matches(exclude, candidate);
}

bool column_query_matches(const struct column_query *query,
			  const struct candidate *candidate)
{

	if (!type_set_is_empty(&query->types) &&
	    !type_set_has(&query->types, candidate->type))
		return false;
	if (query->since.is_set && candidate->date < query->since.seconds)
		return false;
	if (query->until.is_set &&
	    candidate->date >= query->until.seconds + SECONDS_A_DAY)
		return false;
	if (query->folders.count > 0 &&
	    !is_below_one(&query->folders, candidate->path))
		return false;
	if (query->exclude != NULL && is_excluded(query->exclude, candidate))
		return false;
	if (query->topics.count > 0 &&
	    /* “综合政务” holds for “综合政务\政务公开” too */
	    !has_prefix(&query->topics, candidate->topic, '\\'))
		return false;
	if (query->keywords.count > 0 &&
	    !shares_text(&query->keywords, candidate->keywords))
		return false;
	return query->audience.count == 0 ||
	       shares_text(&query->audience, candidate->audience);
}

static int newest_first(const struct resource *a, const struct resource *b)
{
	int order = moment_compare(b->date, a->date);

	return order != 0 ? order : str_compare(a->path, b->path);
}

/* No weight stands behind any weight. */
static int by_weight(const struct resource *a, const struct resource *b)
{
	uint32_t left = a->weight == 0 ? UINT32_MAX : a->weight;
	uint32_t right = b->weight == 0 ? UINT32_MAX : b->weight;

	return (left > right) - (left < right);
}

int column_query_compare(const struct column_query *query,
			 const struct resource *a, const struct resource *b)
{
	int order = 0;

	switch ((enum query_sort)query->sort) {
	case SORT_OLDEST:
		order = moment_compare(a->date, b->date);
		break;
	case SORT_ORDER:
		order = by_weight(a, b);
		break;
	case SORT_TITLE:
		order = str_compare(a->title, b->title);
		break;
	case SORT_NEWEST:
		break;
	}
	return order != 0 ? order : newest_first(a, b);
}

int column_sort_compare(const void *left, const void *right, void *sort)
{
	const struct column_sort *by = sort;
	struct resource a, b;

	catalog_get(&a, by->catalog, *(const uint32_t *)left);
	catalog_get(&b, by->catalog, *(const uint32_t *)right);
	return column_query_compare(by->query, &a, &b);
}
