/*
 * One pass over the bytes of a page, from one value in straight quotes to the
 * next: a parser of HTML would write the page anew, and then the preview would
 * not show what is published.
 */
#include "preview/rewrite.h"

#include "markup/url_path.h"

static const str BODY_END = { "</body>", 7 };

const struct preview_site *preview_site_of_id(const struct preview_sites *sites,
					      str id)
{
	for (size_t i = 0; i < sites->count; i++)
		if (str_equal_ignoring_case(sites->items[i].id, id))
			return &sites->items[i];
	return NULL;
}

static const struct preview_site *
site_of_domain(const struct preview_sites *sites, str domain)
{
	for (size_t i = 0; i < sites->count; i++)
		if (str_equal(sites->items[i].domain, domain))
			return &sites->items[i];
	return NULL;
}

/* --- one link ------------------------------------------------------------- */

/* The page's own writer puts every value into straight double quotes. */
static const str names[] = { { " href=\"", 7 },
			     { " src=\"", 6 },
			     { " action=\"", 9 } };
enum { NAME_HREF, NAME_SRC, NAME_ACTION, NAME_NONE };

/* Which of them ends where the value begins. */
static int name_before(str before)
{
	int name = 0;

	while (name < NAME_NONE && !str_ends_with(before, names[name]))
		name++;
	return name;
}

struct preview_link {
	str domain;			  /* of the site that it leads to */
	const struct preview_site *other; /* that site; NULL: the page's own */
	str path;			  /* from its slash on; may be empty */
	str query;			  /* without its "?" */
	str fragment;			  /* with its "#" */
};

/* Where the first of these bytes is, or the end. */
static size_t end_before(str text, const char *bytes)
{
	size_t at = 0;

	while (at < text.len && strchr(bytes, text.data[at]) == NULL)
		at++;
	return at;
}

static bool take_domain(struct preview_link *out, str *value,
			const struct preview_links *links)
{
	size_t end;

	if (!str_take(value, STR("https://"))) {
		out->domain = links->domain;
		return str_starts_with(*value, STR("/")) &&
		       !str_starts_with(*value, STR("//"));
	}
	end = end_before(*value, "/?#");
	out->domain = str_between(*value, 0, end);
	out->other = site_of_domain(links->sites, out->domain);
	*value = str_from(*value, end);
	return out->other != NULL;
}

/* False: it leads to no site of the library, or is seen from where it is. */
static bool read_link(struct preview_link *out, str value,
		      const struct preview_links *links)
{
	size_t end;

	*out = (struct preview_link){ .query = STR("") };
	if (!take_domain(out, &value, links))
		return false;
	end = end_before(value, "?#");
	out->path = str_between(value, 0, end);
	value = str_from(value, end);
	if (str_take_byte(&value, '?')) {
		end = end_before(value, "#");
		out->query = str_between(value, 0, end);
		value = str_from(value, end);
	}
	out->fragment = value;
	return true;
}

/* What readers do not see yet: the mark of the page, or NULL. */
static const char *mark_of(const struct preview_link *link,
			   const struct preview_links *links)
{
	const str parts[] = { link->domain,
			      url_path_decode(link->path, links->arena) };

	if (links->marks == NULL || links->marks->count == 0)
		return NULL;
	return map_get(links->marks,
		       arena_join(links->arena, parts, COUNT_OF(parts)));
}

/* A form that is sent has a query of its own. */
static void add_query(struct buf *out, const struct preview_link *link,
		      int name, const struct preview_links *links)
{
	const char *before = "?";

	if (link->query.len > 0) {
		buf_printf(out, "?%.*s", STR_ARG(link->query));
		before = "&amp;";
	}
	if (name == NAME_ACTION)
		return;
	if (links->name.len == 0 && link->other != NULL) {
		buf_printf(out, "%ssite=%.*s", before,
			   STR_ARG(link->other->id));
		before = "&amp;";
	}
	if (links->as_of.len > 0)
		buf_printf(out, "%sas-of=%.*s", before, STR_ARG(links->as_of));
}

static void add_link(struct buf *out, const struct preview_link *link, int name,
		     const struct preview_links *links)
{
	const char *mark = name == NAME_HREF ? mark_of(link, links) : NULL;
	bool is_named = link->other != NULL && links->name.len > 0;

	if (mark != NULL)
		buf_printf(out, " data-jiyue-mark=\"%s\"", mark);
	buf_add(out, names[name]);
	if (is_named)
		buf_printf(out, "http://%.*s.%.*s", STR_ARG(link->other->id),
			   STR_ARG(links->name));
	else if (link->path.len == 0)
		buf_add_byte(out, '/');
	buf_add(out, link->path);
	add_query(out, link, name, links);
	buf_add(out, link->fragment);
}

/* --- the page ------------------------------------------------------------- */

static void add_links(struct buf *out, str html,
		      const struct preview_links *links)
{
	size_t done = 0;
	size_t from = 0;

	while (true) {
		size_t found = str_find(str_from(html, from), STR("=\""));
		size_t start = from + found + 2;
		int name;
		size_t end;
		struct preview_link link;

		if (found == STR_NONE)
			break;
		name = name_before(str_between(html, done, start));
		end = start + end_before(str_from(html, start), "\"");
		from = start;
		if (name == NAME_NONE || end == html.len)
			continue;
		if (read_link(&link, str_between(html, start, end), links)) {
			buf_add(out, str_between(html, done,
						 start - names[name].len));
			add_link(out, &link, name, links);
			done = end;
		}
		from = end;
	}
	buf_add(out, str_from(html, done));
}

void preview_add_page(struct buf *out, str html,
		      const struct preview_links *links, str panel)
{
	size_t end = html.len;

	for (size_t i = html.len; i-- > 0;)
		if (str_starts_with(str_from(html, i), BODY_END)) {
			end = i;
			break;
		}
	add_links(out, str_between(html, 0, end), links);
	buf_add(out, panel);
	buf_add(out, str_from(html, end));
}
