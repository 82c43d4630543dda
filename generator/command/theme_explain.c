/*
 * What of a page's template is evaluated once for many pages
 * (theme/template_folds.h), for the theme of one site.
 */
#include "command/theme_explain.h"

#include "command/command.h"
#include "command/messages.h"
#include "pipeline/build.h"
#include "theme/template_folds.h"

enum { PLACE_WIDTH = 26, TAG_WIDTH = 34 };

static const char *const lasting_words[] = {
	[LASTS_SITE] = N_("site"),
	[LASTS_COLUMN] = N_("column"),
	[LASTS_PAGE] = N_("page"),
};

static bool is_named(const struct theme *theme, const struct theme_page *page,
		     const char *name)
{
	const char *used =
		page->names == NULL
			? page->template_name
			: template_first(theme->templates, page->names);

	return strcmp(used, name) == 0;
}

/* Pages of several types may have one template: the first stands for all. */
static const struct theme_page *find_page(const struct theme *theme,
					  size_t page_count, const char *name)
{
	for (size_t i = 0; i < page_count; i++)
		if (is_named(theme, &theme->pages[i], name))
			return &theme->pages[i];
	return NULL;
}

static void print_names(const struct template_reach *reach)
{
	for (size_t i = 0; i < reach->name_count; i++)
		printf("%s%.*s", i == 0 ? "" : ", ", STR_ARG(reach->names[i]));
	if (reach->has_more_names)
		fputs(", …", stdout);
}

static void print_fold(const struct template_fold *fold, struct arena *arena)
{
	enum template_lasting lasting =
		fold->is_indented ? LASTS_PAGE : fold->reach.lasting;
	str place = arena_printf(arena, "%.*s:%zu", STR_ARG(fold->template),
				 fold->line);
	str tag = arena_printf(arena, "%*s%.*s", (int)(2 * fold->depth), "",
			       STR_ARG(fold->tag));

	printf("%-7s %-*.*s %-*.*s ", _(lasting_words[lasting]), PLACE_WIDTH,
	       STR_ARG(place), TAG_WIDTH, STR_ARG(tag));
	if (fold->is_indented)
		fputs(_("(its lines are indented)"), stdout);
	else
		print_names(&fold->reach);
	putchar('\n');
}

static bool refuse_name(const struct theme *theme, size_t page_count,
			const char *name, struct arena *arena)
{
	str *names = arena_array(arena, page_count, sizeof(*names));
	str nearest;

	for (size_t i = 0; i < page_count; i++)
		names[i] = str_from_c(theme->pages[i].template_name);
	nearest = str_nearest(str_from_c(name), names, page_count);
	fprintf(stderr, _("jiyue theme: “%s” is the template of no page\n"),
		name);
	if (nearest.len > 0)
		fprintf(stderr, _("  help: did you mean “%.*s”?\n"),
			STR_ARG(nearest));
	else
		fprintf(stderr, "%s",
			_("  help: jiyue theme --fields lists them\n"));
	return false;
}

static const struct site *site_of(const struct cluster *cluster, const char *id)
{
	for (size_t i = 0; i < cluster->count; i++)
		if (id == NULL || str_equal_c(cluster->sites[i].id, id))
			return &cluster->sites[i];
	return NULL;
}

static bool explain(struct build *build, const char *site_id, const char *name)
{
	const struct library *library = &build->library;
	const struct site *site = site_of(&library->cluster, site_id);
	const struct theme *theme;
	const struct theme_page *page;
	struct list folds;
	size_t count;

	if (site == NULL)
		return false;
	theme = &library->themes[site->number];
	if (!theme->is_usable)
		return false;
	render_pages(&count, &library->cluster.schema, &build->arena);
	page = find_page(theme, count, name);
	if (page == NULL)
		return refuse_name(theme, count, name, &build->arena);
	if (!template_folds(&folds, theme->templates, str_from_c(name),
			    page->shape, &build->arena, &build->diags))
		return false;
	for (size_t i = 0; i < folds.count; i++)
		print_fold((const struct template_fold *)folds.items + i,
			   &build->arena);
	return true;
}

int theme_explain(const struct build_options *options, const char *name)
{
	struct build build;
	bool ok;
	int code;

	ok = build_open(&build, options) &&
	     explain(&build, options->site, name);
	code = messages_finish(&build);
	build_close(&build);
	return ok ? code : EXIT_FAILED;
}
