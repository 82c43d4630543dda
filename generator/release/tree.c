/*
 * Making a tree costs what changed: a file that is there stays, one that
 * another tree or an older release has is taken from there, and only the rest
 * comes from the build. What goes is put away first, since a folder may have
 * to stand where a file was.
 */
#include "release/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"
#include "release/file_copy.h"
#include "release/packed.h"
#include "system/folder.h"
#include "system/sweep.h"

struct changing {
	const struct releases *releases;
	struct folder to;     /* the tree that is changed */
	struct folder from;   /* the one that is live, if there is one */
	struct folder source; /* an output folder, if there is one */
	bool keeps;
	struct diag_list *diags;
};

static int open_tree(const struct releases *releases, int tree, bool make)
{
	const char *name = releases_tree_name(tree);

	return make ? claim_folder(releases->claim.root, name)
		    : openat(releases->claim.root, name,
			     O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static bool fail(const struct changing *changing, const char *what, str path)
{
	claim_fail(changing->diags, what, path);
	return false;
}

/* --- what goes --- */

/*
 * What is kept must be what the manifest says; anything else in its place is
 * nobody's.
 */
static bool put_away(const struct changing *changing, const char *name,
		     const struct release_change *change)
{
	struct file_copy_name kept =
		file_copy_name(change->path, &change->before->sha256);

	return renameat(changing->to.descriptor, name, changing->releases->old,
			kept.text) == 0;
}

/*
 * Takes away what stands at the path, unless it is what must be there; then
 * `*is_done`.
 */
static bool clear(struct changing *changing,
		  const struct release_change *change, bool *is_done)
{
	struct file_digest found;
	char name[256];

	if (!folder_of(&changing->to, change->path, false, name))
		return errno == ENOENT || errno == ENOTDIR || errno == ELOOP ||
		       fail(changing, _("cannot open"), change->path);
	if (!file_copy_digest(&found, changing->releases->maker,
			      changing->to.descriptor, name))
		return errno == ENOENT ||
		       sweep_remove(changing->to.descriptor, name) ||
		       fail(changing, _("cannot remove"), change->path);
	*is_done = change->after != NULL &&
		   file_digest_equal(&found, change->after);
	if (*is_done)
		return true;
	/* it may be the only copy: what cannot be put away is not replaced */
	if (changing->keeps && change->before != NULL &&
	    file_digest_equal(&found, change->before))
		return put_away(changing, name, change) ||
		       fail(changing, _("cannot write"), change->path);
	/* what comes takes its place at once */
	return change->after != NULL ||
	       sweep_remove(changing->to.descriptor, name) ||
	       fail(changing, _("cannot remove"), change->path);
}

/* --- what comes --- */

static bool fetch_from(struct changing *changing, int folder, const char *name,
		       const struct release_change *change, const char *staged)
{
	const struct releases *releases = changing->releases;
	struct file_digest found;

	if (!file_copy(&found, releases->maker, folder, name, releases->staging,
		       staged))
		return false;
	if (file_digest_equal(&found, change->after))
		return true;
	errno = 0;
	unlinkat(releases->staging, staged, 0);
	return false;
}

/* Made once more of what was built. */
static bool pack_again(struct changing *changing,
		       const struct release_change *change, const char *staged)
{
	const struct releases *releases = changing->releases;
	struct packed_file to = { .folder = releases->staging, .name = staged };
	enum packing packing = PACKED_GZIP;
	str path = packed_source(&packing, change->path);
	struct packed_file from = { 0 };
	char name[256];

	if (path.len == 0 || changing->source.root < 0 ||
	    !folder_of(&changing->source, path, false, name))
		return false;
	from.folder = changing->source.descriptor;
	from.name = name;
	if (!packed_make(&to, &from, packing, releases->maker))
		return false;
	if (file_digest_equal(&to.digest, change->after))
		return true;
	errno = 0;
	unlinkat(releases->staging, staged, 0);
	return false;
}

/* Where it is kept, or live, or was built; to where it can be renamed from. */
static bool fetch(struct changing *changing,
		  const struct release_change *change, const char *staged)
{
	const struct releases *releases = changing->releases;
	struct folder *const folders[] = { &changing->from, &changing->source };
	const str paths[] = { change->path,
			      releases_source_path(releases, change->path) };

	if (fetch_from(changing, releases->old, staged, change, staged))
		return true;
	for (size_t i = 0; i < COUNT_OF(folders); i++) {
		char name[256];

		if (folders[i]->root >= 0 &&
		    folder_of(folders[i], paths[i], false, name) &&
		    fetch_from(changing, folders[i]->descriptor, name, change,
			       staged))
			return true;
	}
	return pack_again(changing, change, staged);
}

/* It cannot be written; otherwise there is nothing to write. */
static bool is_no_room(void)
{
	return errno == ENOSPC || errno == EDQUOT || errno == EIO ||
	       errno == EFBIG || errno == EACCES || errno == EROFS;
}

static bool fail_copy(const struct changing *changing,
		      const struct release_change *change)
{
	if (is_no_room())
		return fail(changing, _("cannot write"), change->path);
	return releases_damaged(changing->diags, _("no copy is left of"),
				change->path);
}

static bool move_in(struct changing *changing,
		    const struct release_change *change, const char *staged)
{
	char name[256];

	if (!folder_of(&changing->to, change->path, true, name) &&
	    !((errno == ENOTDIR || errno == ELOOP) &&
	      folder_clear_way(&changing->to, change->path) &&
	      folder_of(&changing->to, change->path, true, name)))
		return false;
	return renameat(changing->releases->staging, staged,
			changing->to.descriptor, name) == 0;
}

static bool put(struct changing *changing, const struct release_change *change)
{
	struct file_copy_name staged =
		file_copy_name(change->path, &change->after->sha256);

	if (move_in(changing, change, staged.text))
		return true;
	if (errno != ENOENT)
		return fail(changing, _("cannot write"), change->path);
	errno = 0;
	if (!fetch(changing, change, staged.text))
		return fail_copy(changing, change);
	return move_in(changing, change, staged.text) ||
	       fail(changing, _("cannot write"), change->path);
}

static bool change_one(struct changing *changing,
		       const struct release_change *change)
{
	bool is_done = false;

	if (!clear(changing, change, &is_done))
		return false;
	if (change->after == NULL) {
		folder_remove_empty(&changing->to, change->path, 0);
		return true;
	}
	return is_done || put(changing, change);
}

/* What goes first: a folder may have to stand where a file was. */
static bool change_all(struct changing *changing, const struct list *changes)
{
	const struct release_change *items = changes->items;

	for (int comes = 0; comes <= 1; comes++)
		for (size_t i = 0; i < changes->count; i++)
			if ((items[i].after != NULL) == comes &&
			    !change_one(changing, &items[i]))
				return false;
	return true;
}

/* --- is it there? --- */

static bool has(struct changing *changing, const struct release_change *change)
{
	struct file_digest found;
	char name[256];
	bool is_there;

	is_there = folder_of(&changing->to, change->path, false, name) &&
		   file_copy_digest(&found, changing->releases->maker,
				    changing->to.descriptor, name);
	return change->after == NULL
		       ? !is_there
		       : is_there && file_digest_equal(&found, change->after);
}

static bool look(struct changing *changing, const struct list *changes)
{
	const struct release_change *items = changes->items;

	for (size_t i = 0; i < changes->count; i++)
		if (!has(changing, &items[i])) {
			diag_failure(changing->diags, "release-changed",
				     _("%.*s is not what was written a moment "
				       "ago: somebody else writes into the "
				       "folder of releases"),
				     STR_ARG(items[i].path));
			return false;
		}
	return true;
}

/* `to` is -1 where no tree is changed. */
static void begin(struct changing *changing, const struct releases *releases,
		  int to, struct diag_list *diags)
{
	*changing = (struct changing){ .releases = releases, .diags = diags };
	folder_init(&changing->to, to);
	folder_init(&changing->from,
		    releases->live < 0
			    ? -1
			    : open_tree(releases, releases->live, false));
	folder_init(&changing->source, releases->source);
}

static void end(struct changing *changing)
{
	int to = changing->to.root;
	int from = changing->from.root;

	folder_release(&changing->to);
	folder_release(&changing->from);
	folder_release(&changing->source);
	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
}

static bool fail_open(int tree, struct diag_list *diags)
{
	claim_fail(diags, _("cannot open"),
		   str_from_c(releases_tree_name(tree)));
	return false;
}

bool tree_make(const struct releases *releases, int tree,
	       struct diag_list *diags)
{
	int folder = open_tree(releases, tree, true);

	if (folder < 0)
		return fail_open(tree, diags);
	close(folder);
	return true;
}

bool tree_change(const struct releases *releases, int tree,
		 const struct list *changes, bool keeps,
		 struct diag_list *diags)
{
	struct changing changing;
	int to = open_tree(releases, tree, true);
	bool ok;

	if (to < 0)
		return fail_open(tree, diags);
	begin(&changing, releases, to, diags);
	changing.keeps = keeps;
	ok = change_all(&changing, changes);
	end(&changing);
	return ok;
}

bool tree_look(const struct releases *releases, int tree,
	       const struct list *changes, struct diag_list *diags)
{
	struct changing changing;
	int to = open_tree(releases, tree, false);
	bool ok;

	if (to < 0)
		return fail_open(tree, diags);
	begin(&changing, releases, to, diags);
	ok = look(&changing, changes);
	end(&changing);
	return ok;
}

bool tree_stage(struct list *lacking, const struct releases *releases,
		const struct list *changes, struct diag_list *diags)
{
	const struct release_change *items = changes->items;
	struct changing changing;
	bool ok = true;

	list_init(lacking, sizeof(str));
	begin(&changing, releases, -1, diags);
	for (size_t i = 0; ok && i < changes->count; i++) {
		struct file_copy_name staged;

		if (items[i].after == NULL)
			continue;
		staged = file_copy_name(items[i].path, &items[i].after->sha256);
		errno = 0;
		if (faccessat(releases->staging, staged.text, F_OK,
			      AT_SYMLINK_NOFOLLOW) == 0 ||
		    fetch(&changing, &items[i], staged.text))
			continue;
		if (is_no_room())
			ok = fail(&changing, _("cannot write"), items[i].path);
		else
			*(str *)list_add(lacking, releases->arena) =
				items[i].path;
	}
	end(&changing);
	return ok;
}

static bool is_planned(void *context, str path)
{
	return map_has(context, path);
}

static bool sweep_one(const struct releases *releases, int root,
		      const char *name, struct map *planned)
{
	struct stat status;
	struct map below;
	str prefix = arena_printf(releases->arena, "%s/", name);
	struct sweep sweep = { .is_planned = is_planned, .context = &below };

	if (map_has(planned, str_from_c(name)))
		return true;
	if (fstatat(root, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !S_ISDIR(status.st_mode))
		return sweep_remove(root, name);
	map_init(&below, releases->arena);
	for (size_t i = 0; i < planned->count; i++)
		if (str_starts_with(planned->entries[i].key, prefix))
			map_add(&below,
				str_from(planned->entries[i].key, prefix.len),
				planned);
	return sweep_folder(&sweep, root, name);
}

/* The entries of the tree itself: document roots, and what is none. */
static bool sweep_entries(const struct releases *releases, int root,
			  struct map *planned)
{
	struct dirent **entries = NULL;
	int count = scandirat(root, ".", &entries, NULL, NULL);
	bool ok = count >= 0;

	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;

		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
			ok = ok && sweep_one(releases, root, name, planned);
		free(entries[i]);
	}
	free(entries);
	return ok;
}

bool tree_sweep(const struct releases *releases, int tree,
		const struct list *changes, struct diag_list *diags)
{
	const struct release_change *items = changes->items;
	int root = open_tree(releases, tree, true);
	struct map planned;
	bool ok;

	map_init(&planned, releases->arena);
	map_reserve(&planned, changes->count);
	for (size_t i = 0; i < changes->count; i++)
		if (items[i].after != NULL)
			map_add(&planned, items[i].path, releases->arena);
	ok = root >= 0 && sweep_entries(releases, root, &planned);
	if (!ok)
		claim_fail(diags, _("cannot remove"),
			   str_from_c(releases_tree_name(tree)));
	if (root >= 0)
		close(root);
	return ok;
}

void tree_forget_file(const struct releases *releases,
		      const struct release_change *change)
{
	struct file_copy_name kept =
		file_copy_name(change->path, &change->before->sha256);

	unlinkat(releases->old, kept.text, 0);
}
