/*
 * Every column gathers its resources by unit (a unit's resources lie together
 * in the catalogue), and of these the ones that have what it asks for least
 * often (site/query_index.h), so that the cost is the sum of what columns may
 * show and not columns times resources.
 */
#include "site/arrange.h"

#include <stdlib.h>

#include "site/placing.h"
#include "site/query_index.h"

struct arranger {
	const struct catalog *catalog;
	struct cluster *cluster;
	struct moment as_of;
	const bool *left_out;
	bool drafts;
	struct stored_placement *places;
	struct arena *arena;
	struct diag_list *diags;
	struct map units;	      /* struct unit_range * */
	struct candidate *candidates; /* scratch: one a resource */
	struct query_index index;     /* scratch */
	/* scratch: resource numbers of one column */
	uint32_t *chosen;
	uint32_t *set_aside;
};

/* --- columns that are archived, by themselves or by a parent or the site ---
 */

/* The first of several dates is the one that made it so. */
static void mark_archived(struct column *column, struct moment since)
{
	if (!column->is_archived ||
	    moment_compare(since, column->archived_since) < 0)
		column->archived_since = since;
	column->is_archived = true;
}

static void mark_archived_columns(struct site *site, struct moment as_of)
{
	for (size_t i = 0; i < site->column_count; i++) {
		struct column *column = &site->columns[i];

		if (moment_has_passed(column->archived_on, as_of))
			mark_archived(column, column->archived_on);
		if (column->parent != NULL && column->parent->is_archived)
			mark_archived(column, column->parent->archived_since);
		if (site->state == STATE_ARCHIVED)
			mark_archived(column, site->archived_on);
	}
}

void arrange_mark_archived(struct cluster *cluster, struct moment as_of)
{
	for (size_t i = 0; i < cluster->count; i++)
		mark_archived_columns(&cluster->sites[i], as_of);
}

/* --- candidates of a column --- */

/* Where each unit's resources lie: the catalogue is sorted by path. */
struct unit_range {
	size_t first;
	size_t behind;
	const struct site *owner;
};

static struct unit_range *range_of(struct arranger *arranger, str unit,
				   size_t first)
{
	struct unit_range *range = map_get(&arranger->units, unit);

	if (range != NULL)
		return range;
	range = arena_alloc(arranger->arena, sizeof(*range));
	range->first = first;
	range->owner = cluster_owner(arranger->cluster, unit);
	map_add(&arranger->units, unit, range);
	return range;
}

static void want_queries(struct arranger *arranger)
{
	for (size_t i = 0; i < arranger->cluster->count; i++) {
		const struct site *site = &arranger->cluster->sites[i];

		for (size_t j = 0; j < site->column_count; j++)
			if (site->columns[j].has_query)
				query_index_want(&arranger->index,
						 &site->columns[j].query);
	}
}

static void index_resources(struct arranger *arranger)
{
	const struct catalog *catalog = arranger->catalog;
	struct unit_range *range = NULL;
	str unit = STR("");

	map_init(&arranger->units, arranger->arena);
	want_queries(arranger);
	for (uint32_t i = 0; i < catalog->count; i++) {
		struct resource resource;

		catalog_get(&resource, catalog, i);
		arranger->places[i].visibility =
			arranger->left_out != NULL && arranger->left_out[i]
				? VISIBLE_NOT
				: placing_visibility(&resource, arranger->as_of,
						     arranger->drafts);
		arranger->places[i].is_pinned = resource.is_pinned;
		arranger->candidates[i] = candidate_of(&resource);
		if (arranger->places[i].visibility != VISIBLE_NOT)
			query_index_add(&arranger->index, i);
		if (range == NULL || !str_equal(unit, resource.unit))
			range = range_of(arranger, resource.unit, i);
		unit = resource.unit;
		range->behind = i + 1;
	}
}

static size_t take_matching(struct arranger *arranger,
			    const struct column_query *query, size_t first,
			    size_t behind, size_t count)
{
	size_t given = query_index_take(arranger->set_aside, &arranger->index,
					query, first, behind);

	for (size_t i = 0; i < given; i++) {
		uint32_t number = arranger->set_aside[i];

		if (arranger->places[number].visibility != VISIBLE_NOT &&
		    column_query_matches(query, &arranger->candidates[number]))
			arranger->chosen[count++] = number;
	}
	return count;
}

static size_t gather(struct arranger *arranger, const struct column *column)
{
	const struct column_query *query = &column->query;
	size_t count = 0;

	if (query->units.count == 0)
		return take_matching(arranger, query, 0,
				     arranger->catalog->count, 0);
	for (size_t i = 0; i < query->units.count; i++) {
		const struct unit_range *range =
			map_get(&arranger->units, query->units.items[i]);

		if (range != NULL)
			count = take_matching(arranger, query, range->first,
					      range->behind, count);
	}
	return count;
}

