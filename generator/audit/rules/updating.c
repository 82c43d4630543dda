/*
 * Columns and home pages that are not kept up (rules.md E.1, E.2): each stale
 * or empty column by its class, and the numbers of them that are a veto.
 */
#include "audit/freshness.h"
#include "audit/rule.h"

rule_function rule_answers_stale, rule_column_bare, rule_column_few,
	rule_column_stale, rule_column_stale_soon, rule_columns_bare,
	rule_columns_stale, rule_columns_stale_news, rule_home_stale,
	rule_interpretation_stale, rule_news_stale, rule_policy_stale,
	rule_services_stale;

/* --- one column ----------------------------------------------------------- */

static struct freshness judged(const struct rule_input *input)
{
	const struct freshness untimed = { .state = FRESH_UNTIMED };

	/* a site that is not live has no columns that anybody waits for */
	return input->site->state == STATE_LIVE
		       ? freshness_of(input->column,
				      input->arrangement->catalog, input->today)
		       : untimed;
}

/* Whom to ask. */
static void help(const struct rule_input *input, struct finding_log *log,
		 struct diag *diag)
{
	const struct column *column = input->column;

	diag_help(log->diags, diag,
		  _("%.*s sees to it (%.*s, %.*s); a column that has served "
		    "its time is archived: jiyue archive %.*s/%.*s"),
		  STR_ARG(column->owner_unit), STR_ARG(column->editor_a),
		  STR_ARG(column->editor_b), STR_ARG(input->site->id),
		  STR_ARG(column->path));
}

static void tell_stale(const struct rule_input *input, struct finding_log *log)
{
	struct freshness fresh = judged(input);

	if (fresh.state != FRESH_STALE)
		return;
	help(input, log,
	     finding_add(log, input->column->span,
			 _("“%.*s” has had nothing new since %d-%02d-%02d; its "
			   "cycle of %u days is over for %lld days"),
			 STR_ARG(input->column->name), fresh.newest.year,
			 fresh.newest.month, fresh.newest.day,
			 input->column->update_days,
			 (long long)-fresh.days_left));
}

static bool is_of(const struct rule_input *input, enum column_class wanted)
{
	return input->column->class_number == (int)wanted;
}

static bool is_top_policy(const struct rule_input *input)
{
	return is_of(input, CLASS_POLICY) && input->column->depth == 0;
}

void rule_news_stale(const struct rule_input *input, struct finding_log *log)
{
	if (is_of(input, CLASS_NEWS))
		tell_stale(input, log);
}

void rule_policy_stale(const struct rule_input *input, struct finding_log *log)
{
	if (is_top_policy(input))
		tell_stale(input, log);
}

void rule_interpretation_stale(const struct rule_input *input,
			       struct finding_log *log)
{
	if (is_of(input, CLASS_INTERPRETATION))
		tell_stale(input, log);
}

void rule_answers_stale(const struct rule_input *input, struct finding_log *log)
{
	if (is_of(input, CLASS_MESSAGE))
		tell_stale(input, log);
}

void rule_services_stale(const struct rule_input *input,
			 struct finding_log *log)
{
	if (is_of(input, CLASS_SERVICE_STATS))
		tell_stale(input, log);
}

/* Those that have no rule of their own. */
void rule_column_stale(const struct rule_input *input, struct finding_log *log)
{
	if (!is_of(input, CLASS_NEWS) && !is_top_policy(input) &&
	    !is_of(input, CLASS_INTERPRETATION) &&
	    !is_of(input, CLASS_MESSAGE) && !is_of(input, CLASS_SERVICE_STATS))
		tell_stale(input, log);
}

void rule_column_stale_soon(const struct rule_input *input,
			    struct finding_log *log)
{
	struct freshness fresh = judged(input);

	if (fresh.state != FRESH_GOOD ||
	    fresh.days_left >
		    rule_book_limit(input->book, LIMIT_COLUMN_WARNING_DAYS))
		return;
	help(input, log,
	     finding_add(log, input->column->span,
			 _("“%.*s” has %lld days left: it needs something new "
			   "by %d-%02d-%02d and has had nothing since "
			   "%d-%02d-%02d"),
			 STR_ARG(input->column->name),
			 (long long)fresh.days_left, fresh.due.year,
			 fresh.due.month, fresh.due.day, fresh.newest.year,
			 fresh.newest.month, fresh.newest.day));
}

