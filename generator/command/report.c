/*
 * Reports for supervisors. Each kind is a row below, which says whether it
 * needs a check and which tables it has; they are made before anything is
 * printed, so that a report is whole or not there.
 */
#include "base/diag.h"
#include "command/command.h"
#include "command/language.h"
#include "command/messages.h"
#include "command/options.h"
#include "command/report_past.h"
#include "command/sheet_print.h"
#include "report/activity.h"
#include "report/annual.h"
#include "report/inspection.h"
#include "report/registers.h"
#include "site/arrange.h"

const struct command_usage usage_report = {
	.name = "report",
	.letters = "lrwsajdh",
	.more = (const int[]){ OPTION_AS, OPTION_YEAR, OPTION_MONTHS,
			       OPTION_DRAFT, 0 },
	.about = N_(
		"Prints a report in Chinese. inspection: the score sheet of "
		"each site as of a date, with vetoes, deductions, columns that "
		"turn stale next, all that is open since when, and the trend "
		"of the last months, each of which is checked anew in the "
		"revision of its last day. --as-of of a past day reads that "
		"day's revision, unless --rev names one. annual: the annual "
		"reports of all sites and of the city, with what the library "
		"knows; what it cannot know is read from "
		"sites/<id>/statistics/<year>.yaml; with --draft the one of "
		"--site, or the city's, as a resource to be filled in and "
		"published by 20 January. registers: sites, domains, "
		"links, posts, and from sites/<id>/records/ checks of security "
		"and training. daily, monthly, quarterly, "
		"yearly: verdicts on the day, and what was published and "
		"answered in the period it lies in."),
	.arguments =
		"inspection|annual|registers|daily|monthly|quarterly|yearly",
	.example = "inspection --as-of 2026-06-30 --format html",
};

struct report_kind;

typedef bool report_maker(struct sheet *out, struct build *build,
			  const struct command_options *options,
			  struct report_past *past,
			  const struct report_kind *kind);

struct report_kind {
	const char *name;
	report_maker *make;
	bool needs_check;
	/* of one that does */
	const char *title;
	unsigned tables; /* of the inspection */
	int period;	 /* enum period; -1: none */
};

/* All that a daily check finds, without what is waived. */
static bool make_inspection(struct sheet *out, struct build *build,
			    const struct command_options *options,
			    struct report_past *past,
			    const struct report_kind *kind)
{
	const struct library *library = &build->library;
	struct source_reader reader = library_source_reader(&build->library);
	const struct first_seen_sources history = {
		.snapshot = &library->written,
		.reader = &reader,
		.folder = options->build.library.folder,
		.offset = library->cluster.platform.offset,
	};
	struct report *found = arena_alloc(&build->arena, sizeof(*found));
	struct inspection_input input = { .plan = &library->plan,
					  .found = found,
					  .history = &history,
					  .trend = &past->trend,
					  .site = options->build.site,
					  .kind = kind->name,
					  .title = str_from_c(kind->title),
					  .tables = kind->tables };

	if (!report_past_run(found, build))
		return false;
	input.book = build->book;
	inspection_make(out, &input, &build->arena);
	if (kind->period >= 0)
		activity_add(out, input.plan, (enum period)kind->period,
			     input.site, &build->diags);
	return true;
}

/* Of the year before, as is asked for in January, unless one is named. */
static struct annual_input annual_of(struct build *build,
				     const struct command_options *options)
{
	struct annual_input input = { .plan = &build->library.plan,
				      .reader = build->library.reader,
				      .site = options->build.site,
				      .year = (int16_t)options->year };

	if (input.year == 0)
		input.year =
			(int16_t)(arrangement_today(input.plan->arrangement)
					  .year -
				  1);
	return input;
}

static bool make_annual(struct sheet *out, struct build *build,
			const struct command_options *options,
			struct report_past *past,
			const struct report_kind *kind)
{
	struct annual_input input = annual_of(build, options);

	(void)past;
	(void)kind;
	return annual_make(out, &input, &build->arena, &build->diags);
}

