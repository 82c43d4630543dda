/*
 * Pages are sorted by path, so twins are neighbours; old addresses are sorted
 * by key, then by who has had them for longest, which is looked up of those
 * that several have (library/claim.h). The loser is told at its own file.
 * Servers see one address in many forms, so keys are compared and never what
 * was written.
 */
#include "plan/address_check.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/pack.h"
#include "library/claim.h"
#include "library/list_place.h"
#include "markup/url_path.h"

/* What every question here needs. */
struct checker {
	const struct page_plan *plan;
	struct site_plan *site;
	struct arena *arena; /* for what stays */
	struct arena scratch;
	struct list_place place; /* of an old address in its list */
	struct diag_list *diags;
};

static struct span page_span(const struct page_plan *plan,
			     const struct site_plan *site,
			     const struct page *page)
{
	struct resource resource;

	if (page->resource != RESOURCE_NONE) {
		catalog_get(&resource, plan->arrangement->catalog,
			    page->resource);
		return resource.slug_span;
	}
	if (page_kinds[page->kind].is_file)
		return (struct span){ page->first, 0, 0 };
	if (page->column != NULL)
		return page->column->span;
	return site->site->domain_span;
}

static str resource_path(const struct page_plan *plan, uint32_t number)
{
	return snapshot_path(plan->snapshot,
			     catalog_file(plan->arrangement->catalog, number));
}

static str page_origin(const struct page_plan *plan,
		       const struct site_plan *site, const struct page *page,
		       struct arena *arena)
{
	if (page_kinds[page->kind].is_file)
		return snapshot_path(plan->snapshot, page->first);
	if (page->resource != RESOURCE_NONE)
		return resource_path(plan, page->resource);
	if (page->column != NULL)
		return arena_printf(arena, "sites/%.*s/site.yaml",
				    STR_ARG(site->site->id));
	return str_from_c(page_kinds[page->kind].name);
}

/* Since when each of the twins has had its month and slug; by resource. */
static void date_twins(struct map *since, const struct page_plan *plan,
		       const struct site_plan *site, struct arena *arena)
{
	const struct catalog *catalog = plan->arrangement->catalog;
	struct list claims;

	list_init(&claims, sizeof(struct name_claim));
	for (size_t i = 0; i < site->count; i++) {
		const struct page *page = &site->pages[i];
		bool is_twin =
			(i > 0 && str_equal(page[-1].path, page->path)) ||
			(i + 1 < site->count &&
			 str_equal(page[1].path, page->path));
		struct resource resource;

		if (!is_twin || page->resource == RESOURCE_NONE)
			continue;
		catalog_get(&resource, catalog, page->resource);
		*(struct name_claim *)list_add(&claims, arena) =
			(struct name_claim){
				.kind = CLAIM_ADDRESS,
				.file = resource.file,
				.text = claim_address(&resource, arena),
			};
	}
	claims_date(claims.items, claims.count, catalog, catalog->claims);
	map_init(since, arena);
	for (size_t i = 0; i < claims.count; i++) {
		struct name_claim *claim =
			(struct name_claim *)claims.items + i;

		map_set(since, snapshot_path(plan->snapshot, claim->file),
			claim);
	}
}

static const struct name_claim *claim_of(const struct map *since,
					 const struct page_plan *plan,
					 const struct page *page)
{
	return map_get(since, resource_path(plan, page->resource));
}

/* What is of the site itself comes before all resources. */
static bool comes_first(const struct page_plan *plan, const struct map *since,
			const struct page *a, const struct page *b)
{
	const struct name_claim *left, *right;
	const struct catalog *catalog = plan->arrangement->catalog;

	if (a->resource == RESOURCE_NONE || b->resource == RESOURCE_NONE)
		return b->resource != RESOURCE_NONE ||
		       a->resource == RESOURCE_NONE;
	left = claim_of(since, plan, a);
	right = claim_of(since, plan, b);
	if (left != NULL && right != NULL && left->since != right->since)
		return left->since < right->since;
	return history_order(plan->history, catalog_file(catalog, a->resource),
			     catalog_file(catalog, b->resource)) <= 0;
}

static void report_address(const struct page_plan *plan,
			   const struct site_plan *site,
			   const struct page *first, const struct page *second,
			   struct diag_list *diags)
{
	struct diag *diag = diag_error(
		diags, page_span(plan, site, second), "address-twice",
		_("%.*s has the address /%.*s on %.*s, which belongs to %.*s: "
		  "it is not published"),
		STR_ARG(page_origin(plan, site, second, diags->arena)),
		STR_ARG(second->path), STR_ARG(site->site->domain),
		STR_ARG(page_origin(plan, site, first, diags->arena)));

	diag_help(diags, diag,
		  _("rename the file, or give it another “slug”; the one that "
		    "was there first keeps an address"));
}

void address_check_twins(struct page_plan *plan, struct site_plan *site,
			 struct arena *arena, struct diag_list *diags)
{
	struct map since;
	size_t kept = 0;

