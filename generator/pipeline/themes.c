/*
 * A theme counts as one: when any file that a site's pages are made with has
 * mistakes, all of them are those of the newest commit at which there were
 * none. Without such a commit the site has the theme in the program: its texts
 * matter more than its looks. A version that loads but cannot make all pages of
 * a site does not count for this site (theme_trials.h).
 */
#include "pipeline/library.h"
#include "pipeline/theme_trials.h"
#include "snapshot/version_search.h"
#include "system/workers.h"

enum { COMMIT_DIGITS = 10 }; /* in messages */

static bool has_own_theme(const struct library *library,
			  const struct site *site)
{
	char folder[SNAPSHOT_PATH_LIMIT];
	size_t first, behind;
	int length = snprintf(folder, sizeof(folder), "sites/%.*s/theme/",
			      STR_ARG(site->id));

	snapshot_range(&library->snapshot, (str){ folder, (size_t)length },
		       &first, &behind);
	return first != behind;
}

/* An earlier site that shows everything with the same theme, or NULL. */
static const struct theme *find_theme(const struct library *library,
				      const struct site *site)
{
	if (has_own_theme(library, site) ||
	    theme_trials_find(library->trials, site->id) != NULL)
		return NULL;
	for (size_t i = 0; i < site->number; i++) {
		const struct site *other = &library->cluster.sites[i];

		if (str_equal(other->theme, site->theme) &&
		    str_equal(other->language, site->language) &&
		    library->themes[i].is_usable &&
		    !has_own_theme(library, other) &&
		    theme_trials_find(library->trials, other->id) == NULL)
			return &library->themes[i];
	}
	return NULL;
}

/* --- earlier versions ----------------------------------------------------- */

struct theme_search {
	struct library *library;
	const struct site *site;
	struct theme *theme;
	str own_folder; /* sites/<id>/theme/ */
	struct arena talk;
	struct diag_list *diags;
};

static str own_folder(struct library *library, const struct site *site)
{
	return arena_printf(&library->arena, "sites/%.*s/theme/",
			    STR_ARG(site->id));
}

static struct theme_options options_of(struct library *library,
				       const struct site *site)
{
	struct theme_options options = {
		.snapshot = &library->snapshot,
		.reader = library->reader,
		.site_id = site->id,
		.theme_name = site->theme,
		.name_span = site->theme_span,
		.language = site->language,
		.is_checked = library->has_known_themes,
	};

	options.pages = render_pages(&options.page_count,
				     &library->cluster.schema, &library->arena);
	return options;
}

/* Which themes are parents of which is known only when they are read. */
static bool needs(void *context, str path)
{
	const struct theme_search *search = context;

	return str_starts_with(path, STR("themes/")) ||
	       str_starts_with(path, search->own_folder) ||
	       (str_ends_with(path, STR("/")) &&
		str_starts_with(search->own_folder, path));
}

static struct digest key_of(void *context, const struct version_sought *item,
			    const struct version *version)
{
	const struct snapshot *snapshot = version->snapshot;
	struct digest key = { 0 };

	(void)context;
	(void)item;
	for (size_t i = 0; i < snapshot->count; i++) {
		digest_add(&key, snapshot_path(snapshot, i));
		digest_add(&key, snapshot_blob(snapshot, i));
	}
	return key;
}

static bool take(void *context, struct version_sought *item,
		 const struct version *version)
{
	struct theme_search *search = context;
	struct theme_options options =
		options_of(search->library, search->site);
	struct diag_list ignored;

	(void)item;
	if (theme_trial_has(theme_trials_find(search->library->trials,
					      search->site->id),
			    version->snapshot->revision))
		return false;
	diag_list_init_part(&ignored, &search->talk, search->diags);
	options.snapshot = version->snapshot;
	options.reader = version->reader;
	if (!theme_load(search->theme, &options, &search->library->arena,
			&ignored))
		return false;
	search->theme->earlier = version->snapshot;
	return true;
}

