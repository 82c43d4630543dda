/*
 * The file comes from a migration and may have a hundred thousand rows,
 * written by a program or exported from a table. A row with a mistake is left
 * out and told; a file whose cells cannot be told apart counts in an earlier
 * version, as nobody knows where its rows begin.
 */
#include "site/redirects.h"

#include "library/field_format.h"
#include "markup/csv.h"

enum { MOVED = 301, GONE = 410, CELLS = 3 };

static const struct setting redirect_columns[] = {
	{ "old", SETTING_TEXT, 0, "/content.jsp?id=12", NULL,
	  N_("an old address of the site; one “*” at its end stands for "
	     "whatever follows") },
	{ "new", SETTING_TEXT, 0, NULL, NULL,
	  N_("where it leads: an address, or id: and the id of a resource; "
	     "a “*” at its end takes what the old one stood for; empty with "
	     "the code 410") },
	{ "code", SETTING_TEXT, 0, NULL, NULL,
	  N_("301 (also when empty), 302, 307, 308, or 410: gone") },
};

const struct setting_table redirect_settings[] = {
	{ N_("sites/<id>/redirects.csv: columns of a table with a comma "
	     "between "
	     "cells"),
	  redirect_columns, COUNT_OF(redirect_columns) },
	{ 0 },
};

struct row_reader {
	str domain;
	struct arena *arena;
	struct diag_list *diags;
};

static bool refuse(const struct row_reader *reader, const char *id,
		   const struct csv_cell *cell, const char *help)
{
	struct diag *diag =
		diag_error(reader->diags, cell->span, id,
			   _("this row of redirects is left out: “%.*s”"),
			   STR_ARG(cell->text));

	diag_help(reader->diags, diag, "%s", help);
	return false;
}

/* --- cells --- */

static bool take_star(str *text)
{
	if (text->len == 0 || text->data[text->len - 1] != '*')
		return false;
	*text = str_between(*text, 0, text->len - 1);
	return true;
}

/* People copy addresses with the domain in front. */
static str without_domain(str address, str domain)
{
	static const char *const schemes[] = { "https://", "http://" };

	for (size_t i = 0; i < COUNT_OF(schemes); i++) {
		str rest;

		if (!str_starts_with(address, str_from_c(schemes[i])))
			continue;
		rest = str_from(address, str_from_c(schemes[i]).len);
		if (str_starts_with(rest, domain) && rest.len > domain.len &&
		    rest.data[domain.len] == '/')
			return str_from(rest, domain.len);
	}
	return address;
}

/* Files of old platforms have blanks in their names. */
static str encode_blanks(str text, struct arena *arena)
{
	struct buf out;

	if (str_find_byte(text, ' ') == STR_NONE)
		return text;
	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == ' ')
			buf_add_c(&out, "%20");
		else
			buf_add_byte(&out, text.data[i]);
	return buf_str(&out);
}

static bool read_old(struct redirect_row *row, const struct csv_cell *cell,
		     const struct row_reader *reader)
{
	str text = encode_blanks(without_domain(cell->text, reader->domain),
				 reader->arena);
	size_t mark;

	row->written = cell->text;
	row->span = cell->span;
	row->is_prefix = take_star(&text);
	mark = str_find_byte(text, '?');
	row->old = str_between(text, 0, mark == STR_NONE ? text.len : mark);
	row->query = mark == STR_NONE ? STR("") : str_from(text, mark);
	if (text.len == 0 || text.data[0] != '/')
		return refuse(reader, "redirect-address", cell,
			      _("the old address begins with \"/\": "
				"/content.jsp?id=12"));
	if (str_find_byte(row->query, '*') != STR_NONE)
		return refuse(reader, "redirect-address", cell,
			      _("one \"*\" may stand at the very end, and "
				"nowhere else"));
	if (str_find_byte(text, '#') != STR_NONE)
		return refuse(reader, "redirect-address", cell,
			      _("what stands behind \"#\" never reaches the "
				"server; leave it out"));
	return field_format_check(FORMAT_SITE_PATH, row->old, cell->span,
				  reader->diags) &&
	       field_url_check(text, cell->span, reader->diags);
}

