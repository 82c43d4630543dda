/*
 * A mistake costs its file, as in the other files of sites/rules/. Items are
 * read before checks, which name them.
 */
#include "audit/score_book.h"

#include "audit/word_book.h"

struct score_nodes {
	const struct yaml_node *items;
	const struct yaml_node *checks;
};

#define IN(member) offsetof(struct score_nodes, member)

static const struct setting root_rows[] = {
	{ "items", SETTING_NODE, IN(items), NULL, NULL,
	  N_("parts of the table, each “name: {points: \"25\"}”") },
	{ "checks", SETTING_NODE, IN(checks), NULL, NULL,
	  N_("checks of the catalogue, each “R-COL-10: {effect: deduction, "
	     "item: name, points: \"5\"}”") },
};

#undef IN

static const char *const effects[] = { "veto", "deduction", "nothing", "bonus",
				       NULL };

struct score_settings_row {
	int effect;
	str item;
	str points;
	uint32_t at_least;
	int mark;
	str source;
};

#define IN(member) offsetof(struct score_settings_row, member)

static const struct setting item_rows[] = {
	{ "points", SETTING_TEXT, IN(points), "\"25\"", NULL,
	  N_("what is taken off at most") },
	{ "mark", SETTING_CHOICE, IN(mark), NULL, rule_marks,
	  N_("C confirmed, L local practice, U unconfirmed, P product") },
	{ "source", SETTING_TEXT, IN(source), NULL, NULL,
	  N_("where it stands") },
};

static const struct setting check_rows[] = {
	{ "effect", SETTING_CHOICE, IN(effect), "deduction", effects,
	  N_("what a finding does") },
	{ "item", SETTING_TEXT, IN(item), NULL, NULL,
	  N_("of a deduction or bonus: the part of the table") },
	{ "points", SETTING_TEXT, IN(points), NULL, NULL,
	  N_("of a deduction: what each finding takes off; of a bonus: what "
	     "it adds, left out when nobody has compared it") },
	{ "at_least", SETTING_NUMBER, IN(at_least), NULL, NULL,
	  N_("of a bonus: how many earn it") },
	{ "mark", SETTING_CHOICE, IN(mark), NULL, rule_marks,
	  N_("C confirmed, L local practice, U unconfirmed, P product") },
	{ "source", SETTING_TEXT, IN(source), NULL, NULL,
	  N_("where it stands") },
};

#undef IN

const struct setting_table score_settings[] = {
	{ N_("sites/rules/scores.yaml: how an inspection counts findings"),
	  root_rows, COUNT_OF(root_rows) },
	{ N_("of items"), item_rows, COUNT_OF(item_rows) },
	{ N_("of checks"), check_rows, COUNT_OF(check_rows) },
	{ 0 },
};

void score_book_init(struct score_book *book)
{
	list_init(&book->items, sizeof(struct score_item));
	list_init(&book->checks, sizeof(struct score_check));
}

/* "2", "0.1" as 20, 1. */
static bool parse_points(uint32_t *out, str text)
{
	enum { MOST = 1000 };
	size_t dot = str_find_byte(text, '.');
	str part = dot == STR_NONE ? STR("0") : str_from(text, dot + 1);
	uint64_t whole, tenth;

	if (!str_to_u64(&whole, str_between(text, 0, dot)) ||
	    !str_to_u64(&tenth, part) || part.len != 1 || whole > MOST)
		return false;
	*out = (uint32_t)(whole * 10 + tenth);
	return true;
}

static bool read_points(uint32_t *out, str text, const struct yaml_node *node,
			const struct settings_reader *reader)
{
	if (parse_points(out, text))
		return true;
	diag_help(reader->diags,
		  diag_error(reader->diags, node->span, "setting-value",
			     _("“%.*s” is no number of points"), STR_ARG(text)),
		  "%s", _("write them as “5” or “0.1”"));
	return false;
}

static uint32_t find_item(const struct score_book *book, str name)
{
	for (size_t i = 0; i < book->items.count; i++)
		if (str_equal(((struct score_item *)book->items.items)[i].name,
			      name))
			return (uint32_t)i;
	return UINT32_MAX;
}

