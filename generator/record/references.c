/*
 * Sorted pairs of a digest and a resource, as 32 bits of each are enough: a
 * digest that two names share only makes a page be looked at that need not be.
 * Edges of bodies are added and never taken away by an edit; a whole build
 * starts anew.
 */
#include "record/references.h"

#include <stdlib.h>

#include "base/pack.h"
#include "markup/url_path.h"
#include "plan/address_check.h"
#include "record/moved_aliases.h"

/* --- names --- */

static uint32_t name_of(char kind, str a, str b)
{
	struct digest digest = { 0, (unsigned char)kind };

	digest_add(&digest, a);
	digest_add(&digest, b);
	return (uint32_t)digest.low;
}

uint32_t reference_to_path(str path)
{
	return name_of('r', path, STR(""));
}

uint32_t reference_to_id(str id)
{
	return name_of('i', id, STR(""));
}

uint32_t reference_to_page(str domain, str path)
{
	return name_of('p', domain, path);
}

uint32_t reference_to_old(str domain, str key)
{
	return name_of('o', domain, key);
}

uint32_t reference_to_near(void)
{
	return name_of('n', STR(""), STR(""));
}

/* Whatever the query is, the path is an old address by itself. */
static str old_key(str key, struct arena *arena)
{
	return url_path_fold(str_between(key, 0, str_find_byte(key, '?')),
			     arena);
}

/* A dependency as plan/build_record.h has it; false: of no interest here. */
static bool name_dependency(uint32_t *out, str name, str domain,
			    struct arena *arena)
{
	str rest = str_from(name, 2);
	uint64_t anchors;
	size_t slash;

	if (name.len < 2)
		return false;
	if (dependency_anchors(&anchors, &rest, name)) {
		*out = reference_to_path(rest);
		return true;
	}
	switch (name.data[0]) {
	case 'r':
	case 'w':
	case 'f':
		*out = reference_to_path(rest);
		return true;
	case 'i':
		*out = reference_to_id(rest);
		return true;
	case 'p':
		*out = reference_to_page(domain, rest);
		return true;
	case 'P':
		slash = str_find_byte(rest, '/');
		if (slash == STR_NONE)
			return false;
		*out = reference_to_page(str_between(rest, 0, slash),
					 str_from(rest, slash + 1));
		return true;
	case 'o':
		*out = reference_to_old(domain, old_key(rest, arena));
		return true;
	case 'O':
		slash = str_find_byte(rest, '/');
		if (slash == STR_NONE)
			return false;
		*out = reference_to_old(
			str_between(rest, 0, slash),
			old_key(str_from(rest, slash + 1), arena));
		return true;
	case 'n':
		*out = reference_to_near();
		return true;
	default:
		return false;
	}
}

/* --- edges --- */

static int compare_edges(const void *left, const void *right)
{
	const struct plan_edge *a = left;
	const struct plan_edge *b = right;

	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	return (a->resource > b->resource) - (a->resource < b->resource);
}

static void add_edges(struct list *edges, const struct page_work *work,
		      size_t item, struct arena *arena)
{
	const struct dependency_list *list = page_work_dependencies(work, item);
	str domain;
	uint32_t resource;

	if (list->count == 0)
		return;
	domain = work->plan->sites[page_work_site(work, item)].site->domain;
	resource = page_work_page(work, item)->resource;
	for (size_t i = 0; resource != RESOURCE_NONE && i < list->count; i++) {
		struct plan_edge edge = { 0, resource };

		if (name_dependency(&edge.name, list->names[i], domain, arena))
			*(struct plan_edge *)list_add(edges, arena) = edge;
	}
}

static void sort_edges(struct list *edges)
{
	struct plan_edge *items = edges->items;
	size_t kept = 0;

	if (edges->count == 0)
		return;
	qsort(items, edges->count, sizeof(*items), compare_edges);
	for (size_t i = 0; i < edges->count; i++)
		if (kept == 0 ||
		    compare_edges(&items[kept - 1], &items[i]) != 0)
			items[kept++] = items[i];
	edges->count = kept;
}

/* The first edge that is not before this one. */
static size_t lower_bound(const struct plan_references *references,
			  struct plan_edge edge)
{
	size_t low = 0;
	size_t high = references->edge_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_edges(&references->edges[middle], &edge) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool has_edge(const struct plan_references *references,
		     struct plan_edge edge)
{
	size_t place = lower_bound(references, edge);

