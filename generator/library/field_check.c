/*
 * A field goes through its checks in one order: is it there, is it of the
 * right form of YAML, is its text of the right kind, is it one of the choices.
 * Each check that fails knows the slip that is behind most mistakes of its
 * kind (a full-width comma, a list that was meant as a text), so that the help
 * can say what to write. Nothing is repaired silently.
 */
#include "library/field_check.h"

#include <string.h>

#include "base/unicode.h"
#include "library/date_help.h"
#include "library/field_format.h"
#include "library/field_markup.h"
#include "library/repair.h"

enum {
	HELP_LIMIT = 300,   /* bytes of the user's text that a help repeats */
	MISTAKE_LIMIT = 20, /* reported in one list or record */
};

/* One value while it is checked. */
struct check {
	struct field_value *out;
	const struct field *field;
	const struct yaml_node *node;
	const struct field_context *context;
};

static struct diag_list *diags_of(const struct check *check)
{
	return check->context->diags;
}

/* The user's text in a message: not longer than a message can bear. */
static str shown(str text)
{
	return unicode_prefix(str_between(text, 0, HELP_LIMIT), 60);
}

/* --- texts ---------------------------------------------------------------- */

/* Characters that no text may have were refused by the reader of YAML. */
static bool refuse_line_break(struct span span, const struct check *check)
{
	struct diag *diag = diag_error(diags_of(check), span, "text-line-break",
				       _("\"%s\" (%s) must stand on one line"),
				       check->field->key, check->field->label);

	diag_help(diags_of(check), diag, _("remove the line break"));
	return false;
}

static bool refuse_tab(struct span span, const struct check *check)
{
	struct diag *diag = diag_error(diags_of(check), span, "text-tab",
				       _("\"%s\" (%s) has a tab in it"),
				       check->field->key, check->field->label);

	diag_help(diags_of(check), diag, _("write a space in its place"));
	return false;
}

static bool refuse_space(str text, struct span span, const struct check *check)
{
	str written = yaml_written(text, check->context->arena);
	struct diag *diag =
		diag_error(diags_of(check), span, "text-space",
			   _("\"%s\" (%s) begins or ends with a space"),
			   check->field->key, check->field->label);

	if (check->field->kind == FIELD_TEXT_LIST)
		diag_help(diags_of(check), diag, _("write: %.*s"),
			  STR_ARG(written));
	else
		diag_help(diags_of(check), diag, _("write: %s: %.*s"),
			  check->field->key, STR_ARG(written));
	return diag_is_lowered(diag);
}

/* The line break that ends a "|" text is not part of it. */
static str without_end(str text)
{
	while (text.len > 0 && text.data[text.len - 1] == '\n')
		text.len--;
	return text;
}

static bool read_line(str *out, const struct yaml_node *node, bool lines,
		      const struct check *check)
{
	*out = without_end(node->text);
	if (!lines && str_find_byte(*out, '\n') != STR_NONE)
		return refuse_line_break(node->span, check);
	if (!lines && str_find_byte(*out, '\t') != STR_NONE)
		return refuse_tab(node->span, check);
	if (!lines && unicode_trim(*out).len != out->len)
		if (!refuse_space(*out, node->span, check))
			return false;
	if (!lines)
		*out = unicode_trim(*out);
	if (check->field->kind != FIELD_URL &&
	    check->field->format <= FORMAT_LINES)
		field_markup_check(check->field, *out, node->span,
				   diags_of(check));
	return field_format_check(check->field->format, *out, node->span,
				  diags_of(check));
}

static bool read_text(const struct check *check)
{
	return read_line(&check->out->text, check->node, false, check);
}

static bool read_paragraphs(const struct check *check)
{
	return read_line(&check->out->text, check->node, true, check);
}

static bool read_url(const struct check *check)
{
	return read_line(&check->out->text, check->node, false, check) &&
	       field_url_check(check->out->text, check->node->span,
			       diags_of(check));
}

