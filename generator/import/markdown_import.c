/*
 * Trees of Hugo, Jekyll and Hexo. A text that leads to one of which nothing is
 * known yet waits for the second round; then everything is known.
 */
#include <errno.h>
#include <string.h>

#include "base/unicode.h"
#include "import/charset.h"
#include "import/foreign_record.h"
#include "import/markdown_body.h"

static const struct making_usual usual[] = {
	{ "title", "title|headline" },
	{ "date", "date|publishDate|publish_date|pubdate|created|created_at" },
	{ "updated", "lastmod|updated|modified|updated_at" },
	{ "summary", "summary|description|excerpt|abstract" },
	{ "keywords", "keywords|tags" },
	{ "author", "author|authors|params.author" },
	{ "source", "source|from" },
	{ "aliases", "aliases|redirect_from|permalink|url" },
	{ NULL, NULL },
};

/* What public folders of these programs are called. */
static const char *const roots[] = { "static",	"source",	 "assets",
				     "content", "source/_posts", NULL };
static const char *const endings[] = { ".md", "/index.md", "/_index.md",
				       ".markdown", NULL };

struct markdown_reading {
	struct import *import;
	struct old_tree tree;
	struct link_book book;
	struct charset_reader charsets;
	struct arena scratch;
	bool *waits;
};

static bool is_markdown(str path)
{
	return str_ends_with(path, STR(".md")) ||
	       str_ends_with(path, STR(".markdown"));
}

static void find(void *context, str expression, struct list *values)
{
	const struct foreign_record *record = context;
	const struct foreign_pair *pair =
		foreign_record_find(record, expression);
	const str *items;

	if (pair == NULL)
		return;
	items = pair->values.items;
	for (size_t i = 0; i < pair->values.count; i++)
		*(str *)list_add(values, record->arena) = items[i];
}

static bool is_true(const struct foreign_record *record, const char *key,
		    str value)
{
	const struct foreign_pair *pair =
		foreign_record_find(record, str_from_c(key));

	return pair != NULL && pair->values.count > 0 &&
	       str_equal(*(str *)pair->values.items, value);
}

/* Jekyll: 2018-03-02-kaixue.md */
static void date_of_name(struct import_making *making)
{
	str day = str_between(str_file_name(making->from), 0, 10);
	struct date date;

	if (!new_resource_has(&making->resource, "date") &&
	    date_parse(&date, day))
		(void)new_resource_set(&making->resource, STR("date"), &day, 1);
}

/* Without the folder that all texts lie in. */
static str path_of(str from)
{
	static const char *const folders[] = {
		"content/", "source/_posts/", "source/_drafts/",
		"source/",  "_posts/",	      "_drafts/"
	};

	for (size_t i = 0; i < COUNT_OF(folders); i++)
		if (str_starts_with(from, str_from_c(folders[i])))
			return str_from(from, strlen(folders[i]));
	return from;
}

/* A text may have its title as its first heading alone. */
static str title_of_body(struct import_making *making, str body)
{
	str rest = unicode_trim(body);
	size_t end = str_find_byte(rest, '\n');
	str line = str_between(rest, 0, end);
	str title;

	if (new_resource_has(&making->resource, "title") ||
	    !str_starts_with(line, STR("# ")))
		return body;
	title = str_from(line, 2);
	(void)new_resource_set(&making->resource, STR("title"), &title, 1);
	return str_from(rest, line.len);
}

static str without_more(str body, struct arena *arena)
{
	str mark = STR("<!--more-->");
	size_t at = str_find(body, mark);
	str parts[2];

	if (at == STR_NONE)
		return body;
	parts[0] = str_between(body, 0, at);
	parts[1] = str_from(body, at + mark.len);
	return arena_join(arena, parts, 2);
}

