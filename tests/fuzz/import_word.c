/*
 * The parts of a Word file: document.xml, numbering.xml, styles.xml and
 * footnotes.xml, unpacked. No picture is there, whatever they say.
 */
#include "import/word_reading.h"
#include "markup/markdown_guard.h"

#include "tests/fuzz/support/input.h"

enum { DOCUMENT, NUMBERING, STYLES, NOTES };

static void index_notes(struct word_reading *reading,
			const struct page_tree *tree)
{
	const struct page_node *node =
		tree == NULL || page_tree_root(tree) == NULL
			? NULL
			: page_node_first(page_tree_root(tree));

	for (; node != NULL; node = page_node_next(node))
		if (!page_node_is_text(node))
			(void)map_add(&reading->notes,
				      page_node_attribute(node, "id"),
				      (void *)(uintptr_t)node);
}

static str walk(struct page_tree *const *trees, struct arena *arena)
{
	struct word_reading reading = { .arena = arena };
	struct buf body;

	reading.making = (struct import_making){ .arena = arena };
	map_init(&reading.relations, arena);
	map_init(&reading.notes, arena);
	map_init(&reading.told, arena);
	list_init(&reading.used, sizeof(const struct page_node *));
	index_notes(&reading, trees[NOTES]);
	word_numbering_open(&reading.numbering, trees[NUMBERING], trees[STYLES],
			    arena);
	buf_init(&body, arena);
	markdown_out_init(&reading.out, &body, arena);
	word_walk_body(&reading,
		       word_child(page_tree_root(trees[DOCUMENT]), "body"));
	return buf_str(&body);
}

static void look(struct page_tree *const *trees, struct arena *arena)
{
	str once = walk(trees, arena);
	struct source source = { .number = SOURCE_NONE, .text = once };
	struct diag_list diags;

	diag_list_init(&diags, arena);
	fuzz_require(str_equal(once, walk(trees, arena)),
		     "the same file gives the same text");
	(void)!markdown_guard(&source, 0, MARKDOWN_MEMORY_LIMIT, &diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = fuzz_split(data, size);
	struct page_tree *trees[FUZZ_PARTS];
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < FUZZ_PARTS; i++)
		trees[i] = page_tree_open_xml(input.parts[i]);
	if (trees[DOCUMENT] != NULL)
		look(trees, &arena);
	for (size_t i = 0; i < FUZZ_PARTS; i++)
		page_tree_close(trees[i]);
	arena_release(&arena);
	return 0;
}