/* --- values of a closed form ---------------------------------------------- */

/* How pages show the choice; empty when that is the choice itself. */
static str choice_label(const struct field *field, size_t i)
{
	str label = field->choice_labels == NULL
			    ? STR("")
			    : str_from_c(field->choice_labels[i]);

	return str_equal_c(label, field->choices[i]) ? STR("") : label;
}

static void list_choices(struct buf *out, const struct field *field)
{
	for (size_t i = 0; field->choices[i] != NULL; i++) {
		str label = choice_label(field, i);

		if (i > 0)
			buf_add_c(out, ", ");
		buf_add_c(out, field->choices[i]);
		if (label.len > 0)
			buf_printf(out, _(" (%.*s)"), STR_ARG(label));
	}
}

/* 已发布 and Published mean "published"; NULL: no choice is meant. */
static const char *choice_meant(const struct field *field, str text)
{
	for (size_t i = 0; field->choices[i] != NULL; i++)
		if (str_equal_ignoring_case(text,
					    str_from_c(field->choices[i])) ||
		    str_equal(text, choice_label(field, i)))
			return field->choices[i];
	return NULL;
}

/* 新闻 for 新闻动态: "news (新闻动态)"; or empty. */
static str choice_by_part(const struct field *field, str text,
			  struct arena *arena)
{
	size_t count = 0, found;
	str *labels;
	struct buf out;

	while (field->choices[count] != NULL)
		count++;
	labels = arena_array(arena, count, sizeof(*labels));
	for (size_t i = 0; i < count; i++)
		labels[i] = choice_label(field, i);
	found = str_part_of(text, labels, count);
	if (found == STR_NONE)
		return STR("");
	buf_init(&out, arena);
	buf_add_c(&out, field->choices[found]);
	buf_printf(&out, _(" (%.*s)"), STR_ARG(labels[found]));
	return buf_str(&out);
}

/* The choice with almost these letters; or empty. */
static str near_choice(const struct field *field, str text, struct arena *arena)
{
	size_t count = 0;
	str *names;

	while (field->choices[count] != NULL)
		count++;
	names = arena_array(arena, count, sizeof(*names));
	for (size_t i = 0; i < count; i++)
		names[i] = str_from_c(field->choices[i]);
	return str_nearest(text, names, count);
}

static bool read_choice(const struct check *check)
{
	str text = check->node->text;
	const char *meant;
	struct diag *diag;
	struct buf choices;
	str near;

	check->out->text = text;
	for (size_t i = 0; check->field->choices[i] != NULL; i++)
		if (str_equal_c(text, check->field->choices[i]))
			return true;
	diag = diag_error(diags_of(check), check->node->span, "choice-invalid",
			  _("\"%.*s\" is not a value of \"%s\" (%s)"),
			  STR_ARG(shown(text)), check->field->key,
			  check->field->label);
	meant = choice_meant(check->field, unicode_trim(text));
	if (meant != NULL) {
		diag_help(diags_of(check), diag, _("write: %s: %s"),
			  check->field->key, meant);
		return false;
	}
	buf_init(&choices, check->context->arena);
	list_choices(&choices, check->field);
	near = choice_by_part(check->field, unicode_trim(text),
			      check->context->arena);
	if (near.len == 0)
		near = near_choice(check->field, text, check->context->arena);
	if (near.len > 0)
		diag_help(diags_of(check), diag,
			  _("did you mean “%.*s”? Choose one of: %.*s"),
			  STR_ARG(near), STR_ARG(buf_str(&choices)));
	else
		diag_help(diags_of(check), diag, _("choose one of: %.*s"),
			  STR_ARG(buf_str(&choices)));
	return false;
}

