/*
 * Judging an address needs the page it leads to, which may not be made yet. So
 * workers only note addresses and ids, each in a list of its own, and all is
 * judged when the last page is there. An address that many pages have (a menu)
 * is kept once: what is told goes by address and site.
 */
#include "audit/page_links.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/number.h"
#include "markup/url_path.h"

/* Dead addresses that are told; a broken theme has them on every page. */
enum { TOLD_LIMIT = 1000 };

/* An address that is written on one page or many. */
struct noted_link {
	str href;		      /* as written */
	str fragment;		      /* decoded; empty: none */
	const struct site_plan *to;   /* with a fragment: of which page */
	const struct page *target;    /* with a fragment */
	const struct site_plan *from; /* the first that has it */
	const struct page *page;
	size_t pages; /* how many have it */
};

/* A page that was read: one each, so it has its place and figures alone. */
struct noted_page {
	uint32_t site;
	uint32_t page; /* in the plan of the site */
	uint32_t size;
	uint32_t labels;
	bool has_jiucuo;
	uint64_t code;
	str *unshown; /* PAGE_TAG_COUNT texts; NULL: all is shown */
};

void page_links_init(struct page_links *part, const struct page_plan *plan)
{
	*part = (struct page_links){ .plan = plan };
	arena_init(&part->arena);
	list_init(&part->ids, sizeof(uint64_t));
	list_init(&part->pages, sizeof(struct noted_page));
	part->reached =
		arena_array(&part->arena, plan->count, sizeof(*part->reached));
	map_init(&part->fragments, &part->arena);
	map_init(&part->dead, &part->arena);
	map_init(&part->hosts, &part->arena);
	map_init(&part->outside, &part->arena);
}

void page_links_release(struct page_links *part)
{
	arena_release(&part->arena);
}

/* --- one page --- */

struct page_reading {
	struct page_links *part;
	const struct site_plan *site;
	const struct page *page;
	const struct page_marks *marks;
	uint64_t code; /* bit set of its styles and scripts, so far */
	struct arena *scratch;
};

static void note_reached(struct page_reading *reading,
			 const struct site_plan *to, const struct page *page);
static uint64_t code_bit(const struct site_plan *site, const struct page *page);

/* An id of a page among those of all pages. */
static uint64_t id_digest(const struct site_plan *site, const struct page *page,
			  uint64_t id)
{
	struct digest digest = digest_of(page->path);

	digest_add_number(&digest, site->site->number);
	digest_add_number(&digest, id);
	return digest.low;
}

static void add_ids(struct page_links *part, const struct site_plan *site,
		    const struct page *page, const struct page_marks *marks)
{
	*(uint64_t *)list_add(&part->ids, &part->arena) =
		id_digest(site, page, page_mark_id(STR("")));
	for (size_t i = 0; i < marks->id_count; i++)
		*(uint64_t *)list_add(&part->ids, &part->arena) =
			id_digest(site, page, marks->ids[i]);
}

static bool is_before(const struct noted_link *link,
		      const struct site_plan *site, const struct page *page)
{
	if (link->from->site->number != site->site->number)
		return link->from->site->number < site->site->number;
	return str_compare(link->page->path, page->path) <= 0;
}

/*
 * Counts the page for the link, which stays with the first that has it. True
 * when it is another one now: what several addresses are told as takes that of
 * the page.
 */
static bool count_page(struct noted_link *link, const struct site_plan *site,
		       const struct page *page, size_t pages)
{
	link->pages += pages;
	if (is_before(link, site, page))
		return false;
	link->from = site;
	link->page = page;
	return true;
}

/*
 * What is told as one: an address as written, on one site. An address with a
 * fragment may be dead on one page and well on the next, so the file it leads
 * to stands in its key until it has been judged.
 */
static str told_key(const struct noted_link *link, const struct site_plan *from,
		    struct arena *arena)
{
	str parts[4] = { link->target == NULL ? STR("file ") : STR("place "),
			 link->href, STR("\n"), from->site->domain };

	return arena_join(arena, parts, COUNT_OF(parts));
}

