/*
 * A mirror of an old site. What is an article is told by its page: a title, a
 * date and a text. Lists, home pages and frames are made anew by the library,
 * so they are left out. A page that leads to one of which nothing is known yet
 * waits for the second round; few do.
 */
#include <errno.h>
#include <string.h>

#include "base/unicode.h"
#include "import/html_body.h"
#include "import/old_page.h"
#include "import/place_names.h"
#include "import/tree_import.h"
#include "markup/file_kind.h"
#include "markup/url_path.h"

/* The page tags of 国办发〔2017〕47号, then what old systems wrote. */
static const struct making_usual usual[] = {
	{ "title", "meta:ArticleTitle|//h1|meta:og:title|//title" },
	{ "date", "meta:PubDate|meta:publishdate|meta:firstpublishedtime|"
		  "meta:article:published_time|after:发布时间|after:发布日期|"
		  "after:发稿时间|after:發布時間|after:發佈日期|"
		  "after:成文日期|after:日期|after:时间" },
	{ "source", "meta:ContentSource|word:信息来源|word:来源|word:來源|"
		    "word:稿件来源|word:发布机构" },
	{ "keywords", "meta:Keywords" },
	{ "summary", "meta:Description" },
	{ "author", "meta:Author|word:作者" },
	{ "index_no", "word:索引号" },
	{ NULL, NULL },
};

/* Where content systems put the text of an article. */
static const char *const bodies[] = {
	"//*[@id='UCAP-CONTENT']",
	"//*[@id='zoom' or @id='Zoom' or @id='zoomcon']",
	"//*[contains(@class,'TRS_Editor') or contains(@class,'trs_editor')]",
	"//*[@id='vsb_content' or starts-with(@id,'vsb_content')]",
	"//*[@id='article' or @id='articleContent' or @id='ArticleContent']",
	"//*[@class='article-content' or @class='article_content']",
	"//*[contains(@class,'Custom_UnionStyle')]",
	"//article",
	"//*[@id='content' or @id='Content']",
	"//*[@class='content' or @class='con' or @class='nr']",
};

static const char *const roots[] = { NULL };
static const char *const endings[] = { ".html",	       ".htm",
				       "/index.html",  "/index.htm",
				       "/default.htm", NULL };

static bool is_page_extension(str extension)
{
	static const char *const pages[] = {
		"html", "htm",	"shtml", "shtm",  "xhtml", "jsp",
		"asp",	"aspx", "php",	 "jhtml", "do",	   "action"
	};

	for (size_t i = 0; i < COUNT_OF(pages); i++)
		if (str_equal_ignoring_case(extension, str_from_c(pages[i])))
			return true;
	return false;
}

/* "a.html", "a.jsp?id=1", "a.jsp@id=1.html" */
static bool is_page(str path)
{
	str name = str_file_name(path);
	size_t query = str_find_byte(name, '?');

	return is_page_extension(file_extension(name)) ||
	       (query != STR_NONE &&
		is_page_extension(file_extension(str_between(name, 0, query))));
}

/* --- its address ---------------------------------------------------------- */

/* As mirrors write it: "?" or "@" before the query, ".html" behind it. */
static str address_of(const struct import_making *making)
{
	str name = str_file_name(making->from);
	str folder = str_between(making->from, 0, making->from.len - name.len);
	size_t query = str_find_byte(name, '?');
	str base = link_book_base_path(making->import->base);
	struct buf path;

	if (query == STR_NONE)
		query = str_find_byte(name, '@');
	if (query != STR_NONE && query > 0 && query + 1 < name.len) {
		str rest = str_from(name, query + 1);

		if (str_ends_with(rest, STR(".html")))
			rest.len -= strlen(".html");
		return arena_printf(making->arena, "%.*s/%.*s%.*s?%.*s",
				    STR_ARG(base), STR_ARG(folder), (int)query,
				    name.data, STR_ARG(rest));
	}
	buf_init(&path, making->arena);
	buf_add(&path, base);
	buf_add_byte(&path, '/');
	url_path_encode(&path, making->from);
	return buf_str(&path);
}

/* --- one page ------------------------------------------------------------- */

static void find(void *context, str expression, struct list *values)
{
	old_page_find(context, expression, values);
}

static bool has_meta(const struct old_page *page, const char *name)
{
	struct list values;

	list_init(&values, sizeof(str));
	old_page_find(page, arena_printf(page->arena, "meta:%s", name),
		      &values);
	return values.count > 0;
}

/* Its own word: it is the page of a column. */
static bool is_list(const struct old_page *page)
{
	return has_meta(page, "ColumnDescription") &&
	       !has_meta(page, "ArticleTitle") && !has_meta(page, "PubDate");
}

