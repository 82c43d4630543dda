/*
 * The files of an old site: a mirror, the tree of another generator, a folder
 * with an export. Read only; what lies there was written by strangers.
 *
 * Always true: files are sorted by path; symbolic links, hidden names and what
 * is no file are not among them; nothing above the folder is ever opened.
 * Limits: 1,000,000 files, 40 folders inside each other, 1,024 bytes a path.
 */
#ifndef JIYUE_IMPORT_OLD_TREE_H
#define JIYUE_IMPORT_OLD_TREE_H

#include "base/diag.h"
#include "base/map.h"
#include "system/folder.h"

enum {
	OLD_TREE_LIMIT = 1000 * 1000,
	OLD_TREE_DEPTH = 40,
	OLD_PATH_LIMIT = 1024,
	OLD_TEXT_LIMIT = 8 * 1024 * 1024,  /* bytes of a page */
	OLD_FILE_LIMIT = 64 * 1024 * 1024, /* of anything else */
};

struct old_file {
	str path; /* below the folder, UTF-8 */
	str raw;  /* the same as the system has it */
	uint64_t size;
};

struct old_tree {
	int root;
	const struct old_file *files;
	size_t count;
	size_t left_out;    /* links, pipes, names that cannot be read */
	struct map by_name; /* small letters to struct old_file */
	struct folder way;  /* of old_tree_read: for one thread */
};

/* False with a failure when the folder cannot be read. */
MUST_USE bool old_tree_open(struct old_tree *out, const char *folder,
			    struct arena *arena, struct diag_list *diags);
void old_tree_close(struct old_tree *tree);

/* Small letters and large ones are the same, as many old servers had it. */
const struct old_file *old_tree_find(const struct old_tree *tree, str path,
				     struct arena *scratch);

/* False when it is larger than `limit` or cannot be read: see errno. */
MUST_USE bool old_tree_read(str *out, struct old_tree *tree,
			    const struct old_file *file, size_t limit,
			    struct arena *arena);

/* ASCII letters as small ones, in the arena. */
str old_tree_folded(str text, struct arena *arena);

#endif
