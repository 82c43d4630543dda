/*
 * A site has its number of pages under its domain, and the pages in chunks
 * under "domain/0", "domain/1" and so on. A page's entry:
 *
 *	u32 path length, path | 6 x u64 fingerprint | u32 reasons |
 *	12 bytes revision | u64 size | 32 bytes SHA-256 | u64 told | u32
 *dependencies | each: u32 length, name
 */
#include "plan/build_record.h"

#include "base/pack.h"
#include "plan/gone_pages.h"
#include "plan/near_file.h"
#include "plan/redirects.h"

/* --- as bytes --- */

enum { PAGES_A_CHUNK = 128 };

static void add_page(struct buf *out, const struct recorded_page *page)
{
	uint32_t count = (uint32_t)page->dependencies.count;

	pack_text(out, page->path);
	pack_bytes(out, &page->fingerprint, sizeof(page->fingerprint));
	pack_bytes(out, &page->reasons, sizeof(page->reasons));
	pack_bytes(out, page->revision, sizeof(page->revision));
	pack_bytes(out, &page->size, sizeof(page->size));
	pack_bytes(out, &page->sha256, sizeof(page->sha256));
	pack_bytes(out, &page->told, sizeof(page->told));
	pack_bytes(out, &count, sizeof(count));
	for (size_t i = 0; i < page->dependencies.count; i++)
		pack_text(out, page->dependencies.names[i]);
}

/* All but the names it leads to, of which it says the number. */
static bool take_head(uint32_t *names, str *bytes, struct recorded_page *out)
{
	return unpack_text(&out->path, bytes) &&
	       unpack_bytes(&out->fingerprint, sizeof(out->fingerprint),
			    bytes) &&
	       unpack_bytes(&out->reasons, sizeof(out->reasons), bytes) &&
	       unpack_bytes(out->revision, sizeof(out->revision), bytes) &&
	       unpack_bytes(&out->size, sizeof(out->size), bytes) &&
	       unpack_bytes(&out->sha256, sizeof(out->sha256), bytes) &&
	       unpack_bytes(&out->told, sizeof(out->told), bytes) &&
	       unpack_bytes(names, sizeof(*names), bytes) &&
	       *names <= bytes->len;
}

static bool take_page(str *bytes, struct recorded_page *out,
		      struct arena *arena)
{
	uint32_t count;
	str *names = NULL;

	if (!take_head(&count, bytes, out))
		return false;
	if (count > 0)
		names = arena_array(arena, count, sizeof(*names));
	for (uint32_t i = 0; i < count; i++)
		if (!unpack_text(&names[i], bytes))
			return false;
	out->dependencies = (struct dependency_list){ names, count };
	return true;
}

static str chunk_name(str domain, size_t chunk, struct arena *arena)
{
	return arena_printf(arena, "%.*s/%zu", STR_ARG(domain), chunk);
}

static str get_chunk(const struct store *store, str domain, size_t chunk,
		     struct arena *arena)
{
	return store_get(store, STORE_SITE_PAGE_CHUNK,
			 chunk_name(domain, chunk, arena));
}

/* A number of pages is believed when there is a chunk for the last of them. */
static bool get_count(uint32_t *out, const struct store *store, str domain)
{
	str bytes = store_get(store, STORE_SITE_PAGES, domain);
	struct arena scratch;
	bool is_there;

	if (!unpack_bytes(out, sizeof(*out), &bytes))
		return false;
	if (*out == 0)
		return true;
	arena_init(&scratch);
	is_there = store_map(store, STORE_SITE_PAGE_CHUNK,
			     chunk_name(domain, (*out - 1) / PAGES_A_CHUNK,
					&scratch))
			   .len > 0;
	arena_release(&scratch);
	return is_there;
}

static size_t chunk_length(size_t count, size_t chunk)
{
	size_t rest = count - chunk * PAGES_A_CHUNK;

	return rest < PAGES_A_CHUNK ? rest : PAGES_A_CHUNK;
}