/* --- where each resource is published --- */

static void place_unit(struct arranger *arranger, const struct site *site,
		       const struct column *column,
		       const struct unit_range *range)
{
	size_t count;

	if (range == NULL || range->owner != site)
		return;
	count = take_matching(arranger, &column->query, range->first,
			      range->behind, 0);
	for (size_t i = 0; i < count; i++) {
		struct stored_placement *place =
			&arranger->places[arranger->chosen[i]];

		if (place->site != 0)
			continue;
		place->site = site->number + 1;
		place->column = column->number;
	}
}

/* Of all columns that select a resource the first is its place. */
static void place_site(struct arranger *arranger, const struct site *site)
{
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];
		const struct text_list *units = &column->query.units;

		if (!column->has_query)
			continue;
		for (size_t j = 0; j < units->count; j++)
			place_unit(arranger, site, column,
				   map_get(&arranger->units, units->items[j]));
		for (size_t j = 0; units->count == 0 && j < site->units.count;
		     j++)
			place_unit(arranger, site, column,
				   map_get(&arranger->units,
					   site->units.items[j]));
	}
}

static void settle(struct arranger *arranger)
{
	for (uint32_t i = 0; i < arranger->catalog->count; i++) {
		struct stored_placement *place = &arranger->places[i];
		struct resource resource = { 0 };

		if (place->visibility == VISIBLE_ARCHIVED)
			catalog_get(&resource, arranger->catalog, i);
		placing_settle(place, arranger->cluster, resource.archived_on);
	}
}

/* --- the lists --- */

static void sort(const struct arranger *arranger,
		 const struct column_query *query, uint32_t *numbers,
		 size_t count)
{
	struct column_sort sorter = { arranger->catalog, query };

	if (query->sort == SORT_NEWEST)
		qsort_r(numbers, count, sizeof(*numbers),
			catalog_compare_newest, (void *)arranger->catalog);
	else
		qsort_r(numbers, count, sizeof(*numbers), column_sort_compare,
			&sorter);
}

static size_t drop_unlisted(struct arranger *arranger, const struct site *site,
			    const struct column *column, size_t count,
			    uint32_t *archived, size_t *archived_count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t number = arranger->chosen[i];
		enum listing listing =
			placing_listed(&arranger->places[number], site, column,
				       arranger->candidates[number].date);

		if (listing == LISTING_LIVE)
			arranger->chosen[kept++] = number;
		else if (listing == LISTING_ARCHIVED)
			archived[(*archived_count)++] = number;
	}
	return kept;
}

static uint32_t *keep(const struct arranger *arranger, const uint32_t *numbers,
		      size_t count)
{
	uint32_t *kept = arena_array(arranger->arena, count, sizeof(*kept));

	if (count > 0)
		memcpy(kept, numbers, count * sizeof(*kept));
	return kept;
}

static void fill_list(struct arranger *arranger, const struct site *site,
		      struct column *column)
{
	size_t count = gather(arranger, column);
	uint32_t *archived;
	uint32_t *live;
	size_t archived_count = 0;

	count = drop_unlisted(arranger, site, column, count,
			      arranger->set_aside, &archived_count);
	live = keep(arranger, arranger->chosen, count);
	archived = keep(arranger, arranger->set_aside, archived_count);
	sort(arranger, &column->query, live, count);
	sort(arranger, &column->query, archived, archived_count);
	if (column->query.limit > 0 && count > column->query.limit)
		count = column->query.limit;
	column->list =
		(struct column_list){ live, count, archived, archived_count };
}

/* --- what nobody publishes --- */

/* Once a unit, at the first of its resources: it is one mistake. */
static void report_no_owner(struct arranger *arranger,
			    const struct resource *resource, size_t count)
{
	struct diag *diag;

	/* The owner may be a site whose settings cannot be read. */
	if (arranger->cluster->broken.count > 0)
		return;
	diag = diag_warning(arranger->diags, resource->title_span,
			    "resource-no-owner",
			    _("no site owns the unit “%.*s”: its resources "
			      "(%zu) are not published"),
			    STR_ARG(resource->unit), count);
	diag_help(arranger->diags, diag,
		  _("name the unit in the “units” of a site"));
}

/* "jyj/gzdt" of "content/jyj/gzdt/a.md", and of "content/jyj/gzdt/a/index.md".
 */
static str folder_of(const struct resource *resource)
{
	str rest = str_from(resource->path, STR("content/").len);
	str folder = str_folder(rest);

	if (!str_equal(str_file_name(rest), STR("index.md")) ||
	    str_find_byte(folder, '/') == STR_NONE)
		return folder;
	return str_folder(folder);
}

