/*
 * An archive of our own and no tar's, as its bytes have to be a function of the
 * release: no owner, no time of a disk, one order. Names that the old form
 * cannot have (long ones, Chinese ones) get a record of pax before them.
 */
#include <unistd.h>

#include "release/export.h"
#include "release/export_files.h"

enum {
	BLOCK = 512,
	NAME_ROOM = 100,
	PREFIX_ROOM = 155,
	FILE_MODE = 0644,
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

static bool put_head(struct export_files *files, str path, char kind,
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
	put_octal(head.time, sizeof(head.time), (uint64_t)files->time);
	memset(head.sum, ' ', sizeof(head.sum));
	for (size_t i = 0; i < BLOCK; i++)
		sum += ((const unsigned char *)&head)[i];
	put_octal(head.sum, sizeof(head.sum) - 1, sum);
	return fwrite(&head, 1, BLOCK, files->out) == BLOCK;
}

static bool fill_block(const struct export_files *files, uint64_t size)
{
	static const char zeros[BLOCK];
	size_t missing = (BLOCK - size % BLOCK) % BLOCK;

	return fwrite(zeros, 1, missing, files->out) == missing;
}

/* "27 path=…\n": the length counts its own digits. */
static bool put_pax(struct export_files *files, str path)
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
	ok = put_head(files, STR("pax"), 'x', text.len) &&
	     fwrite(text.data, 1, text.len, files->out) == text.len &&
	     fill_block(files, text.len);
	arena_release(&arena);
	return ok;
}

/* --- files ---------------------------------------------------------------- */

static bool put_file(void *context, const struct manifest_file *file)
{
	struct export_files *files = context;
	int from = export_files_read(files, file);

	if (from < 0)
		return false;
	if ((!is_plain(file->path) && !put_pax(files, file->path)) ||
	    !put_head(files, file->path, '0', file->digest.size)) {
		close(from);
		return export_files_fail(files, file->path);
	}
	return export_files_copy(files, from, file) &&
	       (fill_block(files, file->digest.size) ||
		export_files_fail(files, file->path));
}

static bool put_end(struct export_files *files)
{
	static const char end[2 * BLOCK];

	return (fwrite(end, 1, sizeof(end), files->out) == sizeof(end) &&
		fflush(files->out) == 0) ||
	       export_files_fail(files, STR("tar"));
}

bool export_tar(FILE *out, const struct releases *releases,
		const struct export_options *options, struct diag_list *diags)
{
	struct export_files files;
	bool ok;

	(void)options;
	if (!export_files_open(&files, out, releases, diags))
		return false;
	ok = export_files_each(&files, put_file, &files) && put_end(&files);
	export_files_close(&files);
	return ok;
}
