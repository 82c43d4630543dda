/*
 * What a text must look like is a row of rules, from the most telling to the
 * last resort: the first that is broken gives the message. Old addresses
 * become rules of web servers, which read more into an address than its
 * letters, so they are looked at as written, decoded, and decoded twice.
 */
#include "library/field_format.h"

#include <string.h>

#include "base/unicode.h"
#include "library/repair.h"
#include "library/url_host.h"
#include "markup/url_path.h"

enum { ADDRESS_LIMIT = 2000 };

/* Letters and digits of any script, "-", "_", "." but not first. */
bool slug_is_valid(str text)
{
	size_t at = 0;

	if (text.len == 0 || text.len > SLUG_LIMIT || text.data[0] == '.' ||
	    text.data[text.len - 1] == '.')
		return false;
	while (at < text.len) {
		uint32_t code_point = unicode_next(text, &at);

		if (!unicode_is_word(code_point) && code_point != '-' &&
		    code_point != '_' && code_point != '.')
			return false;
	}
	return true;
}

bool id_is_valid(str text)
{
	str rest = text;
	str part;

	if (text.len == 0 || text.len > ID_LIMIT)
		return false;
	while (str_split_next(&rest, '/', &part))
		if (!slug_is_valid(part))
			return false;
	return true;
}

/* The first character that has no place in a name, or an empty text. */
static str wrong_character(str text, bool is_id)
{
	size_t at = 0;

	while (at < text.len) {
		size_t start = at;
		uint32_t code_point = unicode_next(text, &at);

		if (!unicode_is_word(code_point) && code_point != '-' &&
		    code_point != '_' && code_point != '.' &&
		    !(is_id && code_point == '/'))
			return str_between(text, start, at);
	}
	return (str){ "", 0 };
}

/* The reason that holds for this text, and the way out. */
static void help_name(struct diag_list *diags, struct diag *diag, str text,
		      bool is_id)
{
	int limit = is_id ? ID_LIMIT : SLUG_LIMIT;
	str wrong = wrong_character(text, is_id);

	if (wrong.len > 0 && str_equal(wrong, STR(" ")))
		diag_help(diags, diag,
			  _("it has a space; write “-” in its place"));
	else if (wrong.len > 0)
		diag_help(diags, diag,
			  _("“%.*s” has no place in it; use letters, digits, "
			    "“-” and “_”"),
			  STR_ARG(wrong));
	else if (text.len > (size_t)limit)
		diag_help(diags, diag,
			  _("it has %zu bytes, at most %d are allowed; a "
			    "Chinese character has three"),
			  text.len, limit);
	else if (is_id)
		diag_help(diags, diag,
			  _("write names joined by one “/”, none of them empty "
			    "or longer than %d bytes, none with a dot at an "
			    "end: jyj/2024/kaixue"),
			  SLUG_LIMIT);
	else
		diag_help(diags, diag,
			  _("it is empty, or has a dot at an end; write it as "
			    "kaixue-tongzhi"));
}

static bool check_id(str text, struct span span, struct diag_list *diags)
{
	struct diag *diag;

	if (id_is_valid(text))
		return true;
	diag = diag_error(diags, span, "id-invalid",
			  _("\"%.*s\" cannot be an id"), STR_ARG(text));
	help_name(diags, diag, text, true);
	return false;
}

static bool check_slug(str text, struct span span, struct diag_list *diags)
{
	struct diag *diag;

	if (slug_is_valid(text))
		return true;
	diag = diag_error(diags, span, "slug-invalid",
			  _("\"%.*s\" cannot be the last part of an address"),
			  STR_ARG(text));
	help_name(diags, diag, text, false);
	return false;
}

static bool has_any_byte(str text, const char *bytes)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] != '\0' && strchr(bytes, text.data[i]) != NULL)
			return true;
	return false;
}

/* --- old addresses -------------------------------------------------------- */

/*
 * They become rules of web servers, which read more into an address than its
 * letters: "*" and ":x" stand for anything, "%2f" and "%2e" are names that one
 * server decodes before it looks and another behind. Such an alias would take
 * other pages' addresses, so each form is refused under its own name.
 */
struct written_address {
	str text;    /* as written */
	str decoded; /* once */
	str twice;   /* and again: what a second server behind the first sees */
};

static bool is_not_rooted(const struct written_address *address)
{
	return address->text.len == 0 || address->text.data[0] != '/';
}

static bool is_long(const struct written_address *address)
{
	return address->text.len > ADDRESS_LIMIT;
}

static bool has_query(const struct written_address *address)
{
	return has_any_byte(address->text, "?#");
}

static bool has_backslash(const struct written_address *address)
{
	return str_find_byte(address->twice, '\\') != STR_NONE;
}

static bool has_control(const struct written_address *address)
{
	for (size_t i = 0; i < address->twice.len; i++)
		if ((unsigned char)address->twice.data[i] < ' ' ||
		    address->twice.data[i] == 0x7f)
			return true;
	return false;
}

