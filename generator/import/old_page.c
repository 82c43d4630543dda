/*
 * Meta tags are gathered once, as every page is asked for a dozen. The text of
 * the whole page is made only for pages without them. Names of tags and of meta
 * tags count in any letters: sites write pubdate, PUBDATE and PubDate.
 */
#include "import/old_page.h"

#include <string.h>

#include "base/buf.h"
#include "base/unicode.h"
#include "import/old_tree.h"

enum {
	DEPTH_LIMIT = 256,
	DESCENT_LIMIT = 40,
	TEXT_LIMIT = 256 * 1024, /* bytes of a page that words are sought in */
	VALUE_LIMIT = 60,	 /* characters behind a word */
	DENSE_ENOUGH = 90,	 /* bytes of text outside links */
};

/* --- queries -------------------------------------------------------------- */

void old_page_queries_init(struct old_page_queries *queries,
			   struct arena *arena)
{
	queries->arena = arena;
	map_init(&queries->compiled, arena);
}

void old_page_queries_release(struct old_page_queries *queries)
{
	for (size_t i = 0; i < queries->compiled.count; i++)
		page_query_close(queries->compiled.entries[i].value);
}

static struct page_query *query_of(struct old_page_queries *queries,
				   str expression)
{
	struct page_query *query = map_get(&queries->compiled, expression);

	if (query != NULL || map_has(&queries->compiled, expression))
		return query;
	query = page_query_open(expression);
	(void)map_add(&queries->compiled,
		      arena_copy(queries->arena, expression), query);
	return query;
}

static bool cut(str *rest, str text, const char *start)
{
	str begin = str_from_c(start);

	if (!str_starts_with(text, begin))
		return false;
	*rest = str_from(text, begin.len);
	return true;
}

bool old_page_may_ask(struct old_page_queries *queries, str expression)
{
	str rest;

	return cut(&rest, expression, "meta:") ||
	       cut(&rest, expression, "after:") ||
	       cut(&rest, expression, "word:") ||
	       query_of(queries, expression) != NULL;
}

/* --- opening -------------------------------------------------------------- */

static void note_meta(struct old_page *page, const struct page_node *node)
{
	str name = page_node_attribute(node, "name");
	str *value;

	if (name.len == 0)
		name = page_node_attribute(node, "property");
	if (name.len == 0 || name.len > 100)
		return;
	value = arena_alloc(page->arena, sizeof(*value));
	*value = page_node_attribute(node, "content");
	if (unicode_trim(*value).len > 0)
		(void)map_add(&page->metas, old_tree_folded(name, page->arena),
			      value);
}

static void gather(struct old_page *page, const struct page_node *node,
		   size_t depth)
{
	const struct page_node *child;

	for (child = page_node_first(node);
	     child != NULL && depth < DEPTH_LIMIT;
	     child = page_node_next(child)) {
		if (page_node_is(child, "meta"))
			note_meta(page, child);
		else if (page_node_is(child, "frameset"))
			page->has_frames = true;
		if (!page_node_is_text(child))
			gather(page, child, depth + 1);
	}
}

bool old_page_open(struct old_page *out, str text,
		   struct old_page_queries *queries, struct arena *arena)
{
	*out = (struct old_page){ .queries = queries, .arena = arena };
	map_init(&out->metas, arena);
	out->tree = page_tree_open_html(text);
	if (out->tree == NULL)
		return false;
	if (page_tree_root(out->tree) == NULL) {
		old_page_close(out);
		return false;
	}
	gather(out, page_tree_root(out->tree), 0);
	return true;
}

void old_page_close(struct old_page *page)
{
	page_tree_close(page->tree);
	page->tree = NULL;
}

/* --- its text ------------------------------------------------------------- */

static bool is_silent(const struct page_node *node)
{
	static const char *const names[] = { "script", "style", "noscript",
					     "select", "textarea" };

	return page_node_is_one_of(node, names, COUNT_OF(names));
}

static bool ends_line(const struct page_node *node)
{
	static const char *const names[] = { "p",  "div", "tr",	   "li",
					     "br", "h1",  "table", "ul" };

	return page_node_is_one_of(node, names, COUNT_OF(names));
}

static void add_text(struct buf *out, const struct page_node *node,
		     size_t depth)
{
	const struct page_node *child;

	if (page_node_is_text(node)) {
		buf_add(out, page_node_text(node));
		return;
	}
	if (depth > DEPTH_LIMIT || is_silent(node) || out->len > TEXT_LIMIT)
		return;
	for (child = page_node_first(node); child != NULL;
	     child = page_node_next(child))
		add_text(out, child, depth + 1);
	buf_add_byte(out, ends_line(node) ? '\n' : ' ');
}

static str text_of(struct old_page *page)
{
	struct buf text;

	if (!page->has_text) {
		buf_init(&text, page->arena);
		add_text(&text, page_tree_root(page->tree), 0);
		page->text = buf_str(&text);
		page->has_text = true;
	}
	return page->text;
}

/* --- behind a word -------------------------------------------------------- */

