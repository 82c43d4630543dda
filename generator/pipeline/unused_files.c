#include "pipeline/unused_files.h"

/* By path of the library: "f content/…"; by address: "P domain/path". */
struct uses {
	const struct page_work *work;
	struct map names; /* of what pages depend on */
	struct arena scratch;
};

static const struct dependency_list *
dependencies_of(const struct page_work *work, size_t item)
{
	return work->states[item] == WORK_KEPT && work->known[item] != NULL
		       ? &work->known[item]->dependencies
		       : &work->dependencies[item];
}

/* A file, or an address that may be one's. */
static bool is_use(str name)
{
	return name.len > 2 &&
	       (name.data[0] == 'f' || name.data[0] == 'P' ||
		name.data[0] == 'p') &&
	       !str_ends_with(name, STR(".html"));
}

/* An address of the own site, as another site would write it. */
static str whole_name(struct uses *uses, size_t item, str name)
{
	const struct site_plan *site =
		&uses->work->plan->sites[page_work_site(uses->work, item)];

	return name.data[0] != 'p' ? name
				   : arena_printf(&uses->scratch, "P %.*s/%.*s",
						  STR_ARG(site->site->domain),
						  STR_ARG(str_from(name, 2)));
}

static void add_page(struct uses *uses, size_t item)
{
	const struct dependency_list *list = dependencies_of(uses->work, item);

	for (size_t i = 0; i < list->count; i++)
		if (is_use(list->names[i]))
			map_add(&uses->names,
				whole_name(uses, item, list->names[i]), NULL);
}

static bool is_used(struct uses *uses, const struct site_plan *site,
		    const struct page *page)
{
	str path = snapshot_path(uses->work->plan->snapshot, page->first);

	return map_has(&uses->names,
		       arena_printf(&uses->scratch, "f %.*s", STR_ARG(path))) ||
	       map_has(&uses->names, arena_printf(&uses->scratch, "P %.*s/%.*s",
						  STR_ARG(site->site->domain),
						  STR_ARG(page->path)));
}

static void tell(struct diag_list *diags, uint32_t file)
{
	struct span span = { file, 0, 0 };
	struct diag *diag =
		diag_warning(diags, span, "attachment-unused", "%s",
			     _("no page links to this attachment, so nobody "
			       "finds it"));

	diag_help(diags, diag, "%s",
		  _("link to it in the text, name it in “attachments:”, or "
		    "remove it"));
}

static void look_at_site(struct uses *uses, const struct site_plan *site,
			 struct diag_list *diags)
{
	for (size_t i = 0; i < site->count; i++) {
		const struct page *page = &site->pages[i];

		if (page->kind == PAGE_ATTACHMENT && !is_used(uses, site, page))
			tell(diags, page->first);
	}
}

/* Most libraries have few attachments; then few names are kept. */
void unused_files_tell(const struct page_work *work, struct diag_list *diags)
{
	struct uses uses = { .work = work };

	arena_init(&uses.scratch);
	map_init(&uses.names, &uses.scratch);
	for (size_t i = 0; i < work->count; i++)
		add_page(&uses, i);
	for (size_t i = 0; i < work->plan->count; i++)
		look_at_site(&uses, &work->plan->sites[i], diags);
	arena_release(&uses.scratch);
}

/* --- of a recalled plan --- */

static bool has_name(const struct dependency_list *list, str name)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_equal(list->names[i], name))
			return true;
	return false;
}

static bool has_all(const struct dependency_list *of,
		    const struct dependency_list *in)
{
	for (size_t i = 0; i < of->count; i++)
		if (is_use(of->names[i]) && !has_name(in, of->names[i]))
			return false;
	return true;
}

bool unused_files_are_as_before(const struct page_work *work)
{
	for (size_t i = 0; i < work->item_count; i++) {
		size_t item = work->items[i];
		const struct dependency_list *now = &work->dependencies[item];

		if (work->states[item] != WORK_KEPT &&
		    work->known[item] != NULL &&
		    (!has_all(&work->known[item]->dependencies, now) ||
		     !has_all(now, &work->known[item]->dependencies)))
			return false;
	}
	return true;
}