	return place < references->edge_count &&
	       compare_edges(&references->edges[place], &edge) == 0;
}

bool references_add(struct plan_references *references,
		    const struct page_work *work, struct arena *arena)
{
	struct list found, all;
	const struct plan_edge *edges;
	bool is_new = false;

	list_init(&found, sizeof(struct plan_edge));
	for (size_t i = 0; i < work->item_count; i++)
		add_edges(&found, work, work->items[i], arena);
	edges = found.items;
	for (size_t i = 0; !is_new && i < found.count; i++)
		is_new = !has_edge(references, edges[i]);
	if (!is_new)
		return false;
	all = found;
	list_reserve(&all, found.count + references->edge_count, arena);
	for (size_t i = 0; i < references->edge_count; i++)
		*(struct plan_edge *)list_add(&all, arena) =
			references->edges[i];
	sort_edges(&all);
	references->edges = all.items;
	references->edge_count = all.count;
	return true;
}

bool references_has(const struct plan_references *references, uint32_t name)
{
	size_t place = lower_bound(references, (struct plan_edge){ name, 0 });

	return place < references->edge_count &&
	       references->edges[place].name == name;
}

void references_find(const struct plan_references *references, uint32_t name,
		     struct list *out, struct arena *arena)
{
	size_t i = lower_bound(references, (struct plan_edge){ name, 0 });

