/*
 * Keys that do not exist: which field was meant. A name in Chinese or of
 * another program is known; all else must be a slip of the keys and no other
 * word.
 */
#include "library/field_check.h"

#include "base/unicode.h"

enum {
	KEYS_LIMIT = 500,  /* keys a proposal is chosen from */
	SHOWN_LIMIT = 300, /* bytes of the user's key that a message repeats */
};

/* What other programs and habits call our fields. */
static const struct {
	const char *name;
	const char *key;
} other_names[] = {
	{ "pub_date", "date" },
	{ "pubdate", "date" },
	{ "publish_date", "date" },
	{ "tag", "keywords" },
	{ "tags", "keywords" },
	{ "description", "summary" },
	{ "abstract", "summary" },
	{ "excerpt", "summary" },
	{ "intro", "summary" },
	{ "permalink", "aliases" },
	{ "url", "aliases" },
	{ "redirect_from", "aliases" },
	{ "draft", "status" },
	{ "published", "status" },
	{ "state", "status" },
	{ "category", "topic" },
	{ "categories", "topic" },
	{ "alias", "aliases" },
	{ "cover", "image" },
	{ "thumbnail", "image" },
	{ "thumb", "image" },
	{ "lastmod", "updated" },
	{ "modified", "updated" },
	{ "last_modified_at", "updated" },
	{ "publishDate", "publish_at" },
	{ "expiryDate", "expires_on" },
	{ "expire_date", "expires_on" },
	{ "headline", "title" },
	{ "origin_url", "source_url" },
	{ "authors", "author" },
	{ "archive_date", "archived_on" },
	{ "language", "lang" },
	{ "top", "pin" },
	{ "sticky", "pin" },
	{ "tel", "phone" },
	{ "telephone", "phone" },
};

/* Letters of the shorter stand in the longer in their order. */
static bool is_within(str shorter, str longer)
{
	size_t found = 0;

	for (size_t i = 0; i < longer.len && found < shorter.len; i++)
		found += longer.data[i] == shorter.data[found];
	return found == shorter.len;
}

static bool has_same_letters(str a, str b)
{
	int counts[256] = { 0 };

	for (size_t i = 0; i < a.len; i++)
		counts[(unsigned char)a.data[i]]++;
	for (size_t i = 0; i < b.len; i++)
		counts[(unsigned char)b.data[i]]--;
	for (size_t i = 0; i < COUNT_OF(counts); i++)
		if (counts[i] != 0)
			return false;
	return a.len == b.len;
}

/*
 * Of three letters one other makes another word ("top" is not "toc"): there a
 * slip is a letter too many or too few, or two in each other's place.
 */
static bool is_slip(str key, str name)
{
	enum { SHORT = 3 };

	if (key.len > SHORT)
		return true;
	return key.len < name.len   ? is_within(key, name)
	       : key.len > name.len ? is_within(name, key)
				    : has_same_letters(key, name);
}

static str meant_key(const struct field *table, str key)
{
	str names[KEYS_LIMIT];
	size_t count = 0;
	str nearest;

	for (const struct field *row = table; row->key != NULL; row++) {
		if (str_equal_c(key, row->label) ||
		    str_equal_ignoring_case(key, str_from_c(row->key)))
			return str_from_c(row->key);
		if (count < KEYS_LIMIT)
			names[count++] = str_from_c(row->key);
	}
	for (size_t i = 0; i < COUNT_OF(other_names); i++)
		if (str_equal_c(key, other_names[i].name) &&
		    field_find(table, str_from_c(other_names[i].key)) != NULL)
			return str_from_c(other_names[i].key);
	nearest = str_nearest(key, names, count);
	return is_slip(key, nearest) ? nearest : STR("");
}

static void help_fields(const struct field *table, bool has_extra,
			struct diag *diag, struct diag_list *diags)
{
	struct buf keys;

	if (has_extra) {
		diag_help(diags, diag,
			  _("values of your own stand below \"extra:\""));
		return;
	}
	buf_init(&keys, diags->arena);
	for (const struct field *row = table; row->key != NULL; row++)
		buf_printf(&keys, "%s%s", row == table ? "" : ", ", row->key);
	diag_help(diags, diag, _("the fields here are: %.*s"),
		  STR_ARG(buf_str(&keys)));
}

bool field_report_unknown(const struct field *table, bool has_extra, str key,
			  struct span key_span, struct diag_list *diags)
{
	struct diag *diag = diag_error(
		diags, key_span, "field-unknown",
		_("there is no field \"%.*s\""),
		STR_ARG(unicode_prefix(str_between(key, 0, SHOWN_LIMIT), 60)));
	str meant = meant_key(table, key);

	if (meant.len == 0) {
		help_fields(table, has_extra, diag, diags);
		return diag_is_lowered(diag);
	}
	diag_help(diags, diag, _("did you mean \"%.*s\" (%s)?"), STR_ARG(meant),
		  field_find(table, meant)->label);
	return diag_is_lowered(diag);
}

bool field_is_meant(const struct field *table, const struct field *field,
		    const struct yaml_node *unknown)
{
	for (size_t i = 0; i < unknown->count; i++)
		if (str_equal_c(meant_key(table, unknown->pairs[i].key),
				field->key))
			return true;
	return false;
}