bool build_record_read(struct recorded_site *out, const struct store *store,
		       str domain, struct arena *arena)
{
	struct recorded_page *pages;
	uint32_t count;

	if (!get_count(&count, store, domain))
		return false;
	pages = arena_array(arena, count, sizeof(*pages));
	for (size_t k = 0; k * PAGES_A_CHUNK < count; k++) {
		str bytes = get_chunk(store, domain, k, arena);

		for (size_t i = 0; i < chunk_length(count, k); i++)
			if (!take_page(&bytes, &pages[k * PAGES_A_CHUNK + i],
				       arena))
				return false;
	}
	*out = (struct recorded_site){ pages, count };
	return true;
}

/* The same as take_page without a copy of anything. */
static bool skip_page(str *bytes, struct recorded_page *out)
{
	uint32_t count;
	str name;

	if (!take_head(&count, bytes, out))
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (!unpack_text(&name, bytes))
			return false;
	return true;
}

bool build_record_files(const struct store *store, str domain,
			build_record_visit *visit, void *context)
{
	struct arena scratch;
	uint32_t count;
	bool ok = true;

	if (!get_count(&count, store, domain))
		return false;
	arena_init(&scratch);
	for (size_t k = 0; ok && k * PAGES_A_CHUNK < count; k++) {
		str bytes = get_chunk(store, domain, k, &scratch);

		for (size_t i = 0; ok && i < chunk_length(count, k); i++) {
			struct recorded_page page;

			ok = skip_page(&bytes, &page) &&
			     visit(context, page.path, page.size, &page.sha256);
		}
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return ok;
}

/* The last chunk that does not begin behind the path; 0 if all do. */
static size_t chunk_with(const struct store *store, str domain, size_t count,
			 str path, struct arena *arena)
{
	size_t low = 0;
	size_t high = (count + PAGES_A_CHUNK - 1) / PAGES_A_CHUNK;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		str bytes = get_chunk(store, domain, middle, arena);
		str first;

		if (unpack_text(&first, &bytes) &&
		    str_compare(first, path) <= 0)
			low = middle;
		else
			high = middle;
	}
	return low;
}

bool build_record_find(struct recorded_page *out, size_t *place,
		       const struct store *store, str domain, str path,
		       struct arena *arena)
{
	bool is_found = false;
	uint32_t count;
	size_t chunk;
	str bytes;

	if (!get_count(&count, store, domain) || count == 0)
		return false;
	chunk = chunk_with(store, domain, count, path, arena);
	bytes = get_chunk(store, domain, chunk, arena);
	/* to the end: the chunk is written again when a page of it changes */
	for (size_t i = 0; i < chunk_length(count, chunk); i++) {
		struct recorded_page page;

		if (!take_page(&bytes, &page, arena))
			return false;
		if (!str_equal(page.path, path))
			continue;
		*place = chunk * PAGES_A_CHUNK + i;
		*out = page;
		is_found = true;
	}
	return is_found;
}

/* --- writing --- */

static bool put_chunk(struct build_record_writer *writer)
{
	size_t chunk = (writer->count - 1) / PAGES_A_CHUNK;
	bool ok = store_put(writer->store, STORE_SITE_PAGE_CHUNK,
			    chunk_name(writer->domain, chunk, writer->scratch),
			    buf_str(&writer->chunk), writer->diags);

	arena_reset(writer->scratch);
	return ok;
}

bool build_record_add(struct build_record_writer *writer,
		      const struct recorded_page *page)
{
	if (writer->count++ % PAGES_A_CHUNK == 0)
		buf_init(&writer->chunk, writer->scratch);
	add_page(&writer->chunk, page);
	return writer->count % PAGES_A_CHUNK != 0 || put_chunk(writer);
}

/* Chunks behind the first `kept` of a site that had more pages. */
static bool remove_chunks(struct store *store, str domain, size_t kept,
			  struct diag_list *diags)
{
	uint32_t before;
	struct arena scratch;
	bool ok = true;

	if (!get_count(&before, store, domain))
		return true;
	arena_init(&scratch);
	for (size_t i = kept; ok && i * PAGES_A_CHUNK < before; i++)
		ok = store_remove(store, STORE_SITE_PAGE_CHUNK,
				  chunk_name(domain, i, &scratch), diags);
	arena_release(&scratch);
	return ok;
}

