/*
 * One text that is there twice (rules.md R-LIB-04), and an old one that comes
 * out again under a new date (R-DATE-02). audit/text_twins.h says what the same
 * text is; the newer one is told of.
 */
#include "audit/rule.h"
#include "audit/text_twins.h"

rule_function rule_text_republished, rule_text_twice;

static bool is_republished(const struct rule_input *input,
			   const struct resource *newer,
			   const struct resource *older)
{
	return date_days_between(moment_date(older->date),
				 moment_date(newer->date)) >=
	       rule_book_limit(input->book, LIMIT_COPY_DAYS);
}

static void tell_twice(const struct resource *newer,
		       const struct resource *older, uint32_t percent,
		       struct finding_log *log)
{
	diag_help(log->diags,
		  finding_add(log, newer->title_span,
			      _("the text is that of %.*s (about %u per cent "
				"of it)"),
			      STR_ARG(older->path), percent),
		  "%s",
		  _("keep one resource, and let the other column select it "
		    "too: “select:” in its settings"));
}

static void tell_republished(const struct rule_input *input,
			     const struct resource *newer,
			     const struct resource *older,
			     struct finding_log *log)
{
	struct buf day;

	buf_init(&day, input->arena);
	(void)!moment_format(&day, older->date, STR("%Y-%m-%d"));
	diag_help(log->diags,
		  finding_add(log, newer->date_span,
			      _("an old text is published again under a new "
				"date: %.*s has had it since %.*s"),
			      STR_ARG(older->path), STR_ARG(buf_str(&day))),
		  "%s",
		  _("take it out and refer to the old one; what is really new "
		    "in it is a text of its own"));
}

static void each_twin(const struct rule_input *input, bool republished,
		      struct finding_log *log)
{
	const struct text_twins *twins = input->facts->twins;
	const struct catalog *catalog = input->plan->arrangement->catalog;
	struct resource newer, older;

	for (size_t i = 0; i < twins->count; i++) {
		const struct text_twin *twin = &twins->items[i];

		catalog_get(&newer, catalog, twin->newer);
		catalog_get(&older, catalog, twin->older);
		if (is_republished(input, &newer, &older) != republished)
			continue;
		if (republished)
			tell_republished(input, &newer, &older, log);
		else
			tell_twice(&newer, &older, twin->percent, log);
	}
}

void rule_text_republished(const struct rule_input *input,
			   struct finding_log *log)
{
	each_twin(input, true, log);
}

void rule_text_twice(const struct rule_input *input, struct finding_log *log)
{
	each_twin(input, false, log);
}