static str judged_key(const struct noted_link *link,
		      const struct site_plan *from, struct arena *arena)
{
	str parts[5] = { told_key(link, from, arena), STR("\n"),
			 link->to->site->domain, STR("/"), link->target->path };

	return arena_join(arena, parts, COUNT_OF(parts));
}

static void note(struct map *links, str key, const struct page_reading *reading,
		 const struct noted_link *draft)
{
	struct arena *arena = &reading->part->arena;
	struct noted_link *link = map_get(links, key);

	if (link == NULL) {
		link = arena_alloc(arena, sizeof(*link));
		*link = *draft;
		link->href = arena_copy(arena, draft->href);
		link->fragment = arena_copy(arena, draft->fragment);
		link->from = reading->site;
		link->page = reading->page;
		map_add(links, arena_copy(arena, key), link);
	}
	if (count_page(link, reading->site, reading->page, 1))
		link->href = arena_copy(arena, draft->href);
}

/* --- where an address leads --- */

/* "https://jyj.example.cn/a" to its site; what is behind the host in `rest`. */
static const struct site_plan *site_of(const struct page_plan *plan, str href,
				       str *rest)
{
	size_t slashes = str_find(href, STR("//"));
	str host = str_from(href, slashes + 2);
	size_t end = 0;

	while (end < host.len && host.data[end] != '/' &&
	       host.data[end] != '?' && host.data[end] != '#')
		end++;
	*rest = str_from(host, end);
	host.len = end;
	for (size_t i = 0; i < plan->count; i++)
		if (str_equal_ignoring_case(plan->sites[i].site->domain, host))
			return &plan->sites[i];
	return NULL;
}

static bool has_scheme(str href)
{
	size_t colon = str_find_byte(href, ':');

	if (colon == STR_NONE || colon == 0)
		return false;
	for (size_t i = 0; i < colon; i++)
		if (href.data[i] == '/' || href.data[i] == '?' ||
		    href.data[i] == '#')
			return false;
	return true;
}

/* The folder of a page, which relative addresses begin at. */
static str folder_of(const struct page *page)
{
	size_t slash = str_find_last_byte(page->path, '/');

	return slash == STR_NONE ? STR("") : str_between(page->path, 0, slash);
}

static const struct page *find_page(const struct site_plan *site, str path,
				    struct arena *arena)
{
	str key = url_path_key(path, arena);
	str index[2] = { key, key.len == 0 ? STR("index.html")
					   : STR("/index.html") };
	const struct page *page = site_plan_find(site, key);

	return page != NULL ? page
			    : site_plan_find(site, arena_join(arena, index, 2));
}

static str without(str text, char sign)
{
	size_t at = str_find_byte(text, sign);

	return at == STR_NONE ? text : str_between(text, 0, at);
}

static const struct page *target_of(const struct page_reading *reading,
				    const struct site_plan *site, str path)
{
	str parts[3] = { folder_of(reading->page), STR("/"), path };

	if (path.len == 0)
		return reading->page;
	if (path.data[0] != '/')
		path = arena_join(reading->scratch, parts, 3);
	return find_page(site, path, reading->scratch);
}

/* False for addresses that are not of the cluster. */
static bool is_inside(const struct page_reading *reading, str href,
		      const struct site_plan **site, str *path)
{
	*site = reading->site;
	*path = href;
	if (str_starts_with(href, STR("//")) ||
	    str_starts_with(href, STR("https://")) ||
	    str_starts_with(href, STR("http://"))) {
		*site = site_of(reading->part->plan, href, path);
		if (path->len == 0 || path->data[0] != '/')
			*path = STR("/");
		return *site != NULL;
	}
	return !has_scheme(href);
}

static void note_dead(struct page_reading *reading,
		      const struct noted_link *link)
{
	note(&reading->part->dead,
	     told_key(link, reading->site, reading->scratch), reading, link);
}

/* What leads to the page itself needs no other page to be judged. */
static void judge_own(struct page_reading *reading,
		      const struct noted_link *link)
{
	if (!page_marks_have(reading->marks, page_mark_id(link->fragment)))
		note_dead(reading, link);
}