static bool read_number(const struct check *check)
{
	str text = check->node->text;
	struct diag *diag;
	str narrow;

	if (str_to_u64(&check->out->number, text))
		return true;
	diag = diag_error(diags_of(check), check->node->span, "number-invalid",
			  _("\"%.*s\" is not a whole number, as \"%s\" (%s) "
			    "needs it"),
			  STR_ARG(shown(text)), check->field->key,
			  check->field->label);
	narrow = repair_width(shown(text), check->context->arena);
	if (str_to_u64(&check->out->number, narrow))
		diag_help(diags_of(check), diag, _("write %.*s"),
			  STR_ARG(narrow));
	else
		diag_help(diags_of(check), diag,
			  _("write digits only, without a unit: %s"),
			  check->field->example != NULL ? check->field->example
							: "10");
	return false;
}

static bool read_truth(const struct check *check)
{
	str text = check->node->text;
	struct diag *diag;

	check->out->number = str_equal(text, STR("true"));
	if (check->out->number == 1 || str_equal(text, STR("false")))
		return true;
	diag = diag_error(diags_of(check), check->node->span, "truth-invalid",
			  _("\"%s\" (%s) is either true or false, not "
			    "\"%.*s\""),
			  check->field->key, check->field->label,
			  STR_ARG(shown(text)));
	diag_help(diags_of(check), diag,
		  _("write true for yes (是), false for no (否)"));
	return false;
}

static bool refuse_date(const struct check *check, bool with_time)
{
	struct diag *diag = diag_error(
		diags_of(check), check->node->span, "date-invalid",
		_("\"%.*s\" is not a date"), STR_ARG(shown(check->node->text)));

	date_help(diags_of(check), diag,
		  (struct date_wanted){ shown(check->node->text), with_time,
					check->context->offset },
		  check->context->arena);
	return false;
}

static bool read_date(const struct check *check)
{
	struct date date;

	if (!date_parse(&date, check->node->text))
		return refuse_date(check, false);
	check->out->moment = moment_from_date(date, check->context->offset);
	return true;
}

static bool read_moment(const struct check *check)
{
	struct moment *moment = &check->out->moment;

	if (!moment_parse(moment, check->node->text, check->context->offset))
		return refuse_date(check, true);
	moment->offset = check->context->offset; /* that of all pages */
	return true;
}

/* --- lists and records ---------------------------------------------------- */

/* Records of which one part alone is required may be that part's text. */
static bool may_be_text(const struct field *field)
{
	if (field->kind != FIELD_RECORDS || !field->record->required)
		return false;
	for (const struct field *row = field->record + 1; row->key != NULL;
	     row++)
		if (row->required)
			return false;
	return true;
}

static bool refuse_shape(const struct check *check,
			 const struct yaml_node *node, const char *id,
			 const char *message)
{
	struct diag *diag =
		diag_error(diags_of(check), node->span, id, "\"%s\" (%s): %s",
			   check->field->key, check->field->label, message);

	if (check->field->example != NULL)
		diag_help(diags_of(check), diag, _("for example: %s: %s"),
			  check->field->key, check->field->example);
	else if (may_be_text(check->field) && node->kind == YAML_SCALAR &&
		 unicode_count(node->text) < 60)
		diag_help(diags_of(check), diag, _("write %s: [%.*s]"),
			  check->field->key, STR_ARG(node->text));
	else
		diag_help(diags_of(check), diag, _("for example: %s: …"),
			  check->field->key);
	return false;
}

/* "[通知]": a text that begins with a bracket is read as a list. */
static bool refuse_list(const struct check *check)
{
	const struct yaml_node *node = check->node;
	struct diag *diag =
		diag_error(diags_of(check), node->span, "text-expected",
			   _("\"%s\" (%s): text in brackets is read as a list"),
			   check->field->key, check->field->label);

	diag_help(diags_of(check), diag,
		  _("put the whole value in quotes: %s: %.*s"),
		  check->field->key,
		  STR_ARG(yaml_quoted(node->text, check->context->arena)));
	return false;
}