	for (; i < references->edge_count && references->edges[i].name == name;
	     i++)
		*(uint32_t *)list_add(out, arena) =
			references->edges[i].resource;
}

/* --- what metadata name --- */

static void name(uint8_t *named, const struct catalog *catalog, str text)
{
	uint32_t number =
		text.len == 0 ? RESOURCE_NONE : relations_find(catalog, text);

	if (number != RESOURCE_NONE)
		named[number] = 1;
}

/* A consultation says in lists where its result stands. */
static void name_result(uint8_t *named, bool *is_awaited,
			const struct catalog *catalog, uint32_t number)
{
	struct resource resource;

	catalog_get(&resource, catalog, number);
	name(named, catalog, resource.result);
	*is_awaited |=
		resource.result.len > 0 &&
		relations_find(catalog, resource.result) == RESOURCE_NONE;
}

static void name_all(uint8_t *named, bool *is_awaited,
		     const struct arrangement *arrangement)
{
	const struct catalog *catalog = arrangement->catalog;
	const struct cluster *cluster = arrangement->cluster;

	for (uint32_t i = 0; i < catalog->count; i++) {
		str rest = catalog_text(catalog, i, RESOURCE_INTERPRETS);
		str text;

		while (unpack_text(&text, &rest))
			name(named, catalog, text);
		rest = catalog_text(catalog, i, RESOURCE_RELATED);
		while (unpack_text(&text, &rest))
			name(named, catalog, str_from(text, text.len > 0));
		name(named, catalog,
		     catalog_text(catalog, i, RESOURCE_REPLACES));
		name(named, catalog,
		     catalog_text(catalog, i, RESOURCE_REPLACED_BY));
		if (resource_type_means(catalog_type(catalog, i), MEANS_RESULT))
			name_result(named, is_awaited, catalog, i);
	}
	for (size_t i = 0; i < cluster->count; i++)
		for (size_t k = 0; k < cluster->sites[i].column_count; k++)
			name(named, catalog,
			     cluster->sites[i].columns[k].replaced_by);
}

/* --- old addresses --- */

/* Stands before all old addresses: some result is not there yet. */
enum { AWAITED = 0 };

bool references_await(const struct plan_references *references)
{
	return references->alias_count > 0 && references->aliases[0] == AWAITED;
}

static uint64_t alias_of(const struct site *site, str key)
{
	struct digest digest = { 0 };

	digest_add(&digest, site->domain);
	digest_add(&digest, key);
	return digest.low | 1;
}

static void add_alias(struct list *aliases, const struct site *site, str key,
		      struct arena *arena)
{
	*(uint64_t *)list_add(aliases, arena) = alias_of(site, key);
}

static int compare_aliases(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left;
	uint64_t b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

/* The path as the key of an old address; an encoded one is another. */
static str key_of(str path, struct arena *arena)
{
	str index = STR("/index.html");

	path = url_path_fold(path, arena);
	if (str_ends_with(path, index))
		path.len -= index.len;
	return path;
}

/* Servers that pass over letter case would take the one for the other. */
static void add_cased(struct list *aliases, const struct site_plan *site,
		      struct arena *arena)
{
	for (size_t i = 0; i < site->count; i++) {
		str path = site->pages[i].path;

		if (url_path_fold(path, arena).data != path.data)
			add_alias(aliases, site->site, key_of(path, arena),
				  arena);
	}
}

static void gather_aliases(struct plan_references *out,
			   const struct page_plan *plan, bool is_awaited,
			   struct arena *arena)
{
	struct list aliases;

	list_init(&aliases, sizeof(uint64_t));
	if (is_awaited)
		*(uint64_t *)list_add(&aliases, arena) = AWAITED;
	for (size_t i = 0; i < plan->count; i++) {
		const struct site_plan *site = &plan->sites[i];

		for (size_t k = 0; k < site->alias_count; k++)
			add_alias(&aliases, site->site, site->aliases[k].key,
				  arena);
		add_cased(&aliases, site, arena);
	}
	for (size_t i = 0; i < plan->gone.count; i++) {
		const struct map_entry *entry = &plan->gone.entries[i];
		uint32_t number = *(const uint32_t *)entry->value;
		const struct site *site =
			arrangement_of(plan->arrangement, number).site;

		add_alias(&aliases, site,
			  url_path_fold(
				  str_from(entry->key, site->domain.len + 1),
				  arena),
			  arena);
	}
	if (aliases.count > 0)
		qsort(aliases.items, aliases.count, sizeof(uint64_t),
		      compare_aliases);
	out->aliases = aliases.items;
	out->alias_count = aliases.count;
}

/* One of those that are equal, or NULL. */
static const uint64_t *find_alias(const struct plan_references *references,
				  uint64_t alias)
{
	return references->alias_count == 0
		       ? NULL
		       : bsearch(&alias, references->aliases,
				 references->alias_count, sizeof(alias),
				 compare_aliases);
}

bool references_has_old(const struct plan_references *references,
			const struct site *site, str key)
{
	return find_alias(references, alias_of(site, key)) != NULL;
}

/* Equal ones stand beside each other. */
bool references_share_old(const struct plan_references *references,
			  const struct site *site, str key)
{
	const uint64_t *all = references->aliases;
	const uint64_t *found = find_alias(references, alias_of(site, key));
	size_t at;

	if (found == NULL)
		return false;
	at = (size_t)(found - all);
	return (at > 0 && all[at - 1] == *found) ||
	       (at + 1 < references->alias_count && all[at + 1] == *found);
}

bool references_has_row(const struct site *site, str key, struct arena *arena)
{
	for (size_t i = 0; i < site->redirects.count; i++) {
		const struct redirect_row *row = &site->redirects.items[i];
		str old = url_path_folded_key(row->old, arena);

		if (row->is_prefix ? str_starts_with(key, old)
				   : str_equal(key, old))
			return true;
	}
	return false;
}

bool references_has_alias(const struct plan_references *references,
			  const struct site *site, str path,
			  struct arena *arena)
{
	str key = key_of(path, arena);

	return references_has_old(references, site, key) ||
	       references_has_row(site, key, arena);
}

static bool is_no_more(const struct list *moved, uint64_t alias)
{
	const struct moved_alias *all = moved->items;

	for (size_t i = 0; i < moved->count; i++)
		if (all[i].to.len == 0 &&
		    alias == alias_of(all[i].site, all[i].key))
			return true;
	return false;
}

void references_move_aliases(struct plan_references *references,
			     const struct list *moved, struct arena *arena)
{
	const struct moved_alias *all = moved->items;
	struct list now;

	if (moved->count == 0)
		return;
	list_init(&now, sizeof(uint64_t));
	for (size_t i = 0; i < references->alias_count; i++)
		if (!is_no_more(moved, references->aliases[i]))
			*(uint64_t *)list_add(&now, arena) =
				references->aliases[i];
	for (size_t i = 0; i < moved->count; i++)
		if (all[i].to.len > 0)
			add_alias(&now, all[i].site, all[i].key, arena);
	if (now.count > 0)
		qsort(now.items, now.count, sizeof(uint64_t), compare_aliases);
	references->aliases = now.items;
	references->alias_count = now.count;
}

void references_make(struct plan_references *out, const struct page_work *work,
		     struct arena *arena)
{
	const struct arrangement *arrangement = work->plan->arrangement;
	uint8_t *named = arena_array(arena, arrangement->catalog->count, 1);
	bool is_awaited = false;
	struct list edges;

	*out = (struct plan_references){ .named = named };
	name_all(named, &is_awaited, arrangement);
	gather_aliases(out, work->plan, is_awaited, arena);
	list_init(&edges, sizeof(struct plan_edge));
	for (size_t i = 0; i < work->count; i++)
		add_edges(&edges, work, i, arena);
	sort_edges(&edges);
	out->edges = edges.items;
	out->edge_count = edges.count;
}
