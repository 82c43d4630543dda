/*
 * The settings are read once before the report, for the time zone in which a
 * day ends; then one walk of the history finds all revisions. Each check is
 * closed before the next one is opened, so that a trend takes no more memory
 * than a report without one.
 */
#include "command/report_past.h"

#include <unistd.h>

#include "command/command.h"
#include "command/messages.h"
#include "report/inspection.h"
#include "snapshot/revision_dates.h"
#include "system/clock.h"

void report_past_init(struct report_past *past)
{
	*past = (struct report_past){ 0 };
	trend_init(&past->trend);
}

void report_past_release(struct report_past *past)
{
	trend_release(&past->trend);
}

/* --- which revisions ------------------------------------------------------ */

/* Newest first: the day itself, then the ends of the months before it. */
static void ask(struct revision_date *out, size_t count, struct moment as_of)
{
	struct date day = moment_date(as_of);

	out[0].until = as_of;
	for (size_t i = 1; i < count; i++) {
		day = trend_month_before(day);
		out[i].until = moment_end(moment_from_date(day, as_of.offset));
		out[i].until.seconds--; /* it is a moment of that day */
	}
}

static void keep_points(struct report_past *past,
			const struct revision_date *dates, size_t count)
{
	struct trend *trend = &past->trend;

	trend->count = count;
	for (size_t i = 0; i < count; i++)
		trend->points[count - 1 - i] = (struct trend_point){
			.day = moment_date(dates[i].until),
			.revision =
				arena_copy(&trend->arena, dates[i].revision),
		};
}

static bool chooses_by_day(const struct library_options *options)
{
	return options->as_of_text != NULL && options->revision == NULL &&
	       !options->worktree;
}

static bool refuse_day(struct build *build, const struct revision_dates *dates)
{
	struct arena *arena = &build->arena;
	struct diag *diag = diag_failure(
		&build->diags, "report-day",
		_("the library had no commit yet on %.*s"),
		STR_ARG(report_day(moment_date(dates->items[0].until), arena)));

	diag_help(&build->diags, diag,
		  _("its first one is of %.*s; --rev HEAD judges today's texts "
		    "as of that day"),
		  STR_ARG(report_day(moment_date(dates->first), arena)));
	return false;
}

/* What is wrong with the settings, the report itself tells. */
static bool choose(struct report_past *past, struct build *build, size_t months)
{
	struct library *library = &build->library;
	struct revision_date items[TREND_MONTHS] = { 0 };
	struct revision_dates dates = { .items = items, .count = months };
	struct diag_list ignored;

	diag_list_init(&ignored, &build->arena);
	if (!library_read_settings(library, &ignored))
		return true;
	library_settle_as_of(library);
	library->as_of.offset = library->cluster.platform.offset;
	ask(items, months, library->as_of);
	revision_dates_find(&dates, &library->snapshot,
			    library->options->folder, &build->arena);
	keep_points(past, items, months);
	if (!chooses_by_day(&past->options.library) || !dates.first.is_set)
		return true;
	if (items[0].revision.len == 0)
		return refuse_day(build, &dates);
	past->options.library.revision =
		arena_c_string(&past->trend.arena, items[0].revision);
	return true;
}

bool report_past_find(struct report_past *past, int *code,
		      const struct command_options *options, size_t months)
{
	struct build build;
	bool ok;

	past->options = options->build;
	ok = build_open_library(&build, &options->build) &&
	     choose(past, &build, months);
	if (!ok)
		*code = messages_finish(&build);
	build_close(&build);
	return ok;
}

/* --- checks of earlier months --------------------------------------------- */

bool report_past_run(struct report *out, struct build *build)
{
	struct source_reader reader = library_source_reader(&build->library);

	if (!build_run(build) || build->book == NULL)
		return false;
	messages_sort(build);
	(void)waivers_apply(&build->book->waivers, &build->diags, &reader, 0,
			    &build->arena);
	report_make(out, &build->diags, &reader, true, &build->arena);
	return true;
}

/* What it finds is in the trend's arena; the rest goes with the build. */
static void check_month(struct report_past *past, struct trend_point *point)
{
	struct build_options options = past->options;
	struct tallies tallies;
	struct report found;
	struct build build;

	options.library.worktree = false;
	options.library.drafts = false;
	options.library.revision =
		arena_c_string(&past->trend.arena, point->revision);
	options.library.as_of_text = arena_c_string(
		&past->trend.arena, report_day(point->day, &past->trend.arena));
	if (build_open(&build, &options) && report_past_run(&found, &build)) {
		tallies_make(&tallies, &build.library.plan, build.book, &found,
			     &build.arena);
		trend_fill(point, &tallies, &found, options.site,
			   &past->trend.arena);
	}
	build_close(&build);
}

static size_t count_known(const struct trend *trend)
{
	size_t count = 0;

	for (size_t i = 0; i + 1 < trend->count; i++)
		count += trend->points[i].revision.len > 0;
	return count;
}

/* What it will take is known once the first one is done. */
static void tell_time(size_t left, int64_t start)
{
	if (left > 0 && isatty(STDERR_FILENO))
		fprintf(stderr, _("about %lld s more for the trend\n"),
			(long long)((clock_milliseconds() - start) *
				    (int64_t)left / 1000));
}

void report_past_check(struct report_past *past)
{
	struct trend *trend = &past->trend;
	size_t count = count_known(trend);
	int64_t start = clock_milliseconds();
	size_t done = 0;

	if (count > 0)
		fprintf(stderr,
			_("checks of earlier months for the trend: %zu; "
			  "--months 1 leaves them out\n"),
			count);
	for (size_t i = 0; i + 1 < trend->count; i++) {
		if (trend->points[i].revision.len == 0)
			continue;
		check_month(past, &trend->points[i]);
		if (++done == 1)
			tell_time(count - 1, start);
	}
}
