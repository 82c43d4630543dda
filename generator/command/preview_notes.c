/*
 * A message is of a file, and a file of a page: a text of its own page; what
 * has no page, of every page of the site whose unit or folder it is in, as an
 * editor sees it nowhere else; all else of every page of all sites.
 *
 * What readers do not see yet is looked for only where the preview shows it,
 * which costs a look at each resource.
 */
#include "command/preview_notes.h"

#include "plan/permalink.h"
#include "preview/panel.h"
#include "site/placing.h"

struct noting {
	struct preview_notes *notes;
	struct build *build;
	const char *folder;
	struct arena *arena; /* of the notes */
};

/* --- marks ---------------------------------------------------------------- */

static str page_key(const struct noting *noting, uint32_t number)
{
	const struct arrangement *arrangement =
		noting->build->library.plan.arrangement;
	struct arena *scratch = &noting->build->arena;
	struct placement place = arrangement_of(arrangement, number);
	struct resource resource;

	if (place.site == NULL || place.column == NULL)
		return (str){ NULL, 0 };
	catalog_get(&resource, arrangement->catalog, number);
	return arena_printf(
		noting->arena, "%.*s/%.*s", STR_ARG(place.site->domain),
		STR_ARG(permalink_path(&resource, place.column, scratch)));
}

static const char *mark_of(const struct resource *resource)
{
	if (resource->status == STATUS_DRAFT)
		return _("draft");
	return resource->status == STATUS_IN_REVIEW ? _("in review")
						    : _("to come");
}

static void add_marks(const struct noting *noting)
{
	const struct library *library = &noting->build->library;
	const struct arrangement *arrangement = library->plan.arrangement;
	const struct catalog *catalog = arrangement->catalog;

	for (uint32_t i = 0; i < catalog->count; i++) {
		struct resource resource;

		catalog_get(&resource, catalog, i);
		if (placing_visibility(&resource, arrangement->as_of, false) ==
			    VISIBLE_NOT &&
		    arrangement_has_page(arrangement, i))
			map_set(&noting->notes->marks, page_key(noting, i),
				(void *)(uintptr_t)mark_of(&resource));
	}
}

/* --- messages ------------------------------------------------------------- */

/* "content/jyj/…" is of the unit's owner, "sites/jyj/…" of that site. */
static const struct site *site_of_path(const struct cluster *cluster, str path)
{
	bool is_content = str_take(&path, STR("content/"));
	str name = str_between(path, 0, str_find_byte(path, '/'));

	if (is_content)
		return cluster_owner(cluster, name);
	if (!str_take(&path, STR("sites/")))
		return NULL;
	name = str_between(path, 0, str_find_byte(path, '/'));
	for (size_t i = 0; i < cluster->count; i++)
		if (str_equal(cluster->sites[i].id, name))
			return &cluster->sites[i];
	return NULL;
}

/* What is said of a finished page has its path and no place in a file. */
static bool is_of_page(const struct cluster *cluster, str path)
{
	size_t slash = str_find_byte(path, '/');

	return slash != STR_NONE &&
	       cluster_site_at(cluster, str_between(path, 0, slash)) != NULL;
}

static str key_of(const struct noting *noting, const struct diag *diag)
{
	const struct library *library = &noting->build->library;
	const struct arrangement *arrangement = library->plan.arrangement;
	uint32_t file = source_file(diag->span.source);
	const struct site *site;
	uint32_t number = RESOURCE_NONE;
	str key = { NULL, 0 };

	if (is_of_page(&library->cluster, diag->path))
		return arena_copy(noting->arena, diag->path);
	if (arrangement != NULL && file < library->snapshot.count &&
	    str_starts_with(diag->path, STR("content/")))
		number = catalog_number(arrangement->catalog, file);
	if (number != RESOURCE_NONE)
		key = page_key(noting, number);
	if (key.len > 0)
		return key;
	site = site_of_path(&library->cluster, diag->path);
	return site == NULL ? STR("") : arena_copy(noting->arena, site->domain);
}

static void count(struct preview_note *note, const struct diag *diags,
		  size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		note->errors += diags[i].level != DIAG_WARNING;
		note->warnings += diags[i].level == DIAG_WARNING;
	}
}

/* More than a page shows is not kept. */
static void add_html(struct preview_note *note, str html, struct arena *arena)
{
	const str parts[] = { note->html, html };

	if (note->html.len <= PANEL_LIMIT)
		note->html = arena_join(arena, parts, COUNT_OF(parts));
}

static struct preview_note *note_of(const struct noting *noting, str key)
{
	struct preview_note *note = map_get(&noting->notes->notes, key);

	if (note == NULL) {
		note = arena_alloc(noting->arena, sizeof(*note));
		map_set(&noting->notes->notes, key, note);
	}
	return note;
}

/* Those of one file, which are behind each other. */
static void add_file(const struct noting *noting, size_t from, size_t to,
		     str text)
{
	const struct diag *items = noting->build->diags.items.items;
	struct preview_note *note =
		note_of(noting, key_of(noting, &items[from]));
	struct buf html;

	buf_init(&html, noting->arena);
	panel_add_messages(&html, text, noting->folder);
	count(note, items, from, to);
	add_html(note, buf_str(&html), noting->arena);
}

static void add_messages(const struct noting *noting)
{
	struct build *build = noting->build;
	struct source_reader reader = library_source_reader(&build->library);
	struct diag_printer printer = { .list = &build->diags,
					.reader = &reader };
	size_t from = 0;
	struct buf text;

	buf_init(&text, &build->arena);
	while (diag_print_next(&text, &printer)) {
		if (printer.next > from)
			add_file(noting, from, printer.next, buf_str(&text));
		from = printer.next;
		buf_init(&text, &build->arena);
	}
}

static void add_all(const struct noting *noting)
{
	struct build *build = noting->build;
	struct source_reader reader = library_source_reader(&build->library);
	struct preview_note *all = &noting->notes->all;
	struct buf text;
	struct buf html;

	buf_init(&text, &build->arena);
	diag_print(&text, &build->diags, &reader);
	buf_init(&html, noting->arena);
	panel_add_messages(&html, buf_str(&text), noting->folder);
	all->html = buf_str(&html);
	all->errors = build->diags.error_count;
	all->warnings = build->diags.warning_count;
}

void preview_notes_make(struct preview_notes *out, struct build *build,
			const char *folder, struct arena *arena)
{
	const struct noting noting = {
		.notes = out, .build = build, .folder = folder, .arena = arena
	};

	preview_notes_init(out, arena);
	if (build->library.options->drafts &&
	    build->library.plan.arrangement != NULL)
		add_marks(&noting);
	add_messages(&noting);
	add_all(&noting);
}
