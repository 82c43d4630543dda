/*
 * An access log has what anybody asked for: pictures, addresses of other
 * programs, the same page with a hundred queries. Only what has the form of a
 * text's address is kept, once, and of that the first rows: a hot list shows
 * ten of them. Whether a text still stands there is known to the plan.
 */
#include "site/hits.h"

#include <stdlib.h>

#include "markup/goaccess.h"
#include "markup/url_path.h"

static const struct setting hits_rows[] = {
	{ "requests", SETTING_TEXT, 0, NULL, NULL,
	  N_("the panel of the JSON report of GoAccess (goaccess access.log -o "
	     "2026-10.json) that the hot lists of the home page and of columns "
	     "are made of; of several files the last by name counts") },
};

const struct setting_table hits_settings[] = {
	{ N_("sites/<id>/statistics/*.json: what readers ask for"), hits_rows,
	  COUNT_OF(hits_rows) },
	{ 0 },
};

struct hits_reader {
	struct list rows; /* struct page_hits */
	struct map keys;  /* its number + 1, as a pointer */
	struct arena *arena;
};

bool hits_has_path(str path)
{
	str folder = STR("statistics/");
	str part;

	return str_split_next(&path, '/', &part) &&
	       str_equal_c(part, "sites") &&
	       str_split_next(&path, '/', &part) &&
	       str_starts_with(path, folder) &&
	       str_ends_with(path, STR(".json")) &&
	       str_find_byte(str_from(path, folder.len), '/') == STR_NONE;
}

/* "a/b/202603/x.html" is the text x of March in the column a/b. */
static bool has_text_form(struct page_hits *row, str key)
{
	str name = str_file_name(key);
	str folder = str_between(key, 0, key.len - name.len);
	str month, digits;

	if (!str_ends_with(name, STR(".html")) || folder.len == 0)
		return false;
	folder.len--;
	month = str_file_name(folder);
	digits = month;
	if (month.len != 6 || str_take_digits(&digits).len != month.len ||
	    month.len + 1 >= folder.len)
		return false;
	row->key = key;
	row->column = str_between(folder, 0, folder.len - month.len - 1);
	row->slug = str_between(name, 0, name.len - STR(".html").len);
	row->month = 0;
	for (size_t i = 0; i < month.len; i++)
		row->month = row->month * 10 + (month.data[i] - '0');
	return row->slug.len > 0;
}

static void take(void *context, str address, uint64_t hits)
{
	struct hits_reader *reader = context;
	struct page_hits row = { .hits = hits };
	struct page_hits *rows = reader->rows.items;
	uintptr_t number;
	str key;

	if (address.len > HITS_ADDRESS || str_at(address, 0) != '/' ||
	    !str_split_next(&address, '?', &key))
		return;
	key = url_path_key(key, reader->arena);
	if (!has_text_form(&row, key))
		return;
	number = (uintptr_t)map_get(&reader->keys, key);
	if (number > 0) {
		rows[number - 1].hits += hits;
		return;
	}
	row.key = arena_copy(reader->arena, key);
	(void)has_text_form(&row, row.key);
	*(struct page_hits *)list_add(&reader->rows, reader->arena) = row;
	map_set(&reader->keys, row.key, (void *)(uintptr_t)reader->rows.count);
}

static int compare_rows(const void *left, const void *right)
{
	const struct page_hits *a = left;
	const struct page_hits *b = right;

	if (a->hits != b->hits)
		return a->hits > b->hits ? -1 : 1;
	return str_compare(a->key, b->key);
}

static void refuse(const struct source *source, size_t at, const char *why,
		   str more, struct diag_list *diags)
{
	struct span span = { source->number, at, at };

	diag_help(diags,
		  diag_error(diags, span, "hits-report", "%s%.*s", why,
			     STR_ARG(more)),
		  _("write it with: goaccess access.log -o %.*s"),
		  STR_ARG(str_file_name(source->path)));
}

static void tell_unreadable(const struct source *source, size_t count,
			    struct diag_list *diags)
{
	struct span span = { source->number, 0, 0 };

	if (count == 0)
		return;
	diag_help(diags,
		  diag_warning(diags, span, "hits-entry",
			       _("%zu entries without an address or a number "
				 "of hits are left out"),
			       count),
		  _("an entry has \"data\", an address, and \"hits\": "
		    "{\"count\": …}"));
}

/* What is kept, in an arena of its own. */
static void keep(struct site_hits *out, const struct list *rows,
		 struct arena *arena)
{
	size_t count = rows->count < HITS_KEPT ? rows->count : HITS_KEPT;
	struct page_hits *items = arena_array(arena, count, sizeof(*items));

	if (rows->count > 0)
		qsort(rows->items, rows->count, rows->item_size, compare_rows);
	for (size_t i = 0; i < count; i++) {
		const struct page_hits *row = rows->items;

		items[i].hits = row[i].hits;
		(void)has_text_form(&items[i], arena_copy(arena, row[i].key));
	}
	*out = (struct site_hits){ .items = items, .count = count };
}

bool hits_read(struct site_hits *out, const struct source *source,
	       struct arena *arena, struct diag_list *diags)
{
	struct goaccess_report report;
	struct hits_reader reader;
	struct arena scratch;
	bool ok;

	*out = (struct site_hits){ 0 };
	arena_init(&scratch);
	reader.arena = &scratch;
	list_init(&reader.rows, sizeof(struct page_hits));
	map_init(&reader.keys, &scratch);
	ok = goaccess_read(&report, source->text, take, &reader, &scratch);
	if (!ok) {
		refuse(source, report.at,
		       _("this is no JSON report of GoAccess: "), report.why,
		       diags);
	} else if (!report.has_panel) {
		refuse(source, 0,
		       _("this report has no panel “requests”, so nothing is "
			 "known of its pages"),
		       STR(""), diags);
	} else {
		tell_unreadable(source, report.unreadable, diags);
		keep(out, &reader.rows, arena);
	}
	arena_release(&scratch);
	return ok && report.has_panel;
}
