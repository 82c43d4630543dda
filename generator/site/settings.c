/*
 * A row of a table names the key, the kind of value and the place in the
 * struct; reading, messages and `jiyue help settings` follow the same rows. A
 * setting with a mistake makes its file unusable, so all of its mistakes are
 * told in one go.
 */
#include "site/settings.h"

#include "base/unicode.h"
#include "library/field_format.h"
#include "markup/file_kind.h"
#include "picture/small_sizes.h"
#include "library/schema.h"

enum { NAME_LIMIT = 40 };

static bool wrong(const struct settings_reader *reader, struct span span,
		  const char *key, const char *wanted)
{
	struct diag *diag =
		diag_error(reader->diags, span, "setting-value",
			   _("“%.*s” has a value of the wrong kind"),
			   STR_ARG(str_from_c(key)));

	diag_help(reader->diags, diag, "%s", wanted);
	return false;
}

static bool read_text(str *out, const struct yaml_node *node,
		      const struct setting *row,
		      const struct settings_reader *reader)
{
	if (str_find_byte(node->text, '\n') != STR_NONE)
		return wrong(reader, node->span, row->key,
			     _("write it on one line"));
	if (str_find_byte(node->text, '\t') != STR_NONE)
		return wrong(reader, node->span, row->key,
			     _("write a space in its place, it has a tab"));
	if (unicode_trim(node->text).len != node->text.len)
		return wrong(reader, node->span, row->key,
			     _("write it without spaces at its ends"));
	*out = node->text;
	return true;
}

static bool read_texts(struct text_list *out, const struct yaml_node *node,
		       const struct setting *row,
		       const struct settings_reader *reader)
{
	size_t count = node->kind == YAML_SEQUENCE ? node->count : 1;
	str *items = arena_array(reader->arena, count, sizeof(*items));

	if (node->kind == YAML_MAPPING)
		return wrong(reader, node->span, row->key,
			     _("write one text, or a list: [a, b]"));
	for (size_t i = 0; i < count; i++) {
		const struct yaml_node *item =
			node->kind == YAML_SEQUENCE ? &node->items[i] : node;

		if (item->kind != YAML_SCALAR || item->text.len == 0)
			return wrong(reader, item->span, row->key,
				     _("each item is one text"));
		if (!read_text(&items[i], item, row, reader))
			return false;
	}
	*out = (struct text_list){ items, count };
	return true;
}

/* What browsers or servers run stays out, whatever a platform says. */
static bool read_extensions(struct text_list *out, const struct yaml_node *node,
			    const struct setting *row,
			    const struct settings_reader *reader)
{
	if (!read_texts(out, node, row, reader))
		return false;
	for (size_t i = 0; i < out->count; i++) {
		const struct yaml_node *item =
			node->kind == YAML_SEQUENCE ? &node->items[i] : node;
		struct diag *diag;

		if (file_extension_may_be_allowed(out->items[i]))
			continue;
		diag = diag_error(reader->diags, item->span,
				  "setting-attachment",
				  _("files of the kind “%.*s” cannot be "
				    "allowed as attachments"),
				  STR_ARG(out->items[i]));
		diag_help(reader->diags, diag, "%s",
			  _("write extensions in small letters, without a "
			    "dot, of kinds that nothing runs: drawings (dwg), "
			    "maps (shp), data (xml), fonts; put anything else "
			    "into a .zip"));
		return false;
	}
	return true;
}

static const char *choice_names(const char *const *choices, struct arena *arena)
{
	struct buf names;

	buf_init(&names, arena);
	for (int i = 0; choices[i] != NULL; i++)
		buf_printf(&names, i == 0 ? "%s" : ", %s", choices[i]);
	return names.data;
}

static bool find_choice(int *out, const char *const *choices,
			const struct yaml_node *node, const struct setting *row,
			const struct settings_reader *reader)
{
	struct diag *diag;

	for (int i = 0; choices[i] != NULL; i++)
		if (str_equal_c(node->text, choices[i])) {
			*out = i;
			return true;
		}
	diag = diag_error(reader->diags, node->span, "setting-choice",
			  _("“%.*s” is not a known value of “%s”"),
			  STR_ARG(node->text), row->key);
	diag_help(reader->diags, diag, _("choose one of: %s"),
		  choice_names(choices, reader->arena));
	return false;
}

static bool read_choice(int *out, const struct yaml_node *node,
			const struct setting *row,
			const struct settings_reader *reader)
{
	return find_choice(out, row->choices, node, row, reader);
}