static void add_files(struct digest *digest, const struct snapshot *snapshot,
		      str folder)
{
	size_t first, behind;

	snapshot_range(snapshot, folder, &first, &behind);
	for (; first < behind; first++) {
		digest_add(digest, snapshot_path(snapshot, first));
		digest_add(digest, snapshot_blob(snapshot, first));
	}
}

/* What was tried begins with today's files, which are others another day. */
static struct digest context_of(struct library *library,
				const struct site *site)
{
	const struct theme_trial *trial =
		theme_trials_find(library->trials, site->id);
	struct digest context = library->cluster.verdicts;

	digest_add(&context, site->id);
	digest_add(&context, site->theme);
	digest_add(&context, site->language);
	if (trial == NULL || trial->is_over)
		return context;
	add_files(&context, &library->written, STR("themes/"));
	add_files(&context, &library->written, own_folder(library, site));
	for (size_t i = 0; i < trial->count; i++)
		digest_add(&context, trial->versions[i]);
	return context;
}

/* Of this site alone; the others may have today's. */
static void tell_trial(const struct library *library, const struct site *site,
		       str commit, struct diag_list *diags)
{
	struct diag *diag = diag_warning(
		diags, span_none(), "version-earlier",
		_("readers see the pages of “%.*s” with its theme as it was in "
		  "commit %.*s until today's can make all of them"),
		STR_ARG(site->id), COMMIT_DIGITS, commit.data);

	diag->path = snapshot_path(&library->snapshot, site->file);
	diag->cost = _("costs the looks of this site");
	diag_help(diags, diag, "%s",
		  _("mend the template that goes beyond a limit, above or "
		    "below"));
}

/* `end`: why there is no earlier version. */
static bool load_earlier(struct library *library, const struct site *site,
			 struct theme *theme, enum version_end *end,
			 struct diag_list *diags)
{
	struct theme_search search = {
		.library = library,
		.site = site,
		.theme = theme,
		.own_folder = own_folder(library, site),
		.diags = diags,
	};
	str name = site->theme.len > 0 ? site->theme : STR("default");
	struct version_sought item = {
		.path = has_own_theme(library, site)
				? search.own_folder
				: arena_printf(&library->arena, "themes/%.*s/",
					       STR_ARG(name)),
		.is_elsewhere = true,
		.context = context_of(library, site),
	};
	struct version_search versions = {
		.snapshot = &library->snapshot,
		.folder = library->options->folder,
		.offset = library->cluster.platform.offset,
		.memory = library->memory,
		.items = &item,
		.count = 1,
		.context = &search,
		.needs = needs,
		.key = key_of,
		.take = take,
	};

	arena_init(&search.talk);
	version_search_run(&versions, &library->arena);
	arena_release(&search.talk);
	*end = item.end;
	if (item.is_found &&
	    theme_trials_find(library->trials, site->id) != NULL &&
	    !theme_trials_find(library->trials, site->id)->is_over)
		tell_trial(library, site, item.commit, diags);
	else if (item.is_found)
		version_search_tell(&versions, diags);
	return item.is_found;
}

/* How many more sites this one's theme is for (find_theme). */
static size_t count_others(const struct library *library,
			   const struct site *site)
{
	size_t count = 0;

	if (has_own_theme(library, site))
		return 0;
	for (size_t i = site->number + 1; i < library->cluster.count; i++) {
		const struct site *other = &library->cluster.sites[i];

		count += str_equal(other->theme, site->theme) &&
			 str_equal(other->language, site->language) &&
			 !has_own_theme(library, other);
	}
	return count;
}

static void tell_builtin(const struct library *library, const struct site *site,
			 enum version_end end, struct diag_list *diags)
{
	size_t others = count_others(library, site);
	struct diag *diag =
		others == 0
			? diag_warning(diags, span_none(), "theme-none",
				       _("readers see the pages of “%.*s” with "
					 "the theme in the program until the "
					 "mistakes of its own are mended"),
				       STR_ARG(site->id))
			: diag_warning(diags, span_none(), "theme-none",
				       _("readers see the pages of “%.*s” (and "
					 "of more sites: %zu) with the theme "
					 "in the program until the mistakes "
					 "of its own are mended"),
				       STR_ARG(site->id), others);