bool build_record_forget(struct store *store, str domain,
			 struct diag_list *diags)
{
	return remove_chunks(store, domain, 0, diags) &&
	       store_remove(store, STORE_SITE_PAGES, domain, diags);
}

bool build_record_end(struct build_record_writer *writer)
{
	uint32_t count = (uint32_t)writer->count;
	size_t chunks = (writer->count + PAGES_A_CHUNK - 1) / PAGES_A_CHUNK;

	if (count % PAGES_A_CHUNK != 0 && !put_chunk(writer))
		return false;
	return remove_chunks(writer->store, writer->domain, chunks,
			     writer->diags) &&
	       store_put(writer->store, STORE_SITE_PAGES, writer->domain,
			 (str){ (const char *)&count, sizeof(count) },
			 writer->diags);
}

/* The pages of one chunk, some of them replaced. */
static bool update_chunk(struct build_record_writer *writer, size_t chunk,
			 size_t length, const struct recorded_place *places,
			 size_t count)
{
	str bytes = get_chunk(writer->store, writer->domain, chunk,
			      writer->scratch);
	size_t at = 0;

	buf_init(&writer->chunk, writer->scratch);
	for (size_t i = 0; i < length; i++) {
		struct recorded_page page;

		if (!take_page(&bytes, &page, writer->scratch))
			return store_damaged(writer->diags);
		if (at < count && places[at].place == chunk * PAGES_A_CHUNK + i)
			page = places[at++].page;
		add_page(&writer->chunk, &page);
	}
	writer->count = chunk * PAGES_A_CHUNK + length;
	return put_chunk(writer);
}

bool build_record_update(struct store *store, str domain,
			 const struct recorded_place *places, size_t count,
			 struct arena *scratch, struct diag_list *diags)
{
	struct build_record_writer writer = { .store = store,
					      .domain = domain,
					      .scratch = scratch,
					      .diags = diags };
	uint32_t pages;
	size_t at = 0;

	if (!get_count(&pages, store, domain))
		return store_damaged(diags);
	while (at < count) {
		size_t chunk = places[at].place / PAGES_A_CHUNK;
		size_t first = at;

		while (at < count && places[at].place / PAGES_A_CHUNK == chunk)
			at++;
		if (!update_chunk(&writer, chunk, chunk_length(pages, chunk),
				  places + first, at - first))
			return false;
	}
	return true;
}

/* The pages of before from a chunk on, merged with what is edited. */
struct merging {
	struct build_record_writer writer;
	const struct recorded_edit *edit; /* the next */
	const struct recorded_edit *end;
};

/* Those that stand before the path; NULL: all. */
static bool add_edited(struct merging *merging, const str *path)
{
	bool ok = true;

	for (;
	     ok && merging->edit < merging->end &&
	     (path == NULL || str_compare(merging->edit->page.path, *path) < 0);
	     merging->edit++)
		if (!merging->edit->has_gone)
			ok = build_record_add(&merging->writer,
					      &merging->edit->page);
	return ok;
}

static bool merge_page(struct merging *merging,
		       const struct recorded_page *page)
{
	if (!add_edited(merging, &page->path))
		return false;
	if (merging->edit == merging->end ||
	    !str_equal(merging->edit->page.path, page->path))
		return build_record_add(&merging->writer, page);
	return merging->edit->has_gone
		       ? merging->edit++ != NULL
		       : build_record_add(&merging->writer,
					  &merging->edit++->page);
}

/* Slices of the store live as long as it: writing does not touch them. */
static bool merge_chunks(struct merging *merging, size_t first, size_t count,
			 struct arena *arena)
{
	const struct build_record_writer *writer = &merging->writer;

	for (size_t k = first; k * PAGES_A_CHUNK < count; k++) {
		str bytes = get_chunk(writer->store, writer->domain, k, arena);

		for (size_t i = 0; i < chunk_length(count, k); i++) {
			struct recorded_page page;

			if (!take_page(&bytes, &page, arena))
				return store_damaged(writer->diags);
			if (!merge_page(merging, &page))
				return false;
		}
	}
	return add_edited(merging, NULL) && build_record_end(&merging->writer);
}