static bool is_on_one_line(const struct yaml_node *node)
{
	return node->is_flow && str_find_byte(node->text, '\n') == STR_NONE &&
	       unicode_count(node->text) <= HELP_LIMIT;
}

static bool is_empty(const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR)
		return node->is_null || node->text.len == 0;
	return node->count == 0;
}

/* Full-width commas do not part the items of "[教育，招生]". */
static bool refuse_wide_comma(const struct check *check, str text)
{
	struct diag *diag;

	if (check->node->kind != YAML_SEQUENCE || check->node->count != 1 ||
	    !check->node->is_flow || !check->node->items[0].is_plain ||
	    str_find(text, STR("，")) == STR_NONE)
		return true;
	diag = diag_error(diags_of(check), check->node->items[0].span,
			  "list-wide-comma",
			  _("a full-width comma does not part the items of a "
			    "list"));
	diag_help(diags_of(check), diag,
		  _("write \", \" between the items; put an item that has a "
		    "comma of its own in quotes"));
	return false;
}

static bool read_item(str *out, const struct yaml_node *node, bool lines,
		      const struct check *check)
{
	if (node->is_refused)
		return false;
	if (node->kind != YAML_SCALAR || is_empty(node))
		return refuse_shape(check, node, "text-expected",
				    _("each item must be one text"));
	return read_line(out, node, lines, check);
}

static bool read_items(const struct check *check, const struct yaml_node *nodes,
		       size_t count)
{
	bool lines = check->field->format == FORMAT_LINES;
	str *items = arena_array(check->context->arena, count, sizeof(*items));
	size_t wrong = 0;

	for (size_t i = 0; i < count && wrong < MISTAKE_LIMIT; i++)
		wrong += !read_item(&items[i], &nodes[i], lines, check);
	check->out->items = items;
	check->out->item_count = count;
	return wrong == 0;
}

static bool refuse_many(const struct check *check, const struct yaml_node *node)
{
	struct diag *diag = diag_error(diags_of(check), node->span, "list-many",
				       _("“%s” (%s) has more than %d entries"),
				       check->field->key, check->field->label,
				       FIELD_ENTRY_LIMIT);

	diag_help(diags_of(check), diag,
		  _("leave out what nobody looks for, or split the resource"));
	return false;
}

static bool is_ideograph_at(str text, size_t at)
{
	return at < text.len && unicode_is_ideograph(unicode_next(text, &at));
}

/* Where one word ends and the next begins: STR_NONE, nowhere. */
static size_t word_end(str text, size_t *next)
{
	static const str signs[] = { STR("、"), STR("，"), STR("；"),
				     STR(";"),	STR(","),  STR("　") };

	for (size_t at = 0; at < text.len; at++) {
		for (size_t i = 0; i < COUNT_OF(signs); i++) {
			*next = at + signs[i].len;
			if (str_starts_with(str_from(text, at), signs[i]))
				return at;
		}
		*next = at + 1;
		if (text.data[at] == ' ' && is_ideograph_at(text, at + 1))
			return at;
	}
	return STR_NONE;
}

/* "【教育】": brackets that make no list. */
static bool has_wide_brackets(str text)
{
	return (str_starts_with(text, STR("【")) &&
		str_ends_with(text, STR("】"))) ||
	       (str_starts_with(text, STR("［")) &&
		str_ends_with(text, STR("］")));
}

/* "甲、乙、丙" is one keyword, which nobody looks for. */
static void look_at_keyword(const struct check *check,
			    const struct yaml_node *node, str text)
{
	struct buf words;
	struct diag *diag;
	size_t at, next;

	if (has_wide_brackets(text))
		text = str_between(text, STR("【").len,
				   text.len - STR("】").len);
	else if (word_end(text, &next) == STR_NONE)
		return;
	if (node->kind != YAML_SCALAR)
		return;
	buf_init(&words, check->context->arena);
	while ((at = word_end(text, &next)) != STR_NONE) {
		str word = str_trim(str_between(text, 0, at));

		if (word.len > 0)
			buf_printf(&words, "%.*s, ", STR_ARG(word));
		text = str_from(text, next);
	}
	buf_add(&words, str_trim(text));
	diag = diag_warning(
		diags_of(check), node->span, "keywords-joined",
		_("the signs in it make it one keyword, not a list"));
	diag_help(diags_of(check), diag, _("write %s: [%.*s]"),
		  check->field->key, STR_ARG(buf_str(&words)));
}

