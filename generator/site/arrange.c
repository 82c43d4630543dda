/*
 * Every column gathers its resources by unit (a unit's resources lie together
 * in the catalogue), so that the cost is the sum of what columns look at and
 * not columns times resources.
 */
#include "site/arrange.h"

#include <stdlib.h>

struct arranger {
	const struct catalog *catalog;
	struct cluster *cluster;
	struct moment as_of;
	struct placement *placements;
	struct arena *arena;
	struct diag_list *diags;
	struct map units; /* struct unit_range * */
	uint32_t *chosen; /* scratch: resource numbers of one column */
};

static bool has_passed(struct moment moment, struct moment as_of)
{
	return moment.is_set && moment.seconds <= as_of.seconds;
}

/*
 * expires_on takes a resource off the net; for a policy it is the day its
 * validity ends, and the document stays, marked (rules.md D.3).
 */
static enum visibility visibility_of(const struct resource *resource,
				     struct moment as_of)
{
	bool lapses = resource->type != TYPE_POLICY;

	if (resource->status == STATUS_DRAFT ||
	    resource->status == STATUS_IN_REVIEW)
		return VISIBLE_NOT;
	if (resource->status == STATUS_WITHDRAWN)
		return VISIBLE_GONE;
	if (!has_passed(resource->date, as_of) ||
	    (resource->publish_at.is_set &&
	     !has_passed(resource->publish_at, as_of)))
		return VISIBLE_NOT;
	if (lapses && has_passed(resource->expires_on, as_of))
		return VISIBLE_GONE;
	if (has_passed(resource->archived_on, as_of))
		return VISIBLE_ARCHIVED;
	return VISIBLE_LIVE;
}

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

		if (has_passed(column->archived_on, as_of))
			mark_archived(column, column->archived_on);
		if (column->parent != NULL && column->parent->is_archived)
			mark_archived(column, column->parent->archived_since);
		if (site->state == STATE_ARCHIVED)
			mark_archived(column, site->archived_on);
	}
}

/* --- candidates of a column --- */

/* Where each unit's resources lie: the catalogue is sorted by path. */
struct unit_range {
	size_t first;
	size_t behind;
};

static void index_units(struct arranger *arranger)
{
	const struct catalog *catalog = arranger->catalog;

	map_init(&arranger->units, arranger->arena);
	for (size_t i = 0; i < catalog->count; i++) {
		str unit = catalog->resources[i].unit;
		struct unit_range *range = map_get(&arranger->units, unit);

		if (range == NULL) {
			range = arena_alloc(arranger->arena, sizeof(*range));
			range->first = i;
			map_add(&arranger->units, unit, range);
		}
		range->behind = i + 1;
	}
}

static size_t take_matching(struct arranger *arranger,
			    const struct column_query *query, size_t first,
			    size_t behind, size_t count)
{
	const struct catalog *catalog = arranger->catalog;

	for (size_t i = first; i < behind; i++) {
		const struct resource *resource = &catalog->resources[i];
		enum visibility visibility = arranger->placements[i].visibility;

		if (visibility == VISIBLE_NOT)
			continue;
		if (column_query_matches(query, resource))
			arranger->chosen[count++] = (uint32_t)i;
	}
	return count;
}

/* A unit that is written twice must not give its resources twice. */
static bool is_repeated(const struct text_list *units, size_t number)
{
	for (size_t i = 0; i < number; i++)
		if (str_equal(units->items[i], units->items[number]))
			return true;
	return false;
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

		if (range != NULL && !is_repeated(&query->units, i))
			count = take_matching(arranger, query, range->first,
					      range->behind, count);
	}
	return count;
}

/* --- where each resource is published --- */

static void place(struct arranger *arranger, const struct site *site,
		  const struct column *column, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t number = arranger->chosen[i];
		struct placement *placement = &arranger->placements[number];
		str unit = arranger->catalog->resources[number].unit;

		if (placement->column != NULL ||
		    cluster_owner(arranger->cluster, unit) != site)
			continue;
		placement->site = site;
		placement->column = column;
	}
}

static void place_site(struct arranger *arranger, const struct site *site)
{
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];

		if (column->has_query)
			place(arranger, site, column, gather(arranger, column));
	}
}

/* What stands in an archived column is archived with it. */
static void settle(struct arranger *arranger)
{
	const struct catalog *catalog = arranger->catalog;

	for (size_t i = 0; i < catalog->count; i++) {
		struct placement *placement = &arranger->placements[i];

		if (placement->column == NULL)
			continue;
		if (placement->visibility == VISIBLE_LIVE &&
		    placement->column->is_archived) {
			placement->visibility = VISIBLE_ARCHIVED;
			placement->archived_since =
				placement->column->archived_since;
		} else if (placement->visibility == VISIBLE_ARCHIVED) {
			placement->archived_since =
				catalog->resources[i].archived_on;
		}
	}
}

/* --- the lists --- */

