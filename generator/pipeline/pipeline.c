#include "pipeline/pipeline.h"

#include "pipeline/blame.h"
#include "pipeline/history_record.h"
#include "pipeline/recall.h"
#include "pipeline/record.h"
#include "system/clock.h"

void pipeline_end_phase(struct pipeline *pipeline, const char *phase)
{
	int64_t now = clock_milliseconds();

	if (pipeline->time_count < PHASE_LIMIT)
		pipeline->times[pipeline->time_count++] =
			(struct phase_time){ phase,
					     now - pipeline->phase_start };
	pipeline->phase_start = now;
}

/* --- open, read --- */

static bool open_snapshot(struct pipeline *pipeline)
{
	const struct pipeline_options *options = pipeline->options;

	pipeline->is_open =
		options->worktree ? snapshot_open_directory(&pipeline->snapshot,
							    options->library,
							    &pipeline->arena,
							    &pipeline->diags)
				  : snapshot_open_revision(
					    &pipeline->snapshot,
					    options->library, options->revision,
					    &pipeline->arena, &pipeline->diags);
	if (!pipeline->is_open)
		return false;
	if (pipeline->store != NULL)
		snapshot_spool(&pipeline->snapshot, pipeline->output.state,
			       &pipeline->arena);
	pipeline->reader =
		snapshot_reader_open(&pipeline->snapshot, &pipeline->diags);
	return pipeline->reader != NULL;
}

static bool read_library(struct pipeline *pipeline)
{
	struct catalog_options options = {
		.snapshot = &pipeline->snapshot,
		.threads = pipeline->options->threads,
	};

	if (!cluster_read(&pipeline->cluster, &pipeline->snapshot,
			  pipeline->reader, &pipeline->arena, &pipeline->diags))
		return false;
	options.offset = pipeline->cluster.platform.offset;
	if (pipeline->store != NULL) {
		metadata_cache_init(&pipeline->metadata, pipeline->store,
				    &pipeline->arena);
		options.cache = &pipeline->metadata;
	}
	return catalog_read(&pipeline->catalog, &options, &pipeline->arena,
			    &pipeline->diags);
}

/* A day means its end: what is published on that day is seen. */
void pipeline_settle_as_of(struct pipeline *pipeline)
{
	enum { LAST_SECOND = 86399 };
	const struct pipeline_options *options = pipeline->options;

	pipeline->as_of = options->as_of;
	if (options->as_of_text == NULL ||
	    !moment_parse(&pipeline->as_of, str_from_c(options->as_of_text),
			  pipeline->cluster.platform.offset))
		return;
	if (!pipeline->as_of.has_time)
		pipeline->as_of.seconds += LAST_SECOND;
}

/* Without a history the dates of the front matter stand in sitemaps. */
static bool read_history(struct pipeline *pipeline)
{
	struct history_known known = { 0 };
	int32_t offset = pipeline->cluster.platform.offset;

	if (pipeline->options->front_matter_dates ||
	    pipeline->options->worktree) {
		pipeline->history = arena_array(&pipeline->arena,
						pipeline->snapshot.count + 1,
						sizeof(*pipeline->history));
		return true;
	}
	if (pipeline->store != NULL)
		history_record_read(&known, pipeline->store, offset,
				    &pipeline->arena);
	return history_read(&pipeline->history, &pipeline->snapshot, &known,
			    offset, &pipeline->arena, &pipeline->diags);
}

/* --- arrange, plan --- */

static bool has_own_theme(const struct pipeline *pipeline,
			  const struct site *site)
{
	char folder[SNAPSHOT_PATH_LIMIT];
	size_t first, behind;
	int length = snprintf(folder, sizeof(folder), "sites/%.*s/theme/",
			      STR_ARG(site->id));

	snapshot_range(&pipeline->snapshot, (str){ folder, (size_t)length },
		       &first, &behind);
	return first != behind;
}

/* An earlier site that shows everything with the same theme, or NULL. */
static const struct theme *find_theme(const struct pipeline *pipeline,
				      const struct site *site)
{
	if (has_own_theme(pipeline, site))
		return NULL;
	for (size_t i = 0; i < site->number; i++) {
		const struct site *other = &pipeline->cluster.sites[i];

		if (str_equal(other->theme, site->theme) &&
		    str_equal(other->language, site->language) &&
		    pipeline->themes[i].is_usable &&
		    !has_own_theme(pipeline, other))
			return &pipeline->themes[i];
	}
	return NULL;
}

