/*
 * The ways to find the folder are rows, tried in turn. Texts are only looked
 * at for two lines of their front matter, so that a draft is begun at once in
 * a library with mistakes, too; a draft is no witness of where its type lies,
 * as it may have been begun in the wrong place.
 */
#include "command/new_folder.h"

#include <string.h>

#include "library/front_matter.h"

enum {
	TEXTS_READ = 5000,  /* of a site; behind them nothing is looked for */
	FOLDERS_TOLD = 8,   /* of those to choose from */
	FOLDERS_FOUND = 64, /* and no more: they are looked through for each */
};

struct search {
	const struct new_place *place;
	str found[FOLDERS_FOUND]; /* each once, in the order found */
	size_t count;
	size_t read;
	struct arena scratch; /* of one text */
};

static void add(struct search *search, str folder)
{
	for (size_t i = 0; i < search->count; i++)
		if (str_equal(search->found[i], folder))
			return;
	if (search->count < FOLDERS_FOUND)
		search->found[search->count++] =
			arena_copy(search->place->arena, folder);
}

/* Whether a line of the YAML is "key: value". */
static bool says(str yaml, const char *key, str value)
{
	str line;

	while (str_split_next(&yaml, '\n', &line))
		if (str_starts_with(line, str_from_c(key)) &&
		    str_equal(str_trim(str_from(line, strlen(key))), value))
			return true;
	return false;
}

/* The YAML of a resource or of a _defaults.yaml; what is broken has none. */
static str yaml_of(struct search *search, size_t file)
{
	const struct library *library = search->place->library;
	str path = snapshot_path(&library->snapshot, file);
	struct diag_list ignored;
	struct source source;
	size_t start, end, body;

	diag_list_init(&ignored, &search->scratch);
	if (!snapshot_read_text(&source, library->reader, file,
				&search->scratch, &ignored))
		return STR("");
	if (str_ends_with(path, STR(".yaml")))
		return source.text;
	if (!front_matter_find(&start, &end, &body, &source, &ignored))
		return STR("");
	return str_between(source.text, start, end);
}

static bool is_of_type(struct search *search, size_t file)
{
	str yaml = yaml_of(search, file);
	bool is = says(yaml, "type:", str_from_c(search->place->type->name)) &&
		  !says(yaml, "status:", STR("draft"));

	arena_reset(&search->scratch);
	return is;
}

/* A folder with index.md is one resource. */
static str folder_of_file(str path)
{
	str name = str_file_name(path);
	str folder = str_between(path, 0, path.len - name.len - 1);

	if (!str_equal_c(name, "index.md"))
		return folder;
	return str_between(folder, 0,
			   folder.len - str_file_name(folder).len - 1);
}

/* Of the files of the site's units with this ending. */
static void find_files(struct search *search, str ending)
{
	const struct snapshot *snapshot = &search->place->library->snapshot;
	const struct text_list *units = &search->place->site->units;
	size_t at, behind;

	for (size_t i = 0; i < units->count; i++) {
		snapshot_range(snapshot,
			       arena_printf(search->place->arena,
					    "content/%.*s/",
					    STR_ARG(units->items[i])),
			       &at, &behind);
		for (; at < behind && search->read < TEXTS_READ; at++) {
			str path = snapshot_path(snapshot, at);

			if (!str_ends_with(path, ending))
				continue;
			search->read++;
			if (is_of_type(search, at))
				add(search, folder_of_file(path));
		}
	}
}

static void find_defaults(struct search *search)
{
	find_files(search, STR("/_defaults.yaml"));
}

static void find_resources(struct search *search)
{
	find_files(search, STR(".md"));
}

static bool is_own(const struct site *site, str folder)
{
	str unit;

	(void)str_split_next(&folder, '/', &unit);
	for (size_t i = 0; i < site->units.count; i++)
		if (str_equal(unit, site->units.items[i]))
			return true;
	return false;
}

/* Where a column takes texts from that ask for nothing else. */
static void add_selected(struct search *search,
			 const struct column_query *query)
{
	const struct text_list *folders =
		query->folders.count > 0 ? &query->folders : &query->units;

	if (query->topics.count + query->keywords.count +
		    query->audience.count >
	    0)
		return;
	for (size_t i = 0; i < folders->count; i++)
		if (is_own(search->place->site, folders->items[i]))
			add(search,
			    arena_printf(search->place->arena, "content/%.*s",
					 STR_ARG(folders->items[i])));
}

static void find_columns(struct search *search, bool by_type)
{
	const struct site *site = search->place->site;
	uint32_t type = search->place->type->number;

	for (size_t i = 0; i < site->column_count; i++) {
		const struct column *column = &site->columns[i];
		const struct type_set *types = &column->query.types;

		if (column->has_query && !column->is_archived &&
		    (by_type ? type_set_has(types, type)
			     : type_set_is_empty(types)))
			add_selected(search, &column->query);
	}
}

static void find_asking_columns(struct search *search)
{
	find_columns(search, true);
}

static void find_open_columns(struct search *search)
{
	find_columns(search, false);
}

/* The first that finds a folder counts. */
static void (*const ways[])(struct search *search) = {
	find_defaults,
	find_resources,
	find_asking_columns,
	find_open_columns,
};

static void report_several(const struct search *search)
{
	struct diag_list *diags = search->place->diags;
	struct buf names;

	buf_init(&names, search->place->arena);
	for (size_t i = 0; i < search->count && i < FOLDERS_TOLD; i++)
		buf_printf(&names, "%s--in %.*s", i == 0 ? "" : ", ",
			   STR_ARG(str_from(search->found[i],
					    strlen("content/"))));
	if (search->count > FOLDERS_TOLD)
		buf_add_c(&names, ", …");
	diag_help(diags,
		  diag_error(diags, span_none(), "new",
			     _("several folders are for “%s”"),
			     search->place->type->name),
		  _("choose one of them: %.*s"), STR_ARG(buf_str(&names)));
}

bool new_folder_choose(str *out, const struct new_place *place)
{
	struct search search = { .place = place };

	arena_init(&search.scratch);
	for (size_t i = 0; i < COUNT_OF(ways) && search.count == 0; i++) {
		search.read = 0;
		ways[i](&search);
	}
	arena_release(&search.scratch);
	if (search.count > 1) {
		report_several(&search);
		return false;
	}
	*out = search.count == 1
		       ? search.found[0]
		       : arena_printf(place->arena, "content/%.*s",
				      STR_ARG(place->site->units.items[0]));
	return true;
}
