/*
 * Two shapes of input are turned away before libxml2 sees them: a tag with
 * more attributes than anybody writes, all of which it compares, and a second
 * <html> or <body>, whose attributes it adds to those of the first one by one.
 */
#include "markup/page_tree.h"

#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>

#include "base/buf.h"
#include "markup/html_guard.h"

struct page_tree {
	xmlDocPtr document;
	xmlXPathContextPtr asking; /* made when something is asked */
	struct arena arena;
};

struct page_query {
	xmlXPathCompExprPtr compiled;
};

static const xmlNode *node_of(const struct page_node *node)
{
	return (const xmlNode *)(const void *)node;
}

static const struct page_node *ours(const xmlNode *node)
{
	return (const struct page_node *)(const void *)node;
}

/* --- opening -------------------------------------------------------------- */

static struct page_tree *keep(xmlDocPtr document)
{
	struct page_tree *tree;
	struct arena arena;

	if (document == NULL)
		return NULL;
	arena_init(&arena);
	tree = arena_alloc(&arena, sizeof(*tree));
	tree->document = document;
	tree->arena = arena;
	return tree;
}

/* Tags of a second one get another letter. */
static str with_one_root(str text, struct arena *arena)
{
	char *copy = NULL;
	size_t seen[2] = { 0, 0 };
	size_t at = 0;

	while (at + 5 <= text.len) {
		const char *found =
			memchr(text.data + at, '<', text.len - at - 4);
		str tag;
		bool is_html, is_body;

		if (found == NULL)
			break;
		at = (size_t)(found - text.data);
		tag = str_between(text, at, at + 5);
		is_html = str_equal_ignoring_case(tag, STR("<html"));
		is_body = str_equal_ignoring_case(tag, STR("<body"));
		if ((is_html || is_body) && seen[is_body]++ > 0) {
			if (copy == NULL)
				copy = arena_c_string(arena, text);
			copy[at + 1] = 'x';
		}
		at++;
	}
	return copy == NULL ? text : (str){ copy, text.len };
}

struct page_tree *page_tree_open_html(str text)
{
	htmlParserCtxtPtr parser;
	struct page_tree *tree = NULL;
	struct arena scratch;
	xmlDocPtr document;

	if (text.len > PAGE_TREE_HTML_LIMIT || !html_guard_attributes(text))
		return NULL;
	parser = htmlNewParserCtxt();
	if (parser == NULL)
		arena_out_of_memory(sizeof(*parser));
	arena_init(&scratch);
	text = with_one_root(text, &scratch);
	document = htmlCtxtReadMemory(
		parser, text.data, (int)text.len, NULL, "UTF-8",
		HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
			HTML_PARSE_NONET | HTML_PARSE_COMPACT |
			HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD);
	tree = keep(document);
	arena_release(&scratch);
	htmlFreeParserCtxt(parser);
	return tree;
}

struct page_tree *page_tree_open_xml(str text)
{
	if (text.len > PAGE_TREE_XML_LIMIT ||
	    str_find(text, STR("<!DOCTYPE")) != STR_NONE ||
	    str_find(text, STR("<!ENTITY")) != STR_NONE ||
	    !html_guard_attributes(text))
		return NULL;
	return keep(xmlReadMemory(text.data, (int)text.len, NULL, NULL,
				  XML_PARSE_NONET | XML_PARSE_NOERROR |
					  XML_PARSE_NOWARNING |
					  XML_PARSE_COMPACT));
}

void page_tree_close(struct page_tree *tree)
{
	struct arena arena;

	if (tree == NULL)
		return;
	if (tree->asking != NULL)
		xmlXPathFreeContext(tree->asking);
	xmlFreeDoc(tree->document);
	arena = tree->arena;
	arena_release(&arena);
}

/* --- walking -------------------------------------------------------------- */

const struct page_node *page_tree_root(const struct page_tree *tree)
{
	return ours(xmlDocGetRootElement(tree->document));
}

static bool is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	       node->type == XML_CDATA_SECTION_NODE;
}

static const xmlNode *seen(const xmlNode *node)
{
	while (node != NULL && node->type != XML_ELEMENT_NODE && !is_text(node))
		node = node->next;
	return node;
}

str page_node_name(const struct page_node *node)
{
	const xmlNode *it = node_of(node);

	return it->type == XML_ELEMENT_NODE ? str_from_c((const char *)it->name)
					    : STR("");
}

