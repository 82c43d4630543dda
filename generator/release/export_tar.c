/*
 * An archive of our own and no tar's, as its bytes have to be a function of the
 * release: no owner, no time of a disk, one order. Names that the old form
 * cannot have (long ones, Chinese ones) get a record of pax before them.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/date.h"
#include "release/export.h"
#include "system/folder.h"

enum {
	BLOCK = 512,
	PIECE = 64 * 1024,
	NAME_ROOM = 100,
	PREFIX_ROOM = 155,
	FILE_MODE = 0644,
};

struct tar_writer {
	FILE *out;
	const struct releases *releases;
	struct folder tree;
	int64_t time;
	struct diag_list *diags;
};

/* The head of an entry as POSIX has it; numbers are octal texts. */
struct tar_head {
	char name[NAME_ROOM];
	char mode[8];
	char uid[8];
	char gid[8];
	char size[12];
	char time[12];
	char sum[8];
	char kind;
	char link[100];
	char magic[8];
	char user[32];
	char group[32];
	char major[8];
	char minor[8];
	char prefix[PREFIX_ROOM];
	char rest[12];
};
_Static_assert(sizeof(struct tar_head) == BLOCK, "a head is one block");

/* --- heads ---------------------------------------------------------------- */

static void put_octal(char *out, size_t room, uint64_t number)
{
	out[room - 1] = '\0';
	for (size_t i = room - 1; i-- > 0; number /= 8)
		out[i] = (char)('0' + number % 8);
}

/* Where a long path is cut in two; 0: it cannot be. */
static size_t cut_of(str path)
{
	for (size_t i = path.len; i-- > 1;)
		if (path.data[i] == '/' && i <= PREFIX_ROOM &&
		    path.len - i - 1 <= NAME_ROOM)
			return i;
	return 0;
}

static bool is_plain(str path)
{
	for (size_t i = 0; i < path.len; i++)
		if ((unsigned char)path.data[i] > '~')
			return false;
	return path.len <= NAME_ROOM || cut_of(path) > 0;
}

static bool put_head(struct tar_writer *writer, str path, char kind,
		     uint64_t size)
{
	struct tar_head head = { .kind = kind, .magic = "ustar" };
	size_t cut = path.len <= NAME_ROOM ? 0 : cut_of(path);
	str name = cut == 0 ? str_between(path, 0, NAME_ROOM)
			    : str_from(path, cut + 1);
	unsigned sum = 0;

	head.magic[6] = head.magic[7] = '0'; /* the version */
	memcpy(head.name, name.data, name.len);
	memcpy(head.prefix, path.data, cut);
	put_octal(head.mode, sizeof(head.mode), FILE_MODE);
	put_octal(head.uid, sizeof(head.uid), 0);
	put_octal(head.gid, sizeof(head.gid), 0);
	put_octal(head.size, sizeof(head.size), size);
	put_octal(head.time, sizeof(head.time), (uint64_t)writer->time);
	memset(head.sum, ' ', sizeof(head.sum));
	for (size_t i = 0; i < BLOCK; i++)
		sum += ((const unsigned char *)&head)[i];
	put_octal(head.sum, sizeof(head.sum) - 1, sum);
	return fwrite(&head, 1, BLOCK, writer->out) == BLOCK;
}

static bool fill_block(const struct tar_writer *writer, uint64_t size)
{
	static const char zeros[BLOCK];
	size_t missing = (BLOCK - size % BLOCK) % BLOCK;

	return fwrite(zeros, 1, missing, writer->out) == missing;
}

/* "27 path=…\n": the length counts its own digits. */
static bool put_pax(struct tar_writer *writer, str path)
{
	struct arena arena;
	str text = path;
	size_t length;
	bool ok;

	arena_init(&arena);
	do {
		length = text.len;
		text = arena_printf(&arena, "%zu path=%.*s\n", length,
				    STR_ARG(path));
	} while (text.len != length);
	ok = put_head(writer, STR("pax"), 'x', text.len) &&
	     fwrite(text.data, 1, text.len, writer->out) == text.len &&
	     fill_block(writer, text.len);
	arena_release(&arena);
	return ok;
}

/* --- files ---------------------------------------------------------------- */

static bool fail_write(const struct tar_writer *writer, str path)
{
	claim_fail(writer->diags, _("cannot write"), path);
	return false;
}

/* `from` is closed. More than the manifest says is not read. */
static bool put_bytes(struct tar_writer *writer, int from,
		      const struct manifest_file *file)
{
	struct file_digest_maker *maker = writer->releases->maker;
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
		ok = fwrite(piece, 1, (size_t)count, writer->out) ==
		     (size_t)count;
		left -= (uint64_t)count;
	}
	close(from);
	found = file_digest_end(maker);
	if (!ok)
		return fail_write(writer, file->path);
	return file_digest_equal(&found, &file->digest) ||
	       releases_damaged(writer->diags, _("not as published:"),
				file->path);
}

static bool put_file(struct tar_writer *writer,
		     const struct manifest_file *file)
{
	char name[256];
	int from = -1;

	if (folder_of(&writer->tree, file->path, false, name))
		from = openat(writer->tree.descriptor, name,
			      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (from < 0)
		return releases_damaged(writer->diags, _("not as published:"),
					file->path);
	if ((!is_plain(file->path) && !put_pax(writer, file->path)) ||
	    !put_head(writer, file->path, '0', file->digest.size)) {
		close(from);
		return fail_write(writer, file->path);
	}
	return put_bytes(writer, from, file) &&
	       (fill_block(writer, file->digest.size) ||
		fail_write(writer, file->path));
}

/* --- the whole ------------------------------------------------------------ */

static bool put_part(struct tar_writer *writer,
		     const struct manifest_part *part)
{
	const struct manifest_file *files;
	struct arena arena;
	struct list list;
	bool ok;

	arena_init(&arena);
	ok = releases_part(&list, writer->releases, part, &arena,
			   writer->diags);
	files = list.items;
	for (size_t i = 0; ok && i < list.count; i++)
		ok = put_file(writer, &files[i]);
	arena_release(&arena);
	return ok;
}

static bool put_all(struct tar_writer *writer, const struct manifest *manifest)
{
	const struct manifest_part *parts = manifest->parts.items;
	static const char end[2 * BLOCK];

	for (size_t i = 0; i < manifest->parts.count; i++)
		if (!put_part(writer, &parts[i]))
			return false;
	return (fwrite(end, 1, sizeof(end), writer->out) == sizeof(end) &&
		fflush(writer->out) == 0) ||
	       fail_write(writer, STR("tar"));
}

bool export_tar(FILE *out, const struct releases *releases,
		struct diag_list *diags)
{
	struct tar_writer writer = { .out = out,
				     .releases = releases,
				     .diags = diags };
	struct manifest manifest;
	struct moment built;
	int root;
	bool ok;

	if (!releases_manifest(&manifest, releases, releases_live(releases),
			       diags))
		return false;
	if (moment_parse(&built, manifest.as_of, 0))
		writer.time = built.seconds;
	root = openat(releases->claim.root, releases_tree_name(releases->live),
		      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	folder_init(&writer.tree, root);
	ok = put_all(&writer, &manifest);
	folder_release(&writer.tree);
	if (root >= 0)
		close(root);
	return ok;
}
