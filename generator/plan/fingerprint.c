/*
 * Fills in the fingerprints of a plan: the rows that lists show, the site as
 * every page shows it, the templates; the parts that differ by kind of page are
 * in plan/page_digests.c.
 */
#include "plan/fingerprint.h"

#include "library/attachments.h"
#include "library/front_matter.h"
#include "plan/page_digests.h"
#include "plan/small_pictures.h"
#include "system/workers.h"

/* --- rows of lists --- */

/* The picture that lists show, if it is published; of a unit, from its site. */
static void add_picture(struct digest *digest, const struct page_plan *plan,
			const struct resource *resource,
			const struct site *home)
{
	size_t file = page_plan_image(plan, resource);
	const struct site *site;
	str path, unit, below;

	if (str_starts_with(resource->image, STR("/")))
		digest_add_number(digest, page_plan_has_address(
						  plan, home, resource->image));
	if (file == STR_NONE)
		return;
	path = snapshot_path(plan->snapshot, file);
	digest_add(digest, path);
	/* the names of smaller ones are made of the bytes */
	if (small_pictures_may_be(path))
		digest_add(digest, snapshot_blob(plan->snapshot, file));
	if (!attachment_is_shared(path, &unit, &below))
		return;
	site = cluster_owner(plan->arrangement->cluster, unit);
	if (site != NULL)
		digest_add(digest, site->domain);
}

/* Where its result stands; what that is called does not count. */
static void add_result(struct digest *digest,
		       const struct arrangement *arrangement, str id)
{
	uint32_t number = relations_find(arrangement->catalog, id);
	struct placement placement;
	struct resource result;

	if (number == RESOURCE_NONE)
		return;
	placement = arrangement_of(arrangement, number);
	if (placement.column == NULL)
		return;
	catalog_get(&result, arrangement->catalog, number);
	digest_add(digest, result.slug);
	digest_add_moment(digest, result.date);
	digest_add(digest, placement.site->domain);
	digest_add(digest, placement.column->path);
}

/* A day less is another row, while a consultation is open. */
static void add_consultation(struct digest *digest,
			     const struct arrangement *arrangement,
			     const struct resource *resource)
{
	int64_t days;
	enum consultation_state state =
		resource_consultation(&days, resource, arrangement->as_of);

	if (state == CONSULTING_NONE)
		return;
	digest_add_moment(digest, resource->opens_on);
	digest_add_moment(digest, resource->closes_on);
	digest_add_number(digest, (uint64_t)state);
	digest_add_number(digest, (uint64_t)days);
	digest_add(digest, resource->result);
	if (resource->result.len > 0)
		add_result(digest, arrangement, resource->result);
}

uint64_t fingerprint_row(const struct page_plan *plan,
			 const struct resource *resource)
{
	const struct arrangement *arrangement = plan->arrangement;
	struct placement placement =
		arrangement_of(arrangement, resource->number);
	const struct resource_type *type =
		catalog_type(arrangement->catalog, resource->number);
	struct digest digest = { 0 };
	const str texts[] = { str_from_c(type->name),
			      str_from_c(type->label),
			      resource->title,
			      resource->id,
			      resource->slug,
			      resource->summary,
			      resource->image,
			      resource->source_name,
			      resource->doc_no,
			      resource_validity(resource, arrangement->as_of),
			      resource->updated.is_set ? STR("u") : STR("") };

	if (placement.column == NULL)
		return 0;
	digest_add_texts(&digest, texts, COUNT_OF(texts));
	digest_add(&digest, resource->keywords);
	digest_add(&digest, resource->listed);
	digest_add(&digest, resource->topic);
	digest_add(&digest, resource->audience);
	add_consultation(&digest, arrangement, resource);
	digest_add_moment(&digest, resource->date);
	digest_add_moment(&digest, resource->updated);
	digest_add_moment(&digest, placement.archived_since);
	digest_add_number(&digest,
			  resource_is_pinned(resource, arrangement->as_of));
	digest_add_number(&digest, placement.visibility);
	digest_add(&digest, placement.site->domain);
	digest_add(&digest, placement.site->short_name);
	digest_add(&digest, placement.column->path);
	digest_add(&digest, placement.column->name);
	add_picture(&digest, plan, resource, placement.site);
	return digest.low | 1;
}

/* A stamp names what replaces the resource, and links to it. */
static uint64_t add_replacement(const struct catalog *catalog,
				const struct resource *resource,
				const uint64_t *rows)
{
	uint32_t number = relations_find(catalog, resource->replaced_by);
	struct digest digest = { 0, rows[resource->number] };
	struct resource other;

	digest_add(&digest, resource->replaced_by);
	if (number != RESOURCE_NONE) {
		catalog_get(&other, catalog, number);
		digest_add(&digest, other.title);
		digest_add(&digest, other.slug);
		digest_add_moment(&digest, other.date);
		digest_add_number(&digest, rows[number]);
	}
	return digest.low | 1;
}

