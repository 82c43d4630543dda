/*
 * Trees of Hugo, Jekyll and Hexo. A text that leads to one of which nothing is
 * known yet waits for the second round; then everything is known.
 */
#include <errno.h>
#include <string.h>

#include "base/unicode.h"
#include "import/foreign_record.h"
#include "import/markdown_body.h"
#include "import/tree_import.h"

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

static bool is_markdown(str path)
{
	return str_ends_with(path, STR(".md")) ||
	       str_ends_with(path, STR(".markdown"));
}

static bool is_true(const struct foreign_record *record, const char *key,
		    str value)
{
	return str_equal(foreign_record_first(record, str_from_c(key)), value);
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
			struct tree_import *tree, struct import_making *making,
			size_t file)
{
	struct arena *arena = making->arena;
	struct decoded decoded;
	size_t start;
	str why = STR("");

	foreign_record_init(record, arena);
	if (!tree_import_read(&decoded, tree, making, file, false))
		return false;
	if (!foreign_record_read(record, &start, decoded.text, &why)) {
		making_say(making, IMPORT_LEFT_OUT, _("line %.*s"),
			   STR_ARG(why));
		return false;
	}
	*body = str_from(decoded.text, start);
	return true;
}

/* False: it waits for others. */
static bool make(struct tree_import *tree, struct import_making *making,
		 size_t file, bool is_second)
{
	struct foreign_record *record = making->context;
	struct markdown_body body = { .making = making,
				      .book = &tree->book,
				      .file = file };
	str path = path_of(making->from);
	str text;

	if (!read_record(record, &text, tree, making, file))
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
	link_book_note(&tree->book, file, TAKING_TAKEN, body.place);
	making->resource.body = markdown_body_take(&body, text);
	if (body.is_late && !is_second)
		return false;
	making_put(making, body.place);
	return true;
}

static bool make_text(void *context, struct tree_import *tree,
		      struct import_making *making, size_t file, bool is_second)
{
	struct foreign_record record;

	(void)context;
	making->context = &record;
	return make(tree, making, file, is_second);
}

bool import_markdown(struct import *import)
{
	const struct tree_import_kind kind = {
		.is_page = is_markdown,
		.endings = endings,
		.roots = roots,
		.find = foreign_record_values,
		.usual = usual,
		.make = make_text,
	};
	struct tree_import tree;

	if (!tree_import_open(&tree, &kind, import))
		return false;
	tree_import_take(&tree);
	return tree_import_close(&tree);
}