static const struct page_node *find_body(const struct import *import,
					 const struct old_page *page)
{
	const struct import_pair *asked =
		import_pair_find(&import->map->fields, STR("body"));
	const struct page_node *node = NULL;

	for (size_t i = 0; asked != NULL && node == NULL && i < asked->count;
	     i++)
		node = old_page_element(page, asked->values[i]);
	for (size_t i = 0; node == NULL && i < COUNT_OF(bodies); i++)
		node = old_page_element(page, str_from_c(bodies[i]));
	return node != NULL ? node : old_page_densest(page);
}

/* “标题-示范市人民政府” of <title> names the site too. */
static void cut_site_name(struct import_making *making,
			  const struct old_page *page)
{
	str title = new_resource_text(&making->resource, "title");
	struct list names;
	str name, cut;

	list_init(&names, sizeof(str));
	old_page_find(page, STR("meta:SiteName"), &names);
	if (names.count == 0)
		return;
	name = unicode_trim(*(str *)names.items);
	if (name.len == 0 || title.len <= name.len + 1 ||
	    !str_ends_with(title, name))
		return;
	cut = unicode_trim(str_between(title, 0, title.len - name.len));
	while (cut.len > 0 &&
	       (str_ends_with(cut, STR("-")) || str_ends_with(cut, STR("_")) ||
		str_ends_with(cut, STR("|"))))
		cut = unicode_trim(str_between(cut, 0, cut.len - 1));
	if (cut.len == 0)
		return;
	new_resource_clear(&making->resource, "title");
	(void)new_resource_set(&making->resource, STR("title"), &cut, 1);
}

static bool read_page(struct decoded *out, struct tree_import *tree,
		      struct import_making *making, size_t file)
{
	if (!tree_import_read(out, tree, making, file, true))
		return false;
	if (out->is_other)
		making_say(making, IMPORT_NOTE,
			   _("it names another encoding than %s, which it has"),
			   charset_name(out->charset));
	if (out->lost > 0)
		making_say(making, IMPORT_NOTE,
			   _("%zu characters cannot be read"), out->lost);
	return true;
}

/* False: it waits for others. */
static bool make(struct tree_import *tree, struct import_making *making,
		 size_t file, bool is_second)
{
	struct old_page *page = making->context;
	struct html_body body = { .making = making,
				  .book = &tree->book,
				  .file = file };
	const struct page_node *root;

	if (is_list(page)) {
		making_say(making, IMPORT_LEFT_OUT, "%s",
			   _("it is the list of a column, which is made anew"));
		return true;
	}
	making_begin(making, making->from);
	making_fill(making);
	cut_site_name(making, page);
	root = find_body(tree->import, page);
	if (root == NULL) {
		making_say(making, IMPORT_LEFT_OUT, "%s",
			   page->has_frames
				   ? _("it has nothing but frames")
				   : _("no text is found: name its element "
				       "in the map, fields: {body: XPath}"));
		return true;
	}
	making->resource.body = STR("…"); /* something will be there */
	if (!making_check(making))
		return true;
	making_add_alias(making, address_of(making));
	body.place = making_place(making, making->from);
	link_book_note(&tree->book, file, TAKING_TAKEN, body.place);
	making->resource.body = html_body_take(&body, root);
	if (body.is_late && !is_second)
		return false;
	if (making_check(making))
		making_put(making, body.place);
	return true;
}

static bool make_page(void *context, struct tree_import *tree,
		      struct import_making *making, size_t file, bool is_second)
{
	struct old_page_queries *queries = context;
	struct decoded decoded;
	struct old_page page;
	bool ok;

	if (!read_page(&decoded, tree, making, file))
		return true;
	if (!old_page_open(&page, decoded.text, queries, making->arena)) {
		making_say(making, IMPORT_LEFT_OUT, "%s",
			   _("it is empty, or no page that can be read"));
		return true;
	}
	making->context = &page;
	making->is_traditional = decoded.charset == CHARSET_BIG5;
	ok = make(tree, making, file, is_second);
	old_page_close(&page);
	return ok;
}

static bool may_ask_all(struct old_page_queries *queries, struct import *import)
{
	const struct import_pairs *fields = &import->map->fields;
	bool ok = true;

	for (size_t i = 0; i < fields->count; i++)
		for (size_t k = 0; k < fields->items[i].count; k++) {
			str expression = fields->items[i].values[k];

			if (old_page_may_ask(queries, expression))
				continue;
			ok = false;
			diag_error(import->diags, span_none(), "import-map",
				   _("“%.*s” of the map is no XPath"),
				   STR_ARG(expression));
		}
	return ok;
}

bool import_html(struct import *import)
{
	struct old_page_queries queries;
	const struct tree_import_kind kind = {
		.is_page = is_page,
		.endings = endings,
		.roots = roots,
		.find = find,
		.usual = usual,
		.make = make_page,
		.context = &queries,
	};
	struct tree_import tree;

	if (!tree_import_open(&tree, &kind, import))
		return false;
	old_page_queries_init(&queries, import->arena);
	if (may_ask_all(&queries, import))
		tree_import_take(&tree);
	old_page_queries_release(&queries);
	return tree_import_close(&tree);
}