	date_twins(&since, plan, site, arena);
	for (size_t i = 1; i < site->count; i++) {
		struct page *last = &site->pages[kept];
		struct page *page = &site->pages[i];
		struct page second = *page;

		if (!str_equal(last->path, page->path)) {
			site->pages[++kept] = *page;
			continue;
		}
		if (!comes_first(plan, &since, last, page)) {
			second = *last;
			*last = *page;
		}
		report_address(plan, site, last, &second, diags);
		if (second.resource != RESOURCE_NONE)
			*(uint32_t *)list_add(&plan->losers, arena) =
				second.resource;
	}
	if (site->count > 0)
		site->count = kept + 1;
}

/* --- old addresses --- */

const struct page *site_plan_find_key(const struct site_plan *site, str key)
{
	const struct page *page = site_plan_find(site, key);
	char path[SNAPSHOT_PATH_LIMIT * 4];
	str index = STR("/index.html");

	if (page != NULL || key.len + index.len > sizeof(path))
		return page;
	if (key.len == 0)
		return site_plan_find(site, STR("index.html"));
	memcpy(path, key.data, key.len);
	memcpy(path + key.len, index.data, index.len);
	return site_plan_find(site, (str){ path, key.len + index.len });
}

/* A page with capital letters in its path: there are few. */
struct cased_page {
	str folded; /* without "/index.html" */
	const struct page *page;
};

static int compare_cased(const void *left, const void *right)
{
	const struct cased_page *a = left;
	const struct cased_page *b = right;
	int order = str_compare(a->folded, b->folded);

	return order != 0 ? order : str_compare(a->page->path, b->page->path);
}

/* The first time somebody asks. */
static void find_cased(struct site_plan *site, struct arena *arena)
{
	str index = STR("/index.html");
	struct list found;

	if (site->cased != NULL)
		return;
	list_init(&found, sizeof(struct cased_page));
	for (size_t i = 0; i < site->count; i++) {
		const struct page *page = &site->pages[i];
		str folded = url_path_fold(page->path, arena);

		if (folded.data == page->path.data)
			continue;
		if (str_ends_with(folded, index))
			folded.len -= index.len;
		*(struct cased_page *)list_add(&found, arena) =
			(struct cased_page){ folded, page };
	}
	if (found.count > 0)
		qsort(found.items, found.count, sizeof(struct cased_page),
		      compare_cased);
	site->cased_count = found.count;
	list_add(&found, arena); /* so that it is not NULL */
	site->cased = found.items;
}

const struct page *site_plan_find_below(const struct site_plan *site,
					str prefix)
{
	const struct sorted_rows pages = site_plan_rows(site);
	size_t place = sorted_count_before(&pages, prefix);

	return place < site->count &&
			       str_starts_with(site->pages[place].path, prefix)
		       ? &site->pages[place]
		       : NULL;
}

const struct page *site_plan_find_any_case(struct site_plan *site, str folded,
					   bool is_prefix, struct arena *arena)
{
	const struct page *page = is_prefix ? site_plan_find_below(site, folded)
					    : site_plan_find_key(site, folded);
	struct sorted_rows cased = { .size = sizeof(struct cased_page),
				     .offset = offsetof(struct cased_page,
							folded) };
	size_t place;

	if (page != NULL)
		return page;
	find_cased(site, arena);
	cased.rows = site->cased;
	cased.count = site->cased_count;
	place = sorted_count_before(&cased, folded);
	if (place == site->cased_count)
		return NULL;
	if (is_prefix ? str_starts_with(site->cased[place].folded, folded)
		      : str_equal(site->cased[place].folded, folded))
		return site->cased[place].page;
	return NULL;
}

static bool is_below_assets(str key)
{
	return str_equal(key, STR("assets")) ||
	       str_starts_with(key, STR("assets/"));
}

/* Who has the address today, for a message; the empty text: nobody. */
static str taken_by(struct checker *checker, str key)
{
	const struct page *page = site_plan_find_any_case(
		checker->site, key, false, checker->arena);

	if (page != NULL)
		return page_origin(checker->plan, checker->site, page,
				   checker->diags->arena);
	return is_below_assets(key) ? STR("themes/") : STR("");
}

static bool differs_in_case(struct checker *checker,
			    const struct site_alias *alias)
{
	str key = url_path_key(alias->written, &checker->scratch);

	return !is_below_assets(key) &&
	       site_plan_find_key(checker->site, key) == NULL;
}

static bool is_taken(struct checker *checker, const struct resource *resource,
		     const struct site_alias *alias)
{
	str owner = taken_by(checker, alias->key);
	struct diag *diag;

	if (owner.len == 0)
		return false;
	diag = diag_error(
		checker->diags,
		list_place_find(&checker->place, resource->aliases_span,
				alias->written),
		"alias-taken", _("the old address “%.*s” is a page of today"),
		STR_ARG(alias->written));
	if (differs_in_case(checker, alias))
		diag_help(checker->diags, diag,
			  _("web servers pass over the case of letters in old "
			    "addresses, so that it would take that of %.*s; "
			    "take it out of “aliases”"),
			  STR_ARG(owner));
	else
		diag_help(checker->diags, diag,
			  _("take it out of “aliases”; it belongs to %.*s"),
			  STR_ARG(owner));
	return true;
}