bool page_node_is(const struct page_node *node, const char *name)
{
	const xmlNode *it = node_of(node);

	return it->type == XML_ELEMENT_NODE &&
	       strcmp((const char *)it->name, name) == 0;
}

bool page_node_is_one_of(const struct page_node *node, const char *const *names,
			 size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (page_node_is(node, names[i]))
			return true;
	return false;
}

bool page_node_is_text(const struct page_node *node)
{
	return is_text(node_of(node));
}

str page_node_text(const struct page_node *node)
{
	return is_text(node_of(node))
		       ? str_from_c((const char *)node_of(node)->content)
		       : STR("");
}

const struct page_node *page_node_first(const struct page_node *node)
{
	return is_text(node_of(node)) ? NULL
				      : ours(seen(node_of(node)->children));
}

const struct page_node *page_node_next(const struct page_node *node)
{
	return ours(seen(node_of(node)->next));
}

str page_node_attribute(const struct page_node *node, const char *name)
{
	const xmlNode *it = node_of(node);
	const xmlAttr *attribute;

	if (it->type != XML_ELEMENT_NODE)
		return STR("");
	for (attribute = it->properties; attribute != NULL;
	     attribute = attribute->next)
		if (strcmp((const char *)attribute->name, name) == 0 &&
		    attribute->children != NULL)
			return str_from_c(
				(const char *)attribute->children->content);
	return STR("");
}

/* --- asking --------------------------------------------------------------- */

static void ignore(void *context, xmlErrorPtr error)
{
	(void)context;
	(void)error;
}

struct page_query *page_query_open(str xpath)
{
	struct arena arena;
	struct page_query *query = NULL;
	xmlXPathCompExprPtr compiled;
	xmlXPathContextPtr asking;

	arena_init(&arena);
	asking = xmlXPathNewContext(NULL);
	if (asking == NULL)
		arena_out_of_memory(sizeof(*asking));
	asking->error = ignore; /* the caller tells */
	compiled = xmlXPathCtxtCompile(
		asking, (const xmlChar *)arena_c_string(&arena, xpath));
	xmlXPathFreeContext(asking);
	arena_release(&arena);
	if (compiled == NULL)
		return NULL;
	query = xmlMalloc(sizeof(*query));
	if (query == NULL)
		arena_out_of_memory(sizeof(*query));
	query->compiled = compiled;
	return query;
}

void page_query_close(struct page_query *query)
{
	if (query == NULL)
		return;
	xmlXPathFreeCompExpr(query->compiled);
	xmlFree(query);
}

static void add_text(struct list *texts, const xmlChar *text,
		     struct arena *arena)
{
	if (text != NULL)
		*(str *)list_add(texts, arena) =
			arena_copy(arena, str_from_c((const char *)text));
}

static void add_node(struct list *nodes, struct list *texts,
		     const xmlNode *node, struct arena *arena)
{
	if (node->type == XML_ELEMENT_NODE && nodes != NULL)
		*(const struct page_node **)list_add(nodes, arena) = ours(node);
	else if (node->type == XML_ATTRIBUTE_NODE && texts != NULL &&
		 node->children != NULL)
		add_text(texts, node->children->content, arena);
	else if (is_text(node) && texts != NULL)
		add_text(texts, node->content, arena);
}

static xmlXPathContextPtr asking_of(struct page_tree *tree)
{
	if (tree->asking == NULL) {
		tree->asking = xmlXPathNewContext(tree->document);
		if (tree->asking == NULL)
			arena_out_of_memory(sizeof(*tree->asking));
		tree->asking->opLimit = PAGE_TREE_STEPS;
	}
	tree->asking->opCount = 0;
	return tree->asking;
}

bool page_query_find(struct page_tree *tree, const struct page_query *query,
		     struct list *nodes, struct list *texts,
		     struct arena *arena)
{
	xmlXPathContextPtr asking = asking_of(tree);
	xmlXPathObjectPtr found;

	asking->error = ignore;
	found = xmlXPathCompiledEval(query->compiled, asking);
	if (found == NULL)
		return false;
	if (found->type == XPATH_NODESET && found->nodesetval != NULL)
		for (int i = 0; i < found->nodesetval->nodeNr; i++)
			add_node(nodes, texts, found->nodesetval->nodeTab[i],
				 arena);
	else if (found->type == XPATH_STRING && texts != NULL)
		add_text(texts, found->stringval, arena);
	xmlXPathFreeObject(found);
	return true;
}