static bool read_layout(const char **out, const struct yaml_node *node,
			const struct setting *row,
			const struct settings_reader *reader)
{
	static const char *const without_types[] = { LAYOUT_LIST, LAYOUT_PAGE,
						     NULL };
	const char *const *layouts = reader->schema == NULL
					     ? without_types
					     : reader->schema->layouts;
	int place;

	if (!find_choice(&place, layouts, node, row, reader))
		return false;
	*out = layouts[place];
	return true;
}

static bool read_days(uint32_t *out, const struct yaml_node *node,
		      const struct setting *row,
		      const struct settings_reader *reader)
{
	static const struct {
		char letter;
		uint32_t days;
	} units[] = { { 'd', 1 }, { 'm', 30 }, { 'y', 365 } };
	str text = node->text;
	uint64_t number;

	for (size_t i = 0; i < COUNT_OF(units); i++) {
		if (text.len < 2 ||
		    text.data[text.len - 1] != units[i].letter ||
		    !str_to_u64(&number, str_between(text, 0, text.len - 1)) ||
		    number == 0 || number > 10000)
			continue;
		*out = (uint32_t)number * units[i].days;
		return true;
	}
	return wrong(reader, node->span, row->key,
		     _("write days, months or years: 14d, 6m, 1y"));
}

static bool read_number(uint32_t *out, const struct yaml_node *node,
			const struct setting *row,
			const struct settings_reader *reader)
{
	uint64_t number;
	bool may_be_none = row->kind == SETTING_COUNT;

	if (!str_to_u64(&number, node->text) || number > 1000000 ||
	    (number == 0 && !may_be_none))
		return wrong(reader, node->span, row->key,
			     may_be_none ? _("write a whole number from 0")
					 : _("write a whole number from 1"));
	*out = (uint32_t)number;
	return true;
}

static bool read_widths(struct width_list *out, const struct yaml_node *node,
			const struct setting *row,
			const struct settings_reader *reader)
{
	uint32_t *items =
		arena_array(reader->arena, node->count + 1, sizeof(*items));
	uint64_t before = SMALL_WIDTH_LEAST - 1;
	bool ok = node->kind == YAML_SEQUENCE && node->count <= SMALL_WIDTHS;

	for (size_t i = 0; ok && i < node->count; i++) {
		uint64_t width;

		ok = str_to_u64(&width, node->items[i].text) &&
		     width > before && width <= SMALL_WIDTH_MOST;
		if (ok)
			items[i] = (uint32_t)(before = width);
	}
	if (!ok)
		return wrong(reader, node->span, row->key,
			     _("write a list of at most four widths from 160 "
			       "to 3840, the smallest first: [640, 1280]; [] "
			       "for none"));
	*out = (struct width_list){ items, node->count };
	return true;
}

static bool read_truth(bool *out, const struct yaml_node *node,
		       const struct setting *row,
		       const struct settings_reader *reader)
{
	*out = str_equal_c(node->text, "true");
	return *out || str_equal_c(node->text, "false") ||
	       wrong(reader, node->span, row->key, _("write true or false"));
}

static bool read_id(str *out, const struct yaml_node *node,
		    const struct setting *row,
		    const struct settings_reader *reader)
{
	bool ok = node->text.len > 0 && node->text.data[0] != '-';

	for (size_t i = 0; ok && i < node->text.len; i++) {
		char c = node->text.data[i];

		ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		     c == '-';
	}
	if (!ok)
		return wrong(reader, node->span, row->key,
			     _("write small letters a-z, digits and -; it "
			       "becomes part of addresses"));
	if (node->text.len > NAME_LIMIT)
		return wrong(reader, node->span, row->key,
			     _("it has at most 40 bytes"));
	*out = node->text;
	return true;
}

static bool read_date(struct moment *out, const struct yaml_node *node,
		      const struct setting *row,
		      const struct settings_reader *reader)
{
	struct date date;

	if (!date_parse(&date, node->text))
		return wrong(reader, node->span, row->key,
			     _("write YYYY-MM-DD"));
	*out = moment_from_date(date, reader->offset);
	return true;
}

static bool read_offset(int32_t *out, const struct yaml_node *node,
			const struct setting *row,
			const struct settings_reader *reader)
{
	return offset_parse(out, node->text) ||
	       wrong(reader, node->span, row->key, _("write it as \"+08:00\""));
}

/* The checks and messages of front matter. */
static bool read_reference(str *out, const struct yaml_node *node,
			   const struct setting *row,
			   const struct settings_reader *reader)
{
	return read_text(out, node, row, reader) &&
	       field_url_check(node->text, node->span, reader->diags);
}