/* Behind the word, blanks in it and a colon; false: it is another word. */
static bool skip_colon(str *rest)
{
	str text = unicode_trim(*rest);
	str colon;

	if (!cut(&colon, text, ":") && !cut(&colon, text, "："))
		return false;
	*rest = unicode_trim(colon);
	return true;
}

static str value_at(str rest, bool is_word)
{
	size_t at = 0;
	size_t count = 0;

	while (at < rest.len && count++ < VALUE_LIMIT) {
		size_t start = at;
		uint32_t code = unicode_next(rest, &at);

		if (code == '\n' || (is_word && unicode_is_blank(code)) ||
		    unicode_is_among(code, "|｜【】<>"))
			return str_between(rest, 0, start);
	}
	return str_between(rest, 0, at);
}

static void find_behind(const struct old_page *page, str word, bool is_word,
			struct list *values)
{
	str rest = text_of((struct old_page *)page);

	while (word.len > 0) {
		size_t at = str_find(rest, word);
		str value;

		if (at == STR_NONE)
			return;
		rest = str_from(rest, at + word.len);
		value = rest;
		if (!skip_colon(&value))
			continue;
		value = unicode_trim(value_at(value, is_word));
		if (value.len == 0)
			continue;
		*(str *)list_add(values, page->arena) = value;
		return;
	}
}

/* --- asking --------------------------------------------------------------- */

static void find_xpath(const struct old_page *page, str expression,
		       struct list *values)
{
	struct page_query *query = query_of(page->queries, expression);
	const struct page_node **nodes;
	struct list found;
	struct buf text;

	list_init(&found, sizeof(const struct page_node *));
	if (query == NULL ||
	    !page_query_find(page->tree, query, &found, values, page->arena))
		return;
	nodes = found.items;
	for (size_t i = 0; i < found.count && values->count < 20; i++) {
		buf_init(&text, page->arena);
		add_text(&text, nodes[i], 0);
		if (unicode_trim(buf_str(&text)).len > 0)
			*(str *)list_add(values, page->arena) = buf_str(&text);
	}
}

void old_page_find(const struct old_page *page, str expression,
		   struct list *values)
{
	const str *value;
	str rest;

	if (cut(&rest, expression, "meta:")) {
		value = map_get(&page->metas,
				old_tree_folded(rest, page->arena));
		if (value != NULL)
			*(str *)list_add(values, page->arena) = *value;
	} else if (cut(&rest, expression, "after:")) {
		find_behind(page, rest, false, values);
	} else if (cut(&rest, expression, "word:")) {
		find_behind(page, rest, true, values);
	} else if (str_find_byte(expression, '/') != STR_NONE) {
		find_xpath(page, expression, values);
	}
}

/* --- the element that holds the text -------------------------------------- */

struct weight {
	size_t text;
	size_t linked;
};

static void weigh(struct weight *weight, const struct page_node *node,
		  bool is_linked, size_t depth)
{
	const struct page_node *child;

	if (page_node_is_text(node)) {
		size_t size = unicode_trim(page_node_text(node)).len;

		weight->text += is_linked ? 0 : size;
		weight->linked += is_linked ? size : 0;
		return;
	}
	if (depth > DEPTH_LIMIT || is_silent(node))
		return;
	is_linked |= page_node_is(node, "a");
	for (child = page_node_first(node); child != NULL;
	     child = page_node_next(child))
		weigh(weight, child, is_linked, depth + 1);
}

const struct page_node *old_page_element(const struct old_page *page, str xpath)
{
	struct page_query *query = query_of(page->queries, xpath);
	const struct page_node **nodes;
	struct list found;

	list_init(&found, sizeof(const struct page_node *));
	if (query == NULL ||
	    !page_query_find(page->tree, query, &found, NULL, page->arena))
		return NULL;
	nodes = found.items;
	for (size_t i = 0; i < found.count && i < 20; i++) {
		struct weight weight = { 0 };

		weigh(&weight, nodes[i], false, 0);
		if (weight.text > 0)
			return nodes[i];
	}
	return NULL;
}

/* The child that has most of what its parent has; or NULL. */
static const struct page_node *heaviest(const struct page_node *node,
					size_t total)
{
	const struct page_node *child;

	for (child = page_node_first(node); child != NULL;
	     child = page_node_next(child)) {
		struct weight weight = { 0 };

		if (page_node_is_text(child))
			continue;
		weigh(&weight, child, false, 0);
		if (weight.text * 10 > total * 7)
			return child;
	}
	return NULL;
}

const struct page_node *old_page_densest(const struct old_page *page)
{
	const struct page_node *node = page_tree_root(page->tree);
	struct weight weight = { 0 };

	for (size_t i = 0; i < DESCENT_LIMIT; i++) {
		const struct page_node *next;

		weight = (struct weight){ 0 };
		weigh(&weight, node, false, 0);
		next = heaviest(node, weight.text);
		if (next == NULL || page_node_is(next, "p"))
			break;
		node = next;
	}
	return weight.text >= DENSE_ENOUGH && weight.linked < weight.text
		       ? node
		       : NULL;
}