static void look_at_keywords(const struct check *check)
{
	const struct yaml_node *node = check->node;

	if (check->field->meaning != MEANS_KEYWORDS)
		return;
	for (size_t i = 0; i < check->out->item_count; i++)
		look_at_keyword(check,
				node->kind == YAML_SCALAR ? node
							  : &node->items[i],
				check->out->items[i]);
}

static bool read_text_list(const struct check *check)
{
	const struct yaml_node *node = check->node;

	if (node->kind == YAML_MAPPING)
		return refuse_shape(check, node, "list-expected",
				    _("a text or a list of texts is expected"));
	if (node->kind != YAML_SCALAR && node->count > FIELD_ENTRY_LIMIT)
		return refuse_many(check, &node->items[FIELD_ENTRY_LIMIT]);
	if (!read_items(check, node->kind == YAML_SCALAR ? node : node->items,
			node->kind == YAML_SCALAR ? 1 : node->count) ||
	    (node->kind != YAML_SCALAR &&
	     !refuse_wide_comma(check, check->out->items[0])))
		return false;
	look_at_keywords(check);
	return true;
}

static bool has_key(const struct yaml_node *mapping, const char *key)
{
	const struct yaml_node *value = yaml_get(mapping, str_from_c(key));

	return value != NULL && !is_empty(value);
}

static bool check_required(const struct check *check,
			   const struct yaml_node *mapping)
{
	const struct field *row;
	bool ok = true;

	for (row = check->field->record; row->key != NULL; row++) {
		struct diag *diag;

		if (!row->required || has_key(mapping, row->key))
			continue;
		ok = false;
		diag = diag_error(diags_of(check),
				  (struct span){ mapping->span.source,
						 mapping->span.start,
						 mapping->span.start + 1 },
				  "field-missing",
				  _("an entry of \"%s\" (%s) has no \"%s\" "
				    "(%s)"),
				  check->field->key, check->field->label,
				  row->key, row->label);
		diag_help(diags_of(check), diag,
			  _("add a line such as: %s: %s"), row->key,
			  row->example != NULL ? row->example : "…");
	}
	return ok;
}

static bool check_record(const struct check *check,
			 const struct yaml_node *mapping)
{
	bool ok = check_required(check, mapping);
	size_t unknown = 0;

	for (size_t i = 0; i < mapping->count && unknown < MISTAKE_LIMIT; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];
		const struct field *row =
			field_find(check->field->record, pair->key);
		struct field_value ignored;

		if (row == NULL) {
			ok &= field_report_unknown(check->field->record, false,
						   pair->key, pair->key_span,
						   diags_of(check));
			unknown++;
		} else if (!field_read(&ignored, row, &pair->value,
				       pair->key_span, check->context)) {
			ok = false;
		}
	}
	return ok;
}

/* "steps: [申请, 受理]": a text is a record with its first field alone. */
static struct yaml_node record_of_text(const struct check *check,
				       const struct yaml_node *text)
{
	struct yaml_pair *pair =
		arena_alloc(check->context->arena, sizeof(*pair));

	*pair = (struct yaml_pair){
		.key = str_from_c(check->field->record->key),
		.key_span = text->span,
		.value = *text,
	};
	return (struct yaml_node){ .kind = YAML_MAPPING,
				   .span = text->span,
				   .count = 1,
				   .pairs = pair };
}