void pipeline_load_theme(struct pipeline *pipeline, const struct site *site)
{
	struct theme *theme = &pipeline->themes[site->number];
	const struct theme *same = find_theme(pipeline, site);
	struct theme_options options = {
		.snapshot = &pipeline->snapshot,
		.reader = pipeline->reader,
		.site_id = site->id,
		.theme_name = site->theme,
		.language = site->language,
		.pages = render_templates,
		.page_count = render_template_count,
	};

	if (same != NULL)
		*theme = *same;
	else
		theme->is_usable = theme_load(theme, &options, &pipeline->arena,
					      &pipeline->diags);
}

/* A site whose theme has mistakes has no pages in the plan, and is blocked. */
static void load_themes(struct pipeline *pipeline)
{
	const struct cluster *cluster = &pipeline->cluster;

	pipeline->themes = arena_array(&pipeline->arena, cluster->count,
				       sizeof(*pipeline->themes));
	for (size_t i = 0; i < cluster->count; i++)
		pipeline_load_theme(pipeline, &cluster->sites[i]);
}

static void arrange_and_plan(struct pipeline *pipeline)
{
	struct arrange_options arranging = {
		.catalog = &pipeline->catalog,
		.cluster = &pipeline->cluster,
		.as_of = pipeline->as_of,
	};
	struct plan_options planning = {
		.arrangement = &pipeline->arrangement,
		.snapshot = &pipeline->snapshot,
		.themes = pipeline->themes,
		.history = pipeline->history,
		.threads = pipeline->options->threads,
	};

	arrange(&pipeline->arrangement, &arranging, &pipeline->arena,
		&pipeline->diags);
	pipeline_end_phase(pipeline, "arrange");
	page_plan_make(&pipeline->plan, &planning, &pipeline->arena,
		       &pipeline->diags);
}

static bool check_site_option(struct pipeline *pipeline)
{
	const struct cluster *cluster = &pipeline->cluster;
	const char *wanted = pipeline->options->site;
	struct diag *diag;
	struct buf names;

	buf_init(&names, &pipeline->arena);
	for (size_t i = 0; i < cluster->count; i++) {
		if (wanted == NULL || str_equal_c(cluster->sites[i].id, wanted))
			return true;
		buf_printf(&names, "%s%.*s", i == 0 ? "" : ", ",
			   STR_ARG(cluster->sites[i].id));
	}
	diag = diag_failure(&pipeline->diags, "site-option",
			    _("there is no site “%s”"),
			    wanted == NULL ? "" : wanted);
	diag_help(&pipeline->diags, diag, _("choose one of: %.*s"),
		  STR_ARG(buf_str(&names)));
	return false;
}

bool pipeline_open(struct pipeline *out, const struct pipeline_options *options)
{
	*out = (struct pipeline){ .options = options };
	out->phase_start = clock_milliseconds();
	arena_init(&out->arena);
	diag_list_init(&out->diags, &out->arena);
	if (options->out != NULL && !record_open(out))
		return false;
	if (options->out != NULL && !options->always &&
	    record_is_current(out)) {
		out->is_current = true;
		return true;
	}
	pipeline_end_phase(out, "record");
	if (options->out != NULL && !options->always && recall_open(out)) {
		pipeline_end_phase(out, "recall");
		return true;
	}
	if (!open_snapshot(out))
		return false;
	pipeline_end_phase(out, "list");
	if (!read_library(out))
		return false;
	pipeline_end_phase(out, "read");
	if (!read_history(out) || !check_site_option(out))
		return false;
	pipeline_end_phase(out, "history");
	load_themes(out);
	pipeline_settle_as_of(out);
	pipeline_end_phase(out, "themes");
	arrange_and_plan(out);
	out->blocked = arena_array(&out->arena, out->cluster.count,
				   sizeof(*out->blocked));
	blame_sites(out);
	pipeline_end_phase(out, "plan");
	return true;
}

void pipeline_close(struct pipeline *pipeline)
{
	if (pipeline->reader != NULL)
		snapshot_reader_close(pipeline->reader);
	if (pipeline->is_open)
		snapshot_close(&pipeline->snapshot);
	record_close(pipeline);
	arena_release(&pipeline->arena);
}

/* --- messages --- */

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	struct pipeline *pipeline = context;

	if (number >= pipeline->snapshot.count)
		return theme_builtin_source(out, number,
					    pipeline->snapshot.count, arena);
	return snapshot_source_read(pipeline->reader, number, out, arena);
}

struct source_reader pipeline_source_reader(struct pipeline *pipeline)
{
	return (struct source_reader){ pipeline, read_source };
}