static bool has_placeholder(const struct written_address *address)
{
	return str_find_byte(address->twice, '*') != STR_NONE ||
	       str_find(address->twice, STR("/:")) != STR_NONE;
}

static bool has_bad_percent(const struct written_address *address)
{
	return url_path_bad_percent(address->text) != STR_NONE;
}

static bool has_bad_text(const struct written_address *address)
{
	return unicode_invalid_at(address->decoded) != STR_NONE ||
	       unicode_invalid_at(address->twice) != STR_NONE;
}

static bool has_encoded_slash(const struct written_address *address)
{
	return str_count_byte(address->twice, '/') !=
	       str_count_byte(address->text, '/');
}

static bool is_dots(str name)
{
	return str_equal(name, STR(".")) || str_equal(name, STR(".."));
}

static bool has_dots(str path)
{
	str part;

	while (str_split_next(&path, '/', &part))
		if (is_dots(part))
			return true;
	return false;
}

static bool has_encoded_dots(const struct written_address *address)
{
	return !has_dots(address->text) && has_dots(address->twice);
}

static bool has_empty_part(str path)
{
	str part;

	while (str_split_next(&path, '/', &part))
		if (part.len == 0 && path.data != NULL)
			return true;
	return false;
}

static bool has_forbidden_part(const struct written_address *address)
{
	return has_dots(address->text) ||
	       has_empty_part(str_from(address->text, 1));
}

static bool has_hidden_part(const struct written_address *address)
{
	return str_find(address->twice, STR("/.")) != STR_NONE;
}

static bool has_sign(const struct written_address *address)
{
	return has_any_byte(address->text, " \"<>|");
}

static const struct {
	bool (*is_broken)(const struct written_address *address);
	const char *id;
	const char *help;
} alias_rules[] = {
	{ is_not_rooted, "alias-invalid",
	  N_("it must begin with \"/\", without https:// and the domain: "
	     "/old/page.html") },
	{ is_long, "alias-invalid", N_("it has more than 2,000 bytes") },
	{ has_query, "alias-invalid",
	  N_("write it without \"?\", \"#\" and what follows them; an old "
	     "address with \"?\" is a row of redirects.csv beside the site's "
	     "site.yaml: /show.jsp?id=1,id:jyj/kaixue") },
	{ has_control, "alias-control",
	  N_("a line break or control character is hidden in it; write the "
	     "address as people open it") },
	{ has_backslash, "alias-backslash",
	  N_("write \"/\" where it has \"\\\"; servers take them for the "
	     "same") },
	{ has_placeholder, "alias-placeholder",
	  N_("\"*\" and \":name\" stand for any address in the rules of web "
	     "servers; write each old address in full") },
	{ has_bad_percent, "alias-encoded",
	  N_("\"%\" must be followed by two hexadecimal digits; write %25 "
	     "for the sign itself") },
	{ has_bad_text, "alias-encoded",
	  N_("what stands in it behind \"%\" is no UTF-8, which browsers "
	     "send; write the characters themselves") },
	{ has_encoded_slash, "alias-encoded",
	  N_("\"%2F\" is an encoded \"/\"; write the \"/\" itself") },
	{ has_encoded_dots, "alias-encoded",
	  N_("\"%2E\" is an encoded \".\": the name in it means a folder "
	     "above; write the address without it") },
	{ has_forbidden_part, "alias-invalid",
	  N_("write it without \".\", \"..\" and \"//\"") },
	{ has_hidden_part, "alias-invalid",
	  N_("a name in it begins with \".\": such names are the server's "
	     "own") },
	{ has_sign, "alias-invalid",
	  N_("spaces, quotes, \"<\", \">\" and \"|\" cannot be in it; "
	     "write a space as %20") },
};

static bool check_site_path(str text, struct span span, struct diag_list *diags)
{
	struct written_address address = { .text = text };
	struct diag *diag;

	address.decoded = url_path_decode(text, diags->arena);
	address.twice = url_path_decode(address.decoded, diags->arena);
	for (size_t i = 0; i < COUNT_OF(alias_rules); i++) {
		if (!alias_rules[i].is_broken(&address))
			continue;
		diag = diag_error(diags, span, alias_rules[i].id,
				  _("\"%.*s\" cannot be an old address"),
				  STR_ARG(text));
		diag_help(diags, diag, "%s", _(alias_rules[i].help));
		return false;
	}
	return true;
}

static bool check_doc_no(str text, struct span span, struct diag_list *diags)
{
	struct diag *diag;
	str repaired;

	if (doc_no_is_valid(text))
		return true;
	diag = diag_error(diags, span, "doc-no-invalid",
			  _("\"%.*s\" has not the form of a document number "
			    "(发文字号)"),
			  STR_ARG(text));
	repaired = repair_doc_no(text, diags->arena);
	if (repaired.len > 0)
		diag_help(diags, diag, _("write %.*s"), STR_ARG(repaired));
	else
		diag_help(diags, diag,
			  _("write 示政发〔2024〕1号: hexagonal brackets, a "
			    "year of "
			    "four digits, no 第 and no leading zero"));
	return diag_is_lowered(diag);
}

