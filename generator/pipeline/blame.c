#include "pipeline/blame.h"

#include "base/diag_kind.h"

static bool is_over(const struct column *column, str unit)
{
	const struct text_list *units = &column->query.units;

	if (!column->has_query)
		return false;
	for (size_t i = 0; i < units->count; i++)
		if (str_equal(units->items[i], unit))
			return true;
	return units->count == 0;
}

static bool has_column_over(const struct site *site, str unit)
{
	for (size_t i = 0; i < site->column_count; i++)
		if (is_over(&site->columns[i], unit))
			return true;
	return false;
}

static void blame_unit(struct page_work *work, const struct cluster *cluster,
		       str unit)
{
	for (size_t i = 0; i < cluster->count; i++)
		if (cluster_owner(cluster, unit) == &cluster->sites[i] ||
		    has_column_over(&cluster->sites[i], unit))
			work->sites[i].is_blocked = true;
}

static void blame_site(struct page_work *work, const struct cluster *cluster,
		       str id)
{
	for (size_t i = 0; i < cluster->count; i++)
		if (str_equal(cluster->sites[i].id, id))
			work->sites[i].is_blocked = true;
}

static void blame_all(struct page_work *work)
{
	for (size_t i = 0; i < work->plan->count; i++)
		work->sites[i].is_blocked = true;
}

static str first_part(str path)
{
	return str_between(path, 0, str_find_byte(path, '/'));
}

/* Resources of a type whose file has mistakes cannot be read. */
static void blame_unreadable(struct page_work *work,
			     const struct library *library)
{
	const struct catalog *catalog = &library->catalog;

	for (size_t i = 0; i < catalog->broken_count; i++) {
		str path =
			snapshot_path(&library->snapshot, catalog->broken[i]);

		blame_unit(work, &library->cluster,
			   first_part(str_from(path, 8)));
	}
}

/* A resource counts in its newest correct version: it holds nothing up. */
static void blame_file(struct page_work *work, const struct library *library,
		       str path)
{
	const struct cluster *cluster = &library->cluster;

	if (str_starts_with(path, STR("content/")))
		return;
	if (str_starts_with(path, STR("sites/types/")))
		blame_unreadable(work, library);
	else if (str_starts_with(path, STR("sites/")) &&
		 !str_equal(path, STR("sites/platform.yaml")))
		blame_site(work, cluster, first_part(str_from(path, 6)));
	else
		blame_all(work);
}

/*
 * A site whose settings cannot be read is not in the cluster. Others that
 * list what it publishes would lose that; its units are not known, so the one
 * of its own name stands for them. The portal links to every site.
 */
static void blame_broken_sites(struct page_work *work,
			       const struct cluster *cluster)
{
	const str *ids = cluster->broken.items;

	for (size_t i = 0; i < cluster->broken.count; i++)
		blame_unit(work, cluster, ids[i]);
	if (cluster->broken.count > 0 && cluster->portal != NULL)
		work->sites[cluster->portal->number].is_blocked = true;
}

/* An attachment that is refused is not published, and that is all. */
static bool costs_itself(const struct library *library, uint32_t source)
{
	return source < library->snapshot.count &&
	       library->attachments.states != NULL &&
	       library->attachments.states[source] == ATTACHMENT_REFUSED;
}

void blame_sites(struct page_work *work, const struct library *library,
		 const struct diag_list *diags)
{
	const struct cluster *cluster = &library->cluster;
	const struct snapshot *snapshot = &library->snapshot;
	uint32_t last = 0;
	bool has_last = false;

	for (size_t i = 0; i < diag_total(diags); i++) {
		struct diag_mark mark = diag_at(diags, i);
		uint32_t source = mark.span.source;

		/* of many messages about one file, one is enough */
		if (mark.level != DIAG_ERROR || (has_last && source == last))
			continue;
		last = source;
		has_last = true;
		if (costs_itself(library, source))
			continue;
		if (source < snapshot->count)
			blame_file(work, library,
				   snapshot_path(snapshot, source));
		else if (mark.kind >= diag_kind_count ||
			 diag_kinds[mark.kind].cost >= DIAG_COSTS_SITE)
			blame_all(work);
	}
	blame_broken_sites(work, cluster);
	for (size_t i = 0; i < work->plan->count; i++)
		work->sites[i].is_blocked |= work->plan->sites[i].has_errors;
}