static bool read_url(str *out, const struct yaml_node *node,
		     const struct setting *row,
		     const struct settings_reader *reader)
{
	if (!read_reference(out, node, row, reader))
		return false;
	return str_starts_with(node->text, STR("/")) ||
	       str_find(node->text, STR("://")) != STR_NONE ||
	       wrong(reader, node->span, row->key,
		     _("write https:// and the domain: "
		       "https://www.example.gov.cn/"));
}

static bool read_language(str *out, const struct yaml_node *node,
			  const struct setting *row,
			  const struct settings_reader *reader)
{
	return read_text(out, node, row, reader) &&
	       field_format_check(FORMAT_LANGUAGE, node->text, node->span,
				  reader->diags);
}

/* ".gov.cn", "www.example.cn", "政务": what hosts of addresses are compared
 * with. */
static bool is_host(str host)
{
	str label;

	if (str_starts_with(host, STR(".")))
		host = str_from(host, 1);
	if (host.len == 0 || host.data[host.len - 1] == '.')
		return false;
	while (str_split_next(&host, '.', &label)) {
		size_t at = 0;

		if (label.len == 0 || label.len > 63)
			return false;
		while (at < label.len) {
			uint32_t c = unicode_next(label, &at);

			if (c != '-' && !(c >= 'a' && c <= 'z') &&
			    !(c >= '0' && c <= '9') &&
			    !(c >= 0x80 && unicode_is_word(c)))
				return false;
		}
	}
	return true;
}

static bool read_hosts(struct text_list *out, const struct yaml_node *node,
		       const struct setting *row,
		       const struct settings_reader *reader)
{
	bool ok = read_texts(out, node, row, reader);

	for (size_t i = 0; ok && i < out->count; i++) {
		struct span span = node->kind == YAML_SEQUENCE
					   ? node->items[i].span
					   : node->span;

		if (!is_host(out->items[i]))
			ok = wrong(reader, span, row->key,
				   _("write hosts in small letters, without "
				     "https:// and “*”: www.example.gov.cn, or "
				     ".example.gov.cn for all below it"));
	}
	return ok;
}

static bool read_value(void *member, const struct yaml_node *node,
		       const struct setting *row,
		       const struct settings_reader *reader)
{
	if (node->is_refused)
		return false;
	if (row->kind == SETTING_NODE) {
		*(const struct yaml_node **)member = node;
		return true;
	}
	if (row->kind == SETTING_TEXTS)
		return read_texts(member, node, row, reader);
	if (row->kind == SETTING_HOSTS)
		return read_hosts(member, node, row, reader);
	if (row->kind == SETTING_WIDTHS)
		return read_widths(member, node, row, reader);
	if (row->kind == SETTING_EXTENSIONS)
		return read_extensions(member, node, row, reader);
	if (node->kind != YAML_SCALAR || node->is_null)
		return wrong(reader, node->span, row->key,
			     _("write one text behind the colon"));
	switch (row->kind) {
	case SETTING_DATE:
		return read_date(member, node, row, reader);
	case SETTING_NUMBER:
	case SETTING_COUNT:
		return read_number(member, node, row, reader);
	case SETTING_DAYS:
		return read_days(member, node, row, reader);
	case SETTING_TRUTH:
		return read_truth(member, node, row, reader);
	case SETTING_CHOICE:
		return read_choice(member, node, row, reader);
	case SETTING_LAYOUT:
		return read_layout(member, node, row, reader);
	case SETTING_OFFSET:
		return read_offset(member, node, row, reader);
	case SETTING_ID:
		return read_id(member, node, row, reader);
	case SETTING_REFERENCE:
		return read_reference(member, node, row, reader);
	case SETTING_URL:
		return read_url(member, node, row, reader);
	case SETTING_LANGUAGE:
		return read_language(member, node, row, reader);
	default:
		return read_text(member, node, row, reader);
	}
}

static const struct setting *find_row(const struct setting *rows, size_t count,
				      str key)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_c(key, rows[i].key))
			return &rows[i];
	return NULL;
}

static str join(const str *names, size_t count, struct arena *arena)
{
	struct buf text;

	buf_init(&text, arena);
	for (size_t i = 0; i < count; i++)
		buf_printf(&text, "%s%.*s", i == 0 ? "" : ", ",
			   STR_ARG(names[i]));
	return buf_str(&text);
}

