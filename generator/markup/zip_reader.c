/*
 * minizip reads files through functions of its caller, so the bytes of a blob
 * are a file to it that is read and sought in memory. Its lists of an archive
 * are not walked: each part is looked up by name.
 */
#include "markup/zip_reader.h"

#include <minizip/unzip.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

enum { PARTS_LIMIT = 10000, CHUNK = 64 * 1024 };

struct zip_reader {
	unzFile archive;
	str bytes; /* in memory; minizip reads them as a file */
	size_t at;
	char *chunk; /* what is unpacked at a time */
};

/* --- bytes as a file ------------------------------------------------------ */

static voidpf open_bytes(voidpf reader, const char *name, int mode)
{
	(void)name;
	(void)mode;
	((struct zip_reader *)reader)->at = 0;
	return reader;
}

static uLong read_bytes(voidpf opaque, voidpf stream, void *out, uLong size)
{
	struct zip_reader *reader = stream;
	size_t left = reader->bytes.len - reader->at;
	size_t count = size < left ? size : left;

	(void)opaque;
	if (count > 0)
		memcpy(out, reader->bytes.data + reader->at, count);
	reader->at += count;
	return count;
}

static uLong write_bytes(voidpf opaque, voidpf stream, const void *bytes,
			 uLong size)
{
	(void)opaque;
	(void)stream;
	(void)bytes;
	(void)size;
	return 0;
}

static long tell_bytes(voidpf opaque, voidpf stream)
{
	(void)opaque;
	return (long)((struct zip_reader *)stream)->at;
}

static long seek_bytes(voidpf opaque, voidpf stream, uLong offset, int origin)
{
	struct zip_reader *reader = stream;
	size_t from = origin == ZLIB_FILEFUNC_SEEK_SET	 ? 0
		      : origin == ZLIB_FILEFUNC_SEEK_CUR ? reader->at
							 : reader->bytes.len;

	(void)opaque;
	if (offset > reader->bytes.len - from)
		return -1;
	reader->at = from + offset;
	return 0;
}

static int close_bytes(voidpf opaque, voidpf stream)
{
	(void)opaque;
	(void)stream;
	return 0;
}

static int has_error(voidpf opaque, voidpf stream)
{
	(void)opaque;
	(void)stream;
	return 0;
}

/* --- archives ------------------------------------------------------------- */

static struct zip_reader *take(struct zip_reader *reader, struct arena *arena)
{
	unz_global_info about;

	if (reader->archive == NULL)
		return NULL;
	reader->chunk = arena_raw(arena, CHUNK);
	if (unzGetGlobalInfo(reader->archive, &about) == UNZ_OK &&
	    about.number_entry <= PARTS_LIMIT)
		return reader;
	unzClose(reader->archive);
	return NULL;
}

struct zip_reader *zip_reader_open(str bytes, struct arena *arena)
{
	struct zip_reader *reader = arena_alloc(arena, sizeof(*reader));
	zlib_filefunc_def functions = {
		.zopen_file = open_bytes,
		.zread_file = read_bytes,
		.zwrite_file = write_bytes,
		.ztell_file = tell_bytes,
		.zseek_file = seek_bytes,
		.zclose_file = close_bytes,
		.zerror_file = has_error,
		.opaque = reader,
	};

	reader->bytes = bytes;
	reader->archive = unzOpen2("", &functions);
	return take(reader, arena);
}

struct zip_reader *zip_reader_open_file(const char *path, struct arena *arena)
{
	struct zip_reader *reader = arena_alloc(arena, sizeof(*reader));

	reader->archive = unzOpen(path);
	return take(reader, arena);
}

void zip_reader_close(struct zip_reader *reader)
{
	if (reader != NULL)
		unzClose(reader->archive);
}

bool zip_reader_read(str *out, struct zip_reader *reader, const char *name,
		     size_t limit, struct arena *arena)
{
	struct buf bytes;
	int count = 0;

	buf_init_limited(&bytes, arena, limit);
	if (unzLocateFile(reader->archive, name, 1) != UNZ_OK ||
	    unzOpenCurrentFile(reader->archive) != UNZ_OK)
		return false;
	while (!bytes.full &&
	       (count = unzReadCurrentFile(reader->archive, reader->chunk,
					   CHUNK)) > 0)
		buf_add(&bytes, (str){ reader->chunk, (size_t)count });
	*out = buf_str(&bytes);
	return unzCloseCurrentFile(reader->archive) == UNZ_OK && count >= 0 &&
	       !bytes.full;
}
