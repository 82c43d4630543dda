#include "pipeline/blame.h"

#include "pipeline/pipeline.h"

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

static void blame_unit(struct pipeline *pipeline, str unit)
{
	const struct cluster *cluster = &pipeline->cluster;

	for (size_t i = 0; i < cluster->count; i++)
		if (cluster_owner(cluster, unit) == &cluster->sites[i] ||
		    has_column_over(&cluster->sites[i], unit))
			pipeline->blocked[i] = true;
}

static void blame_site(struct pipeline *pipeline, str id)
{
	for (size_t i = 0; i < pipeline->cluster.count; i++)
		if (str_equal(pipeline->cluster.sites[i].id, id))
			pipeline->blocked[i] = true;
}

static void blame_all(struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->cluster.count; i++)
		pipeline->blocked[i] = true;
}

static str first_part(str path)
{
	return str_between(path, 0, str_find_byte(path, '/'));
}

static void blame_file(struct pipeline *pipeline, str path)
{
	if (str_starts_with(path, STR("content/")))
		blame_unit(pipeline, first_part(str_from(path, 8)));
	else if (str_starts_with(path, STR("sites/")) &&
		 !str_equal(path, STR("sites/platform.yaml")))
		blame_site(pipeline, first_part(str_from(path, 6)));
	else
		blame_all(pipeline);
}

/*
 * A site whose settings cannot be read is not in the cluster. Others that
 * list what it publishes would lose that; its units are not known, so the one
 * of its own name stands for them. The portal links to every site.
 */
static void blame_broken_sites(struct pipeline *pipeline)
{
	const struct cluster *cluster = &pipeline->cluster;
	const str *ids = cluster->broken.items;

	for (size_t i = 0; i < cluster->broken.count; i++)
		blame_unit(pipeline, ids[i]);
	if (cluster->broken.count > 0 && cluster->portal != NULL)
		pipeline->blocked[cluster->portal->number] = true;
}

void blame_sites(struct pipeline *pipeline)
{
	const struct diag *items = pipeline->diags.items.items;

	for (size_t i = 0; i < pipeline->diags.items.count; i++) {
		uint32_t source = items[i].span.source;

		if (items[i].level != DIAG_ERROR)
			continue;
		if (source < pipeline->snapshot.count)
			blame_file(pipeline,
				   snapshot_path(&pipeline->snapshot, source));
		else
			blame_all(pipeline);
	}
	blame_broken_sites(pipeline);
	for (size_t i = 0; i < pipeline->plan.count; i++)
		if (pipeline->plan.sites[i].has_errors)
			pipeline->blocked[i] = true;
}
