#include "preview/rewrite.h"

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

/* The page's own writer puts every value into straight double quotes. */
static bool is_link(str before)
{
	static const str names[] = { STR(" href=\""), STR(" src=\""),
				     STR(" action=\"") };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_ends_with(before, names[i]))
			return true;
	return false;
}

static size_t host_end(str html, size_t at)
{
	while (at < html.len && strchr("/\"?#", html.data[at]) == NULL)
		at++;
	return at;
}

static void add_links(struct buf *out, str html,
		      const struct preview_sites *sites)
{
	const str scheme = STR("https://");
	size_t done = 0;
	size_t from = 0;

	while (true) {
		size_t found = str_find(str_from(html, from), scheme);
		size_t host = from + found + scheme.len;
		const struct preview_site *site;
		size_t end;

		if (found == STR_NONE)
			break;
		end = host_end(html, host);
		site = is_link(str_between(html, done, from + found))
			       ? site_of_domain(sites,
						str_between(html, host, end))
			       : NULL;
		if (site != NULL) {
			buf_add(out, str_between(html, done, from + found));
			buf_printf(out, "http://%.*s.localhost:%u",
				   STR_ARG(site->id), sites->port);
			done = end;
		}
		from = end;
	}
	buf_add(out, str_from(html, done));
}

void preview_add_page(struct buf *out, str html,
		      const struct preview_sites *sites, str panel)
{
	size_t end = html.len;

	for (size_t i = html.len; i-- > 0;)
		if (str_starts_with(str_from(html, i), BODY_END)) {
			end = i;
			break;
		}
	add_links(out, str_between(html, 0, end), sites);
	buf_add(out, panel);
	buf_add(out, str_from(html, end));
}
