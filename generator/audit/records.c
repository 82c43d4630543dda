/*
 * A table for each list: which keys its rows have, of which the first is the
 * one that messages show. Members that a list does not have stay empty.
 */
#include "audit/records.h"

#include <string.h>

#include "site/settings.h"

#define IN(member) offsetof(struct record_row, member)

#define THE_DAY                                                                \
	{                                                                      \
		"date", SETTING_DATE, IN(date), "2026-05-12", NULL,            \
			N_("the day it was")                                   \
	}
#define A_NOTE                                                                 \
	{                                                                      \
		"note", SETTING_TEXT, IN(note), NULL, NULL,                    \
			N_("anything else")                                    \
	}

static const struct setting event_rows[] = {
	THE_DAY,
	{ "subject", SETTING_TEXT, IN(subject), "网站安全检测", NULL,
	  N_("what it was about") },
	{ "unit", SETTING_TEXT, IN(unit), NULL, NULL, N_("who did it") },
	{ "found", SETTING_TEXT, IN(found), NULL, NULL,
	  N_("of a check: how many problems were found") },
	{ "fixed", SETTING_TEXT, IN(fixed), NULL, NULL,
	  N_("of a check: how many of them are mended") },
	{ "people", SETTING_TEXT, IN(people), NULL, NULL,
	  N_("of a training: how many took part") },
	A_NOTE,
};

static const struct setting criticism_rows[] = {
	THE_DAY,
	{ "subject", SETTING_TEXT, IN(subject), "网站信息长期不更新", NULL,
	  N_("what was criticised") },
	{ "unit", SETTING_TEXT, IN(unit), NULL, NULL,
	  N_("who established it") },
	{ "handled_on", SETTING_DATE, IN(done), NULL, NULL,
	  N_("when it was dealt with; left out: not yet") },
	A_NOTE,
};

static const struct setting probe_rows[] = {
	THE_DAY,
	{ "probes", SETTING_NUMBER, IN(probes), "24", NULL,
	  N_("how often the site was asked from outside") },
	{ "failed", SETTING_COUNT, IN(failed), "0", NULL,
	  N_("how often it did not answer within 15 seconds") },
	A_NOTE,
};

static const struct setting correction_rows[] = {
	THE_DAY,
	{ "subject", SETTING_TEXT, IN(subject), "附件不能下载", NULL,
	  N_("what the reader reports") },
	{ "answered_on", SETTING_DATE, IN(done), NULL, NULL,
	  N_("when it was answered; left out: not yet") },
	A_NOTE,
};

static const struct setting domain_rows[] = {
	{ "domain", SETTING_TEXT, IN(domain), "jiu.example.gov.cn", NULL,
	  N_("a domain that the site had before") },
	{ "given_up_on", SETTING_DATE, IN(done), "2026-06-02", NULL,
	  N_("when its registration was given up") },
	A_NOTE,
};

#undef IN

const struct setting_table record_settings[] = {
	{ N_("sites/<id>/records/checks.yaml and training.yaml: below "
	     "“checks:” "
	     "or “training:” a list, each “- {date: …, subject: …}”"),
	  event_rows, COUNT_OF(event_rows) },
	{ N_("sites/<id>/records/criticism.yaml: public criticism of how the "
	     "site is run; below “criticism:” a list"),
	  criticism_rows, COUNT_OF(criticism_rows) },
	{ N_("sites/<id>/records/probes.yaml: whether the site answered, a "
	     "day a line; below “probes:” a list"),
	  probe_rows, COUNT_OF(probe_rows) },
	{ N_("sites/<id>/records/corrections.yaml: messages of "
	     "我为政府网站找错; below “corrections:” a list"),
	  correction_rows, COUNT_OF(correction_rows) },
	{ N_("sites/<id>/records/domains.yaml: domains that were given up; "
	     "below “domains:” a list"),
	  domain_rows, COUNT_OF(domain_rows) },
	{ 0 },
};

static const struct {
	const char *name;
	const struct setting *rows;
	size_t count;
} lists[] = {
	{ "checks", event_rows, COUNT_OF(event_rows) },
	{ "training", event_rows, COUNT_OF(event_rows) },
	{ "criticism", criticism_rows, COUNT_OF(criticism_rows) },
	{ "probes", probe_rows, COUNT_OF(probe_rows) },
	{ "corrections", correction_rows, COUNT_OF(correction_rows) },
	{ "domains", domain_rows, COUNT_OF(domain_rows) },
};

str records_path(str site, const char *name, struct arena *arena)
{
	return arena_printf(arena, "sites/%.*s/records/%s.yaml", STR_ARG(site),
			    name);
}

bool records_read(struct yaml_node *out, str path,
		  const struct record_source *from)
{
	size_t file = snapshot_find(from->snapshot, path);
	struct source source;

	return file != STR_NONE &&
	       snapshot_read_text(&source, from->reader, file, from->arena,
				  from->diags) &&
	       yaml_parse(out, &source, 0, source.text.len, YAML_SETTINGS_LIMIT,
			  from->arena, from->diags);
}

/* Its place in `lists`. */
static size_t find_list(const char *name)
{
	size_t i = 0;

	while (i + 1 < COUNT_OF(lists) && strcmp(lists[i].name, name) != 0)
		i++;
	return i;
}

bool records_read_rows(struct list *out, str site, const char *name,
		       const struct record_source *from)
{
	const struct settings_reader reader = { .offset = from->offset,
						.arena = from->arena,
						.diags = from->diags };
	const struct setting key = { .key = name, .kind = SETTING_NODE };
	const struct yaml_node *list = NULL;
	size_t kind = find_list(name);
	struct yaml_node root;
	bool ok;

	list_init(out, sizeof(struct record_row));
	if (!records_read(&root, records_path(site, name, from->arena), from))
		return false;
	ok = settings_read(&list, &root, &key, 1, &reader);
	if (list != NULL && list->kind != YAML_SEQUENCE) {
		diag_help(from->diags,
			  diag_error(from->diags, list->span, "setting-list",
				     _("a list belongs here")),
			  _("write “- {%s: %s, %s: …}”, one in each line"),
			  lists[kind].rows[0].key, lists[kind].rows[0].required,
			  lists[kind].rows[1].key);
		return false;
	}
	for (size_t i = 0; list != NULL && i < list->count; i++) {
		struct record_row *row = list_add(out, from->arena);

		row->span = list->items[i].span;
		ok &= settings_read(row, &list->items[i], lists[kind].rows,
				    lists[kind].count, &reader);
	}
	return ok;
}