	diag->path = snapshot_path(&library->snapshot, site->file);
	diag_help(diags, diag, "%s", version_none_help(end));
}

/*
 * A mistake of the program's own: what was built before is better than nothing.
 */
static void refuse_builtin(struct diag_list *diags)
{
	struct diag *items = diags->items.items;

	for (size_t i = 0; i < diags->items.count; i++)
		if (items[i].span.source >= SOURCE_THEME &&
		    items[i].span.source < SOURCE_TYPES)
			items[i].cost = _("costs this run");
	diag_help(diags,
		  diag_failure(diags, "theme-builtin",
			       _("the theme in the program has mistakes, so "
				 "nothing is built")),
		  _("what was built before stays; correct the files of "
		    "themes/default that the program was made with, and make "
		    "it anew"));
}

/* The theme in the program, and nothing of the library. */
static bool load_builtin(struct library *library, const struct site *site,
			 struct theme *theme, enum version_end end,
			 struct diag_list *diags)
{
	struct snapshot *nothing =
		arena_alloc(&library->arena, sizeof(*nothing));
	struct theme_options options = options_of(library, site);

	options.snapshot = nothing;
	options.site_id = STR("");
	options.theme_name = STR("");
	if (!theme_load(theme, &options, &library->arena, diags)) {
		refuse_builtin(diags);
		return false;
	}
	theme->earlier = nothing;
	tell_builtin(library, site, end, diags);
	return true;
}

/* Today's cannot make all pages: is there one that may? */
static bool try_earlier(struct library *library, const struct site *site,
			struct theme *theme, struct diag_list *diags)
{
	struct theme_trial *trial =
		theme_trials_find(library->trials, site->id);
	enum version_end end;

	if (trial == NULL || trial->is_over)
		return false;
	trial->is_over = !load_earlier(library, site, theme, &end, diags);
	return !trial->is_over;
}

/* --- today's, with several threads ---------------------------------------- */

/* A theme that was loaded before its turn; the others wait for it. */
struct theme_start {
	const struct site *site;
	struct theme_options options;
	struct theme theme;
	struct snapshot_reader *reader;
	struct arena *arena; /* of the library: templates go on using it */
	struct diag_list diags;
	bool is_good;
};

static bool is_alike(const struct library *library, const struct site *a,
		     const struct site *b)
{
	return str_equal(a->theme, b->theme) &&
	       str_equal(a->language, b->language) &&
	       !has_own_theme(library, a) && !has_own_theme(library, b);
}

/* Will today's files be loaded for it, and for no site before it? */
static bool leads(const struct library *library, const struct site *site)
{
	if (theme_trials_find(library->trials, site->id) != NULL)
		return false;
	for (size_t i = 0; i < site->number; i++)
		if (is_alike(library, &library->cluster.sites[i], site))
			return false;
	return true;
}

static void start(void *context, size_t worker, size_t item)
{
	struct theme_start *starting = &((struct theme_start *)context)[item];

	(void)worker;
	starting->reader = snapshot_reader_open(starting->options.snapshot,
						&starting->diags);
	starting->options.reader = starting->reader;
	starting->is_good = starting->reader != NULL &&
			    theme_load(&starting->theme, &starting->options,
				       starting->arena, &starting->diags);
	snapshot_reader_close(starting->reader);
}

/* Each in memory and with messages of its own, which are joined in order. */
static struct theme_start *start_all(struct library *library, size_t *count,
				     struct diag_list *diags)
{
	const struct cluster *cluster = &library->cluster;
	struct theme_start *all =
		arena_array(&library->arena, cluster->count, sizeof(*all));

	*count = 0;
	library->theme_arenas = arena_array(&library->arena, cluster->count,
					    sizeof(*library->theme_arenas));
	for (size_t i = 0; i < cluster->count; i++) {
		struct theme_start *starting = &all[*count];

		if (!leads(library, &cluster->sites[i]))
			continue;
		starting->site = &cluster->sites[i];
		starting->options = options_of(library, starting->site);
		starting->arena = &library->theme_arenas[*count];
		arena_init(starting->arena);
		diag_list_init_part(&starting->diags, starting->arena, diags);
		(*count)++;
	}
	library->theme_arena_count = *count;
	workers_run(library->options->threads, *count, start, all);
	return all;
}

