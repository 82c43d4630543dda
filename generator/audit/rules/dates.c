/*
 * Dates of publishing that cannot be right (rules.md R-DATE-01, -03, -04). A
 * date may be that of an old site, and many texts may be given one minute: what
 * is told is what nobody can have meant, or what the history says otherwise.
 */
#include <stdlib.h>

#include "audit/rule.h"
#include "library/date_changes.h"
#include "library/resource_reader.h"

rule_function rule_date_changed, rule_date_early, rule_dates_equal;

/*
 * Dated before the commit that brought it in: forged, or taken over from
 * elsewhere, which `imported: true` says.
 */
void rule_date_early(const struct rule_input *input, struct finding_log *log)
{
	uint32_t tolerance =
		rule_book_limit(input->book, LIMIT_DATE_TOLERANCE_DAYS);
	const struct field_value *imported;
	int64_t days;

	if (!input->created.is_set)
		return;
	days = date_days_between(moment_date(input->resource->date),
				 moment_date(input->created));
	if (days <= tolerance)
		return;
	imported = rule_field(input, STR("imported"));
	if (imported != NULL && imported->number == 1)
		return;
	diag_help(log->diags,
		  finding_add(log, input->resource->date_span,
			      _("the text is dated %lld days before it came "
				"into the library"),
			      (long long)days),
		  "%s",
		  _("write the day on which it is published; what was taken "
		    "over from an old site says “imported: true”"));
}

static int compare(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left;
	int64_t b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

/* Minutes of those with a time; of a day alone nothing is known. */
static size_t list_minutes(int64_t *minutes, const struct rule_input *input)
{
	const struct column_list *list = &input->column->list;
	size_t count = 0;

	for (size_t i = 0; i < list->live_count; i++) {
		struct resource resource;

		catalog_get(&resource, input->arrangement->catalog,
			    list->live[i]);
		if (resource.date.has_time)
			minutes[count++] = resource.date.seconds / 60;
	}
	return count;
}

void rule_dates_equal(const struct rule_input *input, struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_EQUAL_MOMENTS);
	int64_t *minutes =
		arena_array(input->arena, input->column->list.live_count + 1,
			    sizeof(*minutes));
	size_t count = list_minutes(minutes, input);
	size_t run = 0;
	size_t most = 0;

	if (count > 0)
		qsort(minutes, count, sizeof(*minutes), compare);
	for (size_t i = 0; i < count; i++) {
		run = i > 0 && minutes[i] == minutes[i - 1] ? run + 1 : 1;
		most = run > most ? run : most;
	}
	if (most < limit)
		return;
	diag_help(log->diags,
		  finding_add(log, input->column->span,
			      _("%zu texts of “%.*s” have one and the same "
				"minute of publishing"),
			      most, STR_ARG(input->column->name)),
		  "%s", _("give each the time at which it was published"));
}

/* --- days that were changed ----------------------------------------------- */

static bool has_note(const struct catalog *catalog,
		     struct snapshot_reader *reader, uint32_t number,
		     struct arena *arena)
{
	const struct field_value *note;
	struct front_matter matter;

	if (!resource_reader_matter_again(&matter, catalog, reader,
					  catalog_file(catalog, number), arena))
		return true; /* what cannot be read is told with its page */
	note = front_matter_get(&matter, MEANS_CORRECTION);
	return note != NULL && note->text.len > 0;
}

static str day_text(struct moment day, struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	(void)!moment_format(&out, day, STR("%Y-%m-%d"));
	return buf_str(&out);
}

static void judge_change(const struct rule_input *input,
			 struct snapshot_reader *reader,
			 const struct date_change *change,
			 struct finding_log *log)
{
	const struct arrangement *arrangement = input->plan->arrangement;
	struct resource resource;
	str was, when;

	if (!arrangement_has_page(arrangement, change->resource) ||
	    has_note(arrangement->catalog, reader, change->resource,
		     input->arena))
		return;
	catalog_get(&resource, arrangement->catalog, change->resource);
	was = day_text(moment_from_date(change->was, 0), input->arena);
	when = day_text(change->when, input->arena);
	diag_help(log->diags,
		  finding_add(log, resource.date_span,
			      _("the text was published under %.*s, and a "
				"commit of %.*s changed the day"),
			      STR_ARG(was), STR_ARG(when)),
		  "%s",
		  _("write the day again on which it was published; when that "
		    "was wrong, say so in “correction:”"));
}

void rule_date_changed(const struct rule_input *input, struct finding_log *log)
{
	const struct list *dates = input->facts->dates;
	const struct date_change *changes = dates->items;
	struct snapshot_reader *reader;

	if (dates->count == 0)
		return;
	reader = snapshot_reader_open(input->plan->snapshot, log->diags);
	for (size_t i = 0; reader != NULL && i < dates->count; i++)
		judge_change(input, reader, &changes[i], log);
	snapshot_reader_close(reader);
}