static bool read_target(struct redirect_row *row, const struct csv_cell *cell,
			const struct row_reader *reader)
{
	str text = cell->text;

	row->target_span = cell->span;
	row->has_rest = take_star(&text);
	row->target = text;
	if (row->has_rest && (!row->is_prefix || row->query.len > 0))
		return refuse(reader, "redirect-address", cell,
			      _("\"*\" in the new address takes what the \"*\" "
				"at the end of the old one stood for, and that "
				"must be part of a path"));
	if (str_starts_with(text, STR("id:")))
		return field_format_check(FORMAT_ID, str_from(text, 3),
					  cell->span, reader->diags);
	if (str_starts_with(text, STR("content/")) &&
	    str_ends_with(text, STR(".md")))
		return refuse(reader, "redirect-address", cell,
			      _("a text goes by its id, the path below "
				"content/ without .md: id:jyj/gzdt/banfa"));
	if (text.len == 0 ||
	    (text.data[0] != '/' && str_find(text, STR("://")) == STR_NONE))
		return refuse(reader, "redirect-address", cell,
			      _("write the new address in full: "
				"/zwgk/202603/banfa.html, https://… or id:…; "
				"leave it empty only with the code 410"));
	return field_url_check(text, cell->span, reader->diags);
}

static bool read_code(struct redirect_row *row, const struct csv_cell *cell,
		      const struct row_reader *reader)
{
	static const uint16_t codes[] = { MOVED, 302, 307, 308, GONE };
	uint64_t code = MOVED;

	if (cell == NULL || cell->text.len == 0) {
		row->code = MOVED;
		return true;
	}
	for (size_t i = 0; str_to_u64(&code, cell->text) && i < COUNT_OF(codes);
	     i++)
		if (codes[i] == code) {
			row->code = codes[i];
			return true;
		}
	return refuse(reader, "redirect-code", cell,
		      _("the code is 301 (moved for good), 302 or 307 (for a "
			"while), 308 or 410 (gone); without one it is 301"));
}

static bool read_row(struct redirect_row *row, const struct list *cells,
		     const struct row_reader *reader)
{
	const struct csv_cell *cell = cells->items;
	bool is_gone;

	*row = (struct redirect_row){ 0 };
	if (cells->count == 1 && str_find(cell->text, STR("，")) != STR_NONE)
		return refuse(reader, "redirect-comma", cell,
			      _("a Chinese comma “，” parts nothing; write "
				"“,” in its place"));
	if (cells->count < 2 || cells->count > CELLS)
		return refuse(
			reader, "redirect-row", cell,
			_("a row has the old address, the new one and, if "
			  "need be, a code, with commas between them; an "
			  "address with a comma stands in \"…\""));
	if (!read_code(row, cells->count == CELLS ? &cell[2] : NULL, reader) ||
	    !read_old(row, &cell[0], reader))
		return false;
	is_gone = row->code == GONE;
	row->target_span = cell[1].span;
	row->target_written = cell[1].text;
	if (is_gone && cell[1].text.len > 0)
		return refuse(reader, "redirect-code", &cell[1],
			      _("410 says that nothing has taken its place: "
				"leave the new address empty, or write 301"));
	return is_gone || read_target(row, &cell[1], reader);
}

/* --- rows --- */

/* As people head such a table. */
static bool is_head(const struct list *cells)
{
	static const str heads[] = { STR("old"),    STR("from"),
				     STR("旧地址"), STR("旧网址"),
				     STR("原地址"), STR("原网址") };
	str first = ((const struct csv_cell *)cells->items)->text;

	for (size_t i = 0; i < COUNT_OF(heads); i++)
		if (str_equal_ignoring_case(first, heads[i]))
			return true;
	return false;
}

static void report_limit(const struct csv_cell *cell,
			 const struct row_reader *reader)
{
	struct diag *diag = diag_error(
		reader->diags, cell->span, "redirect-limit",
		_("the rows from here on are left out: a site has at most %d"),
		REDIRECT_LIMIT);

	diag_help(reader->diags, diag,
		  _("put those that differ in their end only together as one "
		    "row with \"*\""));
}

bool redirects_read(struct redirect_rows *out, const struct source *source,
		    str domain, struct arena *arena, struct diag_list *diags)
{
	struct csv_reader table = { source, 0, false, arena, diags };
	const struct row_reader reader = { domain, arena, diags };
	struct list rows, cells;

	list_init(&rows, sizeof(struct redirect_row));
	for (size_t i = 0; csv_next(&cells, &table); i++) {
		struct redirect_row row;

		if (i == 0 && is_head(&cells))
			continue;
		if (rows.count == REDIRECT_LIMIT) {
			report_limit(cells.items, &reader);
			break;
		}
		if (read_row(&row, &cells, &reader))
			*(struct redirect_row *)list_add(&rows, arena) = row;
	}
	*out = table.is_broken
		       ? (struct redirect_rows){ 0 }
		       : (struct redirect_rows){ rows.items, rows.count };
	return !table.is_broken;
}