bool build_record_edit(struct store *store, str domain,
		       const struct recorded_edit *edits, size_t count,
		       struct arena *scratch, struct diag_list *diags)
{
	struct merging merging = { .writer = { .store = store,
					       .domain = domain,
					       .scratch = scratch,
					       .diags = diags },
				   .edit = edits,
				   .end = edits + count };
	struct arena arena;
	uint32_t pages;
	size_t first;
	bool ok;

	if (!get_count(&pages, store, domain))
		return store_damaged(diags);
	arena_init(&arena);
	first = count == 0 ? 0
			   : chunk_with(store, domain, pages,
					edits[0].page.path, &arena);
	merging.writer.count = first * PAGES_A_CHUNK;
	ok = merge_chunks(&merging, first, pages, &arena);
	arena_release(&arena);
	return ok;
}

bool build_record_pending(struct list *out, const struct store *store,
			  str domain, struct arena *arena)
{
	str bytes = store_get(store, STORE_SITE_PENDING, domain);

	list_init(out, sizeof(str));
	while (bytes.len > 0)
		if (!unpack_text(list_add(out, arena), &bytes))
			return false;
	return true;
}

/* --- dependencies --- */

/*
 * A resource as a link to it shows it: where it is, and whether at all. What is
 * said of a link to one that is nowhere depends on why.
 */
static uint64_t resource_state(const struct page_plan *plan, uint32_t number)
{
	struct digest digest = { 0 };
	struct placement placement;
	uint64_t row;

	if (number == RESOURCE_NONE)
		return 1;
	row = page_plan_row(plan, number);
	if (row != 0)
		return row;
	placement = arrangement_of(plan->arrangement, number);
	digest_add_number(&digest, placement.visibility);
	digest_add_number(&digest, placement.column != NULL);
	return digest.low;
}

/* What an old address leads to, or one whose page was taken down. */
static uint64_t address_state(const struct page_plan *plan,
			      const struct site_plan *site, str key)
{
	struct old_address old = redirects_find(site, key);
	uint32_t number = old.resource;
	struct digest digest = { 0 };
	struct arena scratch;

	if (old.redirect != NULL) {
		digest_add_number(&digest, redirects_digest(old.redirect));
		digest_add_number(&digest,
				  resource_state(plan, old.redirect->resource));
		return digest.low;
	}
	if (number == RESOURCE_NONE && plan->gone.count > 0) {
		str path = str_between(key, 0, str_find_byte(key, '?'));

		arena_init(&scratch);
		number = gone_pages_at(plan, site->site, path, &scratch);
		arena_release(&scratch);
	}
	return resource_state(plan, number);
}

/* Where the page of a resource stood, as the rows of redirects.csv have it. */
static uint64_t places_state(const struct page_plan *plan, uint32_t number)
{
	struct digest digest = { 0 };
	const struct site_plan *site;
	struct placement placement;
	const uint32_t *rows;
	size_t count;

	if (number == RESOURCE_NONE)
		return 1;
	placement = arrangement_of(plan->arrangement, number);
	if (placement.site == NULL)
		return 1;
	site = &plan->sites[placement.site->number];
	rows = redirects_to(site, number, &count);
	for (size_t i = 0; i < count; i++)
		digest_add(&digest, site->redirects.exact[rows[i]].row->old);
	return digest.low;
}

/* Which site has the shared file, if one has. */
static uint64_t shared_state(const struct page_plan *plan, str path)
{
	const struct site_plan *site;
	struct digest digest = { 0 };
	struct arena scratch;
	str at;

	arena_init(&scratch);
	site = page_plan_shared_file(plan, path, &at, &scratch);
	if (site != NULL)
		digest_add(&digest, site->site->domain);
	arena_release(&scratch);
	return digest.low;
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
	digest_add_number(&digest, attachments_state(plan->attachments,
						     plan->snapshot, file));
	digest_add_number(&digest, shared_state(plan, path));
	return digest.low;
}

