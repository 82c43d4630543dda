/*
 * Attachments that no page of the cluster leads to, by what pages are known to
 * lead to (plan/build_record.h).
 */
#include "audit/rule.h"

rule_function rule_attachment_unused;

/* By path of the library: "f content/…"; by address: "P domain/path". */
struct uses {
	const struct rule_input *input;
	struct map names; /* of what pages lead to */
	struct arena *arena;
};

/* An address of the own site, as another site would write it. */
static str whole_name(struct uses *uses, const struct site_plan *site, str name)
{
	return name.data[0] != 'p' ? name
				   : arena_printf(uses->arena, "P %.*s/%.*s",
						  STR_ARG(site->site->domain),
						  STR_ARG(str_from(name, 2)));
}

static void add_page(struct uses *uses, const struct site_plan *site,
		     size_t page)
{
	const struct rule_facts *facts = uses->input->facts;
	const struct dependency_list *list =
		facts->leads_to(facts->context, site, page);

	for (size_t i = 0; i < list->count; i++)
		if (dependency_is_file(list->names[i]))
			map_add(&uses->names,
				whole_name(uses, site, list->names[i]), NULL);
}

static bool is_used(struct uses *uses, const struct site_plan *site,
		    const struct page *page)
{
	str path = snapshot_path(uses->input->plan->snapshot, page->first);

	return map_has(&uses->names,
		       arena_printf(uses->arena, "f %.*s", STR_ARG(path))) ||
	       map_has(&uses->names, arena_printf(uses->arena, "P %.*s/%.*s",
						  STR_ARG(site->site->domain),
						  STR_ARG(page->path)));
}

static void look_at_site(struct uses *uses, const struct site_plan *site,
			 struct finding_log *log)
{
	for (size_t i = 0; i < site->count; i++) {
		const struct page *page = &site->pages[i];
		struct span span = { page->first, 0, 0 };

		if (page->kind != PAGE_ATTACHMENT || is_used(uses, site, page))
			continue;
		diag_help(log->diags,
			  finding_add(log, span, "%s",
				      _("no page links to this attachment, so "
					"nobody finds it")),
			  "%s",
			  _("link to it in the text, name it in "
			    "“attachments:”, or remove it"));
	}
}

/* Most libraries have few attachments; then few names are kept. */
void rule_attachment_unused(const struct rule_input *input,
			    struct finding_log *log)
{
	const struct page_plan *plan = input->plan;
	struct uses uses = { .input = input, .arena = input->arena };

	if (input->facts->leads_to == NULL)
		return;
	map_init(&uses.names, input->arena);
	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < plan->sites[i].count; k++)
			add_page(&uses, &plan->sites[i], k);
	for (size_t i = 0; i < plan->count; i++)
		look_at_site(&uses, &plan->sites[i], log);
}
