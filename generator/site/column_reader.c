/*
 * The tree is flattened while it is read: parents before children, each with
 * the end of its subtree, so that whoever walks it needs no recursion. Parents
 * and children are connected when the array no longer moves.
 */
#include "site/column_reader.h"

#include "base/map.h"
#include "base/unicode.h"
#include "library/schema.h"

struct column_settings {
	struct column column;
	const struct yaml_node *editors;
	const struct yaml_node *select;
	const struct yaml_node *children;
};

struct editor_settings {
	str a;
	str b;
};

#define AT(member) offsetof(struct column_settings, member)

static const char *const shows[] = { "link", "copy", NULL };
static const char *const classes[CLASS_COUNT + 1] = {
	"news",	     "notice",	       "policy",  "interpretation",
	"message",   "service_stats",  "consult", "survey",
	"interview", "personnel_plan", "static",  "statistic",
	"annual",    "knowledge",      "topic",	  "reprint",
	"service",   "other",	       NULL
};

static const struct setting column_rows[] = {
	{ "id", SETTING_ID, AT(column.id), "tzgg", NULL,
	  N_("its part of the address") },
	{ "name", SETTING_TEXT, AT(column.name), "通知公告", NULL,
	  N_("at most twelve characters") },
	{ "class", SETTING_CHOICE, AT(column.class_number), "notice", classes,
	  N_("what kind of column, which gives its update cycle") },
	{ "description", SETTING_TEXT, AT(column.description),
	  "全市教育系统的通知和公告", NULL,
	  N_("what stands in it, for readers and search engines") },
	{ "keywords", SETTING_TEXTS, AT(column.keywords), "[教育, 通知]", NULL,
	  N_("for search engines") },
	{ "owner_unit", SETTING_TEXT, AT(column.owner_unit), "办公室", NULL,
	  N_("the office that keeps it") },
	{ "editors", SETTING_NODE, AT(editors), "{a: 编辑一岗, b: 编辑二岗}",
	  NULL, N_("two posts, a and b") },
	{ "select", SETTING_NODE, AT(select), NULL, NULL,
	  N_("what it takes from the library") },
	{ "columns", SETTING_NODE, AT(children), NULL, NULL,
	  N_("the columns below it") },
	{ "show", SETTING_CHOICE, AT(column.show), NULL, shows,
	  N_("entries lead to the one address, or have a copy here") },
	{ "layout", SETTING_LAYOUT, AT(column.layout), NULL, NULL,
	  N_("how its list looks, when not as the types that it selects "
	     "ask") },
	{ "archived_on", SETTING_DATE, AT(column.archived_on), NULL, NULL,
	  N_("from this day on it has the stamp") },
	{ "replaced_by", SETTING_REFERENCE, AT(column.replaced_by), NULL, NULL,
	  N_("address or id of what took its place") },
	{ "facets", SETTING_TRUTH, AT(column.has_facets), NULL, NULL,
	  N_("a page of its entries by organ, year, topic and state") },
	{ "statistics", SETTING_TRUTH, AT(column.has_statistics), NULL, NULL,
	  N_("a page of what its messages came to, by month and unit") },
	{ "update_cycle", SETTING_DAYS, AT(column.update_days), NULL, NULL,
	  N_("days, months or years between updates") },
};

static const struct setting editor_rows[] = {
	{ "a", SETTING_TEXT, offsetof(struct editor_settings, a), "编辑一岗",
	  NULL, N_("who writes") },
	{ "b", SETTING_TEXT, offsetof(struct editor_settings, b), "编辑二岗",
	  NULL, N_("who stands in") },
};

const struct setting_table column_settings[] = {
	{ N_("an entry of columns:"), column_rows, COUNT_OF(column_rows) },
	{ N_("editors: of a column"), editor_rows, COUNT_OF(editor_rows) },
	{ 0 },
};

struct tree_reader {
	const struct settings_reader *settings;
	struct list columns; /* struct column */
	struct list parents; /* size_t: number + 1, 0 at the top */
	struct map paths;    /* every column's path */
	bool is_told;	     /* that there are too many */
};

