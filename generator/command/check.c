/*
 * The gate: everything is made and judged as a build would, and nothing is
 * written but what a check keeps beside an output (--out). What was found goes
 * to the reader in the form that was asked for, after the baseline took what
 * is known.
 */
#include "audit/catalogue.h"
#include "audit/rule.h"
#include "base/diag.h"
#include "command/baseline.h"
#include "command/check_outside.h"
#include "command/command.h"
#include "command/confine.h"
#include "command/messages.h"
#include "command/options.h"

const struct command_usage usage_check = {
	.name = "check",
	.letters = "lrwDCsajdnFqbBLh",
	.more = (const int[]){ OPTION_DAILY, OPTION_EXTERNAL,
			       OPTION_EXTERNAL_FILE, OPTION_EXTERNAL_PRIVATE,
			       OPTION_RATE, OPTION_SANDBOX, 0 },
	.about = N_(
		"Makes every page in memory and reports every mistake: "
		"content, "
		"settings, templates, links, and whether columns, navigation, "
		"site "
		"map, sitemap.xml and feeds are equal. Writes no page. With "
		"--out "
		"it looks again only at what changed since the check before."),
	.example = "--worktree",
};

static void tell_baseline(const struct baseline_result *result)
{
	fprintf(stderr, _("known findings of the baseline, not told: %zu\n"),
		result->known);
	if (result->gone > 0)
		fprintf(stderr,
			_("findings of the baseline that are no more: %zu; "
			  "--update-baseline takes them out\n"),
			result->gone);
}

/* What was found becomes what is known: nothing of it is told. */
static int update_baseline(struct build *build, const char *file)
{
	struct source_reader reader = library_source_reader(&build->library);
	struct diag_list *diags = &build->diags;
	size_t count;

	if (diags->failed ||
	    !baseline_write(&count, diags, &reader, file, &build->arena))
		return messages_tell(build);
	printf(_("%s: findings that are known from now on: %zu\n"), file,
	       count);
	return EXIT_CLEAN;
}

/*
 * Sorts, without what the platform has decided to live with; of one site alone
 * it is not known whether a waiver has something to waive.
 */
static void sort_and_waive(struct build *build, size_t limit)
{
	struct source_reader reader = library_source_reader(&build->library);
	struct waivers *waivers = &build->book->waivers;
	size_t count;

	messages_sort(build);
	count = waivers_apply(waivers, &build->diags, &reader, limit,
			      &build->arena);
	if (build->options->site == NULL &&
	    waivers_tell_unused(waivers, build->options->daily, &build->diags))
		messages_sort(build);
	if (count > 0)
		fprintf(stderr, _("waived findings, not told: %zu\n"), count);
}

static int finish(struct build *build, const struct command_options *options,
		  size_t limit)
{
	struct source_reader reader = library_source_reader(&build->library);
	struct baseline_result result;
	int code;

	if (build->book == NULL)
		messages_sort(build);
	else
		sort_and_waive(build, options->build.message_limit);
	if (options->baseline == NULL)
		return messages_tell_as(build, options->format);
	if (options->update_baseline)
		return update_baseline(build, options->baseline);
	if (!baseline_apply(&result, &build->diags, &reader, options->baseline,
			    limit, &build->arena)) {
		diag_take_out(&build->diags,
			      arena_array(&build->arena,
					  diag_total(&build->diags), 1),
			      limit);
		return messages_tell_as(build, options->format);
	}
	code = messages_tell_as(build, options->format);
	tell_baseline(&result);
	return code;
}

/* One line an entry: id, state, what decides it or why nothing does, title. */
static void list_catalogue(void)
{
	for (size_t i = 0; i < catalogue_count; i++) {
		const struct catalogue_entry *entry = &catalogue[i];
		const char *more = entry->more == NULL ? "" : _(entry->more);

		printf("%s  %s%s%s%s%s  %s\n", entry->id,
		       catalogue_state_name(entry->state),
		       entry->messages[0] == '\0' ? "" : ": ", entry->messages,
		       more[0] == '\0' ? "" : ": ", more, _(entry->title));
	}
}

/* One line a rule: id, what it judges, when, basis, title. */
static void list_rules(void)
{
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *rule = &rules[i];

		printf("%s  %s  %s  %s%s%s%s\n", rule->id,
		       rule->level == DIAG_WARNING ? _("warning") : _("error"),
		       rule_scope_name(rule->scope), _(rule->title),
		       rule->basis[0] == '\0' ? "" : " (",
		       rule->basis[0] == '\0' ? "" : _(rule->basis),
		       rule->basis[0] == '\0' ? "" : ")");
	}
}

/* One line a figure: key, value, how sure it is, its source, what it means. */
static void list_limits(void)
{
	const struct rule_book_sources own = { 0 };
	struct rule_book *book;
	struct diag_list none;
	struct arena arena;

	arena_init(&arena);
	diag_list_init(&none, &arena);
	book = arena_alloc(&arena, sizeof(*book));
	rule_book_read(book, &own, &arena, &none);
	for (int i = 0; i < LIMIT_COUNT; i++) {
		const struct limit_value *limit = &book->limits[i];

		printf("%s: %u  %s  %.*s  %s\n", limit_key((enum limit)i),
		       limit->value, rule_marks[limit->mark],
		       STR_ARG(limit->source), limit_about((enum limit)i));
	}
	arena_release(&arena);
}

int command_check(int argc, char **argv)
{
	struct command_options options;
	struct build build;
	bool made = false;
	size_t limit;
	int code;

	if (!options_parse(&options, &usage_check, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	if (options.list) {
		list_catalogue();
		putchar('\n');
		list_rules();
		putchar('\n');
		list_limits();
		return EXIT_CLEAN;
	}
	if (!confine(&options, &usage_check))
		return EXIT_FAILED;
	limit = options.build.message_limit;
	if (options.format != NULL)
		limit = 0; /* programs are told everything */
	/* with a baseline all are kept until it is known */
	options.build.message_limit = options.baseline != NULL ? 0 : limit;
	options.build.check = true;
	if (build_open(&build, &options.build))
		made = build_run(&build);
	if (made && options.build.external)
		check_outside(&build, &options);
	code = finish(&build, &options, limit);
	if (made)
		fprintf(stderr,
			_("checked pages: %zu, sites: %zu; errors: %zu, "
			  "warnings: %zu\n"),
			build.result.pages, build.result.sites,
			build.diags.error_count, build.diags.warning_count);
	if (made)
		messages_tell_uncommitted(&build);
	build_close(&build);
	return code;
}
