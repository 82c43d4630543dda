/*
 * A Word file (.docx) becomes a draft: headings, lists, tables and pictures.
 * The archive is a stranger's: its names lead nowhere, as only known parts are
 * looked up and pictures get names of ours, and no part is unpacked beyond its
 * limit, whatever size it says it has.
 */
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include <minizip/unzip.h>

#include "base/unicode.h"
#include "import/foreign_record.h"
#include "import/making.h"
#include "import/markdown_out.h"
#include "import/old_tree.h"
#include "import/place_names.h"
#include "markup/page_tree.h"

enum {
	PARTS_LIMIT = 10000,
	PICTURES_LIMIT = 500,
	COLUMNS_LIMIT = 60,
	DEPTH_LIMIT = 200,
	CHUNK = 64 * 1024,
};

static const struct making_usual usual[] = {
	{ "title", "title" },
	{ "date", "modified|created" },
	{ NULL, NULL },
};

struct word_reading {
	struct import_making making;
	struct arena *arena;
	unzFile archive;
	struct page_tree *relations;
	struct markdown_out out;
	str place;
	size_t pictures;
	size_t items;	/* of the list in work */
	str first_text; /* of the first paragraph */
};

/* --- parts ---------------------------------------------------------------- */

/* False: it is not there, broken, or larger than `limit`. */
static bool read_part(str *out, struct word_reading *reading, const char *name,
		      size_t limit)
{
	struct buf bytes;
	char *chunk = arena_raw(reading->arena, CHUNK);
	int count = 0;

	buf_init_limited(&bytes, reading->arena, limit);
	if (unzLocateFile(reading->archive, name, 1) != UNZ_OK ||
	    unzOpenCurrentFile(reading->archive) != UNZ_OK)
		return false;
	while (!bytes.full &&
	       (count = unzReadCurrentFile(reading->archive, chunk, CHUNK)) > 0)
		buf_add(&bytes, (str){ chunk, (size_t)count });
	*out = buf_str(&bytes);
	return unzCloseCurrentFile(reading->archive) == UNZ_OK && count >= 0 &&
	       !bytes.full;
}

static struct page_tree *read_tree(struct word_reading *reading,
				   const char *name)
{
	str text;

	return read_part(&text, reading, name, PAGE_TREE_XML_LIMIT)
		       ? page_tree_open_xml(text)
		       : NULL;
}

/* --- elements ------------------------------------------------------------- */

static const struct page_node *child_of(const struct page_node *node,
					const char *name)
{
	const struct page_node *child =
		node == NULL ? NULL : page_node_first(node);

	while (child != NULL && !page_node_is(child, name))
		child = page_node_next(child);
	return child;
}

static const struct page_node *below(const struct page_node *node,
				     const char *name, size_t depth)
{
	const struct page_node *child;

	for (child = page_node_first(node);
	     child != NULL && depth < DEPTH_LIMIT;
	     child = page_node_next(child)) {
		const struct page_node *found =
			page_node_is(child, name)
				? child
				: below(child, name, depth + 1);

		if (found != NULL)
			return found;
	}
	return NULL;
}

static void add_text(struct buf *out, const struct page_node *node,
		     size_t depth)
{
	const struct page_node *child;

	if (page_node_is(node, "t"))
		for (child = page_node_first(node); child != NULL;
		     child = page_node_next(child))
			buf_add(out, page_node_text(child));
	else if (page_node_is(node, "tab") || page_node_is(node, "br"))
		buf_add_byte(out, ' ');
	for (child = page_node_first(node);
	     child != NULL && depth < DEPTH_LIMIT;
	     child = page_node_next(child))
		if (!page_node_is_text(child))
			add_text(out, child, depth + 1);
}

/* --- pictures ------------------------------------------------------------- */

static str target_of(const struct word_reading *reading, str id)
{
	const struct page_node *node =
		reading->relations == NULL
			? NULL
			: page_node_first(page_tree_root(reading->relations));

	for (; node != NULL && id.len > 0; node = page_node_next(node))
		if (str_equal(page_node_attribute(node, "Id"), id))
			return page_node_attribute(node, "Target");
	return STR("");
}