static bool check_language(str text, struct span span, struct diag_list *diags)
{
	bool ok = text.len >= 2 && text.len <= 35;
	struct diag *diag;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		ok &= byte_is_letter(c) ||
		      (i > 1 && (c == '-' || byte_is_digit(c)));
	}
	if (ok)
		return true;
	diag = diag_error(diags, span, "language-invalid",
			  _("\"%.*s\" is no language code"), STR_ARG(text));
	diag_help(diags, diag, _("write zh-CN, en, ja or the like"));
	return false;
}

bool field_format_check(enum field_format format, str text, struct span span,
			struct diag_list *diags)
{
	switch (format) {
	case FORMAT_ANY:
	case FORMAT_LINES:
		return true;
	case FORMAT_ID:
		return check_id(text, span, diags);
	case FORMAT_SLUG:
		return check_slug(text, span, diags);
	case FORMAT_SITE_PATH:
		return check_site_path(text, span, diags);
	case FORMAT_DOC_NO:
		return check_doc_no(text, span, diags);
	case FORMAT_LANGUAGE:
		return check_language(text, span, diags);
	}
	return true;
}

/*
 * The bytes before ":", when they may be the scheme of an address: to browsers,
 * too, one with Chinese in it is none.
 */
static str scheme_of(str text)
{
	size_t len = 0;

	while (len < text.len && strchr(":/?#", text.data[len]) == NULL)
		len++;
	text = len == text.len || text.data[len] != ':'
		       ? STR("")
		       : str_between(text, 0, len);
	return unicode_is_ascii(text) ? text : STR("");
}

/* Of the library, as it stands there: it is encoded where it is shown. */
static bool is_file_name(str text)
{
	return text.len > 0 && strchr("/#?", text.data[0]) == NULL &&
	       scheme_of(text).len == 0;
}

/* Of this site: servers and browsers read "%2e" as the dot it stands for. */
static bool leads_above(str text, struct arena *arena)
{
	str path = text;

	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '?' || text.data[i] == '#') {
			path.len = i;
			break;
		}
	return has_dots(url_path_decode(url_path_decode(path, arena), arena));
}

/* "www.a.cn", "a.gov.cn/x", "https//a.cn": no file is called so. */
static bool is_without_scheme(str text)
{
	static const str endings[] = { STR(".cn"), STR(".com"), STR(".net"),
				       STR(".org") };
	str host = str_between(text, 0, str_find_byte(text, '/'));

	if (str_starts_with(text, STR("www.")) ||
	    str_starts_with(text, STR("http//")) ||
	    str_starts_with(text, STR("https//")))
		return true;
	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (str_ends_with(host, endings[i]))
			return true;
	return false;
}

static const char *url_mistake(str text, struct arena *arena)
{
	str scheme = scheme_of(text);

	if (text.len > ADDRESS_LIMIT)
		return _("it has more than 2,000 bytes");
	if (is_without_scheme(text))
		return _("write https:// in front of the domain: "
			 "https://www.example.gov.cn/");
	if (is_file_name(text))
		return has_any_byte(text, "\t\n\\")
			       ? _("a path has “/” between its names, and "
				   "neither “\\” nor a tab in them")
			       : NULL;
	if (has_any_byte(text, " \t\n\\\"<>"))
		return _("spaces, quotes, \"\\\", \"<\" and \">\" cannot be in "
			 "it");
	if (str_starts_with(text, STR("//")))
		return _("write https: in front of it");
	if (text.len > 0 && text.data[0] == '/' && leads_above(text, arena))
		return _(
			"\".\" and \"..\" in it, also as \"%2E\", mean another "
			"folder; write the address without them");
	if (scheme.len == 0)
		return NULL;
	if (!str_equal_ignoring_case(scheme, STR("http")) &&
	    !str_equal_ignoring_case(scheme, STR("https")))
		return _("it must begin with https://, http:// or \"/\", or be "
			 "the name of a file beside this one");
	if (!str_starts_with(str_from(text, scheme.len), STR("://")) ||
	    text.len <= scheme.len + 3)
		return _("write https:// and the domain: "
			 "https://www.example.gov.cn/");
	return url_host_mistake(text);
}

bool field_url_check(str text, struct span span, struct diag_list *diags)
{
	const char *help = url_mistake(text, diags->arena);
	struct diag *diag;

	if (help == NULL)
		return true;
	diag = diag_error(diags, span, "url-invalid",
			  _("\"%.*s\" is no address that a page may link to"),
			  STR_ARG(text));
	diag_help(diags, diag, "%s", help);
	return false;
}