static bool read_tree(struct tree_reader *tree, const struct yaml_node *node,
		      size_t parent, size_t depth);

static void check_name(const struct tree_reader *tree,
		       const struct yaml_node *node, str name)
{
	const struct yaml_node *value = yaml_get(node, STR("name"));

	/* rules.md R-COL-18: short and clear */
	if (unicode_count(name) > 12)
		diag_help(tree->settings->diags,
			  diag_warning(tree->settings->diags, value->span,
				       "column-name-long",
				       _("a column name has at most 12 "
					 "characters")),
			  _("it has %zu; say the rest in “description”"),
			  unicode_count(name));
}

/* Names that the site's own pages take at the top of the address space. */
static bool is_reserved(str path)
{
	static const char *const reserved[] = { "assets",  "sitemap", "search",
						"archive", "404",     "410" };

	for (size_t i = 0; i < COUNT_OF(reserved); i++)
		if (str_equal_c(path, reserved[i]))
			return true;
	return false;
}

static bool check_path(struct tree_reader *tree, const struct column *column)
{
	struct diag_list *diags = tree->settings->diags;
	struct diag *diag;

	if (is_reserved(column->path)) {
		diag = diag_error(diags, column->span, "column-reserved",
				  _("“%.*s” is an address of the site itself"),
				  STR_ARG(column->path));
		diag_help(diags, diag, _("choose another id"));
		return false;
	}
	if (map_add(&tree->paths, column->path, tree))
		return true;
	diag = diag_error(diags, column->span, "column-twice",
			  _("two columns have the address “/%.*s/”"),
			  STR_ARG(column->path));
	diag_help(diags, diag, _("give one of them another id"));
	return false;
}

static bool read_parts(struct column_settings *settings,
		       const struct tree_reader *tree)
{
	const struct settings_reader *reader = tree->settings;
	struct editor_settings editors = { 0 };
	bool ok = settings_read(&editors, settings->editors, editor_rows,
				COUNT_OF(editor_rows), reader);

	settings->column.editor_a = editors.a;
	settings->column.editor_b = editors.b;
	if (settings->select != NULL) {
		settings->column.has_query = true;
		ok &= column_query_read(&settings->column.query,
					settings->select, reader);
	}
	return ok;
}

static const struct column *at(const struct tree_reader *tree, size_t number)
{
	return &((const struct column *)tree->columns.items)[number];
}

static void place(struct column *column, const struct tree_reader *tree,
		  const struct yaml_node *node, size_t parent, size_t depth)
{
	const struct yaml_node *replaced = yaml_get(node, STR("replaced_by"));

	column->span = yaml_get(node, STR("id"))->span;
	if (replaced != NULL)
		column->replaced_by_span = replaced->span;
	column->depth = depth;
	column->number = (uint32_t)tree->columns.count;
	column->path = column->id;
	if (parent > 0)
		column->path = arena_printf(tree->settings->arena, "%.*s/%.*s",
					    STR_ARG(at(tree, parent - 1)->path),
					    STR_ARG(column->id));
	if (column->update_days == 0)
		column->update_days =
			column_classes[column->class_number].update_days;
}

/* What all types of the query ask for; NULL: they differ, or ask nothing. */
static const char *layout_of_types(const struct type_set *set,
				   const struct schema *schema)
{
	const char *found = NULL;

	for (size_t i = 0; schema != NULL && i < schema->type_count; i++) {
		const char *layout = schema->types[i].layout;

		if (!type_set_has(set, (uint32_t)i))
			continue;
		if (layout == NULL ||
		    (found != NULL && strcmp(found, layout) != 0))
			return NULL;
		found = layout;
	}
	return found;
}

static void set_layout(struct column *column, const struct tree_reader *tree)
{
	const struct settings_reader *reader = tree->settings;

	if (column->layout == NULL)
		column->layout =
			layout_of_types(&column->query.types, reader->schema);
	if (column->layout == NULL)
		column->layout = LAYOUT_LIST;
	column->template_name =
		strcmp(column->layout, LAYOUT_LIST) == 0
			? "column"
			: arena_printf(reader->arena, "column-%s",
				       column->layout)
				  .data;
}