static str *key_names(const struct setting *rows, size_t count,
		      struct arena *arena)
{
	str *names = arena_array(arena, count, sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = str_from_c(rows[i].key);
	return names;
}

static void unknown_key(const struct yaml_pair *pair,
			const struct setting *rows, size_t count,
			const struct settings_reader *reader)
{
	str *names = key_names(rows, count, reader->arena);
	str nearest = str_nearest(pair->key, names, count);
	struct diag *diag;

	diag = diag_error(reader->diags, pair->key_span, "setting-unknown",
			  _("there is no setting “%.*s” here"),
			  STR_ARG(pair->key));
	if (nearest.len > 0)
		diag_help(reader->diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(nearest));
	else
		diag_help(reader->diags, diag, _("here can stand: %.*s"),
			  STR_ARG(join(names, count, reader->arena)));
}

/* Whether the message above says of a key of the mapping: this was meant. */
static bool is_meant(const struct yaml_node *mapping,
		     const struct setting *rows, size_t count, const char *key,
		     struct arena *arena)
{
	str *names = key_names(rows, count, arena);

	for (size_t i = 0; i < mapping->count; i++) {
		str written = mapping->pairs[i].key;

		if (find_row(rows, count, written) == NULL &&
		    str_equal_c(str_nearest(written, names, count), key))
			return true;
	}
	return false;
}

static void missing_key(const struct yaml_node *mapping,
			const struct setting *row,
			const struct settings_reader *reader)
{
	struct span span = mapping->span;
	struct diag *diag;

	span.end = span.start;
	diag = diag_error(reader->diags, span, "setting-missing",
			  _("the setting “%s” is missing"), row->key);
	if (row->kind == SETTING_CHOICE)
		diag_help(reader->diags, diag,
			  _("for example: %s: %s; choose one of: %s"), row->key,
			  row->required,
			  choice_names(row->choices, reader->arena));
	else
		diag_help(reader->diags, diag, _("for example: %s: %s"),
			  row->key, row->required);
}

bool settings_read(void *out, const struct yaml_node *mapping,
		   const struct setting *rows, size_t count,
		   const struct settings_reader *reader)
{
	bool ok = true;

	if (mapping->kind != YAML_MAPPING) {
		diag_help(reader->diags,
			  diag_error(reader->diags, mapping->span,
				     "setting-mapping",
				     _("settings are expected here: key: "
				       "value")),
			  _("for example: %s: %s"), rows[0].key,
			  rows[0].required == NULL ? "…" : rows[0].required);
		return false;
	}
	for (size_t i = 0; i < mapping->count; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];
		const struct setting *row = find_row(rows, count, pair->key);

		if (row == NULL) {
			unknown_key(pair, rows, count, reader);
			ok = false;
		} else {
			ok &= read_value((char *)out + row->offset,
					 &pair->value, row, reader);
		}
	}
	for (size_t i = 0; i < count; i++)
		if (rows[i].required != NULL &&
		    yaml_get(mapping, str_from_c(rows[i].key)) == NULL) {
			if (!is_meant(mapping, rows, count, rows[i].key,
				      reader->arena))
				missing_key(mapping, &rows[i], reader);
			ok = false;
		}
	return ok;
}

const char *setting_kind_name(enum setting_kind kind)
{
	static const char *const names[] = {
		[SETTING_TEXT] = N_("text"),
		[SETTING_TEXTS] = N_("text or list"),
		[SETTING_DATE] = "YYYY-MM-DD",
		[SETTING_NUMBER] = N_("number"),
		[SETTING_WIDTHS] = "[640, 1280]",
		[SETTING_COUNT] = N_("number"),
		[SETTING_DAYS] = "14d, 6m, 1y",
		[SETTING_TRUTH] = "true, false",
		[SETTING_LAYOUT] = N_("list, page, or a type's"),
		[SETTING_OFFSET] = "+08:00",
		[SETTING_ID] = "a-z 0-9 -",
		[SETTING_URL] = N_("address"),
		[SETTING_REFERENCE] = N_("address or id"),
		[SETTING_LANGUAGE] = "zh-CN",
		[SETTING_EXTENSIONS] = N_("text or list"),
		[SETTING_HOSTS] = N_("text or list"),
	};

	if ((size_t)kind >= COUNT_OF(names) || names[kind] == NULL)
		return "…";
	return _(names[kind]);
}

str text_list_word_in(const struct text_list *list, str text)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_find(text, list->items[i]) != STR_NONE)
			return list->items[i];
	return STR("");
}
