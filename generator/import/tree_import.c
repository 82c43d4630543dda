#include "import/tree_import.h"

bool tree_import_open(struct tree_import *out,
		      const struct tree_import_kind *kind,
		      struct import *import)
{
	*out = (struct tree_import){ .kind = kind, .import = import };
	if (!old_tree_open(&out->tree, import->from, import->arena,
			   import->diags))
		return false;
	link_book_init(&out->book, import, &out->tree);
	out->book.is_page = kind->is_page;
	out->book.endings = kind->endings;
	out->book.roots = kind->roots;
	out->waits =
		arena_array(import->arena, out->tree.count + 1, sizeof(bool));
	arena_init(&out->scratch);
	charset_open(&out->charsets);
	return true;
}

bool tree_import_close(struct tree_import *tree)
{
	charset_close(&tree->charsets);
	arena_release(&tree->scratch);
	old_tree_close(&tree->tree);
	return !tree->import->diags->failed;
}

bool tree_import_read(struct decoded *out, struct tree_import *tree,
		      struct import_making *making, size_t file, bool is_page)
{
	str bytes;

	if (!old_tree_read(&bytes, &tree->tree, &tree->tree.files[file],
			   OLD_TEXT_LIMIT, making->arena)) {
		making_say(making, IMPORT_LEFT_OUT, "%s",
			   _("it cannot be read, or is larger than 8 MiB"));
		return false;
	}
	if (charset_decode(out, &tree->charsets, bytes, is_page, making->arena))
		return true;
	making_say(making, IMPORT_LEFT_OUT, "%s",
		   _("its encoding cannot be told"));
	return false;
}

static void take(struct tree_import *tree, size_t file, bool is_second)
{
	const struct tree_import_kind *kind = tree->kind;
	struct import_making making = { .import = tree->import,
					.arena = &tree->scratch,
					.from = tree->tree.files[file].path,
					.find = kind->find,
					.usual = kind->usual };

	if (!is_second)
		link_book_note(&tree->book, file, TAKING_LEFT_OUT, STR(""));
	tree->waits[file] =
		!kind->make(kind->context, tree, &making, file, is_second);
	if (!tree->waits[file])
		making_tell(&making);
	arena_reset(&tree->scratch);
}

static void take_all(struct tree_import *tree, bool is_second)
{
	for (size_t i = 0; i < tree->tree.count; i++)
		if (tree->kind->is_page(tree->tree.files[i].path) &&
		    (!is_second || tree->waits[i]) &&
		    !tree->import->diags->failed)
			take(tree, i, is_second);
}

void tree_import_take(struct tree_import *tree)
{
	take_all(tree, false);
	take_all(tree, true);
}
