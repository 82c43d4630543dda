/*
 * Every change is done at once, each file by itself, and noted with what was
 * there before: so that all can be put back from the last to the first. Git is
 * asked to rename what it knows, as a commit of the index would otherwise have
 * one name alone.
 */
#include "command/work_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/child.h"
#include "system/reason.h"
#include "system/replace.h"

enum { GIT_SECONDS = 60, INDEX_LIMIT = 1024 * 1024 * 1024 };

/* A file with other bytes, or one that has another name. */
struct work_tree_change {
	str path;
	str to; /* renamed; empty: rewritten */
	str before;
	str after;
};

bool work_tree_open(struct work_tree *out, const char *library,
		    struct arena *arena, struct diag_list *diags)
{
	*out = (struct work_tree){ .library = library,
				   .arena = arena,
				   .diags = diags };
	out->root = open(library, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	list_init(&out->changes, sizeof(struct work_tree_change));
	if (out->root < 0) {
		diag_failure(diags, "work-tree",
			     _("cannot read the library: %s"),
			     reason_text(errno));
		return false;
	}
	folder_init(&out->folder, out->root);
	return true;
}

void work_tree_close(struct work_tree *tree)
{
	folder_release(&tree->folder);
	close(tree->root);
}

str work_tree_path(const char *text)
{
	str path = str_from_c(text);

	while (str_starts_with(path, STR("./")))
		path = str_from(path, 2);
	while (path.len > 0 && path.data[path.len - 1] == '/')
		path.len--;
	return path;
}

static bool report(struct work_tree *tree, str path)
{
	if (errno == EBUSY)
		diag_failure(tree->diags, "work-tree",
			     _("%.*s was written by somebody else just now; it "
			       "stays as it is"),
			     STR_ARG(path));
	else
		diag_failure(tree->diags, "work-tree",
			     _("cannot change %.*s: %s"), STR_ARG(path),
			     reason_text(errno));
	return false;
}

bool work_tree_read(str *out, struct work_tree *tree, str path,
		    struct arena *arena)
{
	return replace_read(out, &tree->folder, path, arena) ||
	       report(tree, path);
}

static void note(struct work_tree *tree, struct work_tree_change change)
{
	*(struct work_tree_change *)list_add(&tree->changes, tree->arena) =
		(struct work_tree_change){
			arena_copy(tree->arena, change.path),
			arena_copy(tree->arena, change.to),
			arena_copy(tree->arena, change.before),
			arena_copy(tree->arena, change.after),
		};
}

bool work_tree_write(struct work_tree *tree, str path, str before, str after)
{
	if (!replace_file(&tree->folder, path, before, after))
		return report(tree, path);
	note(tree, (struct work_tree_change){
			   .path = path, .before = before, .after = after });
	return true;
}

/* --- renaming ------------------------------------------------------------- */

static bool git_job(void *context)
{
	char *const *arguments = context;

	execvp("git", arguments);
	return false;
}

/*
 * So that a commit of the index has both names. It does nothing where Git does
 * not know the file, or is not there.
 */
static bool rename_in_git(const struct work_tree *tree, str from, str to)
{
	char *arguments[] = { (char *)"git",
			      (char *)"-c",
			      (char *)"core.fsmonitor=false",
			      (char *)"-C",
			      (char *)tree->library,
			      (char *)"mv",
			      (char *)"--",
			      arena_c_string(tree->arena, from),
			      arena_c_string(tree->arena, to),
			      NULL };
	const struct child_options options = {
		.job = git_job,
		.context = arguments,
		.file_size = INDEX_LIMIT,
		.milliseconds = GIT_SECONDS * INT64_C(1000),
	};

	return child_run(&options);
}

/* No file that is there is replaced. */
static bool rename_below(struct work_tree *tree, str from, str to)
{
	char old_name[256], new_name[256];
	struct folder target;
	struct stat info;
	bool ok;
	int reason;

	folder_init(&target, tree->root);
	ok = folder_of(&tree->folder, from, false, old_name) &&
	     folder_of(&target, to, true, new_name);
	if (ok && fstatat(target.descriptor, new_name, &info,
			  AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		ok = false;
	}
	ok = ok &&
	     (rename_in_git(tree, from, to) ||
	      renameat2(tree->folder.descriptor, old_name, target.descriptor,
			new_name, RENAME_NOREPLACE) == 0);
	reason = errno;
	if (!ok)
		folder_remove_empty(&target, to, 1);
	folder_release(&target);
	/* folders that are open may have other names now */
	folder_release(&tree->folder);
	folder_init(&tree->folder, tree->root);
	errno = reason;
	return ok;
}

bool work_tree_rename(struct work_tree *tree, str from, str to)
{
	if (!rename_below(tree, from, to))
		return report(tree, to);
	folder_remove_empty(&tree->folder, from, 1);
	note(tree, (struct work_tree_change){ .path = from, .to = to });
	return true;
}

/* --- all of them ---------------------------------------------------------- */

str work_tree_text(str bytes, struct arena *arena)
{
	struct buf text;

	if (str_starts_with(bytes, STR("\xef\xbb\xbf")))
		bytes = str_from(bytes, 3);
	if (str_find_byte(bytes, '\r') == STR_NONE)
		return bytes;
	buf_init(&text, arena);
	for (size_t i = 0; i < bytes.len; i++) {
		if (bytes.data[i] != '\r')
			buf_add_byte(&text, bytes.data[i]);
		else if (str_at(bytes, i + 1) != '\n')
			buf_add_byte(&text, '\n');
	}
	return buf_str(&text);
}

/* The place of a file after all renames that came later. */
static bool is_last(const struct work_tree *tree, size_t number)
{
	const struct work_tree_change *changes = tree->changes.items;

	for (size_t i = number + 1; i < tree->changes.count; i++)
		if (str_equal(changes[i].path, changes[number].path))
			return false;
	return true;
}

void work_tree_print(const struct work_tree *tree)
{
	const struct work_tree_change *changes = tree->changes.items;

	for (size_t i = 0; i < tree->changes.count; i++) {
		if (changes[i].to.len > 0)
			printf("%.*s -> %.*s\n", STR_ARG(changes[i].path),
			       STR_ARG(changes[i].to));
		else if (is_last(tree, i))
			printf("%.*s\n", STR_ARG(changes[i].path));
	}
}

void work_tree_undo(struct work_tree *tree)
{
	const struct work_tree_change *changes = tree->changes.items;

	for (size_t i = tree->changes.count; i > 0; i--) {
		const struct work_tree_change *change = &changes[i - 1];

		if (change->to.len > 0) {
			if (!rename_below(tree, change->to, change->path))
				report(tree, change->path);
			folder_remove_empty(&tree->folder, change->to, 1);
		} else if (!replace_file(&tree->folder, change->path,
					 change->after, change->before)) {
			report(tree, change->path);
		}
	}
}
