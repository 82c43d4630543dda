/*
 * A page's entry:
 *
 *	u32 path length, path | 6 x u64 fingerprint | u32 reasons |
 *	12 bytes revision | u32 dependencies | each: u32 length, name
 */
#include "plan/build_record.h"

#include "base/pack.h"

/* --- as bytes --- */

void build_record_add(struct buf *out, const struct recorded_page *page)
{
	uint32_t count = (uint32_t)page->dependencies.count;

	pack_text(out, page->path);
	pack_bytes(out, &page->fingerprint, sizeof(page->fingerprint));
	pack_bytes(out, &page->reasons, sizeof(page->reasons));
	pack_bytes(out, page->revision, sizeof(page->revision));
	pack_bytes(out, &count, sizeof(count));
	for (size_t i = 0; i < page->dependencies.count; i++)
		pack_text(out, page->dependencies.names[i]);
}

static bool take_page(str *bytes, struct recorded_page *out,
		      struct arena *arena)
{
	uint32_t count;
	str *names = NULL;

	if (!unpack_text(&out->path, bytes) ||
	    !unpack_bytes(&out->fingerprint, sizeof(out->fingerprint), bytes) ||
	    !unpack_bytes(&out->reasons, sizeof(out->reasons), bytes) ||
	    !unpack_bytes(out->revision, sizeof(out->revision), bytes) ||
	    !unpack_bytes(&count, sizeof(count), bytes) || count > bytes->len)
		return false;
	if (count > 0)
		names = arena_array(arena, count, sizeof(*names));
	for (uint32_t i = 0; i < count; i++)
		if (!unpack_text(&names[i], bytes))
			return false;
	out->dependencies = (struct dependency_list){ names, count };
	return true;
}

bool build_record_read(struct recorded_site *out, const struct store *store,
		       str domain, struct arena *arena)
{
	str bytes = store_get(store, 'p', domain);
	struct list pages;

	list_init(&pages, sizeof(struct recorded_page));
	if (bytes.len == 0)
		return false;
	while (bytes.len > 0)
		if (!take_page(&bytes, list_add(&pages, arena), arena))
			return false;
	*out = (struct recorded_site){ pages.items, pages.count };
	return true;
}

bool build_record_pending(struct list *out, const struct store *store,
			  str domain, struct arena *arena)
{
	str bytes = store_get(store, 'w', domain);

	list_init(out, sizeof(str));
	while (bytes.len > 0)
		if (!unpack_text(list_add(out, arena), &bytes))
			return false;
	return true;
}

/* --- dependencies --- */

/* A resource as a link to it shows it: where it is, and whether at all. */
static uint64_t resource_state(const struct page_plan *plan, uint32_t number)
{
	return number == RESOURCE_NONE ? 1 : plan->rows[number];
}

static uint64_t file_state(const struct page_plan *plan, str path)
{
	size_t file = snapshot_find(plan->snapshot, path);
	struct digest digest = { 0 };

	if (file == STR_NONE)
		return 1;
	digest_add(&digest, snapshot_blob(plan->snapshot, file));
	digest_add_number(&digest, resource_state(plan, page_plan_file_owner(
								plan, path)));
	return digest.low;
}

static uint64_t state_of(const struct page_plan *plan,
			 const struct site_plan *site, str name)
{
	const struct catalog *catalog = plan->arrangement->catalog;
	str rest = str_from(name, 2);

	if (name.len < 2)
		return 0;
	switch (name.data[0]) {
	case 'r':
		return resource_state(plan, catalog_find_path(catalog, rest));
	case 'i':
		return resource_state(plan, catalog_find_id(catalog, rest));
	case 'f':
		return file_state(plan, rest);
	default:
		return site_plan_find(site, rest) == NULL ? 1 : 2;
	}
}

struct fingerprint
build_record_fingerprint(const struct page_plan *plan,
			 const struct site_plan *site, const struct page *page,
			 const struct dependency_list *dependencies)
{
	struct fingerprint fingerprint = page->fingerprint;
	struct digest digest = { 0 };

	if (dependencies->count == 0)
		return fingerprint;
	digest_add_number(&digest, fingerprint.parts[PART_LINKS]);
	for (size_t i = 0; i < dependencies->count; i++)
		digest_add_number(&digest,
				  state_of(plan, site, dependencies->names[i]));
	fingerprint.parts[PART_LINKS] = digest.low | 1;
	return fingerprint;
}

struct page_comparison build_record_compare(const struct page_plan *plan,
					    const struct site_plan *site,
					    const struct page *page,
					    const struct recorded_page *known)
{
	struct page_comparison comparison = { .freshness = PAGE_FRESH };
	struct fingerprint now;

	if (known == NULL)
		return (struct page_comparison){ PAGE_NEW, REASON_NEW };
	now = build_record_fingerprint(plan, site, page, &known->dependencies);
	for (size_t i = 0; i < PART_COUNT; i++)
		if (now.parts[i] != known->fingerprint.parts[i]) {
			comparison.reasons |= UINT32_C(1) << i;
			comparison.freshness = PAGE_STALE;
		}
	return comparison;
}