static int print_draft(struct build *build,
		       const struct command_options *options)
{
	struct annual_input input = annual_of(build, options);
	struct buf text;

	if (annual_draft(&text, &input, &build->arena, &build->diags))
		fwrite(text.data, 1, text.len, stdout);
	return messages_finish(build);
}

static bool make_registers(struct sheet *out, struct build *build,
			   const struct command_options *options,
			   struct report_past *past,
			   const struct report_kind *kind)
{
	const struct record_source from = sheet_records(build);

	(void)past;
	(void)kind;
	return registers_make(out, &build->library.plan, &from,
			      options->build.site);
}

enum {
	SUMMARY = INSPECTION_SITES | INSPECTION_VETOES | INSPECTION_SOON |
		  INSPECTION_WAIVED,
	SCORES = SUMMARY | INSPECTION_DEDUCTIONS | INSPECTION_BONUS,
};

static const struct report_kind kinds[] = {
	{ "inspection", make_inspection, true, "检查表", INSPECTION_ALL, -1 },
	{ "annual", make_annual, false, NULL, 0, -1 },
	{ "registers", make_registers, false, NULL, 0, -1 },
	{ "daily", make_inspection, true, "日常监测日志",
	  SUMMARY | INSPECTION_OPEN, PERIOD_DAY },
	{ "monthly", make_inspection, true, "月度检查情况通报", SUMMARY,
	  PERIOD_MONTH },
	{ "quarterly", make_inspection, true, "季度检查情况通报", SCORES,
	  PERIOD_QUARTER },
	{ "yearly", make_inspection, true, "年度考评情况",
	  SCORES | INSPECTION_TREND, PERIOD_YEAR },
};

static size_t find_kind(const char *kind)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (strcmp(kinds[i].name, kind) == 0)
			return i;
	return COUNT_OF(kinds);
}

/* Findings are in the report; what kept it from being made is told. */
static int print_report(struct build *build, size_t kind,
			const struct command_options *options,
			struct report_past *past)
{
	struct sheet sheet;

	if (!kinds[kind].make(&sheet, build, options, past, &kinds[kind]) ||
	    !sheet_print(&sheet, options->sheet, build))
		return messages_finish(build);
	return kinds[kind].needs_check ? EXIT_CLEAN : messages_finish(build);
}

/* Months are checked before the day itself: one library at a time is open. */
static int report_day_of(size_t kind, const struct command_options *options)
{
	bool has_trend = kinds[kind].tables & INSPECTION_TREND;
	struct report_past past;
	struct build build;
	int code = EXIT_FAILED;

	report_past_init(&past);
	if (report_past_find(&past, &code, options,
			     has_trend ? options->months : 1)) {
		report_past_check(&past);
		if (build_open(&build, &past.options))
			code = options->draft ? print_draft(&build, options)
					      : print_report(&build, kind,
							     options, &past);
		else
			code = messages_finish(&build);
		build_close(&build);
	}
	report_past_release(&past);
	return code;
}

int command_report(int argc, char **argv)
{
	struct command_options options;
	size_t kind;

	if (!options_parse(&options, &usage_report, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	/* reports are Chinese, whatever the locale: so is what is found */
	if (!options.has_language)
		(void)!language_choose("zh_CN");
	kind = find_kind(options.argument);
	if (kind == COUNT_OF(kinds)) {
		fprintf(stderr, _("jiyue report: there is no report “%s”\n"),
			options.argument);
		fprintf(stderr, "  %s: %s\n", _("help"),
			usage_report.arguments);
		return EXIT_FAILED;
	}
	if (options.draft && kinds[kind].make != make_annual) {
		fprintf(stderr,
			_("jiyue report: --draft is of the report “annual”\n"));
		return EXIT_FAILED;
	}
	options.build.message_limit = 0;
	options.build.check = true;
	options.build.daily = true;
	return report_day_of(kind, &options);
}
