/*
 * A site may be offline for a while, not for long and not often: R-SITE-01.
 * What counts is what notices say of it, its own and the portal's; those of a
 * site that stands still are in no column, so they are looked for by what they
 * name.
 */
#include "audit/rule.h"
#include "library/resource_reader.h"

rule_function rule_site_offline;

struct closing {
	const struct field_value *from;
	const struct field_value *to; /* its moment is not set: left open */
};

/* By type, so that a text costs one look. */
static const bool *list_types(const struct rule_input *input)
{
	const struct schema *schema = input->arrangement->catalog->schema;
	bool *is_notice = arena_array(input->arena, schema->type_count, 1);

	for (size_t i = 0; i < schema->type_count; i++)
		is_notice[i] =
			resource_type_field(&schema->types[i],
					    STR("offline_kind")) != FIELD_NONE;
	return is_notice;
}

static bool is_out(const struct rule_input *input, const bool *types,
		   uint32_t number)
{
	const struct catalog *catalog = input->arrangement->catalog;
	struct resource resource;

	if (!catalog_has(catalog, number) || !types[catalog->types[number]])
		return false;
	catalog_get(&resource, catalog, number);
	return (resource.status == STATUS_PUBLISHED ||
		resource.status == STATUS_ARCHIVED) &&
	       moment_compare(resource.date, input->arrangement->as_of) <= 0;
}

/* Does it say that the site is offline for a while? */
static bool is_of_site(const struct front_matter *matter,
		       const struct site *site)
{
	return str_equal(front_matter_value(matter, STR("offline_kind"))->text,
			 STR("临时")) &&
	       (str_equal(front_matter_value(matter, STR("site_id_code"))->text,
			  site->identity_code) ||
		str_equal(front_matter_value(matter, STR("old_domain"))->text,
			  site->domain));
}

static bool read_closing(struct closing *out, const struct rule_input *input,
			 struct snapshot_reader *reader, uint32_t number)
{
	const struct catalog *catalog = input->arrangement->catalog;
	struct front_matter *matter =
		arena_alloc(input->arena, sizeof(*matter));

	if (!resource_reader_matter_again(matter, catalog, reader,
					  catalog_file(catalog, number),
					  input->arena) ||
	    !is_of_site(matter, input->site))
		return false;
	*out = (struct closing){
		.from = front_matter_value(matter, STR("from")),
		.to = front_matter_value(matter, STR("to")),
	};
	return out->from->moment.is_set;
}

/* Those for a while, newest first. */
static bool list_closings(struct list *out, const struct rule_input *input,
			  struct diag_list *diags)
{
	const struct catalog *catalog = input->arrangement->catalog;
	const bool *types = list_types(input);
	struct snapshot_reader *reader =
		snapshot_reader_open(input->plan->snapshot, diags);

	list_init(out, sizeof(struct closing));
	for (size_t i = 0; reader != NULL && i < catalog->count; i++) {
		struct closing closing;

		if (is_out(input, types, catalog->by_date[i]) &&
		    read_closing(&closing, input, reader, catalog->by_date[i]))
			*(struct closing *)list_add(out, input->arena) =
				closing;
	}
	snapshot_reader_close(reader);
	return reader != NULL;
}

static void tell(const struct rule_input *input, struct finding_log *log,
		 const char *what, const char *help)
{
	diag_help(log->diags,
		  finding_add(log, input->site->domain_span, "%s", what), "%s",
		  help);
}

static int64_t days_to(const struct closing *closing, struct date day)
{
	return date_days_between(moment_date(closing->from->moment), day);
}

/* The site stands still: is that said, and is there an end to it? */
static void judge_state(const struct rule_input *input,
			const struct closing *newest, struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_OFFLINE_DAYS);

	if (newest == NULL)
		tell(input, log,
		     _("the site is offline, and no notice says so"),
		     _("publish one: “type: offline_notice”"));
	else if (days_to(newest, input->today) >= limit)
		tell(input, log, _("the site is offline for too long"),
		     _("open it again, or close it for good"));
}

/* Is it still to come, or going on? */
static bool is_open(const struct rule_input *input,
		    const struct closing *closing)
{
	return input->site->state == STATE_TEMPORARILY_OFFLINE ||
	       (closing->to->moment.is_set &&
		date_compare(moment_date(closing->to->moment), input->today) >=
			0);
}

static void judge_length(const struct rule_input *input,
			 const struct closing *newest, struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_OFFLINE_DAYS);
	const struct field_value *to = newest->to;
	int64_t days;

	if (to->node == NULL || !to->moment.is_set)
		return;
	days = days_to(newest, moment_date(to->moment)) + 1;
	if (days <= limit)
		return;
	diag_help(log->diags,
		  finding_add(log, to->node->span,
			      _("the site is to be offline for %lld days; %u "
				"are allowed"),
			      (long long)days, limit),
		  "%s", _("open it again earlier, or close it for good"));
}

/* Of the year of the first; both sites may tell of the same day. */
static uint32_t count_times(const struct closing *closings, size_t count)
{
	int16_t year = moment_date(closings[0].from->moment).year;
	uint32_t times = 0;

	for (size_t i = 0; i < count; i++) {
		struct date day = moment_date(closings[i].from->moment);
		size_t j = 0;

		while (j < i && days_to(&closings[j], day) != 0)
			j++;
		times += j == i && day.year == year;
	}
	return times;
}

static void judge_times(const struct rule_input *input,
			const struct closing *closings, size_t count,
			struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_OFFLINE_TIMES);
	uint32_t times = count_times(closings, count);

	if (times <= limit)
		return;
	diag_help(log->diags,
		  finding_add(log, closings->from->node->span,
			      _("the site is offline %u times in %d; %u are "
				"allowed"),
			      times, moment_date(closings->from->moment).year,
			      limit),
		  "%s",
		  _("put off what can wait until the next year, and keep the "
		    "site open meanwhile"));
}

void rule_site_offline(const struct rule_input *input, struct finding_log *log)
{
	const struct closing *closings;
	struct list list;

	if (!list_closings(&list, input, log->diags))
		return;
	closings = list.count == 0 ? NULL : list.items;
	if (input->site->state == STATE_TEMPORARILY_OFFLINE)
		judge_state(input, closings, log);
	if (closings == NULL || !is_open(input, closings))
		return;
	if (days_to(closings, input->today) <
	    (int64_t)rule_book_limit(input->book, LIMIT_OFFLINE_DAYS))
		judge_length(input, closings, log);
	judge_times(input, closings, list.count, log);
}