bool dependency_anchors(uint64_t *digest, str *path, str name)
{
	enum { BEFORE_PATH = 19 }; /* "h ", 16 digits, " " */

	if (name.len < BEFORE_PATH || name.data[0] != 'h')
		return false;
	*digest = 0;
	for (size_t i = 2; i < BEFORE_PATH - 1; i++) {
		int digit = byte_hex_value(name.data[i]);

		if (digit < 0)
			return false;
		*digest = *digest << 4 | (uint64_t)digit;
	}
	*path = str_from(name, BEFORE_PATH);
	return true;
}

bool dependency_is_file(str name)
{
	return name.len > 2 &&
	       (name.data[0] == 'f' || name.data[0] == 'P' ||
		name.data[0] == 'p') &&
	       !str_ends_with(name, STR(".html"));
}

/*
 * The text itself: whether its anchors are the same is known to who reads it,
 * and a page made once too often is as right.
 */
static uint64_t anchors_state(const struct page_plan *plan, str name)
{
	struct digest digest = { 0 };
	uint64_t known;
	size_t file;
	str path;

	if (!dependency_anchors(&known, &path, name))
		return 0;
	file = snapshot_find(plan->snapshot, path);
	if (file == STR_NONE)
		return 1;
	digest_add(&digest, snapshot_blob(plan->snapshot, file));
	return digest.low;
}

/* What was probably meant by a path that leads to no file. */
static uint64_t near_state(const struct page_plan *plan, str path)
{
	struct digest digest = { 0 };
	struct arena scratch;

	arena_init(&scratch);
	digest_add(&digest, near_file(plan, path, &scratch));
	arena_release(&scratch);
	return digest.low;
}

/* "www.a.cn/gk/index.html": the site, and the path in `*name`. */
static const struct site_plan *take_site(const struct page_plan *plan,
					 str *name)
{
	size_t slash = str_find_byte(*name, '/');
	str domain = str_between(*name, 0, slash);
	const struct site *site =
		cluster_site_at(plan->arrangement->cluster, domain);

	*name = slash == STR_NONE ? STR("") : str_from(*name, slash + 1);
	return site == NULL ? NULL : &plan->sites[site->number];
}

/* The site that answers at a host. */
static uint64_t host_state(const struct page_plan *plan, str host)
{
	const struct site *site =
		cluster_site_named(plan->arrangement->cluster, host);

	return site == NULL ? 1 : digest_of(site->domain).low | 2;
}

static uint64_t state_of(const struct page_plan *plan,
			 const struct site_plan *site, str name)
{
	const struct catalog *catalog = plan->arrangement->catalog;
	str rest = str_from(name, 2);

	if (name.len < 2)
		return 0;
	if (name.data[0] == 'P' || name.data[0] == 'O')
		site = take_site(plan, &rest);
	if (site == NULL)
		return 0;
	switch (name.data[0]) {
	case 's':
		return host_state(plan, rest);
	case 'h':
		return anchors_state(plan, name);
	case 'r':
		return resource_state(plan, catalog_find_path(catalog, rest));
	case 'i':
		return resource_state(plan, catalog_find_id(catalog, rest));
	case 'f':
		return file_state(plan, rest);
	case 'n':
		return near_state(plan, rest);
	case 'w':
		return places_state(plan, catalog_find_path(catalog, rest));
	case 'o':
	case 'O':
		return address_state(plan, site, rest);
	default:
		return site_plan_has(site, rest) ? 2 : 1;
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
	struct page_comparison comparison = { .freshness = FRESHNESS_SAME };
	struct fingerprint now;

	if (known == NULL)
		return (struct page_comparison){ FRESHNESS_NEW, REASON_NEW };
	now = build_record_fingerprint(plan, site, page, &known->dependencies);
	for (size_t i = 0; i < PART_COUNT; i++)
		if (now.parts[i] != known->fingerprint.parts[i]) {
			comparison.reasons |= UINT32_C(1) << i;
			comparison.freshness = FRESHNESS_STALE;
		}
	return comparison;
}