static void set_draft(struct import_making *making,
		      const struct foreign_record *record)
{
	str draft = STR("draft");

	if (is_true(record, "draft", STR("true")) ||
	    is_true(record, "published", STR("false")) ||
	    str_find(making->from, STR("_drafts/")) != STR_NONE)
		(void)new_resource_set(&making->resource, STR("status"), &draft,
				       1);
}

static bool read_record(struct foreign_record *record, str *body,
			struct markdown_reading *reading,
			struct import_making *making, size_t file)
{
	struct arena *arena = making->arena;
	struct decoded decoded;
	size_t start;
	str bytes;
	str why = STR("");

	foreign_record_init(record, arena);
	if (!old_tree_read(&bytes, &reading->tree, &reading->tree.files[file],
			   OLD_TEXT_LIMIT, arena)) {
		making_say(making, IMPORT_LEFT_OUT, "%s",
			   _("it cannot be read, or is larger than 8 MiB"));
		return false;
	}
	if (!charset_decode(&decoded, &reading->charsets, bytes, false,
			    arena)) {
		making_say(making, IMPORT_LEFT_OUT, "%s",
			   _("its encoding cannot be told"));
		return false;
	}
	if (!foreign_record_read(record, &start, decoded.text, &why)) {
		making_say(making, IMPORT_LEFT_OUT, _("line %.*s"),
			   STR_ARG(why));
		return false;
	}
	*body = str_from(decoded.text, start);
	return true;
}

/* False: it waits for others. */
static bool make(struct markdown_reading *reading, struct import_making *making,
		 size_t file, bool is_second)
{
	struct foreign_record *record = making->context;
	struct markdown_body body = { .making = making,
				      .book = &reading->book,
				      .file = file };
	str path = path_of(making->from);
	str text;

	if (!read_record(record, &text, reading, making, file))
		return true;
	making_begin(making, path);
	set_draft(making, record);
	making_fill(making);
	date_of_name(making);
	text = title_of_body(making, without_more(text, making->arena));
	making->resource.body = text;
	if (!making_check(making))
		return true;
	body.place = making_place(making, path);
	link_book_note(&reading->book, file, TAKING_TAKEN, body.place);
	making->resource.body = markdown_body_take(&body, text);
	if (body.is_late && !is_second)
		return false;
	making_put(making, body.place);
	return true;
}

static void take(struct markdown_reading *reading, size_t file, bool is_second)
{
	struct foreign_record record;
	struct import_making making = { .import = reading->import,
					.arena = &reading->scratch,
					.from = reading->tree.files[file].path,
					.find = find,
					.context = &record,
					.usual = usual };

	if (!is_second)
		link_book_note(&reading->book, file, TAKING_LEFT_OUT, STR(""));
	reading->waits[file] = !make(reading, &making, file, is_second);
	if (!reading->waits[file])
		making_tell(&making);
}

static void take_all(struct markdown_reading *reading, bool is_second)
{
	for (size_t i = 0; i < reading->tree.count; i++) {
		if (!is_markdown(reading->tree.files[i].path) ||
		    (is_second && !reading->waits[i]) ||
		    reading->import->diags->failed)
			continue;
		take(reading, i, is_second);
		arena_reset(&reading->scratch);
	}
}

bool import_markdown(struct import *import)
{
	struct markdown_reading reading = { .import = import };

	if (!old_tree_open(&reading.tree, import->from, import->arena,
			   import->diags))
		return false;
	link_book_init(&reading.book, import, &reading.tree);
	reading.book.is_page = is_markdown;
	reading.book.endings = endings;
	reading.book.roots = roots;
	reading.waits = arena_array(import->arena, reading.tree.count + 1,
				    sizeof(bool));
	arena_init(&reading.scratch);
	charset_open(&reading.charsets);
	take_all(&reading, false);
	take_all(&reading, true);
	charset_close(&reading.charsets);
	arena_release(&reading.scratch);
	old_tree_close(&reading.tree);
	return !import->diags->failed;
}
