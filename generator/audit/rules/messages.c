/*
 * Messages of citizens (rules.md E.5): how long they wait, and what the answers
 * say. Days are working days of the platform's holidays.
 */
#include "audit/rule.h"
#include "base/unicode.h"

rule_function rule_answer_late, rule_answer_short, rule_message_late,
	rule_message_unanswered, rule_message_waiting;

static bool is_message(const struct rule_input *input)
{
	return resource_type_means(input->type, MEANS_ASKED_AT) &&
	       input->resource->asked_at.is_set;
}

/* One that counts: 有效留言. */
static bool is_open(const struct rule_input *input)
{
	const struct field_value *valid;

	if (!is_message(input) || input->resource->answered_at.is_set)
		return false;
	valid = rule_field(input, STR("valid"));
	return valid == NULL || valid->node == NULL || valid->number != 0;
}

static int64_t working_days(const struct rule_input *input, struct date until)
{
	return holidays_between(input->holidays,
				moment_date(input->resource->asked_at), until);
}

static struct diag *tell_open(const struct rule_input *input,
			      struct finding_log *log, int64_t days)
{
	struct diag *diag =
		finding_add(log, input->resource->title_span,
			    _("the message is open for %lld working days"),
			    (long long)days);

	diag_help(log->diags, diag, "%s",
		  _("answer it: “state: 已答复” with answered_at, answer_unit "
		    "and answer"));
	return diag;
}

void rule_message_late(const struct rule_input *input, struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_MESSAGE_DAYS);

	if (is_open(input) && working_days(input, input->today) > limit)
		tell_open(input, log, working_days(input, input->today));
}

void rule_message_waiting(const struct rule_input *input,
			  struct finding_log *log)
{
	int64_t days;

	if (!is_open(input))
		return;
	days = working_days(input, input->today);
	if (days >= rule_book_limit(input->book, LIMIT_MESSAGE_WARNING_DAYS) &&
	    days <= rule_book_limit(input->book, LIMIT_MESSAGE_DAYS))
		tell_open(input, log, days);
}

/* Of the last year alone (MH19). */
void rule_message_unanswered(const struct rule_input *input,
			     struct finding_log *log)
{
	enum { YEAR = 365 };
	int64_t days;

	if (!is_open(input))
		return;
	days = date_days_between(moment_date(input->resource->asked_at),
				 input->today);
	if (days > rule_book_limit(input->book, LIMIT_MESSAGE_VETO_DAYS) &&
	    days <= YEAR)
		tell_open(input, log, working_days(input, input->today));
}

void rule_answer_late(const struct rule_input *input, struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_MESSAGE_DAYS);
	int64_t days;

	if (!is_message(input) ||
	    !holidays_answer(&days, input->holidays, input->resource) ||
	    days <= limit)
		return;
	diag_help(log->diags,
		  finding_add(log, input->resource->title_span,
			      _("the answer took %lld working days; %u are "
				"allowed"),
			      (long long)days, limit),
		  "%s",
		  _("say in “delay_reason:” why, and to whom it was told"));
}

static bool is_end_of_clause(uint32_t point)
{
	return unicode_is_among(point, "，。！？；：、,.!?;:\n");
}

struct answer_size {
	size_t all; /* characters */
	size_t own; /* of clauses that are no stock phrase */
};

/* “感谢您的关注，” says the same of every question. */
static struct answer_size measure(str answer, const struct text_list *stock)
{
	struct answer_size size = { 0, 0 };
	size_t start = 0;
	size_t count = 0;
	size_t at = 0;

	while (at < answer.len) {
		uint32_t point = unicode_next(answer, &at);

		count += point > ' ';
		if (!is_end_of_clause(point) && at < answer.len)
			continue;
		size.all += count;
		if (text_list_word_in(stock, str_between(answer, start, at))
			    .len == 0)
			size.own += count;
		start = at;
		count = 0;
	}
	return size;
}

void rule_answer_short(const struct rule_input *input, struct finding_log *log)
{
	uint32_t least = rule_book_limit(input->book, LIMIT_ANSWER_CHARACTERS);
	const struct field_value *answer;
	struct answer_size size;

	if (!is_message(input) || !input->resource->answered_at.is_set)
		return;
	answer = rule_field(input, STR("answer"));
	if (answer == NULL || answer->node == NULL)
		return;
	size = measure(answer->text, &input->book->sources.stock_answers);
	if (size.own >= least)
		return;
	diag_help(log->diags,
		  finding_add(log, answer->node->span,
			      size.all < least
				      ? _("the answer has %zu characters")
				      : _("the answer has %zu characters "
					  "beside stock phrases"),
			      size.all < least ? size.all : size.own),
		  "%s",
		  _("say what was done or what is right, so that the next "
		    "reader need not ask again"));
}
