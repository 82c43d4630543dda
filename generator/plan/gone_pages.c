#include "plan/gone_pages.h"

#include "markup/url_path.h"
#include "plan/address_check.h"
#include "plan/permalink.h"
#include "plan/redirects.h"

static str name_of(const struct site *site, str key, struct arena *arena)
{
	const str parts[3] = { site->domain, STR("/"), key };

	return arena_join(arena, parts, COUNT_OF(parts));
}

static void add(struct page_plan *plan, uint32_t number, struct arena *arena)
{
	struct placement placement = arrangement_of(plan->arrangement, number);
	struct resource resource;
	uint32_t *value;
	str path;

	catalog_get(&resource, plan->arrangement->catalog, number);
	path = permalink_path(&resource, placement.column, arena);
	value = arena_alloc(arena, sizeof(*value));
	*value = number;
	map_add(&plan->gone,
		name_of(placement.site, url_path_key(path, arena), arena),
		value);
}

void gone_pages_find(struct page_plan *plan, struct arena *arena)
{
	const struct arrangement *arrangement = plan->arrangement;

	map_init(&plan->gone, arena);
	for (uint32_t i = 0; i < arrangement->catalog->count; i++)
		if (arrangement->places[i].visibility == VISIBLE_GONE &&
		    arrangement->places[i].site != 0)
			add(plan, i, arena);
}

str gone_pages_path(const struct resource *resource,
		    const struct column *column, struct arena *arena)
{
	const str parts[] = { STR("410/"),
			      permalink_path(resource, column, arena) };

	return arena_join(arena, parts, COUNT_OF(parts));
}

void gone_pages_settle(struct page_plan *plan, struct arena *arena)
{
	for (size_t i = 0; i < plan->count; i++)
		list_init(&plan->sites[i].gone, sizeof(uint32_t));
	for (size_t i = 0; i < plan->gone.count; i++) {
		const struct map_entry *entry = &plan->gone.entries[i];
		uint32_t number = *(const uint32_t *)entry->value;
		const struct site *site =
			arrangement_of(plan->arrangement, number).site;
		struct site_plan *site_plan = &plan->sites[site->number];
		str key = str_from(entry->key, site->domain.len + 1);

		if (site_plan_find_any_case(site_plan,
					    url_path_fold(key, arena), false,
					    arena) == NULL &&
		    !redirects_has(site_plan, key))
			*(uint32_t *)list_add(&site_plan->gone, arena) = number;
	}
}

uint32_t gone_pages_at(const struct page_plan *plan, const struct site *site,
		       str key, struct arena *arena)
{
	const uint32_t *number = NULL;

	if (plan->gone.count > 0)
		number = map_get(&plan->gone, name_of(site, key, arena));
	return number == NULL ? RESOURCE_NONE : *number;
}
