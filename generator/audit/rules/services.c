/* Services and their guides (rules.md E.1, E.4). */
#include "audit/rule.h"

rule_function rule_guide_vague, rule_services_missing;

static bool has_service(const struct rule_input *input)
{
	const struct catalog *catalog = input->arrangement->catalog;

	for (size_t i = 0; i < input->site->column_count; i++) {
		const struct column_list *list = &input->site->columns[i].list;

		for (size_t k = 0; k < list->live_count; k++)
			if (resource_type_field(
				    catalog_type(catalog, list->live[k]),
				    STR("promised_days")) != FIELD_NONE)
				return true;
	}
	return false;
}

void rule_services_missing(const struct rule_input *input,
			   struct finding_log *log)
{
	const struct site *site = input->site;

	if (site->state != STATE_LIVE || site->kind == KIND_FOREIGN ||
	    site->no_services || has_service(input))
		return;
	diag_help(log->diags,
		  finding_add(log, site->domain_span,
			      _("the site offers no service, which is a veto")),
		  "%s",
		  _("publish guides: “type: service”; a body without outward "
		    "services says “no_services: true”"));
}

/* Conditions and materials that leave open what is asked for. */
void rule_guide_vague(const struct rule_input *input, struct finding_log *log)
{
	const struct scanned_text *text;

	if (!rule_type_has(input, STR("promised_days")))
		return;
	text = rule_scanned(input);
	for (size_t i = 0; i < text->hit_count; i++) {
		const struct word_hit *hit = &text->hits[i];

		if (hit->entry->list != WORDS_VAGUE ||
		    scanned_text_part(text, hit->start) != SAID_FIELDS)
			continue;
		diag_help(log->diags,
			  finding_add(log, rule_place(input, hit->found),
				      _("“%.*s” does not say what is asked "
					"for"),
				      STR_ARG(hit->found)),
			  "%s", _("name each condition and each paper"));
		return;
	}
}