static void take_picture(struct word_reading *reading,
			 const struct page_node *drawing)
{
	struct import *import = reading->making.import;
	const struct page_node *blip = below(drawing, "blip", 0);
	str target = blip == NULL
			     ? STR("")
			     : target_of(reading,
					 page_node_attribute(blip, "embed"));
	str name = arena_printf(reading->arena, "word/%.*s", STR_ARG(target));
	str from = arena_printf(reading->arena, "%.*s#%.*s",
				STR_ARG(reading->making.from), STR_ARG(target));
	str place, bytes;

	if (target.len == 0 || reading->pictures++ >= PICTURES_LIMIT ||
	    !read_part(&bytes, reading, arena_c_string(reading->arena, name),
		       OLD_FILE_LIMIT)) {
		making_say(&reading->making, IMPORT_NOTE, "%s",
			   _("a picture was left out"));
		return;
	}
	place = shelf_place(
		&import->shelf, from,
		arena_printf(reading->arena, "_files/%.*s/%.*s/%.*s",
			     STR_ARG(import->in),
			     STR_ARG(str_file_name(str_between(
				     reading->place, 0,
				     reading->place.len - strlen(".md")))),
			     STR_ARG(place_of_file(str_file_name(target),
						   reading->arena))),
		STR(""));
	if (!import_put_file(import, from, place, bytes)) {
		making_say(&reading->making, IMPORT_NOTE, "%s",
			   _("a picture was left out"));
		return;
	}
	markdown_out_settle(&reading->out);
	markdown_out_raw(
		&reading->out,
		arena_printf(reading->arena, "![图](<%.*s%.*s>)",
			     (int)strlen("../"), "../",
			     STR_ARG(str_from(place, import->folder.len + 1))));
}

/* --- paragraphs ----------------------------------------------------------- */

static void walk_runs(struct word_reading *reading,
		      const struct page_node *node, size_t depth)
{
	const struct page_node *child;

	for (child = page_node_first(node);
	     child != NULL && depth < DEPTH_LIMIT;
	     child = page_node_next(child)) {
		struct buf text;

		if (page_node_is(child, "drawing")) {
			take_picture(reading, child);
		} else if (page_node_is(child, "r")) {
			bool is_strong =
				child_of(child_of(child, "rPr"), "b") != NULL;

			reading->out.wanted =
				is_strong && reading->out.heading == 0
					? MARKDOWN_OUT_STRONG
					: 0;
			walk_runs(reading, child, depth + 1);
		} else if (page_node_is(child, "t") ||
			   page_node_is(child, "tab")) {
			buf_init(&text, reading->arena);
			add_text(&text, child, 0);
			markdown_out_text(&reading->out, buf_str(&text));
		} else if (page_node_is(child, "br")) {
			markdown_out_break(&reading->out);
		} else if (!page_node_is_text(child) &&
			   !page_node_is(child, "del")) {
			walk_runs(reading, child, depth + 1);
		}
	}
}

/* 1 to 6; 0: no heading. The styles of Word and WPS: "Heading1", "1", "标题 2"
 */
static int heading_of(const struct page_node *properties)
{
	str style =
		page_node_attribute(child_of(properties, "pStyle") == NULL
					    ? properties
					    : child_of(properties, "pStyle"),
				    "val");
	char last = str_at(style, style.len - 1);

	if (last < '1' || last > '6' ||
	    !(style.len == 1 || str_starts_with(style, STR("Heading")) ||
	      str_starts_with(style, STR("heading")) ||
	      str_starts_with(style, STR("标题"))))
		return 0;
	return last - '0' + 1;
}