static void make_rows(struct fingerprinting *fingerprinting)
{
	const struct arrangement *arrangement = fingerprinting->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	uint64_t *rows = arena_array(fingerprinting->arena, catalog->count,
				     sizeof(*rows));
	struct resource resource;

	for (uint32_t i = 0; i < catalog->count; i++) {
		catalog_get(&resource, catalog, i);
		rows[i] = fingerprint_row(fingerprinting->plan, &resource);
	}
	for (uint32_t i = 0; i < catalog->count; i++) {
		if (rows[i] == 0 ||
		    catalog_text(catalog, i, RESOURCE_REPLACED_BY).len == 0)
			continue;
		catalog_get(&resource, catalog, i);
		rows[i] = add_replacement(catalog, &resource, rows);
	}
	fingerprinting->plan->rows = rows;
}

/* --- the site, as every page shows it --- */

static uint64_t platform_digest(const struct cluster *cluster)
{
	const struct platform *platform = &cluster->platform;
	struct digest digest = { 0 };
	const str texts[] = { platform->name, platform->portal,
			      platform->archive_stamp, platform->notice };

	digest_add_texts(&digest, texts, COUNT_OF(texts));
	digest_add_texts(&digest, platform->leave_exempt.items,
			 platform->leave_exempt.count);
	digest_add_texts(&digest, platform->frames.items,
			 platform->frames.count);
	for (size_t i = 0; i < platform->picture_widths.count; i++)
		digest_add_number(&digest, platform->picture_widths.items[i]);
	digest_add_number(&digest, platform->picture_widths.count);
	digest_add_number(&digest, (uint64_t)platform->cards);
	if (cluster->portal != NULL) {
		digest_add(&digest, cluster->portal->name);
		digest_add(&digest, cluster->portal->domain);
		digest_add_number(&digest, (uint64_t)cluster->portal->state);
	}
	return digest.low;
}

/* Of the other sites a page shows what its own settings lead to. */
static void add_address(struct digest *digest, const struct cluster *cluster,
			str address)
{
	const struct site *site = cluster_site_in(cluster, address);

	digest_add(digest, address);
	digest_add(digest, site == NULL ? STR("") : site->name);
}

static void add_settings(struct digest *digest, const struct cluster *cluster,
			 const struct site *site)
{
	const str texts[] = { site->name,	   site->short_name,
			      site->domain,	   site->chinese_domain,
			      site->identity_code, site->moved_to,
			      site->state_note,	   site->theme,
			      site->language,	   site->sponsor,
			      site->operator_name, site->phone,
			      site->address,	   site->office_hours,
			      site->postcode,	   site->icp,
			      site->police_record, site->conac,
			      site->description,   site->notice };

	digest_add_texts(digest, texts, COUNT_OF(texts));
	digest_add_texts(digest, site->keywords.items, site->keywords.count);
	digest_add_number(digest, (uint64_t)site->kind);
	digest_add_number(digest, (uint64_t)site->state);
	digest_add_number(digest, site->ipv6);
	digest_add_moment(digest, site->archived_on);
	add_address(digest, cluster, site->moved_to);
	for (size_t i = 0; i < site->link_count; i++) {
		digest_add(digest, site->links[i].name);
		add_address(digest, cluster, site->links[i].url);
	}
}

static uint64_t site_digest(const struct fingerprinting *fingerprinting,
			    const struct site *site)
{
	struct digest digest = { 0 };

	digest_add_number(&digest, fingerprinting->platform);
	add_settings(&digest, fingerprinting->arrangement->cluster, site);
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		digest_add(&digest, column->name);
		digest_add(&digest, column->path);
		digest_add(&digest, column->description);
		digest_add_number(&digest, column->is_archived);
		digest_add_number(&digest, (uint64_t)column->show);
	}
	return digest.low | 1;
}

/*
 * Files of texts alone, without menu and footer: a notice of the platform or
 * another name of a column changes none of their words.
 */
static uint64_t files_digest(const struct fingerprinting *fingerprinting,
			     const struct site *site)
{
	struct digest digest = { 0 };

	digest_add(&digest, site->domain);
	digest_add(&digest, site->language);
	digest_add(
		&digest,
		fingerprinting->arrangement->cluster->platform.archive_stamp);
	return digest.low | 1;
}

/* What many pages of a site share is looked at once. */
struct theme_digests {
	struct map templates;		   /* struct digest by name */
	uint64_t strings[PAGE_KIND_COUNT]; /* 0: not looked at yet */
};

