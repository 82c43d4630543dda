#include "audit/records.h"

#include "site/settings.h"

#define IN(member) offsetof(struct record_row, member)

static const struct setting rows[] = {
	{ "date", SETTING_DATE, IN(date), "2026-05-12", NULL,
	  N_("the day it was") },
	{ "subject", SETTING_TEXT, IN(subject), "网站安全检测", NULL,
	  N_("what it was about") },
	{ "unit", SETTING_TEXT, IN(unit), NULL, NULL, N_("who did it") },
	{ "found", SETTING_TEXT, IN(found), NULL, NULL,
	  N_("of a check: how many problems were found") },
	{ "fixed", SETTING_TEXT, IN(fixed), NULL, NULL,
	  N_("of a check: how many of them are mended") },
	{ "people", SETTING_TEXT, IN(people), NULL, NULL,
	  N_("of a training: how many took part") },
	{ "note", SETTING_TEXT, IN(note), NULL, NULL, N_("anything else") },
};

#undef IN

const struct setting_table record_settings[] = {
	{ N_("sites/<id>/records/checks.yaml and training.yaml: below "
	     "“checks:” "
	     "or “training:” a list, each “- {date: …, subject: …}”"),
	  rows, COUNT_OF(rows) },
	{ 0 },
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

bool records_read_rows(struct list *out, str site, const char *name,
		       const struct record_source *from)
{
	const struct settings_reader reader = { .offset = from->offset,
						.arena = from->arena,
						.diags = from->diags };
	const struct setting key = { .key = name, .kind = SETTING_NODE };
	const struct yaml_node *list = NULL;
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
			  "%s",
			  _("write “- {date: 2026-05-12, subject: …}”, one in "
			    "each line"));
		return false;
	}
	for (size_t i = 0; list != NULL && i < list->count; i++)
		ok &= settings_read(list_add(out, from->arena), &list->items[i],
				    rows, COUNT_OF(rows), &reader);
	return ok;
}
