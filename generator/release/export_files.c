#include "release/export_files.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/date.h"
#include "markup/file_kind.h"

enum { PIECE = 64 * 1024 };

bool export_files_open(struct export_files *files, FILE *out,
		       const struct releases *releases, struct diag_list *diags)
{
	struct moment built;

	*files = (struct export_files){ .out = out,
					.releases = releases,
					.diags = diags };
	if (!releases_manifest(&files->manifest, releases,
			       releases_live(releases), diags))
		return false;
	if (moment_parse(&built, files->manifest.as_of, 0))
		files->time = built.seconds;
	folder_init(&files->tree,
		    openat(releases->claim.root,
			   releases_tree_name(releases->live),
			   O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
	return true;
}

void export_files_close(struct export_files *files)
{
	int root = files->tree.root;

	folder_release(&files->tree);
	if (root >= 0)
		close(root);
}

static bool each_of_part(const struct export_files *files,
			 const struct manifest_part *part,
			 export_file_function *function, void *context)
{
	const struct manifest_file *items;
	struct arena arena;
	struct list list;
	bool ok;

	arena_init(&arena);
	ok = releases_part(&list, files->releases, part, &arena, files->diags);
	items = list.items;
	for (size_t i = 0; ok && i < list.count; i++)
		ok = function(context, &items[i]);
	arena_release(&arena);
	return ok;
}

bool export_files_each(const struct export_files *files,
		       export_file_function *function, void *context)
{
	const struct manifest_part *parts = files->manifest.parts.items;

	for (size_t i = 0; i < files->manifest.parts.count; i++)
		if (!each_of_part(files, &parts[i], function, context))
			return false;
	return true;
}

int export_files_read(struct export_files *files,
		      const struct manifest_file *file)
{
	char name[256];
	int from = -1;

	if (folder_of(&files->tree, file->path, false, name))
		from = openat(files->tree.descriptor, name,
			      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (from < 0)
		(void)releases_damaged(files->diags, _("not as published:"),
				       file->path);
	return from;
}

bool export_files_fail(const struct export_files *files, str path)
{
	claim_fail(files->diags, _("cannot write"), path);
	return false;
}

bool export_files_copy(struct export_files *files, int from,
		       const struct manifest_file *file)
{
	struct file_digest_maker *maker = files->releases->maker;
	uint64_t left = file->digest.size;
	char piece[PIECE];
	struct file_digest found;
	bool ok = true;

	file_digest_begin(maker);
	while (ok && left > 0) {
		ssize_t count =
			read(from, piece, left < PIECE ? (size_t)left : PIECE);

		if (count <= 0)
			break;
		file_digest_add(maker, (str){ piece, (size_t)count });
		ok = fwrite(piece, 1, (size_t)count, files->out) ==
		     (size_t)count;
		left -= (uint64_t)count;
	}
	close(from);
	found = file_digest_end(maker);
	if (!ok)
		return export_files_fail(files, file->path);
	return file_digest_equal(&found, &file->digest) ||
	       releases_damaged(files->diags, _("not as published:"),
				file->path);
}

/* Pages and what a build writes are UTF-8. */
void export_file_type(struct buf *out, str path)
{
	const char *mime = file_kind_mime(file_extension(path));

	buf_add_c(out, mime == NULL ? "application/octet-stream" : mime);
	if (str_ends_with(path, STR(".html")))
		buf_add_c(out, "; charset=utf-8");
}
