/*
 * Attachments that no page of the cluster leads to, by what pages are known to
 * lead to (plan/build_record.h).
 */
#include "audit/rule.h"
#include "markup/url_path.h"

rule_function rule_attachment_unused;

/* An attachment that no page leads to. */
struct unused {
	uint32_t file;
	str name;
	bool is_named; /* a text that is not published yet has its name */
};

/* By path of the library: "f content/…"; by address: "P domain/path". */
struct uses {
	const struct rule_input *input;
	struct map names;   /* of what pages lead to */
	struct list unused; /* struct unused */
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

static void add_unused(struct uses *uses, uint32_t file)
{
	str path = snapshot_path(uses->input->plan->snapshot, file);
	struct unused *unused = list_add(&uses->unused, uses->arena);

	unused->file = file;
	unused->name = str_file_name(path);
}

static void look_at_site(struct uses *uses, const struct site_plan *site)
{
	for (size_t i = 0; i < site->count; i++) {
		const struct page *page = &site->pages[i];

		if (page_kinds[page->kind].is_file &&
		    !is_used(uses, site, page))
			add_unused(uses, page->first);
	}
}

/* --- texts that nobody sees yet --- */

static void look_in_text(struct uses *uses, str text)
{
	struct unused *unused = uses->unused.items;

	for (size_t i = 0; i < uses->unused.count && i < DIAG_FILE_LIMIT; i++)
		unused[i].is_named = unused[i].is_named ||
				     str_find(text, unused[i].name) != STR_NONE;
}

/*
 * A draft, or what is published later, leads to nothing today: whether its
 * text has the name of a file is enough to keep that file.
 */
static void look_at_texts(struct uses *uses, struct diag_list *diags)
{
	const struct page_plan *plan = uses->input->plan;
	const struct catalog *catalog = plan->arrangement->catalog;
	struct snapshot_reader *reader =
		snapshot_reader_open(plan->snapshot, diags);
	struct arena arena;

	if (reader == NULL)
		return;
	arena_init(&arena);
	for (uint32_t i = 0; i < catalog->count; i++) {
		str text;

		if (arrangement_of(plan->arrangement, i).visibility !=
		    VISIBLE_NOT)
			continue;
		if (snapshot_read(&text, reader, catalog_file(catalog, i),
				  &arena, diags)) {
			look_in_text(uses, text);
			look_in_text(uses, url_path_decode(text, &arena));
		}
		arena_reset(&arena);
	}
	arena_release(&arena);
	snapshot_reader_close(reader);
}

static void report(const struct uses *uses, struct finding_log *log)
{
	const struct unused *unused = uses->unused.items;

	for (size_t i = 0; i < uses->unused.count; i++) {
		struct span span = { unused[i].file, 0, 0 };

		if (!unused[i].is_named)
			diag_help(log->diags,
				  finding_add(log, span, "%s",
					      _("no page links to this "
						"attachment, so nobody finds "
						"it")),
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
	list_init(&uses.unused, sizeof(struct unused));
	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < plan->sites[i].count; k++)
			add_page(&uses, &plan->sites[i], k);
	for (size_t i = 0; i < plan->count; i++)
		look_at_site(&uses, &plan->sites[i]);
	if (uses.unused.count > 0)
		look_at_texts(&uses, log->diags);
	report(&uses, log);
}