/* Of those a column names: one beside `folder` that has no file; or empty. */
static str missing_beside(const struct arranger *arranger,
			  const struct column *column, str folder)
{
	char path[SNAPSHOT_PATH_LIMIT];

	for (size_t i = 0; i < column->query.folders.count; i++) {
		str named = column->query.folders.items[i];
		int length = snprintf(path, sizeof(path), "content/%.*s/",
				      STR_ARG(named));
		size_t first, behind;

		if (length < 0 || (size_t)length >= sizeof(path) ||
		    !str_equal(str_folder(named), str_folder(folder)))
			continue;
		snapshot_range(arranger->catalog->snapshot,
			       (str){ path, (size_t)length }, &first, &behind);
		if (first == behind)
			return named;
	}
	return STR("");
}

/*
 * The column that would take it, were it not for its folder; or NULL. One whose
 * own folder is not there is told first: that was renamed, then.
 */
static const struct column *near_column(const struct arranger *arranger,
					const struct site *owner,
					const struct resource *resource,
					str folder, str *missing)
{
	struct candidate candidate = candidate_of(resource);
	const struct column *near = NULL;

	*missing = STR("");
	for (size_t i = 0; i < owner->column_count && missing->len == 0; i++) {
		const struct column *column = &owner->columns[i];
		struct column_query query = column->query;

		query.folders = (struct text_list){ 0 };
		if (!column->has_query || column->query.folders.count == 0 ||
		    !column_query_matches(&query, &candidate))
			continue;
		*missing = missing_beside(arranger, column, folder);
		if (near == NULL || missing->len > 0)
			near = column;
	}
	return near;
}

static void help_orphan(struct arranger *arranger, struct diag *diag,
			const struct site *owner,
			const struct resource *resource)
{
	str folder = folder_of(resource);
	str missing;
	const struct column *near =
		near_column(arranger, owner, resource, folder, &missing);

	if (missing.len > 0)
		diag_help(arranger->diags, diag,
			  _("the column “%.*s” takes content/%.*s, which is "
			    "not there: if that folder was renamed, write in: "
			    "%.*s in sites/%.*s/site.yaml"),
			  STR_ARG(near->name), STR_ARG(missing),
			  STR_ARG(folder), STR_ARG(owner->id));
	else if (near != NULL)
		diag_help(arranger->diags, diag,
			  _("the column “%.*s” in sites/%.*s/site.yaml takes "
			    "it once its select says in: %.*s"),
			  STR_ARG(near->name), STR_ARG(owner->id),
			  STR_ARG(folder));
	else
		diag_help(arranger->diags, diag,
			  _("change the resource's type or keywords, or the "
			    "select of a column in sites/%.*s/site.yaml"),
			  STR_ARG(owner->id));
}

static void report_orphan(struct arranger *arranger,
			  const struct resource *resource)
{
	const struct site *owner =
		cluster_owner(arranger->cluster, resource->unit);
	struct diag *diag;

	if (site_is_notice_only(owner))
		return;
	diag = diag_warning(arranger->diags, resource->title_span,
			    "resource-orphan",
			    _("no column of “%.*s” selects this resource: it "
			      "is not published"),
			    STR_ARG(owner->name));
	help_orphan(arranger, diag, owner, resource);
}

/*
 * A date that has not come may be a mistake, and without a word nobody would
 * know why there is no page. “publish_at” says that it is meant.
 */
static void report_later(struct arranger *arranger,
			 const struct resource *resource)
{
	struct buf text;
	struct diag *diag;

	if (resource->status == STATUS_DRAFT ||
	    resource->status == STATUS_IN_REVIEW ||
	    resource->publish_at.is_set ||
	    moment_has_passed(resource->date, arranger->as_of))
		return;
	buf_init(&text, arranger->arena);
	moment_format(&text, resource->date, STR("%Y-%m-%d %H:%M"));
	diag = diag_warning(arranger->diags, resource->date_span,
			    "resource-later",
			    _("its “date” has not come: it is published on "
			      "%.*s"),
			    STR_ARG(buf_str(&text)));
	diag_help(arranger->diags, diag,
		  _("if that is meant, say so: publish_at: %.*s; `jiyue build "
		    "--worktree --drafts` shows it today"),
		  STR_ARG(buf_str(&text)));
}

