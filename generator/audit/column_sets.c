/*
 * Each of the five parts is read as a set of addresses of columns, out of the
 * finished pages and not out of the plan, so that a template that forgets a
 * column is found. A set is a map, so a site of a thousand columns costs a
 * look for each. A part whose page was kept was proven when it was made; only
 * the columns need to be equal then.
 */
#include "audit/column_sets.h"

#include "base/map.h"
#include "markup/page_facts.h"
#include "plan/permalink.h"

static const char *const set_names[COLUMN_SET_COUNT] = {
	N_("the navigation"), N_("the 网站地图 page"), "sitemap.xml",
	N_("the feeds")
};

struct proof {
	const struct column_sets_options *options;
	const struct site *site;
	struct map sets[COLUMN_SET_COUNT]; /* addresses: "/a/b/" */
	struct map columns;		   /* struct column *, by address */
	struct arena *arena;		   /* what lasts: the sets */
	struct arena *page; /* the page at hand; emptied for the next */
	struct diag_list *diags;
	bool ok;
};

static void differ(struct proof *proof, struct span span, str message)
{
	diag_error(proof->diags, span, "column-sets", "%.*s", STR_ARG(message));
	proof->ok = false;
}

static bool read_page(struct proof *proof, str path, str *out)
{
	if (proof->options->read(proof->options->context, proof->site, path,
				 out, proof->page, proof->diags))
		return true;
	if (proof->diags->failed)
		return false;
	differ(proof, proof->site->domain_span,
	       arena_printf(proof->page,
			    _("the page “/%.*s” cannot be read back"),
			    STR_ARG(path)));
	return false;
}

static bool read_facts(struct proof *proof, str path, struct page_facts *facts)
{
	struct xml_problem problem;
	str html;

	if (!read_page(proof, path, &html))
		return false;
	if (page_facts_read(facts, html, proof->page, &problem))
		return true;
	differ(proof, proof->site->domain_span,
	       arena_printf(proof->page,
			    _("the page “/%.*s” is not well formed: %.*s"),
			    STR_ARG(path), STR_ARG(problem.message)));
	return false;
}

/* "/a/b/": an address of a column, as opposed to "/", pages and files. */
static bool is_column_address(str address)
{
	return address.len > 1 && address.data[0] == '/' &&
	       address.data[1] != '/' && address.data[address.len - 1] == '/';
}

/* The address may lie in the page's arena. */
static void add(struct proof *proof, enum column_set set, str address)
{
	if (!map_has(&proof->sets[set], address))
		map_set(&proof->sets[set], arena_copy(proof->arena, address),
			proof);
}

static void add_links(struct proof *proof, enum column_set set,
		      const struct page_facts *facts, enum landmark part)
{
	const struct page_link *links = facts->links.items;

	for (size_t i = 0; i < facts->links.count; i++)
		if (links[i].part == part && is_column_address(links[i].href))
			add(proof, set, links[i].href);
}

/* --- breadcrumbs: the columns above, in order --- */

static void check_breadcrumbs(struct proof *proof, const struct column *column,
			      const struct page_facts *facts)
{
	const struct page_link *links = facts->links.items;
	const struct column *trail[COLUMN_DEPTH_LIMIT];
	size_t depth = 0;
	size_t at = 0;

	for (const struct column *above = column->parent; above != NULL;
	     above = above->parent)
		trail[depth++] = above;
	for (size_t i = 0; i < facts->links.count; i++) {
		if (links[i].part != LANDMARK_BREADCRUMB ||
		    !is_column_address(links[i].href))
			continue;
		if (at < depth && map_get(&proof->columns, links[i].href) ==
					  trail[depth - 1 - at])
			at++;
		else if (map_get(&proof->columns, links[i].href) != column)
			at = SIZE_MAX / 2;
	}
	if (at != depth)
		differ(proof, column->span,
		       arena_printf(proof->page,
				    _("the breadcrumbs of the column “/%.*s/” "
				      "are not the columns above it"),
				    STR_ARG(column->path)));
}

/* --- the sets --- */

/*
 * The navigation is what stands in <nav>: on every page the upper levels, and
 * beside a column its neighbours and children.
 */
static void read_columns(struct proof *proof)
{
	struct page_facts facts;

	if (read_facts(proof, STR("index.html"), &facts))
		add_links(proof, SET_NAVIGATION, &facts, LANDMARK_NAVIGATION);
	arena_reset(proof->page);
	for (size_t i = 0; i < proof->site->column_count; i++) {
		const struct column *column = &proof->site->columns[i];
		str path = permalink_column_path(column, proof->page);

		if (!read_facts(proof, path, &facts))
			continue;
		add_links(proof, SET_NAVIGATION, &facts, LANDMARK_NAVIGATION);
		add_links(proof, SET_NAVIGATION, &facts, LANDMARK_SIDE);
		check_breadcrumbs(proof, column, &facts);
		arena_reset(proof->page);
	}
}

static void read_sitemap_page(struct proof *proof)
{
	struct page_facts facts;

	if (read_facts(proof, STR("sitemap.html"), &facts))
		add_links(proof, SET_SITEMAP_PAGE, &facts, LANDMARK_MAIN);
}

