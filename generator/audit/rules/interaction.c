/*
 * Channels of a site to its citizens (rules.md E.1, E.5): that there is one,
 * that its statistics come out, and what consultations ask for.
 */
#include "audit/rule.h"

rule_function rule_channel_missing, rule_consultation_mail_only,
	rule_knowledge_small, rule_message_statistics;

/* A live resource of a type with the field, in any column of the site. */
static uint32_t find_with(const struct rule_input *input, str field)
{
	const struct catalog *catalog = input->arrangement->catalog;
	uint32_t newest = RESOURCE_NONE;

	for (size_t i = 0; i < input->site->column_count; i++) {
		const struct column_list *list = &input->site->columns[i].list;

		for (size_t k = 0; k < list->live_count; k++) {
			uint32_t number = list->live[k];

			if (resource_type_field(catalog_type(catalog, number),
						field) != FIELD_NONE &&
			    (newest == RESOURCE_NONE ||
			     catalog->ranks[number] < catalog->ranks[newest]))
				newest = number;
		}
	}
	return newest;
}

static bool is_inspected(const struct site *site)
{
	return site->state == STATE_LIVE && site->kind != KIND_FOREIGN;
}

static bool has_class(const struct site *site, enum column_class wanted)
{
	for (size_t i = 0; i < site->column_count; i++)
		if (site->columns[i].class_number == (int)wanted &&
		    !site->columns[i].is_archived)
			return true;
	return false;
}

void rule_channel_missing(const struct rule_input *input,
			  struct finding_log *log)
{
	if (!is_inspected(input->site) ||
	    has_class(input->site, CLASS_CONSULT) ||
	    has_class(input->site, CLASS_MESSAGE) ||
	    find_with(input, STR("entry_url")) != RESOURCE_NONE)
		return;
	diag_help(log->diags,
		  finding_add(log, input->site->domain_span,
			      _("the site has no channel for questions and "
				"proposals, which is a veto")),
		  "%s",
		  _("add a column of “class: consult” or “class: message”, or "
		    "a text of “type: mailbox”"));
}

void rule_message_statistics(const struct rule_input *input,
			     struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_STATISTICS_DAYS);
	struct resource resource;
	uint32_t number;

	if (!is_inspected(input->site) ||
	    find_with(input, STR("asked_at")) == RESOURCE_NONE)
		return;
	number = find_with(input, STR("published_answers"));
	if (number != RESOURCE_NONE) {
		catalog_get(&resource, input->arrangement->catalog, number);
		if (date_days_between(moment_date(resource.date),
				      input->today) <= limit)
			return;
	}
	diag_help(log->diags,
		  finding_add(log, input->site->domain_span,
			      _("the site has messages, and no statistics of "
				"them within %u days"),
			      limit),
		  "%s", _("publish them each month: “type: message_stats”"));
}

void rule_knowledge_small(const struct rule_input *input,
			  struct finding_log *log)
{
	const struct column *column = input->column;
	uint32_t least = rule_book_limit(input->book, LIMIT_KNOWLEDGE_ITEMS);

	if (column->class_number != CLASS_KNOWLEDGE || column->is_archived ||
	    !column->has_query || column->list.live_count >= least)
		return;
	diag_help(log->diags,
		  finding_add(log, column->span,
			      _("the knowledge base “%.*s” has %zu entries; "
				"%u are the least"),
			      STR_ARG(column->name), column->list.live_count,
			      least),
		  "%s",
		  _("make entries of what is asked most: “type: qa”, "
		    "“from_messages:”"));
}

static bool is_mail(const struct yaml_node *channel)
{
	str name = channel->kind == YAML_SCALAR ? channel->text
						: yaml_text(channel, "name");

	return (channel->kind == YAML_SCALAR ||
		yaml_text(channel, "url").len == 0) &&
	       (str_find(name, STR("邮箱")) != STR_NONE ||
		str_find(name, STR("电子邮件")) != STR_NONE);
}

/* 意见征集 by mail alone is no window (article 15). */
void rule_consultation_mail_only(const struct rule_input *input,
				 struct finding_log *log)
{
	const struct field_value *channels;

	if (!resource_type_means(input->type, MEANS_CLOSES_ON))
		return;
	channels = rule_field(input, STR("channels"));
	if (channels == NULL || channels->node == NULL ||
	    channels->node->kind != YAML_SEQUENCE || channels->node->count == 0)
		return;
	for (size_t i = 0; i < channels->node->count; i++)
		if (!is_mail(&channels->node->items[i]))
			return;
	diag_help(log->diags,
		  finding_add(log, channels->node->span,
			      _("the only way to take part is e-mail")),
		  "%s", _("add a form: “{name: 在线填写, url: …}”"));
}