str page_link_host(str href)
{
	size_t slashes = str_find(href, STR("//"));
	str host;

	if (slashes == STR_NONE ||
	    !(slashes == 0 || str_starts_with(href, STR("https:")) ||
	      str_starts_with(href, STR("http:"))))
		return STR("");
	host = str_from(href, slashes + 2);
	for (size_t i = 0; i < host.len; i++)
		if (strchr("/?#:", host.data[i]) != NULL)
			return str_between(host, 0, i);
	return host;
}

/* Of a host the first address in the order of pages stands for all. */
static void note_host(struct page_reading *reading, str href)
{
	const struct noted_link link = { .href = href };
	str host = page_link_host(href);

	if (host.len == 0)
		return;
	if (reading->part->keeps_outside)
		note(&reading->part->outside, without(href, '#'), reading,
		     &link);
	note(&reading->part->hosts,
	     arena_join(reading->scratch,
			(str[]){ reading->site->site->domain, STR(" "), host },
			3),
	     reading, &link);
}

static void add_link(struct page_reading *reading, str href)
{
	struct noted_link link = { 0 };
	const struct site_plan *site;
	size_t hash;
	str path;

	if (!is_inside(reading, href, &site, &path)) {
		note_host(reading, href);
		return;
	}
	if (site != reading->site && site->site->state == STATE_MOVED)
		note_host(reading, href);
	link.href = href;
	hash = str_find_byte(href, '#');
	if (hash != STR_NONE)
		link.fragment = url_path_decode(str_from(href, hash + 1),
						reading->scratch);
	if (site->count == 0)
		return; /* it could not be planned, and was told of */
	path = without(without(path, '#'), '?');
	link.target = target_of(reading, site, path);
	link.to = site;
	if (link.target != NULL) {
		note_reached(reading, site, link.target);
		reading->code |= code_bit(site, link.target);
	}
	if (link.target == NULL)
		note_dead(reading, &link);
	else if (link.fragment.len == 0 || str_equal(link.fragment, STR("top")))
		return;
	else if (link.target == reading->page)
		judge_own(reading, &link);
	else
		note(&reading->part->fragments,
		     judged_key(&link, reading->site, reading->scratch),
		     reading, &link);
}

/* --- what the page is ----------------------------------------------------- */

/* Its number in the plan of its site; STR_NONE: it is of the record alone. */
static size_t number_of(const struct site_plan *site, const struct page *page)
{
	return page >= site->pages && page < site->pages + site->count
		       ? (size_t)(page - site->pages)
		       : STR_NONE;
}

static void note_reached(struct page_reading *reading,
			 const struct site_plan *to, const struct page *page)
{
	uint8_t **bits = &reading->part->reached[to->site->number];
	size_t number = number_of(to, page);

	if (number == STR_NONE || page == reading->page)
		return;
	if (*bits == NULL)
		*bits = arena_array(&reading->part->arena, to->count / 8 + 1,
				    sizeof(**bits));
	(*bits)[number / 8] |= (uint8_t)(1u << number % 8);
}

bool page_loads_asset(const struct theme_asset *asset)
{
	return str_ends_with(asset->output, STR(".css")) ||
	       str_ends_with(asset->output, STR(".js"));
}

/* Its bit among the styles and scripts of the theme; 0: it is none. */
static uint64_t code_bit(const struct site_plan *site, const struct page *page)
{
	const struct theme_asset *assets = site->theme->assets;
	size_t before = 0;

	if (page->kind != PAGE_ASSET || !page_loads_asset(&assets[page->first]))
		return 0;
	for (size_t i = 0; i < page->first; i++)
		before += page_loads_asset(&assets[i]);
	return before < PAGE_CODE_LIMIT ? (uint64_t)1 << before : 0;
}

/* 我为政府网站找错, with the code of the site (rules.md R-FOOT-03). */
static bool has_jiucuo(const struct page_reading *reading)
{
	str end = arena_printf(reading->scratch,
			       "/exposure/jiucuo.html?site_code=%.*s",
			       STR_ARG(reading->site->site->identity_code));

	for (size_t i = 0; i < reading->marks->link_count; i++)
		if (str_ends_with(reading->marks->links[i], end))
			return true;
	return false;
}

