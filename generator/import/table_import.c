/*
 * Exports of content systems: a CSV table with a row of names, or JSON objects.
 * One row is one text; the number of the row is what it was made from, unless
 * it has an id or an address of its own.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "base/unicode.h"
#include "import/charset.h"
#include "import/foreign_record.h"
#include "import/html_body.h"
#include "import/markdown_body.h"
#include "import/place_names.h"
#include "markup/csv.h"
#include "markup/json_records.h"
#include "system/reason.h"

enum { TABLE_LIMIT = 512 * 1024 * 1024 };

static const struct making_usual usual[] = {
	{ "title", "title|headline|标题|文章标题" },
	{ "date", "date|publish_date|publishDate|pubdate|pub_date|created_at|"
		  "发布时间|发布日期|日期" },
	{ "source", "source|来源|信息来源" },
	{ "summary", "summary|description|excerpt|摘要" },
	{ "keywords", "keywords|tags|关键词" },
	{ "author", "author|作者" },
	{ "doc_no", "doc_no|文号|发文字号" },
	{ "index_no", "index_no|索引号" },
	{ "aliases", "url|link|permalink|网址|链接" },
	{ NULL, NULL },
};

static const char *const bodies[] = { "body", "content", "text", "正文",
				      "内容" };
static const char *const keys[] = { "id", "ID", "编号", "slug" };

struct table {
	struct import *import;
	struct arena scratch; /* of one row */
	str name;	      /* of the file, without folders and extension */
	str title;	      /* the same with its extension */
	size_t number;
};

static str body_of(const struct table *table,
		   const struct foreign_record *record)
{
	const struct import_pair *asked =
		import_pair_find(&table->import->map->fields, STR("body"));
	str body = { "", 0 };

	for (size_t i = 0; asked != NULL && i < asked->count && body.len == 0;
	     i++)
		body = foreign_record_first(record, asked->values[i]);
	for (size_t i = 0; i < COUNT_OF(bodies) && body.len == 0; i++)
		body = foreign_record_first(record, str_from_c(bodies[i]));
	return body;
}

/* "export.csv#12", where 12 is its id, or else its row. */
static str source_of(const struct table *table,
		     const struct foreign_record *record)
{
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		str value = unicode_trim(
			foreign_record_first(record, str_from_c(keys[i])));

		if (value.len > 0 && value.len < 200)
			return arena_printf(record->arena, "%.*s#%.*s",
					    STR_ARG(table->title),
					    STR_ARG(value));
	}
	return arena_printf(record->arena, "%.*s#%zu", STR_ARG(table->title),
			    table->number);
}

static void make(struct table *table, struct import_making *making)
{
	struct foreign_record *record = making->context;
	struct markdown_body body = { .making = making };
	str key = str_from(making->from, table->title.len + 1);
	str text = body_of(table, record);

	making_begin(making, STR(""));
	making_fill(making);
	if (table->import->map->body == IMPORT_BODY_HTML)
		text = html_body_of_fragment(making, text);
	else
		text = markdown_body_take(&body, text);
	making->resource.body = text;
	if (!making_check(making))
		return;
	making_put(making,
		   making_place(making, arena_printf(making->arena, "%.*s/%.*s",
						     STR_ARG(table->name),
						     STR_ARG(key))));
}

static void take(struct table *table, struct foreign_record *record)
{
	struct import_making making = { .import = table->import,
					.arena = record->arena,
					.from = source_of(table, record),
					.find = foreign_record_values,
					.context = record,
					.usual = usual };

	make(table, &making);
	making_tell(&making);
}

/* --- JSON ----------------------------------------------------------------- */

static void say_broken(struct table *table, str why)
{
	import_say(table->import, IMPORT_LEFT_OUT,
		   arena_printf(table->import->arena, "%.*s#%zu",
				STR_ARG(table->title), table->number),
		   why);
}

static void take_json(struct table *table, str text)
{
	struct json_records records = { .text = text };
	struct foreign_record record;
	enum json_record result;
	str why = STR("");

	do {
		table->number++;
		arena_reset(&table->scratch);
		foreign_record_init(&record, &table->scratch);
		result = json_records_next(&records, foreign_record_take,
					   &record, &why, &table->scratch);
		if (result == JSON_RECORD_READ)
			take(table, &record);
	} while (result == JSON_RECORD_READ && !table->import->diags->failed);
	if (result == JSON_RECORD_BROKEN)
		say_broken(table, arena_printf(&table->scratch,
					       _("behind it nothing could be "
						 "read: %.*s"),
					       STR_ARG(why)));
}

/* --- CSV ------------------------------------------------------------------ */

static const str *copy_names(const struct list *cells, struct arena *arena)
{
	const struct csv_cell *cell = cells->items;
	str *names = arena_array(arena, cells->count + 1, sizeof(str));

	for (size_t i = 0; i < cells->count; i++)
		names[i] = arena_copy(arena, cell[i].text);
	return names;
}

static void take_row(struct table *table, const struct list *cells,
		     const str *names, size_t count)
{
	const struct csv_cell *cell = cells->items;
	struct foreign_record record;

	table->number++;
	foreign_record_init(&record, &table->scratch);
	for (size_t i = 0; i < cells->count && i < count; i++)
		if (cell[i].text.len > 0)
			foreign_record_add(&record, names[i], cell[i].text);
	take(table, &record);
}

static void take_csv(struct table *table, str text)
{
	const struct source source = { .number = SOURCE_NONE, .text = text };
	struct diag_list ignored;
	struct csv_reader reader = { .source = &source,
				     .arena = &table->scratch,
				     .diags = &ignored };
	const str *names = NULL;
	size_t count = 0;
	struct list cells;

	for (;;) {
		arena_reset(&table->scratch);
		diag_list_init(&ignored, &table->scratch);
		list_init(&cells, sizeof(struct csv_cell));
		if (!csv_next(&cells, &reader) || table->import->diags->failed)
			break;
		if (names == NULL) {
			names = copy_names(&cells, table->import->arena);
			count = cells.count;
		} else {
			take_row(table, &cells, names, count);
		}
	}
	if (reader.is_broken)
		say_broken(table,
			   str_from_c(_("behind it nothing could be read: a "
					"quotation mark is not closed")));
}

/* --- which of them -------------------------------------------------------- */

static bool read_file(str *out, struct import *import)
{
	struct charset_reader charsets;
	struct decoded decoded;
	str bytes;
	bool ok;

	if (!folder_read_path(&bytes, import->from, TABLE_LIMIT,
			      import->arena)) {
		diag_failure(import->diags, "import", _("cannot read %s: %s"),
			     import->from, reason_text(errno));
		return false;
	}
	charset_open(&charsets);
	ok = charset_decode(&decoded, &charsets, bytes, false, import->arena);
	charset_close(&charsets);
	*out = decoded.text;
	if (!ok)
		diag_failure(import->diags, "import",
			     _("%s: its encoding cannot be told"),
			     import->from);
	return ok;
}

bool import_table(struct import *import)
{
	struct table table = { .import = import };
	str text;
	size_t dot;

	if (!read_file(&text, import))
		return false;
	table.title = str_file_name(str_from_c(import->from));
	dot = str_find_last_byte(table.title, '.');
	table.name = str_between(table.title, 0,
				 dot == STR_NONE ? table.title.len : dot);
	arena_init(&table.scratch);
	if (str_ends_with(table.title, STR(".csv")))
		take_csv(&table, text);
	else
		take_json(&table, text);
	arena_release(&table.scratch);
	return !import->diags->failed;
}