struct sorter {
	const struct catalog *catalog;
	const struct column_query *query;
};

static int compare(const void *left, const void *right, void *context)
{
	const struct sorter *sorter = context;
	const struct resource *resources = sorter->catalog->resources;

	return column_query_compare(sorter->query,
				    &resources[*(const uint32_t *)left],
				    &resources[*(const uint32_t *)right]);
}

static bool is_listed(const struct arranger *arranger,
		      const struct column *column, uint32_t number)
{
	const struct placement *placement = &arranger->placements[number];

	if (placement->column == NULL)
		return false;
	return placement->visibility == VISIBLE_LIVE ||
	       (placement->visibility == VISIBLE_ARCHIVED &&
		column->is_archived);
}

static size_t drop_unlisted(struct arranger *arranger,
			    const struct column *column, size_t count,
			    uint32_t *archived, size_t *archived_count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t number = arranger->chosen[i];
		const struct placement *placement =
			&arranger->placements[number];

		if (is_listed(arranger, column, number))
			arranger->chosen[kept++] = number;
		else if (placement->visibility == VISIBLE_ARCHIVED &&
			 placement->column == column)
			archived[(*archived_count)++] = number;
	}
	return kept;
}

static void fill_list(struct arranger *arranger, struct column *column)
{
	struct sorter sorter = { arranger->catalog, &column->query };
	size_t count = gather(arranger, column);
	uint32_t *archived =
		arena_array(arranger->arena, count, sizeof(*archived));
	uint32_t *live;
	size_t archived_count = 0;

	count = drop_unlisted(arranger, column, count, archived,
			      &archived_count);
	live = arena_array(arranger->arena, count, sizeof(*live));
	if (count > 0)
		memcpy(live, arranger->chosen, count * sizeof(*live));
	qsort_r(live, count, sizeof(*live), compare, &sorter);
	qsort_r(archived, archived_count, sizeof(*archived), compare, &sorter);
	if (column->query.limit > 0 && count > column->query.limit)
		count = column->query.limit;
	column->list =
		(struct column_list){ live, count, archived, archived_count };
}

/* --- what nobody publishes --- */

static void report_orphan(struct arranger *arranger,
			  const struct resource *resource)
{
	const struct site *owner =
		cluster_owner(arranger->cluster, resource->unit);
	struct diag *diag;

	/* The owner may be a site whose settings cannot be read. */
	if (owner == NULL && arranger->cluster->broken.count > 0)
		return;
	if (owner == NULL) {
		diag = diag_warning(arranger->diags, resource->title_span,
				    "resource-no-owner",
				    _("no site owns the unit “%.*s”: this "
				      "resource is not published"),
				    STR_ARG(resource->unit));
		diag_help(arranger->diags, diag,
			  _("name the unit in the “units” of a site"));
	} else if (!site_is_notice_only(owner)) {
		diag = diag_warning(arranger->diags, resource->title_span,
				    "resource-orphan",
				    _("no column of “%.*s” selects this "
				      "resource: it is not published"),
				    STR_ARG(owner->name));
		diag_help(arranger->diags, diag,
			  _("change the resource's type or keywords, or the "
			    "select of a column in sites/%.*s/site.yaml"),
			  STR_ARG(owner->id));
	}
}

static void report_orphans(struct arranger *arranger)
{
	const struct catalog *catalog = arranger->catalog;

	for (size_t i = 0; i < catalog->count; i++)
		if (arranger->placements[i].visibility != VISIBLE_NOT &&
		    arranger->placements[i].column == NULL)
			report_orphan(arranger, &catalog->resources[i]);
}

void arrange(struct arrangement *out, const struct arrange_options *options,
	     struct arena *arena, struct diag_list *diags)
{
	struct arranger arranger = {
		.catalog = options->catalog,
		.cluster = options->cluster,
		.as_of = options->as_of,
		.arena = arena,
		.diags = diags,
	};
	size_t count = options->catalog->count;

	arranger.placements =
		arena_array(arena, count, sizeof(*arranger.placements));
	arranger.chosen = arena_array(arena, count, sizeof(*arranger.chosen));
	for (size_t i = 0; i < count; i++)
		arranger.placements[i].visibility = (uint8_t)visibility_of(
			&options->catalog->resources[i], options->as_of);
	index_units(&arranger);
	for (size_t i = 0; i < options->cluster->count; i++) {
		struct site *site = &options->cluster->sites[i];

		mark_archived_columns(site, options->as_of);
		if (!site_is_notice_only(site))
			place_site(&arranger, site);
	}
	settle(&arranger);
	for (size_t i = 0; i < options->cluster->count; i++) {
		struct site *site = &options->cluster->sites[i];

		for (size_t j = 0; j < site->column_count; j++)
			if (site->columns[j].has_query)
				fill_list(&arranger, &site->columns[j]);
	}
	report_orphans(&arranger);
	*out = (struct arrangement){ options->catalog, options->cluster,
				     options->as_of, arranger.placements };
}