/* As theme_load gives it. */
static bool take_start(struct theme *out, struct theme_start *started,
		       struct diag_list *diags)
{
	*out = started->theme;
	diag_merge(diags, &started->diags);
	return started->is_good;
}

/* --- one site ------------------------------------------------------------- */

/* `started` is NULL when nobody has begun with it. */
static void load(struct library *library, const struct site *site,
		 struct theme_start *started, struct diag_list *diags)
{
	struct theme *theme = &library->themes[site->number];
	const struct theme *same = find_theme(library, site);
	struct theme_options options;
	enum version_end end = VERSION_END_NOTHING;

	if (same != NULL) {
		*theme = *same;
		return;
	}
	if (try_earlier(library, site, theme, diags)) {
		theme->is_usable = true;
		return;
	}
	if (started == NULL)
		options = options_of(library, site);
	theme->is_usable =
		(started != NULL ? take_start(theme, started, diags)
				 : theme_load(theme, &options, &library->arena,
					      diags)) ||
		(!diags->failed &&
		 (load_earlier(library, site, theme, &end, diags) ||
		  load_builtin(library, site, theme, end, diags)));
}

void library_load_theme(struct library *library, const struct site *site,
			struct diag_list *diags)
{
	load(library, site, NULL, diags);
}

/* --- what types ask for --- */

static bool has_any(const struct library *library, const char *name)
{
	for (size_t i = 0; i < library->cluster.count; i++)
		if (library->themes[i].is_usable &&
		    template_has(library->themes[i].templates,
				 str_from_c(name)))
			return true;
	return false;
}

static str nearest_of(struct library *library, const char *name)
{
	str nearest = STR("");

	for (size_t i = 0; i < library->cluster.count && nearest.len == 0; i++)
		if (library->themes[i].is_usable)
			nearest = template_nearest(library->themes[i].templates,
						   str_from_c(name),
						   &library->arena);
	return nearest;
}

/* Pages are made with another one then, which is not what was meant. */
static void check_asked(struct library *library, const char *name,
			struct span span, struct diag_list *diags)
{
	struct diag *diag;
	str nearest;

	if (span.source >= library->snapshot.count || has_any(library, name))
		return;
	diag = diag_error(diags, span, "theme-no-template",
			  _("no theme has the template “%s”, which this type "
			    "asks for"),
			  name);
	nearest = nearest_of(library, name);
	if (nearest.len > 0)
		diag_help(diags, diag,
			  _("did you mean that of templates/%.*s.html?"),
			  STR_ARG(nearest));
	else
		diag_help(diags, diag,
			  _("add templates/%s.html to a theme, or remove this "
			    "line"),
			  name);
}

/* Only the platform's types; the program's theme has what its own ask for. */
static void check_types(struct library *library, struct diag_list *diags)
{
	const struct schema *schema = &library->cluster.schema;

	for (size_t i = 0; i < schema->type_count; i++) {
		const struct resource_type *type = &schema->types[i];

		if (type->is_broken)
			continue;
		check_asked(library, type->templates[0], type->template_span,
			    diags);
		if (type->layout != NULL)
			check_asked(library,
				    arena_printf(&library->arena, "column-%s",
						 type->layout)
					    .data,
				    type->layout_span, diags);
	}
}

void library_load_themes(struct library *library, struct diag_list *diags)
{
	const struct cluster *cluster = &library->cluster;
	struct theme_start *started;
	size_t count, at = 0;

	library->themes = arena_array(&library->arena, cluster->count,
				      sizeof(*library->themes));
	started = start_all(library, &count, diags);
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];
		bool is_started = at < count && started[at].site == site;

		load(library, site, is_started ? &started[at] : NULL, diags);
		at += is_started;
	}
	check_types(library, diags);
}