static void collect_of(struct checker *checker, struct list *aliases,
		       uint32_t number)
{
	const struct catalog *catalog = checker->plan->arrangement->catalog;
	struct resource resource;
	str written;

	if (catalog_text(catalog, number, RESOURCE_ALIASES).len == 0)
		return;
	catalog_get(&resource, catalog, number);
	while (unpack_text(&written, &resource.aliases)) {
		struct site_alias alias = {
			.key = url_path_folded_key(written, &checker->scratch),
			.written = written,
			.resource = number,
		};

		if (!is_taken(checker, &resource, &alias)) {
			alias.key = arena_copy(checker->arena, alias.key);
			*(struct site_alias *)list_add(aliases,
						       checker->arena) = alias;
		}
		arena_reset(&checker->scratch);
	}
}

/* The one that was there first keeps the address. */
static int compare_aliases(const void *left, const void *right)
{
	const struct site_alias *a = left;
	const struct site_alias *b = right;
	int order = str_compare(a->key, b->key);

	if (order == 0)
		order = (a->since > b->since) - (a->since < b->since);
	if (order == 0)
		order = (a->resource > b->resource) -
			(a->resource < b->resource);
	return order != 0 ? order : str_compare(a->written, b->written);
}

static void report_twice(struct checker *checker,
			 const struct site_alias *first,
			 const struct site_alias *second)
{
	struct resource resource;
	struct diag *diag;

	catalog_get(&resource, checker->plan->arrangement->catalog,
		    second->resource);
	diag = diag_error(
		checker->diags,
		list_place_find(&checker->place, resource.aliases_span,
				second->written),
		"alias-twice",
		_("%.*s and %.*s have the same old address “%.*s”"),
		STR_ARG(resource_path(checker->plan, first->resource)),
		STR_ARG(resource.path), STR_ARG(second->written));
	diag_help(checker->diags, diag,
		  _("take it out of the “aliases” of one of them; it can lead "
		    "to one page only, in capital letters or small ones"));
}

/* Does another one of the sorted list have the same key? */
static bool is_contested(const struct list *list, size_t i)
{
	const struct site_alias *aliases = list->items;

	return (i > 0 && str_equal(aliases[i - 1].key, aliases[i].key)) ||
	       (i + 1 < list->count &&
		str_equal(aliases[i + 1].key, aliases[i].key));
}

/* Since when those that several resources have are old addresses of each. */
static void date_contested(const struct checker *checker,
			   const struct list *list)
{
	const struct catalog *catalog = checker->plan->arrangement->catalog;
	struct site_alias *aliases = list->items;
	const struct name_claim *dated;
	struct list claims;

	list_init(&claims, sizeof(struct name_claim));
	for (size_t i = 0; i < list->count; i++)
		if (is_contested(list, i))
			*(struct name_claim *)list_add(
				&claims, checker->arena) = (struct name_claim){
				.kind = CLAIM_ALIAS,
				.file = catalog_file(catalog,
						     aliases[i].resource),
				.text = aliases[i].key,
			};
	claims_date(claims.items, claims.count, catalog, catalog->claims);
	dated = claims.items;
	for (size_t i = 0; i < list->count; i++)
		if (is_contested(list, i))
			aliases[i].since = dated++->since;
}

static void sort_aliases(const struct list *aliases)
{
	if (aliases->count > 0)
		qsort(aliases->items, aliases->count, sizeof(struct site_alias),
		      compare_aliases);
}

/* A resource may write one address in two forms. */
static void remove_twins(struct checker *checker, struct list *list)
{
	struct site_alias *aliases = list->items;
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		struct site_alias *last = kept > 0 ? &aliases[kept - 1] : NULL;

		if (last == NULL || !str_equal(last->key, aliases[i].key))
			aliases[kept++] = aliases[i];
		else if (last->resource != aliases[i].resource)
			report_twice(checker, last, &aliases[i]);
	}
	list->count = kept;
}

void address_check_aliases(const struct page_plan *plan, struct site_plan *site,
			   struct arena *arena, struct diag_list *diags)
{
	struct checker checker = {
		.plan = plan, .site = site, .arena = arena, .diags = diags
	};
	struct list aliases;

	arena_init(&checker.scratch);
	list_place_init(&checker.place, plan->snapshot);
	list_init(&aliases, sizeof(struct site_alias));
	for (size_t i = 0; i < site->lists->owned_count; i++)
		collect_of(&checker, &aliases, site->lists->owned[i]);
	arena_release(&checker.scratch);
	sort_aliases(&aliases);
	date_contested(&checker, &aliases);
	sort_aliases(&aliases);
	remove_twins(&checker, &aliases);
	list_place_release(&checker.place);
	site->aliases = aliases.items;
	site->alias_count = aliases.count;
}

uint32_t site_plan_find_alias(const struct site_plan *site, str folded)
{
	const struct sorted_rows aliases = {
		site->aliases,
		site->alias_count,
		sizeof(*site->aliases),
		offsetof(struct site_alias, key),
	};
	const struct site_alias *alias = sorted_find(&aliases, folded);

	return alias != NULL ? alias->resource : RESOURCE_NONE;
}