static bool read_item(struct score_book *book, const struct yaml_pair *pair,
		      const struct settings_reader *reader)
{
	struct score_settings_row row = { .mark = MARK_PRODUCT };
	struct score_item item = { .name = pair->key };
	uint32_t number = find_item(book, pair->key);

	if (!settings_read(&row, &pair->value, item_rows, COUNT_OF(item_rows),
			   reader) ||
	    !read_points(&item.tenths, row.points, &pair->value, reader))
		return false;
	item.mark = row.mark;
	item.source = row.source;
	if (number == UINT32_MAX)
		*(struct score_item *)list_add(&book->items, reader->arena) =
			item;
	else
		((struct score_item *)book->items.items)[number] = item;
	return true;
}

static const struct catalogue_entry *find_entry(str id)
{
	for (size_t i = 0; i < catalogue_count; i++)
		if (str_equal_c(id, catalogue[i].id))
			return &catalogue[i];
	return NULL;
}

static void add_check(struct score_book *book, struct score_check check,
		      struct arena *arena)
{
	struct score_check *checks = book->checks.items;

	for (size_t i = 0; i < book->checks.count; i++)
		if (checks[i].entry == check.entry) {
			checks[i] = check;
			return;
		}
	*(struct score_check *)list_add(&book->checks, arena) = check;
}

static bool refuse(struct diag *diag, const struct settings_reader *reader)
{
	diag_help(reader->diags, diag, "%s",
		  _("jiyue check --list has the checks; the items stand above "
		    "them in scores.yaml"));
	return false;
}

static bool read_check(struct score_book *book, const struct yaml_pair *pair,
		       const struct settings_reader *reader)
{
	struct score_settings_row row = { .mark = MARK_PRODUCT };
	struct score_check check = { .entry = find_entry(pair->key) };

	if (check.entry == NULL)
		return refuse(diag_error(reader->diags, pair->key_span,
					 "setting-value",
					 _("there is no check “%.*s”"),
					 STR_ARG(pair->key)),
			      reader);
	if (!settings_read(&row, &pair->value, check_rows, COUNT_OF(check_rows),
			   reader))
		return false;
	check.effect = row.effect;
	check.mark = row.mark;
	check.source = row.source;
	check.at_least = row.at_least;
	if (row.effect == SCORE_DEDUCTION || row.effect == SCORE_BONUS) {
		check.item = find_item(book, row.item);
		if (check.item == UINT32_MAX)
			return refuse(diag_error(reader->diags, pair->key_span,
						 "setting-value",
						 _("there is no item “%.*s”"),
						 STR_ARG(row.item)),
				      reader);
		if ((row.effect == SCORE_DEDUCTION || row.points.len > 0) &&
		    !read_points(&check.tenths, row.points, &pair->value,
				 reader))
			return false;
	}
	if (row.effect == SCORE_BONUS && row.at_least == 0) {
		diag_help(reader->diags,
			  diag_error(reader->diags, pair->key_span,
				     "setting-missing",
				     _("a bonus says how many earn it")),
			  "%s", _("write “at_least: 6”"));
		return false;
	}
	add_check(book, check, reader->arena);
	return true;
}

typedef bool pair_reader(struct score_book *book, const struct yaml_pair *pair,
			 const struct settings_reader *reader);

static bool read_pairs(struct score_book *book, const struct yaml_node *node,
		       pair_reader *read, const struct settings_reader *reader)
{
	bool ok = true;

	if (node == NULL)
		return true;
	if (node->kind != YAML_MAPPING) {
		diag_help(reader->diags,
			  diag_error(reader->diags, node->span,
				     "setting-mapping",
				     _("a mapping belongs here")),
			  "%s", _("write “name: {…}”, one in each line"));
		return false;
	}
	for (size_t i = 0; i < node->count; i++)
		ok &= read(book, &node->pairs[i], reader);
	return ok;
}

bool score_book_add(struct score_book *book, const struct yaml_node *root,
		    const struct settings_reader *reader)
{
	struct score_nodes nodes = { 0 };
	bool ok = settings_read(&nodes, root, root_rows, COUNT_OF(root_rows),
				reader);

	ok &= read_pairs(book, nodes.items, read_item, reader);
	return read_pairs(book, nodes.checks, read_check, reader) && ok;
}

const struct score_check *score_book_find(const struct score_book *book,
					  const char *kind)
{
	const struct score_check *checks = book->checks.items;

	for (size_t i = 0; i < book->checks.count; i++)
		if (checks[i].effect != SCORE_NOTHING &&
		    catalogue_has(checks[i].entry, kind))
			return &checks[i];
	return NULL;
}