static void walk_paragraph(struct word_reading *reading,
			   const struct page_node *node)
{
	const struct page_node *properties = child_of(node, "pPr");
	bool is_item = child_of(properties, "numPr") != NULL;
	struct buf text;
	size_t mark;

	buf_init(&text, reading->arena);
	add_text(&text, node, 0);
	if (reading->first_text.len == 0)
		reading->first_text = unicode_trim(buf_str(&text));
	reading->out.heading = properties == NULL ? 0 : heading_of(properties);
	if (is_item && reading->out.heading == 0 &&
	    !str_is_blank(buf_str(&text)) &&
	    markdown_out_enter(&reading->out, STR("- "), STR("  "),
			       reading->items++ > 0, &mark)) {
		walk_runs(reading, node, 0);
		markdown_out_leave(&reading->out, mark);
	} else {
		reading->items = 0;
		walk_runs(reading, node, 0);
		markdown_out_end(&reading->out);
	}
	reading->out.heading = 0;
}

static size_t write_row(struct buf *lines, struct word_reading *reading,
			const struct page_node *row)
{
	const struct page_node *cell;
	size_t count = 0;

	buf_add_byte(lines, '|');
	for (cell = page_node_first(row); cell != NULL && count < COLUMNS_LIMIT;
	     cell = page_node_next(cell)) {
		struct buf text;

		if (!page_node_is(cell, "tc"))
			continue;
		buf_init(&text, reading->arena);
		add_text(&text, cell, 0);
		buf_add_byte(lines, ' ');
		markdown_out_escape(lines, unicode_trim(buf_str(&text)));
		buf_add_c(lines, " |");
		count++;
	}
	buf_add_byte(lines, '\n');
	return count;
}

static void walk_table(struct word_reading *reading,
		       const struct page_node *table)
{
	const struct page_node *row;
	struct buf lines;
	size_t rows = 0;

	buf_init(&lines, reading->arena);
	for (row = page_node_first(table); row != NULL;
	     row = page_node_next(row)) {
		size_t count;

		if (!page_node_is(row, "tr"))
			continue;
		count = write_row(&lines, reading, row);
		if (rows++ > 0)
			continue;
		buf_add_byte(&lines, '|');
		for (size_t i = 0; i < count; i++)
			buf_add_c(&lines, " --- |");
		buf_add_byte(&lines, '\n');
	}
	reading->items = 0;
	if (rows > 0)
		markdown_out_block(&reading->out, str_trim(buf_str(&lines)));
}

static void walk_body(struct word_reading *reading,
		      const struct page_node *body)
{
	const struct page_node *node;

	for (node = body == NULL ? NULL : page_node_first(body); node != NULL;
	     node = page_node_next(node)) {
		if (page_node_is(node, "p"))
			walk_paragraph(reading, node);
		else if (page_node_is(node, "tbl"))
			walk_table(reading, node);
	}
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
	walk_body(reading, child_of(page_tree_root(tree), "body"));
	markdown_out_end(&reading->out);
	set_if_missing(making, "title", reading->first_text);
	making->resource.body = buf_str(&body);
	if (making_check(making))
		making_put(making, reading->place);
}

static bool is_whole(struct word_reading *reading)
{
	unz_global_info about;

	return unzGetGlobalInfo(reading->archive, &about) == UNZ_OK &&
	       about.number_entry <= PARTS_LIMIT;
}

bool import_word(struct import *import)
{
	struct word_reading reading = { .arena = import->arena };
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
	reading.archive = unzOpen(import->from);
	if (reading.archive != NULL && is_whole(&reading))
		tree = read_tree(&reading, "word/document.xml");
	if (tree != NULL) {
		read_record(&record, &reading);
		reading.relations =
			read_tree(&reading, "word/_rels/document.xml.rels");
		make(&reading, tree);
		making_tell(&reading.making);
	} else {
		diag_failure(import->diags, "import",
			     _("%s is no Word file (.docx) that can be read"),
			     import->from);
	}
	page_tree_close(reading.relations);
	page_tree_close(tree);
	if (reading.archive != NULL)
		unzClose(reading.archive);
	return !import->diags->failed;
}
