/*
 * A Word file (.docx) becomes a draft: the archive is read here, its text in
 * import/word_body.c, the numbers that it does not write in word_numbering.c.
 * The archive is a stranger's: its names lead nowhere, as only known parts are
 * looked up and pictures get names of ours, and no part is unpacked beyond its
 * limit, whatever size it says it has.
 */
#include "import/word_reading.h"

#include <string.h>

#include "base/unicode.h"
#include "import/foreign_record.h"

static const struct making_usual usual[] = {
	{ "title", "title" },
	{ "date", "modified|created" },
	{ NULL, NULL },
};

/* --- parts ---------------------------------------------------------------- */

bool word_read_part(str *out, struct word_reading *reading, const char *name,
		    size_t limit)
{
	return zip_reader_read(out, reading->archive, name, limit,
			       reading->arena);
}

static struct page_tree *read_tree(struct word_reading *reading,
				   const char *name)
{
	str text;

	return word_read_part(&text, reading, name, PAGE_TREE_XML_LIMIT)
		       ? page_tree_open_xml(text)
		       : NULL;
}

/* --- the file ------------------------------------------------------------- */

static void find(void *context, str expression, struct list *values)
{
	const struct foreign_record *record = context;
	const struct foreign_pair *pair =
		foreign_record_find(record, expression);

	if (pair != NULL && pair->values.count > 0)
		*(str *)list_add(values, record->arena) =
			*(str *)pair->values.items;
}

/* docProps/core.xml: title, creator, created, modified. */
static void read_record(struct foreign_record *record,
			struct word_reading *reading)
{
	struct page_tree *tree = read_tree(reading, "docProps/core.xml");
	const struct page_node *node;

	if (tree == NULL)
		return;
	for (node = page_node_first(page_tree_root(tree)); node != NULL;
	     node = page_node_next(node)) {
		const struct page_node *text = page_node_first(node);

		if (text != NULL && page_node_is_text(text))
			foreign_record_add(record, page_node_name(node),
					   page_node_text(text));
	}
	page_tree_close(tree);
}

static void set_if_missing(struct import_making *making, const char *key,
			   str value)
{
	if (!new_resource_has(&making->resource, key))
		(void)new_resource_set(&making->resource, str_from_c(key),
				       &value, 1);
}

static void make(struct word_reading *reading, struct page_tree *tree)
{
	struct import_making *making = &reading->making;
	struct buf body, day;

	making_begin(making, STR(""));
	set_if_missing(making, "status", STR("draft"));
	making_fill(making);
	buf_init(&day, reading->arena);
	moment_format(&day, making->import->archived, STR("%Y-%m-%d"));
	set_if_missing(making, "date", buf_str(&day));
	reading->place = making_place(making, making->from);
	buf_init(&body, reading->arena);
	markdown_out_init(&reading->out, &body, reading->arena);
	word_walk_body(reading, word_child(page_tree_root(tree), "body"));
	set_if_missing(making, "title", reading->first_text);
	making->resource.body = buf_str(&body);
	if (making_check(making))
		making_put(making, reading->place);
}

/* By their attribute, from all children of the root. */
static void index_nodes(struct map *out, const struct page_tree *tree,
			const char *name, struct arena *arena)
{
	const struct page_node *node =
		tree == NULL || page_tree_root(tree) == NULL
			? NULL
			: page_node_first(page_tree_root(tree));

	map_init(out, arena);
	for (; node != NULL; node = page_node_next(node))
		if (!page_node_is_text(node))
			(void)map_add(out, page_node_attribute(node, name),
				      (void *)(uintptr_t)node);
}

/* The parts beside the text; a file has those that it needs. */
struct word_parts {
	struct page_tree *relations;
	struct page_tree *numbering;
	struct page_tree *styles;
	struct page_tree *notes;
};

static void open_parts(struct word_parts *parts, struct word_reading *reading)
{
	struct arena *arena = reading->arena;

	parts->relations = read_tree(reading, "word/_rels/document.xml.rels");
	parts->numbering = read_tree(reading, "word/numbering.xml");
	parts->styles = read_tree(reading, "word/styles.xml");
	parts->notes = read_tree(reading, "word/footnotes.xml");
	index_nodes(&reading->relations, parts->relations, "Id", arena);
	index_nodes(&reading->notes, parts->notes, "id", arena);
	list_init(&reading->used, sizeof(const struct page_node *));
	map_init(&reading->told, arena);
	word_numbering_open(&reading->numbering, parts->numbering,
			    parts->styles, arena);
}

static void close_parts(const struct word_parts *parts)
{
	page_tree_close(parts->relations);
	page_tree_close(parts->numbering);
	page_tree_close(parts->styles);
	page_tree_close(parts->notes);
}

bool import_word(struct import *import)
{
	struct word_reading reading = { .arena = import->arena };
	struct word_parts parts = { 0 };
	struct page_tree *tree = NULL;
	struct foreign_record record;

	foreign_record_init(&record, import->arena);
	reading.making = (struct import_making){
		.import = import,
		.arena = import->arena,
		.from = str_file_name(str_from_c(import->from)),
		.find = find,
		.context = &record,
		.usual = usual,
	};
	reading.archive = zip_reader_open_file(import->from, import->arena);
	if (reading.archive != NULL)
		tree = read_tree(&reading, "word/document.xml");
	if (tree != NULL) {
		read_record(&record, &reading);
		open_parts(&parts, &reading);
		make(&reading, tree);
		making_tell(&reading.making);
	} else {
		diag_failure(import->diags, "import",
			     _("%s is no Word file (.docx) that can be read"),
			     import->from);
	}
	close_parts(&parts);
	page_tree_close(tree);
	zip_reader_close(reading.archive);
	return !import->diags->failed;
}