/* Those that nobody sees of one unit, [first, behind). */
static void report_unit(struct arranger *arranger,
			const struct unit_range *range)
{
	size_t without = 0;
	uint32_t first = 0;
	struct resource resource;

	for (size_t i = range->first; i < range->behind; i++) {
		const struct stored_placement *place = &arranger->places[i];
		bool is_left_out =
			arranger->left_out != NULL && arranger->left_out[i];

		if (place->site != 0 || is_left_out)
			continue;
		catalog_get(&resource, arranger->catalog, (uint32_t)i);
		if (place->visibility == VISIBLE_NOT)
			report_later(arranger, &resource);
		else if (range->owner != NULL)
			report_orphan(arranger, &resource);
		else if (without++ == 0)
			first = (uint32_t)i;
	}
	if (without == 0)
		return;
	catalog_get(&resource, arranger->catalog, first);
	report_no_owner(arranger, &resource, without);
}

static void report_orphans(struct arranger *arranger)
{
	const struct catalog *catalog = arranger->catalog;
	struct resource resource;
	size_t i = 0;

	while (i < catalog->count) {
		const struct unit_range *range;

		catalog_get(&resource, catalog, (uint32_t)i);
		range = map_get(&arranger->units, resource.unit);
		report_unit(arranger, range);
		i = range->behind;
	}
}

static void fill_lists(struct arranger *arranger)
{
	for (size_t i = 0; i < arranger->cluster->count; i++) {
		struct site *site = &arranger->cluster->sites[i];

		for (size_t j = 0; j < site->column_count; j++)
			if (site->columns[j].has_query)
				fill_list(arranger, site, &site->columns[j]);
	}
}

void arrange(struct arrangement *out, const struct arrange_options *options,
	     struct arena *arena, struct diag_list *diags)
{
	struct arranger arranger = {
		.catalog = options->catalog,
		.cluster = options->cluster,
		.as_of = options->as_of,
		.left_out = options->left_out,
		.drafts = options->drafts,
		.arena = arena,
		.diags = diags,
	};
	size_t count = options->catalog->count;
	struct arena scratch;

	arena_init(&scratch);
	arranger.places = arena_array(arena, count, sizeof(*arranger.places));
	arranger.candidates =
		arena_array(&scratch, count, sizeof(*arranger.candidates));
	arranger.chosen = arena_array(&scratch, count, sizeof(uint32_t));
	arranger.set_aside = arena_array(&scratch, count, sizeof(uint32_t));
	query_index_init(&arranger.index, arranger.candidates, &scratch);
	index_resources(&arranger);
	arrange_mark_archived(options->cluster, options->as_of);
	for (size_t i = 0; i < options->cluster->count; i++)
		if (!site_is_notice_only(&options->cluster->sites[i]))
			place_site(&arranger, &options->cluster->sites[i]);
	settle(&arranger);
	fill_lists(&arranger);
	report_orphans(&arranger);
	*out = (struct arrangement){
		options->catalog, options->cluster,	    options->as_of,
		arranger.places,  arranger.index.looked_at, options->drafts
	};
	arena_release(&scratch);
}

/* --- questions --- */

static const struct stored_placement no_place = { .visibility = VISIBLE_NOT };

/* A record may have said where it is: then it is looked at. */
static const struct stored_placement *
place_of(const struct arrangement *arrangement, uint32_t number)
{
	const struct cluster *cluster = arrangement->cluster;
	const struct stored_placement *place;

	if (!catalog_has_item(arrangement->catalog, arrangement->places,
			      sizeof(*place), number))
		return &no_place;
	place = &arrangement->places[number];
	if (place->visibility <= VISIBLE_GONE &&
	    place->site <= cluster->count &&
	    moment_is_valid(&place->archived_since) &&
	    (place->site == 0 ||
	     place->column < cluster->sites[place->site - 1].column_count))
		return place;
	snapshot_damaged(arrangement->catalog->snapshot);
	return &no_place;
}

struct placement arrangement_of(const struct arrangement *arrangement,
				uint32_t number)
{
	const struct stored_placement *place = place_of(arrangement, number);
	struct placement placement = {
		.archived_since = place->archived_since,
		.visibility = (uint8_t)place->visibility,
	};

	if (place->site == 0)
		return placement;
	placement.site = &arrangement->cluster->sites[place->site - 1];
	placement.column = &placement.site->columns[place->column];
	return placement;
}

bool arrangement_may_pin(const struct arrangement *arrangement, uint32_t number)
{
	return place_of(arrangement, number)->is_pinned != 0;
}

bool stored_placement_has_page(const struct stored_placement *place)
{
	return place->site != 0 && (place->visibility == VISIBLE_LIVE ||
				    place->visibility == VISIBLE_ARCHIVED);
}

bool arrangement_has_page(const struct arrangement *arrangement,
			  uint32_t number)
{
	return stored_placement_has_page(place_of(arrangement, number));
}

struct date arrangement_today(const struct arrangement *arrangement)
{
	return moment_date(
		moment_from_seconds(arrangement->as_of.seconds,
				    arrangement->cluster->platform.offset));
}