void rule_column_bare(const struct rule_input *input, struct finding_log *log)
{
	if (judged(input).state == FRESH_BARE)
		help(input, log,
		     finding_add(log, input->column->span,
				 _("“%.*s” has never had a text"),
				 STR_ARG(input->column->name)));
}

void rule_column_few(const struct rule_input *input, struct finding_log *log)
{
	const struct column_list *list = &input->column->list;
	struct freshness fresh = judged(input);
	uint32_t least = rule_book_limit(input->book, LIMIT_FEW_ITEMS);

	/* others may be one text for ever */
	if ((!is_of(input, CLASS_NEWS) && !is_of(input, CLASS_NOTICE)) ||
	    fresh.state == FRESH_BARE || fresh.state == FRESH_UNTIMED ||
	    list->live_count >= least ||
	    date_days_between(fresh.oldest, input->today) <=
		    rule_book_limit(input->book, LIMIT_FEW_ITEMS_DAYS))
		return;
	help(input, log,
	     finding_add(log, input->column->span,
			 _("“%.*s” has %zu texts, and is there since "
			   "%d-%02d-%02d"),
			 STR_ARG(input->column->name), list->live_count,
			 fresh.oldest.year, fresh.oldest.month,
			 fresh.oldest.day));
}

/* --- all of a site -------------------------------------------------------- */

typedef bool column_test(const struct column *column,
			 const struct freshness *fresh);

static bool is_stale(const struct column *column, const struct freshness *fresh)
{
	(void)column;
	return fresh->state == FRESH_STALE;
}

static bool is_stale_news(const struct column *column,
			  const struct freshness *fresh)
{
	return fresh->state == FRESH_STALE && freshness_counts_as_news(column);
}

static bool is_bare(const struct column *column, const struct freshness *fresh)
{
	(void)column;
	return fresh->state == FRESH_BARE;
}

/* Their number; their names, the first ones, for the message. */
static size_t count_columns(struct buf *names, const struct rule_input *input,
			    column_test *test)
{
	enum { NAMED = 12 };
	const struct site *site = input->site;
	size_t count = 0;

	buf_init(names, input->arena);
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];
		struct freshness fresh = freshness_of(
			column, input->arrangement->catalog, input->today);

		if (!test(column, &fresh))
			continue;
		if (count++ < NAMED)
			buf_printf(names, "%s%.*s", names->len > 0 ? "、" : "",
				   STR_ARG(column->name));
	}
	return count;
}

static bool is_inspected(const struct site *site)
{
	return site->state == STATE_LIVE;
}

static void tell_many(const struct rule_input *input, struct finding_log *log,
		      column_test *test, enum limit limit, const char *what)
{
	uint32_t veto = rule_book_limit(input->book, limit);
	struct buf names;
	size_t count = count_columns(&names, input, test);

	if (!is_inspected(input->site) || count < veto)
		return;
	diag_help(log->diags,
		  finding_add(log, input->site->domain_span,
			      _("%s: %zu; %u are a veto"), what, count, veto),
		  "%.*s", STR_ARG(buf_str(&names)));
}

void rule_columns_stale_news(const struct rule_input *input,
			     struct finding_log *log)
{
	tell_many(input, log, is_stale_news, LIMIT_STALE_NEWS_COLUMNS,
		  _("stale columns of news, notices and policies"));
}

void rule_columns_stale(const struct rule_input *input, struct finding_log *log)
{
	tell_many(input, log, is_stale, LIMIT_STALE_COLUMNS,
		  _("stale columns"));
}

void rule_columns_bare(const struct rule_input *input, struct finding_log *log)
{
	tell_many(input, log, is_bare, LIMIT_EMPTY_COLUMNS,
		  _("columns that have never had a text"));
}

void rule_home_stale(const struct rule_input *input, struct finding_log *log)
{
	struct date newest =
		freshness_of_home(input->site, input->arrangement->catalog);
	uint32_t limit = rule_book_limit(input->book, LIMIT_HOME_DAYS);

	if (!is_inspected(input->site) ||
	    (date_is_set(newest) &&
	     date_days_between(newest, input->today) <= limit))
		return;
	diag_help(log->diags,
		  finding_add(log, input->site->domain_span,
			      _("the home page has had nothing new for more "
				"than %u days, which is a veto"),
			      limit),
		  "%s", _("publish what is news of the site today"));
}