static void note_page(struct page_reading *reading)
{
	const struct page_marks *marks = reading->marks;
	struct arena *arena = &reading->part->arena;
	size_t number = number_of(reading->site, reading->page);
	struct noted_page *noted;

	if (number == STR_NONE)
		return;
	noted = list_add(&reading->part->pages, arena);
	*noted = (struct noted_page){
		.site = (uint32_t)reading->site->site->number,
		.page = (uint32_t)number,
		.size = marks->size,
		.labels = marks->labels,
		.has_jiucuo =
			reading->page->kind == PAGE_HOME && has_jiucuo(reading),
		.code = reading->code
	};
	for (size_t i = 0; i < PAGE_TAG_COUNT; i++) {
		if (marks->unshown[i].len == 0)
			continue;
		if (noted->unshown == NULL)
			noted->unshown =
				arena_array(arena, PAGE_TAG_COUNT, sizeof(str));
		noted->unshown[i] = arena_copy(arena, marks->unshown[i]);
	}
}

void page_links_note(struct page_links *part, const struct site_plan *site,
		     const struct page *page, const struct page_marks *marks,
		     struct arena *scratch)
{
	struct page_reading reading = { .part = part,
					.site = site,
					.page = page,
					.marks = marks,
					.scratch = scratch };

	add_ids(part, site, page, marks);
	for (size_t i = 0; i < marks->link_count; i++)
		add_link(&reading, marks->links[i]);
	note_page(&reading);
}

/* --- all together --- */

static uint64_t *all_ids(const struct page_links *parts, size_t count,
			 size_t *total, struct arena *arena)
{
	uint64_t *ids;
	size_t at = 0;

	*total = 0;
	for (size_t i = 0; i < count; i++)
		*total += parts[i].ids.count;
	ids = arena_array(arena, *total, sizeof(*ids));
	for (size_t i = 0; i < count; i++) {
		const uint64_t *own = parts[i].ids.items;

		for (size_t k = 0; k < parts[i].ids.count; k++)
			ids[at++] = own[k];
	}
	qsort(ids, *total, sizeof(*ids), u64_compare_items);
	return ids;
}

struct ids {
	const uint64_t *digests; /* sorted */
	size_t count;
};

static bool has_id(const struct ids *ids, const struct noted_link *link, str id)
{
	uint64_t digest = id_digest(link->to, link->target, page_mark_id(id));

	return bsearch(&digest, ids->digests, ids->count, sizeof(digest),
		       u64_compare_items) != NULL;
}

/* A page that could not be made has been told of already. */
static bool is_dead(const struct ids *ids, const struct noted_link *link)
{
	return has_id(ids, link, STR("")) && !has_id(ids, link, link->fragment);
}

static void merge(struct map *all, str key, const struct noted_link *link,
		  struct arena *arena)
{
	struct noted_link *known = map_get(all, key);

	if (known != NULL) {
		if (count_page(known, link->from, link->page, link->pages))
			known->href = link->href;
		return;
	}
	known = arena_alloc(arena, sizeof(*known));
	*known = *link;
	map_add(all, key, known);
}

static void merge_into(struct map *all, const struct map *links,
		       struct arena *arena)
{
	for (size_t i = 0; i < links->count; i++)
		merge(all, links->entries[i].key, links->entries[i].value,
		      arena);
}

static int compare_links(const void *left, const void *right)
{
	const struct noted_link *a = ((const struct map_entry *)left)->value;
	const struct noted_link *b = ((const struct map_entry *)right)->value;
	int order = (a->from->site->number > b->from->site->number) -
		    (a->from->site->number < b->from->site->number);

	if (order == 0)
		order = str_compare(a->page->path, b->page->path);
	return order != 0 ? order : str_compare(a->href, b->href);
}

/* It is told when the parts are released. */
static struct page_link_found found_of(const struct noted_link *link,
				       struct arena *arena)
{
	return (struct page_link_found){
		.href = arena_copy(arena, link->href),
		.path = arena_printf(arena, "%.*s/%.*s",
				     STR_ARG(link->from->site->domain),
				     STR_ARG(link->page->path)),
		.pages = link->pages,
		.is_anchor = link->target != NULL,
	};
}