static bool read_locations(struct proof *proof, str path, struct list *out)
{
	struct xml_problem problem;
	str xml;

	if (!read_page(proof, path, &xml))
		return false;
	if (sitemap_read(out, xml, proof->page, &problem))
		return true;
	differ(proof, proof->site->domain_span,
	       arena_printf(proof->page,
			    _("the sitemap “/%.*s” is not well formed: %.*s"),
			    STR_ARG(path), STR_ARG(problem.message)));
	return false;
}

/* A part that was proven and has not changed; the columns are in another. */
static bool is_proven(const struct proof *proof, str part)
{
	return proof->options->is_kept != NULL &&
	       !str_equal(part, STR("sitemap/columns.xml")) &&
	       proof->options->is_kept(proof->options->context, proof->site,
				       part);
}

static void read_sitemap_xml(struct proof *proof)
{
	str root = arena_printf(proof->page, "https://%.*s",
				STR_ARG(proof->site->domain));
	struct list parts;
	struct list locations;

	if (!read_locations(proof, STR("sitemap.xml"), &parts))
		return;
	for (size_t i = 0; i < parts.count; i++) {
		str part = ((const str *)parts.items)[i];

		if (!str_starts_with(part, root))
			continue;
		part = str_from(part, root.len + 1);
		if (is_proven(proof, part) ||
		    !read_locations(proof, part, &locations))
			continue;
		for (size_t j = 0; j < locations.count; j++) {
			str address = ((const str *)locations.items)[j];

			if (!str_starts_with(address, root))
				continue;
			address = str_from(address, root.len);
			if (is_column_address(address))
				add(proof, SET_SITEMAP_XML, address);
		}
	}
}

/* A column's feed is Atom that parses, and names the column's page. */
static void read_feeds(struct proof *proof)
{
	for (size_t i = 0; i < proof->site->column_count; i++) {
		const struct column *column = &proof->site->columns[i];
		str path = arena_printf(proof->page, "%.*s/feed.xml",
					STR_ARG(column->path));
		str page = permalink_absolute(
			proof->site, permalink_column_path(column, proof->page),
			proof->page);
		/* whole: its articles' addresses begin like the column's */
		str link = arena_printf(proof->page, "href=\"%.*s\"",
					STR_ARG(page));
		struct xml_problem problem;
		struct list entries;
		str xml;

		if (read_page(proof, path, &xml) &&
		    feed_read(&entries, xml, proof->page, &problem) &&
		    str_find(xml, link) != STR_NONE)
			add(proof, SET_FEEDS,
			    permalink_address(
				    permalink_column_path(column, proof->page),
				    proof->page));
		arena_reset(proof->page);
	}
}

/* --- the comparison --- */

static void compare(struct proof *proof, enum column_set set)
{
	const struct map *found = &proof->sets[set];

	for (size_t i = 0; i < proof->columns.count; i++) {
		const struct column *column = proof->columns.entries[i].value;
		str address = proof->columns.entries[i].key;
		bool wanted = set != SET_NAVIGATION || !column->is_archived;

		if (wanted && !map_has(found, address))
			differ(proof, column->span,
			       arena_printf(
				       proof->arena,
				       _("the column “%.*s” is missing from "
					 "%s"),
				       STR_ARG(address), _(set_names[set])));
	}
	for (size_t i = 0; i < found->count; i++)
		if (!map_has(&proof->columns, found->entries[i].key))
			differ(proof, proof->site->domain_span,
			       arena_printf(proof->arena,
					    _("“%.*s” is no column, but "
					      "stands in %s"),
					    STR_ARG(found->entries[i].key),
					    _(set_names[set])));
}

static void (*const readers[COLUMN_SET_COUNT])(struct proof *) = {
	[SET_NAVIGATION] = read_columns,
	[SET_SITEMAP_PAGE] = read_sitemap_page,
	[SET_SITEMAP_XML] = read_sitemap_xml,
	[SET_FEEDS] = read_feeds,
};

static bool check(const struct column_sets_options *options,
		  struct arena *arena, struct arena *page,
		  struct diag_list *diags)
{
	struct proof proof = { .options = options,
			       .site = options->plan->site,
			       .arena = arena,
			       .page = page,
			       .diags = diags,
			       .ok = true };

	if (site_is_notice_only(proof.site))
		return true;
	map_init(&proof.columns, arena);
	for (size_t i = 0; i < COLUMN_SET_COUNT; i++)
		map_init(&proof.sets[i], arena);
	for (size_t i = 0; i < proof.site->column_count; i++) {
		struct column *column = &proof.site->columns[i];

		map_set(&proof.columns,
			permalink_address(permalink_column_path(column, arena),
					  arena),
			column);
	}
	for (size_t i = 0; i < COLUMN_SET_COUNT; i++) {
		if (!(options->sets & 1u << i))
			continue;
		readers[i](&proof);
		arena_reset(page);
		if (diags->failed)
			return false;
		compare(&proof, (enum column_set)i);
	}
	return proof.ok;
}

bool column_sets_check(const struct column_sets_options *options,
		       struct arena *arena, struct diag_list *diags)
{
	struct arena page;
	bool ok;

	arena_init(&page);
	ok = check(options, arena, &page, diags);
	arena_release(&page);
	return ok;
}