/* Of a page without a template. */
static uint64_t strings_part(const struct site_plan *site,
			     const char *const *groups)
{
	struct digest digest = { 0 };

	for (size_t i = 0; groups != NULL && groups[i] != NULL; i++)
		digest_add_digest(&digest,
				  theme_strings_digest(site->theme, groups[i]));
	return groups == NULL ? 0 : digest.low | 1;
}

/* A template's digest walks all it can reach: once a template, not a page. */
static uint64_t theme_part(const struct fingerprinting *fingerprinting,
			   struct theme_digests *digests,
			   const struct site_plan *site,
			   const struct page *page)
{
	const char *name =
		page_template(page, fingerprinting->arrangement->catalog,
			      site->theme->templates);
	uint64_t *strings = &digests->strings[page->kind];
	struct map *templates = &digests->templates;
	struct digest *digest;

	if (name == NULL && *strings == 0)
		*strings = strings_part(site, page_kinds[page->kind].strings);
	if (name == NULL)
		return *strings;
	digest = map_get(templates, str_from_c(name));
	if (digest == NULL) {
		digest = arena_alloc(templates->arena, sizeof(*digest));
		*digest = template_digest(site->theme->templates,
					  str_from_c(name));
		map_add(templates, str_from_c(name), digest);
	}
	return digest->low | 1;
}

static uint64_t part_of(page_digest *digest,
			const struct fingerprinting *fingerprinting,
			const struct site_plan *site, const struct page *page)
{
	return digest == NULL ? 0 : digest(fingerprinting, site, page);
}

static void fill_page(const struct fingerprinting *fingerprinting,
		      const struct site_plan *site, struct page *page)
{
	const struct page_kind_row *row = &page_kinds[page->kind];
	uint64_t *parts = page->fingerprint.parts;

	parts[PART_SITE] = part_of(row->site, fingerprinting, site, page);
	parts[PART_SUBJECT] = part_of(row->subject, fingerprinting, site, page);
	parts[PART_LINKS] = part_of(row->links, fingerprinting, site, page);
	parts[PART_LISTS] = part_of(row->lists, fingerprinting, site, page);
}

/* One thread's share: whole sites. */
struct filling {
	struct page_plan *plan;
	struct fingerprinting *fingerprintings; /* one a thread */
};

static void fill_site(void *context, size_t thread, size_t number)
{
	struct filling *filling = context;
	struct fingerprinting *fingerprinting =
		&filling->fingerprintings[thread];
	const struct site_plan *site = &filling->plan->sites[number];
	struct theme_digests digests = { 0 };

	fingerprinting->site = site_digest(fingerprinting, site->site);
	fingerprinting->files = files_digest(fingerprinting, site->site);
	map_init(&digests.templates, fingerprinting->arena);
	for (size_t i = 0; i < site->count; i++) {
		struct page *page = &site->pages[i];

		fill_page(fingerprinting, site, page);
		page->fingerprint.parts[PART_THEME] =
			theme_part(fingerprinting, &digests, site, page);
	}
	arena_reset(fingerprinting->arena);
}

void fingerprint_fill(struct page_plan *plan, size_t threads,
		      struct arena *arena)
{
	struct fingerprinting fingerprinting = {
		.plan = plan, .arrangement = plan->arrangement, .arena = arena
	};
	struct filling filling = { plan, NULL };
	struct arena *scratches =
		arena_array(arena, threads, sizeof(*scratches));

	make_rows(&fingerprinting);
	fingerprinting.platform = platform_digest(plan->arrangement->cluster);
	filling.fingerprintings =
		arena_array(arena, threads, sizeof(fingerprinting));
	for (size_t i = 0; i < threads; i++) {
		arena_init(&scratches[i]);
		filling.fingerprintings[i] = fingerprinting;
		filling.fingerprintings[i].arena = &scratches[i];
	}
	workers_run(threads, plan->count, fill_site, &filling);
	for (size_t i = 0; i < threads; i++)
		arena_release(&scratches[i]);
}

void fingerprint_fill_page(struct page_plan *plan, const struct site_plan *site,
			   struct page *page, struct arena *arena)
{
	struct fingerprinting fingerprinting = {
		.plan = plan, .arrangement = plan->arrangement, .arena = arena
	};
	struct theme_digests digests = { 0 };

	map_init(&digests.templates, arena);
	fingerprinting.platform = platform_digest(plan->arrangement->cluster);
	fingerprinting.site = site_digest(&fingerprinting, site->site);
	fingerprinting.files = files_digest(&fingerprinting, site->site);
	fill_page(&fingerprinting, site, page);
	page->fingerprint.parts[PART_THEME] =
		theme_part(&fingerprinting, &digests, site, page);
}