static bool read_column(struct tree_reader *tree, const struct yaml_node *node,
			size_t parent, size_t depth)
{
	struct column_settings settings = { 0 };
	struct arena *arena = tree->settings->arena;
	size_t number;

	if (!settings_read(&settings, node, column_rows, COUNT_OF(column_rows),
			   tree->settings) ||
	    !read_parts(&settings, tree))
		return false;
	place(&settings.column, tree, node, parent, depth);
	set_layout(&settings.column, tree);
	check_name(tree, node, settings.column.name);
	if (!check_path(tree, &settings.column))
		return false;
	if (settings.select == NULL && settings.children == NULL) {
		diag_help(tree->settings->diags,
			  diag_error(tree->settings->diags,
				     settings.column.span, "column-empty",
				     _("a column selects resources (select:) "
				       "or has columns below it "
				       "(columns:)")),
			  _("for example: select: {unit: jyj, type: "
			    "notice}"));
		return false;
	}
	number = tree->columns.count;
	*(struct column *)list_add(&tree->columns, arena) = settings.column;
	*(size_t *)list_add(&tree->parents, arena) = parent;
	if (settings.children != NULL &&
	    !read_tree(tree, settings.children, number + 1, depth + 1))
		return false;
	return true;
}

static bool refuse_many(struct tree_reader *tree, const struct yaml_node *node)
{
	struct diag_list *diags = tree->settings->diags;

	if (tree->is_told)
		return false;
	tree->is_told = true;
	diag_help(diags,
		  diag_error(diags, node->span, "column-many",
			     _("a site has at most %d columns"), COLUMN_LIMIT),
		  _("let columns select more, or make a site of a part"));
	return false;
}

static bool read_tree(struct tree_reader *tree, const struct yaml_node *node,
		      size_t parent, size_t depth)
{
	struct diag_list *diags = tree->settings->diags;
	bool ok = true;

	if (depth == COLUMN_DEPTH_LIMIT) {
		diag_help(diags,
			  diag_error(diags, node->span, "column-deep",
				     _("columns are nested at most %d deep"),
				     COLUMN_DEPTH_LIMIT),
			  _("let a column further up take its place"));
		return false;
	}
	if (node->kind != YAML_SEQUENCE) {
		diag_help(diags,
			  diag_error(diags, node->span, "column-list",
				     _("“columns” is a list: begin each with "
				       "“- id:”")),
			  _("for example: %s"), "- id: tzgg");
		return false;
	}
	for (size_t i = 0; i < node->count; i++) {
		if (tree->columns.count >= COLUMN_LIMIT)
			return refuse_many(tree, &node->items[i]);
		ok &= read_column(tree, &node->items[i], parent, depth);
	}
	return ok;
}

/* Parents, children and the ends of subtrees, once the array is complete. */
static void connect(struct column_tree *out, const struct tree_reader *tree)
{
	const size_t *parents = tree->parents.items;

	for (size_t i = 0; i < out->count; i++)
		out->columns[i].subtree_end = (uint32_t)i + 1;
	for (size_t i = out->count; i-- > 0;) {
		struct column *parent;

		if (parents[i] == 0)
			continue;
		parent = &out->columns[parents[i] - 1];
		out->columns[i].parent = parent;
		parent->child_count++;
		if (parent->subtree_end < out->columns[i].subtree_end)
			parent->subtree_end = out->columns[i].subtree_end;
	}
}

bool column_tree_read(struct column_tree *out, const struct yaml_node *node,
		      const struct settings_reader *reader)
{
	struct tree_reader tree = { .settings = reader };
	bool ok;

	list_init(&tree.columns, sizeof(struct column));
	list_init(&tree.parents, sizeof(size_t));
	map_init(&tree.paths, reader->arena);
	ok = read_tree(&tree, node, 0, 0);
	out->columns = tree.columns.items;
	out->count = tree.columns.count;
	connect(out, &tree);
	return ok;
}