static bool read_records(const struct check *check)
{
	const struct yaml_node *node = check->node;
	struct yaml_node *list;
	struct yaml_node *items;
	size_t wrong = 0;

	if (node->kind != YAML_SEQUENCE)
		return refuse_shape(check, node, "list-expected",
				    _("a list is expected, each entry "
				      "beginning with \"- \""));
	items = arena_array(check->context->arena, node->count, sizeof(*items));
	for (size_t i = 0; i < node->count && wrong < MISTAKE_LIMIT; i++) {
		items[i] = node->items[i];
		if (items[i].kind == YAML_SCALAR && !is_empty(&items[i]))
			items[i] = record_of_text(check, &node->items[i]);
		if (items[i].kind != YAML_MAPPING)
			wrong += !refuse_shape(
				check, &items[i], "record-expected",
				_("each entry must have lines of key: value"));
		else
			wrong += !check_record(check, &items[i]);
	}
	list = arena_alloc(check->context->arena, sizeof(*list));
	*list = *node;
	list->items = items;
	check->out->node = list;
	return wrong == 0;
}

static bool read_record(const struct check *check)
{
	if (check->node->kind != YAML_MAPPING)
		return refuse_shape(
			check, check->node, "record-expected",
			_("lines of key: value below it are expected"));
	return check_record(check, check->node);
}

static bool read_free(const struct check *check)
{
	(void)check;
	return true;
}

static const struct {
	bool (*read)(const struct check *check);
	bool is_text; /* a scalar is expected */
} kinds[] = {
	[FIELD_TEXT] = { read_text, true },
	[FIELD_PARAGRAPHS] = { read_paragraphs, true },
	[FIELD_TEXT_LIST] = { read_text_list, false },
	[FIELD_DATE] = { read_date, true },
	[FIELD_MOMENT] = { read_moment, true },
	[FIELD_NUMBER] = { read_number, true },
	[FIELD_TRUTH] = { read_truth, true },
	[FIELD_CHOICE] = { read_choice, true },
	[FIELD_URL] = { read_url, true },
	[FIELD_RECORDS] = { read_records, false },
	[FIELD_RECORD] = { read_record, false },
	[FIELD_FREE] = { read_free, false },
};

/* “2024-01-02”: Chinese quotation marks are part of the text. */
static bool refuse_wide_quotes(const struct check *check)
{
	str text = check->node->text;
	str inside;
	struct diag *diag;

	if (check->field->kind == FIELD_TEXT ||
	    check->field->kind == FIELD_PARAGRAPHS)
		return true;
	if (!str_starts_with(text, STR("“")) &&
	    !str_starts_with(text, STR("”")))
		return true;
	inside = str_from(text, STR("“").len);
	if (str_ends_with(inside, STR("”")) || str_ends_with(inside, STR("“")))
		inside.len -= STR("”").len;
	diag = diag_error(diags_of(check), check->node->span, "quote-wide",
			  _("\"%s\" (%s) stands in full-width quotation "
			    "marks"),
			  check->field->key, check->field->label);
	diag_help(diags_of(check), diag, _("write: %s: %.*s"),
		  check->field->key,
		  STR_ARG(yaml_written(inside, check->context->arena)));
	return false;
}

bool field_read(struct field_value *out, const struct field *field,
		const struct yaml_node *node, struct span key_span,
		const struct field_context *context)
{
	struct check check = { out, field, node, context };

	*out = (struct field_value){ .key_span = key_span };
	if (is_empty(node) && !node->is_refused)
		return true;
	out->node = node;
	if (node->is_refused)
		return false;
	if (kinds[field->kind].is_text) {
		if (node->kind != YAML_SCALAR && is_on_one_line(node))
			return refuse_list(&check);
		if (node->kind != YAML_SCALAR)
			return refuse_shape(
				&check, node, "text-expected",
				_("one text is expected, not a list or several "
				  "lines of key: value"));
		if (!refuse_wide_quotes(&check))
			return false;
	}
	return kinds[field->kind].read(&check);
}
