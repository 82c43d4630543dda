/*
 * The page is found first (explain_find.c), then compared with the record as a
 * build would do it; nothing is made but that page, and only when what it
 * leads to is asked for. Messages of other files are left out: they are what
 * `jiyue check` is for.
 */
#include "base/diag.h"
#include "command/command.h"
#include "command/explain_find.h"
#include "command/help.h"
#include "command/messages.h"
#include "command/options.h"
#include "pipeline/build.h"

const struct command_usage usage_explain = {
	.name = "explain",
	.letters = "lrwoadnqh",
	.about = N_(
		"Says why a page was made by the last build, and whether the "
		"next "
		"one would make it again. PAGE is its address, its file below "
		"--out, "
		"or the text that it is made from (content/…/x.md). A kind of "
		"message ([link-dead]) is explained too."),
	.arguments = "PAGE",
	.example = "www.shifan.gov.cn/zwyw/",
};

static const char *const part_reasons[PART_COUNT] = {
	[PART_THEME] = N_("the theme: its template, or one that it uses"),
	[PART_SITE] =
		N_("the site: settings or navigation shown on every page"),
	[PART_SUBJECT] = N_(
		"its subject: the resource's file, or the column's settings"),
	[PART_LINKS] = N_("what it links to, or what is next to it"),
	[PART_LISTS] = N_("the rows of a list that it shows"),
};

static void print_reasons(uint32_t reasons)
{
	if (reasons & REASON_NEW)
		printf("  %s\n", _("it was new, or nothing was known of it"));
	for (size_t i = 0; i < PART_COUNT; i++)
		if (reasons & (UINT32_C(1) << i))
			printf("  %s: %s\n", fingerprint_parts[i],
			       _(part_reasons[i]));
}

/* A name that nothing has is asked for all the same: it may come to be. */
static bool is_there(const struct build *build, str name, bool is_id)
{
	const struct library *library = &build->library;

	if (is_id)
		return catalog_find_id(&library->catalog, name) !=
		       RESOURCE_NONE;
	return !str_starts_with(name, STR("content/")) ||
	       snapshot_find(&library->snapshot, name) != STR_NONE;
}

/* The letter before the name says what it names: plan/build_record.h. */
static void print_dependency(const struct build *build, str name)
{
	const char *mark = name.data[0] == 'i' ? "id:" : "";
	uint64_t digest;
	str path;

	if (dependency_anchors(&digest, &path, name)) {
		printf(_("  it leads to an anchor of %.*s\n"), STR_ARG(path));
		return;
	}
	name = str_from(name, 2);
	if (!is_there(build, name, mark[0] != '\0')) {
		printf(_("  it asks for %s%.*s, which is not there\n"), mark,
		       STR_ARG(name));
		return;
	}
	printf(_("  it leads to %s%.*s\n"), mark, STR_ARG(name));
}

/* What it is: its title, its text, its column. */
static void print_page(const struct build *build, const struct explained *what)
{
	const struct site_plan *plan = &build->library.plan.sites[what->site];
	const struct page *page = what->page;
	struct resource resource;

	printf("%.*s/%.*s\n", STR_ARG(plan->site->domain), STR_ARG(page->path));
	if (what->old.len > 0)
		printf(_("  “%.*s” is an old address of it\n"),
		       STR_ARG(what->old));
	if (page->resource != RESOURCE_NONE) {
		catalog_get(&resource, &build->library.catalog, page->resource);
		printf(_("  title: %.*s\n  text: %.*s\n"),
		       STR_ARG(resource.title), STR_ARG(resource.path));
	}
	if (what->others.len > 0)
		printf(_("  also on:%.*s\n"), STR_ARG(what->others));
	if (page->column != NULL)
		printf(_("  column: %.*s (%.*s)\n"),
		       STR_ARG(page->column->name),
		       STR_ARG(page->column->path));
}

static void print_dependencies(const struct build *build,
			       const struct dependency_list *list)
{
	struct arena arena;
	struct map anchored;
	uint64_t digest;
	str path;

	/* who leads to an anchor of a text leads to the text */
	arena_init(&arena);
	map_init(&anchored, &arena);
	for (size_t i = 0; i < list->count; i++)
		if (dependency_anchors(&digest, &path, list->names[i]))
			map_set(&anchored, path, &anchored);
	for (size_t i = 0; i < list->count; i++)
		if (!map_has(&anchored, str_from(list->names[i], 2)))
			print_dependency(build, list->names[i]);
	arena_release(&arena);
}

/* Messages of other files are for `jiyue check`. */
static void keep_messages_of(struct build *build, size_t file)
{
	size_t count = diag_total(&build->diags);
	bool *is_out = arena_array(&build->arena, count + 1, 1);

	for (size_t i = 0; i < count; i++) {
		struct diag_mark mark = diag_at(&build->diags, i);

		is_out[i] = mark.level != DIAG_FAILURE &&
			    (file == STR_NONE ||
			     source_file(mark.span.source) != file);
	}
	diag_take_out(&build->diags, is_out, build->options->message_limit);
}

static void explain(const struct build *build, const struct explained *what)
{
	const struct page *page = what->page;
	size_t site = what->site;
	const struct page_work *work = &build->work;
	const struct site_plan *plan = &build->library.plan.sites[site];
	size_t item = work->site_starts[site] + (size_t)(page - plan->pages);
	const struct recorded_page *known = work->known[item];
	struct page_comparison now =
		build_record_compare(&build->library.plan, plan, page, known);

	print_page(build, what);
	if (known != NULL) {
		printf(_("last made from %.12s because of\n"), known->revision);
		print_reasons(known->reasons);
		print_dependencies(build, &known->dependencies);
	}
	if (now.freshness == FRESHNESS_SAME) {
		printf(_("it would not be made again\n"));
	} else {
		printf(_("it would be made now because of\n"));
		print_reasons(now.reasons);
	}
}

static int run(struct build *build, const struct command_options *options)
{
	struct explained what = { .file = STR_NONE };
	bool is_planned = build_open(build, &options->build);

	if (is_planned) {
		explain_find(&what, build, options->argument);
		if (what.page != NULL) {
			build_compare(build);
			explain(build, &what);
			fflush(stdout);
		}
	}
	messages_sort(build);
	if (is_planned)
		keep_messages_of(build, what.file);
	return messages_tell(build);
}

int command_explain(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	int code;

	if (!options_parse(&options, &usage_explain, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (diag_kind_find(options.argument) != NULL) {
		help_message(diag_kind_find(options.argument));
		return EXIT_CLEAN;
	}
	if (options.build.out == NULL)
		options.build.out = "public";
	options.build.always = true;
	code = run(&build, &options);
	build_close(&build);
	return code;
}
