/*
 * Addresses as people write them: what is wrong with one that no browser can
 * go to, what was meant by one that lacks something, and the one form of a
 * host that can be written in several.
 */
#include "render/link.h"

#include "base/unicode.h"
#include "markup/html.h"
#include "markup/url_path.h"

static str lower(str text, struct arena *arena)
{
	char *data = arena_c_string(arena, text);

	for (size_t i = 0; i < text.len; i++)
		if (data[i] >= 'A' && data[i] <= 'Z')
			data[i] = (char)(data[i] | 0x20);
	return (str){ data, text.len };
}

/* --- what is wrong -------------------------------------------------------- */

/* A sign that no host has; "。" is a dot to browsers. */
static bool is_foreign_sign(uint32_t code_point)
{
	return unicode_is_space(code_point) ||
	       (code_point >= 0x80 && unicode_is_punctuation(code_point) &&
		code_point != 0x3002 /* 。 */ && code_point != 0xff0e /* ． */);
}

static bool is_host(str host)
{
	size_t at = 0;

	while (at < host.len)
		if (is_foreign_sign(unicode_next(host, &at)))
			return false;
	return host.len > 0 && host.data[0] != '.' &&
	       !str_ends_with(host, STR("。"));
}

static bool has_digit(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (byte_is_digit(text.data[i]))
			return true;
	return false;
}

static str fault_of_web(str address, str rest, struct arena *arena)
{
	size_t from = 0;

	if (str_starts_with(rest, STR("／／")))
		return arena_printf(arena, _("write https://%.*s"),
				    STR_ARG(str_from(rest, STR("／／").len)));
	while (from < rest.len &&
	       (rest.data[from] == '/' || rest.data[from] == '\\'))
		from++;
	if (from == rest.len)
		return str_from_c(_("write the whole address, with the name "
				    "of the website: https://…"));
	if (from != 2 || str_find_byte(str_between(rest, 0, 2), '\\') == 0)
		return arena_printf(arena, _("write https://%.*s"),
				    STR_ARG(str_from(rest, from)));
	if (!is_host(url_path_host(address)))
		return str_from_c(_("the name of a website has no blanks and "
				    "no punctuation of Chinese; look where "
				    "the address ends"));
	return STR("");
}

str link_address_fault(str address, struct arena *arena)
{
	str scheme = html_url_scheme(address, arena);
	str rest = str_from(address, str_find_byte(address, ':') + 1);
	size_t at = str_find_byte(rest, '@');

	if (str_equal_c(scheme, "https") || str_equal_c(scheme, "http"))
		return fault_of_web(address, rest, arena);
	if (str_equal_c(scheme, "mailto") &&
	    (at == STR_NONE || at == 0 || at + 1 == rest.len))
		return str_from_c(_("write the whole address: mailto:…@…"));
	if (str_equal_c(scheme, "tel") && !has_digit(rest))
		return str_from_c(_("write the number: tel:…"));
	return STR("");
}

void link_look_at_end(struct link *link)
{
	static const str signs[] = {
		STR("。"), STR("，"), STR("；"), STR("、"),
		STR("："), STR("！"), STR("？"), STR("）"),
		STR("》"), STR("”"),  STR("’"),	 STR("】")
	};
	struct arena *arena = link->links->job->arena;
	str address = url_path_decode(link->destination, arena);
	struct diag *diag;

	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		if (!str_ends_with(address, signs[i]))
			continue;
		diag = diag_warning(link->diags, link->span, "link-end",
				    _("the address ends in “%.*s”"),
				    STR_ARG(signs[i]));
		diag_help(link->diags, diag, "%s",
			  _("put the sign of the sentence behind the "
			    "bracket"));
		return;
	}
}

/* --- what was meant ------------------------------------------------------- */

/* "https//", "http：//", "https;/": the scheme with something else behind it.
 */
static str without_scheme(str address)
{
	static const str schemes[] = { STR("https"), STR("http") };
	static const str signs[] = { STR("："), STR(":"), STR(";"), STR("；"),
				     STR(".") };
	str rest = address;

	for (size_t i = 0; i < COUNT_OF(schemes); i++) {
		if (!str_equal_ignoring_case(
			    str_between(address, 0, schemes[i].len),
			    schemes[i]))
			continue;
		rest = str_from(address, schemes[i].len);
		for (size_t j = 0; j < COUNT_OF(signs); j++)
			if (str_starts_with(rest, signs[j])) {
				rest = str_from(rest, signs[j].len);
				break;
			}
		break;
	}
	if (rest.len == address.len)
		return address;
	if (!str_starts_with(rest, STR("/")) &&
	    !str_starts_with(rest, STR("／")))
		return address;
	while (str_starts_with(rest, STR("/")))
		rest = str_from(rest, 1);
	while (str_starts_with(rest, STR("／")))
		rest = str_from(rest, STR("／").len);
	return rest;
}

/* "www.a.cn" and "a.com", but no name of a file. */
static bool is_domain(str name)
{
	static const str endings[] = { STR(".cn"),  STR(".com"), STR(".net"),
				       STR(".org"), STR(".gov"), STR(".edu") };
	bool is_named =
		str_equal_ignoring_case(str_between(name, 0, 4), STR("www."));

	for (size_t i = 0; i < name.len; i++)
		if (!byte_is_letter(name.data[i]) &&
		    !byte_is_digit(name.data[i]) && name.data[i] != '.' &&
		    name.data[i] != '-')
			return false;
	for (size_t i = 0; i < COUNT_OF(endings); i++)
		is_named |= str_ends_with(name, endings[i]);
	return is_named && name.data[0] != '.';
}

str link_address_meant(str address, struct arena *arena)
{
	str rest = without_scheme(address);
	str name = str_between(rest, 0, str_find_byte(rest, '/'));
	size_t at = str_find_byte(name, '@');

	name = str_between(name, 0, str_find_byte(name, '?'));
	if (at != STR_NONE && at > 0 && name.len == rest.len &&
	    is_domain(str_from(name, at + 1)))
		return arena_printf(arena, "mailto:%.*s", STR_ARG(rest));
	if (!is_domain(name))
		return STR("");
	return arena_printf(arena, "https://%.*s", STR_ARG(rest));
}

/* --- one form ------------------------------------------------------------- */

str link_address_form(str address, struct arena *arena)
{
	str host = url_path_host(address);
	size_t start = (size_t)(host.data - address.data);
	size_t end = start + host.len;
	struct buf out;

	if (host.len == 0 || start < 3 || start > sizeof("https://") - 1)
		return address; /* with a name of a user: as it is */
	buf_init(&out, arena);
	buf_add(&out, lower(str_between(address, 0, end), arena));
	if (host.len > 1 && str_ends_with(host, STR(".")))
		out.len--;
	if (str_starts_with(str_from(address, end),
			    str_starts_with(buf_str(&out), STR("https:"))
				    ? STR(":443")
				    : STR(":80"))) {
		size_t port =
			str_starts_with(buf_str(&out), STR("https:")) ? 4 : 3;

		if (end + port == address.len ||
		    str_find_byte(STR("/?#"), address.data[end + port]) !=
			    STR_NONE)
			end += port;
	}
	buf_add(&out, str_from(address, end));
	return buf_str(&out);
}