/* Sorted, as many as are told. */
static struct page_link_found *list_found(size_t *count, struct map *links,
					  size_t most, struct arena *arena)
{
	struct page_link_found *found;

	if (links->count > 0)
		qsort(links->entries, links->count, sizeof(*links->entries),
		      compare_links);
	*count = links->count < most ? links->count : most;
	found = arena_array(arena, *count, sizeof(*found));
	for (size_t i = 0; i < *count; i++)
		found[i] = found_of(links->entries[i].value, arena);
	return found;
}

/* --- pages ---------------------------------------------------------------- */

static int compare_pages(const void *left, const void *right)
{
	const struct noted_page *a = left, *b = right;
	int order = (a->site > b->site) - (a->site < b->site);

	return order != 0 ? order : (a->page > b->page) - (a->page < b->page);
}

/* Texts and lists are for readers; other pages are led to by programs. */
static bool is_lone(const struct page_links *parts, size_t count,
		    const struct noted_page *noted)
{
	const struct site_plan *site = &parts[0].plan->sites[noted->site];
	enum page_kind kind = site->pages[noted->page].kind;

	if (kind != PAGE_ARTICLE && kind != PAGE_LIST)
		return false;
	for (size_t i = 0; i < count; i++) {
		const uint8_t *bits = parts[i].reached[noted->site];

		if (bits != NULL &&
		    (bits[noted->page / 8] & 1u << noted->page % 8) != 0)
			return false;
	}
	return true;
}

static struct page_found page_found_of(const struct page_links *parts,
				       size_t count,
				       const struct noted_page *noted,
				       struct arena *arena)
{
	const struct site_plan *site = &parts[0].plan->sites[noted->site];
	str *unshown = NULL;

	if (noted->unshown != NULL) {
		unshown = arena_array(arena, PAGE_TAG_COUNT, sizeof(*unshown));
		for (size_t i = 0; i < PAGE_TAG_COUNT; i++)
			unshown[i] = arena_copy(arena, noted->unshown[i]);
	}
	return (struct page_found){
		.site = site,
		.page = &site->pages[noted->page],
		.unshown = unshown,
		.size = noted->size,
		.labels = noted->labels,
		.has_jiucuo = noted->has_jiucuo,
		.code = noted->code,
		.is_lone = is_lone(parts, count, noted),
	};
}

static void list_pages(struct page_links_found *out,
		       const struct page_links *parts, size_t count,
		       struct arena *arena)
{
	struct noted_page *all;
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += parts[i].pages.count;
	all = arena_array(arena, total, sizeof(*all));
	for (size_t i = 0; i < count; i++) {
		const struct noted_page *own = parts[i].pages.items;

		for (size_t k = 0; k < parts[i].pages.count; k++)
			all[out->page_count++] = own[k];
	}
	if (total > 0)
		qsort(all, total, sizeof(*all), compare_pages);
	out->pages = arena_array(arena, total, sizeof(*out->pages));
	for (size_t i = 0; i < total; i++)
		out->pages[i] = page_found_of(parts, count, &all[i], arena);
}

void page_links_judge(struct page_links_found *out,
		      const struct page_links *parts, size_t count,
		      struct arena *arena)
{
	struct ids ids;
	struct map fragments;
	struct map bad;
	struct map hosts;
	struct map outside;

	ids.digests = all_ids(parts, count, &ids.count, arena);
	map_init(&fragments, arena);
	map_init(&bad, arena);
	map_init(&hosts, arena);
	map_init(&outside, arena);
	for (size_t i = 0; i < count; i++) {
		merge_into(&bad, &parts[i].dead, arena);
		merge_into(&hosts, &parts[i].hosts, arena);
		merge_into(&outside, &parts[i].outside, arena);
		merge_into(&fragments, &parts[i].fragments, arena);
	}
	for (size_t i = 0; i < fragments.count; i++) {
		struct noted_link *link = fragments.entries[i].value;

		if (is_dead(&ids, link))
			merge(&bad, told_key(link, link->from, arena), link,
			      arena);
	}
	list_pages(out, parts, count, arena);
	out->links = list_found(&out->count, &bad, TOLD_LIMIT, arena);
	out->hosts = list_found(&out->host_count, &hosts, TOLD_LIMIT, arena);
	out->outside =
		list_found(&out->outside_count, &outside, SIZE_MAX, arena);
}
