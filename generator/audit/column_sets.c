/*
 * Each of the five parts is read as a set of addresses of columns, out of the
 * finished pages and not out of the plan, so that a template that forgets a
 * column is found. A set is a map, so a site of a thousand columns costs a
 * look for each. A part whose page was kept was proven when it was made; only
 * the columns need to be equal then.
 *
 * The navigation and the feeds have a page for each column. What each of them
 * adds to its set is noted as a digest, and that of the tree it was compared
 * with; so after an edit only the pages that changed are read: what they add is
 * what they added, and the set is the one that was proven. If not, all of it is
 * read again.
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
	struct digest note; /* of what the page at hand adds */
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
		if (links[i].part == part && is_column_address(links[i].href)) {
			add(proof, set, links[i].href);
			digest_add(&proof->note, links[i].href);
		}
}

/* The page of a column; NULL is the home page. */
static str page_of(const struct column *column, struct arena *arena)
{
	return column == NULL ? STR("index.html")
			      : permalink_column_path(column, arena);
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
	digest_add_number(&proof->note, at == depth);
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
static void read_navigation(struct proof *proof, const struct column *column)
{
	struct page_facts facts;

	if (!read_facts(proof, page_of(column, proof->page), &facts))
		return;
	digest_add_number(&proof->note, 1); /* it can be read */
	add_links(proof, SET_NAVIGATION, &facts, LANDMARK_NAVIGATION);
	if (column == NULL)
		return;
	add_links(proof, SET_NAVIGATION, &facts, LANDMARK_SIDE);
	check_breadcrumbs(proof, column, &facts);
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

static str feed_of(const struct column *column, struct arena *arena)
{
	return arena_printf(arena, "%.*s/feed.xml", STR_ARG(column->path));
}

/* A column's feed is Atom that parses, and names the column's page. */
static void read_feed(struct proof *proof, const struct column *column)
{
	str page = permalink_column_path(column, proof->page);
	/* whole: its articles' addresses begin like the column's */
	str link = arena_printf(
		proof->page, "href=\"%.*s\"",
		STR_ARG(permalink_absolute(proof->site, page, proof->page)));
	struct xml_problem problem;
	struct list entries;
	str xml;

	if (!read_page(proof, feed_of(column, proof->page), &xml) ||
	    !feed_read(&entries, xml, proof->page, &problem) ||
	    str_find(xml, link) == STR_NONE)
		return;
	page = permalink_address(page, proof->page);
	add(proof, SET_FEEDS, page);
	digest_add(&proof->note, page);
}

/* --- a page for each column --- */

/* Notes: of the tree; of the home page and each column; of each feed. */
enum { NOTE_TREE, NOTE_HOME, NOTE_COLUMNS };

size_t column_sets_note_count(const struct site *site)
{
	return NOTE_COLUMNS + 2 * site->column_count;
}

static struct digest digest_of_tree(const struct site *site)
{
	struct digest digest = { 0, 0 };

	digest_add(&digest, site->domain);
	for (size_t i = 0; i < site->column_count; i++) {
		digest_add(&digest, site->columns[i].path);
		digest_add_number(&digest, site->columns[i].is_archived);
	}
	return digest;
}

/* What was proven with another tree says nothing of this one. */
static void begin_notes(const struct column_sets_options *options)
{
	const struct site *site = options->plan->site;
	struct digest tree = digest_of_tree(site);

	if (options->notes == NULL ||
	    digest_equal(options->notes[NOTE_TREE], tree))
		return;
	memset(options->notes, 0,
	       column_sets_note_count(site) * sizeof(*options->notes));
	options->notes[NOTE_TREE] = tree;
}

struct many_pages {
	enum column_set set;
	bool has_home; /* the home page is one of them */
	void (*read)(struct proof *proof, const struct column *column);
	str (*path)(const struct column *column, struct arena *arena);
};

static const struct many_pages of_navigation = { SET_NAVIGATION, true,
						 read_navigation, page_of };
static const struct many_pages of_feeds = { SET_FEEDS, false, read_feed,
					    feed_of };

/* The place of a column's note; NULL is the home page. */
static size_t note_of(const struct proof *proof, const struct many_pages *pages,
		      const struct column *column)
{
	if (column == NULL)
		return NOTE_HOME;
	return NOTE_COLUMNS +
	       (pages->set == SET_FEEDS ? proof->site->column_count : 0) +
	       (size_t)(column - proof->site->columns);
}

static struct digest read_one(struct proof *proof,
			      const struct many_pages *pages,
			      const struct column *column)
{
	proof->note = digest_of(pages->path(column, proof->page));
	pages->read(proof, column);
	arena_reset(proof->page);
	return proof->note;
}

/* Does the page add what it added when all of the set was proven? */
static bool adds_same(struct proof *proof, const struct many_pages *pages,
		      const struct column *column)
{
	const struct column_sets_options *options = proof->options;
	const struct digest *known =
		&options->notes[note_of(proof, pages, column)];

	if (digest_equal(*known, (struct digest){ 0, 0 }))
		return false;
	return options->is_kept(options->context, proof->site,
				pages->path(column, proof->page)) ||
	       digest_equal(*known, read_one(proof, pages, column));
}

/* What is found on the way is found again when all is read. */
static bool is_as_proven(const struct proof *proof,
			 const struct many_pages *pages)
{
	struct proof trial = *proof;
	struct diag_list ignored;
	bool ok;

	if (proof->options->notes == NULL || proof->options->is_kept == NULL)
		return false;
	diag_list_init_part(&ignored, proof->arena, proof->diags);
	trial.diags = &ignored;
	map_init(&trial.sets[pages->set], proof->arena);
	ok = !pages->has_home || adds_same(&trial, pages, NULL);
	for (size_t i = 0; ok && i < proof->site->column_count; i++)
		ok = adds_same(&trial, pages, &proof->site->columns[i]);
	arena_reset(proof->page);
	return ok;
}

static void read_many(struct proof *proof, const struct many_pages *pages)
{
	struct digest *notes = proof->options->notes;
	size_t home = pages->has_home;

	for (size_t i = 0; i < proof->site->column_count + home; i++) {
		const struct column *column =
			i < home ? NULL : &proof->site->columns[i - home];
		struct digest note = read_one(proof, pages, column);

		if (notes != NULL)
			notes[note_of(proof, pages, column)] = note;
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

/* Nothing is known of a set with a mistake. */
static void forget(const struct proof *proof, const struct many_pages *pages)
{
	struct digest *notes = proof->options->notes;

	if (pages->has_home)
		notes[NOTE_HOME] = (struct digest){ 0, 0 };
	for (size_t i = 0; i < proof->site->column_count; i++)
		notes[note_of(proof, pages, &proof->site->columns[i])] =
			(struct digest){ 0, 0 };
}

static void prove_many(struct proof *proof, const struct many_pages *pages)
{
	bool was_ok = proof->ok;

	if (is_as_proven(proof, pages))
		return;
	proof->ok = true;
	read_many(proof, pages);
	if (!proof->diags->failed)
		compare(proof, pages->set);
	if (!proof->ok && proof->options->notes != NULL)
		forget(proof, pages);
	proof->ok &= was_ok;
}

static void prove_navigation(struct proof *proof)
{
	prove_many(proof, &of_navigation);
}

static void prove_sitemap_page(struct proof *proof)
{
	read_sitemap_page(proof);
	if (!proof->diags->failed)
		compare(proof, SET_SITEMAP_PAGE);
}

static void prove_sitemap_xml(struct proof *proof)
{
	read_sitemap_xml(proof);
	if (!proof->diags->failed)
		compare(proof, SET_SITEMAP_XML);
}

static void prove_feeds(struct proof *proof)
{
	prove_many(proof, &of_feeds);
}

static void (*const provers[COLUMN_SET_COUNT])(struct proof *) = {
	[SET_NAVIGATION] = prove_navigation,
	[SET_SITEMAP_PAGE] = prove_sitemap_page,
	[SET_SITEMAP_XML] = prove_sitemap_xml,
	[SET_FEEDS] = prove_feeds,
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
	begin_notes(options);
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
		provers[i](&proof);
		arena_reset(page);
		if (diags->failed)
			return false;
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
