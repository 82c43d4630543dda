/*
 * The tree is listed once, with names as the system has them, for opening, and
 * as UTF-8, for messages and addresses. Every folder is opened below the one
 * before and links are not followed, so a mirror cannot show other files.
 */
#include "import/old_tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/unicode.h"
#include "import/charset.h"
#include "system/reason.h"

struct walk {
	struct arena *arena;
	struct list files; /* struct old_file */
	size_t left_out;
	size_t depth;
	int error; /* of the first folder that could not be read */
};

static bool is_hidden(const char *name)
{
	return name[0] == '.';
}

static str join(struct arena *arena, str folder, const char *name)
{
	str parts[] = { folder, folder.len > 0 ? STR("/") : STR(""),
			str_from_c(name) };

	return arena_join(arena, parts, COUNT_OF(parts));
}

static void add_file(struct walk *walk, str raw, const struct stat *status)
{
	struct old_file *file;

	if (raw.len > OLD_PATH_LIMIT || walk->files.count >= OLD_TREE_LIMIT) {
		walk->left_out++;
		return;
	}
	file = list_add(&walk->files, walk->arena);
	file->raw = raw;
	file->path = unicode_invalid_at(raw) == STR_NONE
			     ? unicode_nfc(raw, walk->arena)
			     : charset_guess_name(raw, walk->arena);
	file->size = (uint64_t)status->st_size;
}

static void walk_folder(struct walk *walk, int descriptor, str path);

static void visit(struct walk *walk, int descriptor, str path, const char *name)
{
	struct stat status;
	str below = join(walk->arena, path, name);
	int folder = -1;

	if (fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
		if (S_ISREG(status.st_mode)) {
			add_file(walk, below, &status);
			return;
		}
		if (S_ISDIR(status.st_mode) && walk->depth < OLD_TREE_DEPTH)
			folder = openat(descriptor, name,
					O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
						O_CLOEXEC);
	}
	if (folder < 0) {
		walk->left_out++;
		return;
	}
	walk->depth++;
	walk_folder(walk, folder, below);
	walk->depth--;
}

static void walk_folder(struct walk *walk, int descriptor, str path)
{
	DIR *directory = fdopendir(descriptor);
	struct dirent *entry;

	if (directory == NULL) {
		if (walk->error == 0)
			walk->error = errno;
		close(descriptor);
		return;
	}
	while ((entry = readdir(directory)) != NULL)
		if (!is_hidden(entry->d_name))
			visit(walk, dirfd(directory), path, entry->d_name);
	closedir(directory);
}

static int by_path(const void *a, const void *b)
{
	const struct old_file *one = a, *other = b;
	int order = str_compare(one->path, other->path);

	return order != 0 ? order : str_compare(one->raw, other->raw);
}

str old_tree_folded(str text, struct arena *arena)
{
	char *bytes = arena_raw(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++)
		bytes[i] = byte_lower(text.data[i]);
	bytes[text.len] = '\0';
	return (str){ bytes, text.len };
}

bool old_tree_open(struct old_tree *out, const char *folder,
		   struct arena *arena, struct diag_list *diags)
{
	struct walk walk = { .arena = arena };
	struct old_file *files;
	int copy;

	*out = (struct old_tree){ .root = -1 };
	list_init(&walk.files, sizeof(struct old_file));
	out->root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	copy = out->root < 0 ? -1 : fcntl(out->root, F_DUPFD_CLOEXEC, 3);
	if (copy < 0)
		walk.error = errno;
	else
		walk_folder(&walk, copy, (str){ "", 0 });
	if (walk.error != 0) {
		diag_failure(diags, "import", _("cannot read %s: %s"), folder,
			     reason_text(walk.error));
		old_tree_close(out);
		return false;
	}
	files = walk.files.items;
	out->count = walk.files.count;
	out->left_out = walk.left_out;
	if (out->count > 0)
		qsort(files, out->count, sizeof(*files), by_path);
	out->files = files;
	map_init(&out->by_name, arena);
	map_reserve(&out->by_name, out->count);
	for (size_t i = 0; i < out->count; i++)
		(void)map_add(&out->by_name,
			      old_tree_folded(files[i].path, arena), &files[i]);
	folder_init(&out->way, out->root);
	return true;
}

void old_tree_close(struct old_tree *tree)
{
	if (tree->root < 0)
		return;
	if (tree->way.root == tree->root)
		folder_release(&tree->way);
	close(tree->root);
	tree->root = -1;
}

const struct old_file *old_tree_find(const struct old_tree *tree, str path,
				     struct arena *scratch)
{
	return map_get(&tree->by_name, old_tree_folded(path, scratch));
}

bool old_tree_read(str *out, struct old_tree *tree, const struct old_file *file,
		   size_t limit, struct arena *arena)
{
	char name[256];

	if (!folder_of(&tree->way, file->raw, false, name))
		return false;
	return folder_read_open(
		out,
		openat(tree->way.descriptor, name,
		       O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC),
		limit, arena);
}
