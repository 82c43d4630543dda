/*
 * Quality is what a first release of a large city can bear: all of it is packed
 * then, and afterwards only what changed.
 */
#include "release/packed.h"

#include <brotli/encode.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "markup/file_kind.h"
#include "system/folder.h"

enum { GZIP_LEVEL = 9, BROTLI_QUALITY = 6 };

static const char *const suffixes[PACKINGS] = { ".br", ".gz" };

/* --- which ---------------------------------------------------------------- */

static bool is_text(str path)
{
	const char *kind = file_kind_mime(file_extension(path));

	return kind != NULL &&
	       (strncmp(kind, "text/", strlen("text/")) == 0 ||
		strstr(kind, "json") != NULL || strstr(kind, "+xml") != NULL ||
		strstr(kind, "/xml") != NULL);
}

/* What stands beside the document roots is no file of a site. */
bool packed_is_wanted(str path, uint64_t size)
{
	return size >= PACKED_LEAST && size <= PACKED_MOST &&
	       str_find_byte(path, '/') != STR_NONE && is_text(path);
}

str packed_path(str path, enum packing packing, struct arena *arena)
{
	return arena_printf(arena, "%.*s%s", STR_ARG(path), suffixes[packing]);
}

str packed_source(enum packing *out, str path)
{
	for (size_t i = 0; i < PACKINGS; i++) {
		size_t length = strlen(suffixes[i]);
		str source;

		if (!str_ends_with(path, str_from_c(suffixes[i])))
			continue;
		source = str_between(path, 0, path.len - length);
		*out = (enum packing)i;
		if (packed_is_wanted(source, PACKED_LEAST))
			return source;
	}
	return (str){ NULL, 0 };
}

void packed_program(struct buf *out)
{
	uint32_t version = BrotliEncoderVersion();

	buf_printf(out, " libdeflate %s brotli %u.%u.%u",
		   LIBDEFLATE_VERSION_STRING, version >> 24,
		   version >> 12 & 0xfff, version & 0xfff);
}

/* --- making --------------------------------------------------------------- */

static str pack_gzip(str bytes, struct arena *arena)
{
	struct libdeflate_compressor *compressor =
		libdeflate_alloc_compressor(GZIP_LEVEL);
	size_t room;
	char *data;

	if (compressor == NULL)
		arena_out_of_memory(bytes.len);
	room = libdeflate_gzip_compress_bound(compressor, bytes.len);
	data = arena_raw(arena, room);
	room = libdeflate_gzip_compress(compressor, bytes.data, bytes.len, data,
					room);
	libdeflate_free_compressor(compressor);
	return (str){ data, room };
}

static str pack_brotli(str bytes, struct arena *arena)
{
	size_t room = BrotliEncoderMaxCompressedSize(bytes.len);
	char *data = arena_raw(arena, room);

	if (BrotliEncoderCompress(BROTLI_QUALITY, BROTLI_DEFAULT_WINDOW,
				  BROTLI_MODE_TEXT, bytes.len,
				  (const uint8_t *)bytes.data, &room,
				  (uint8_t *)data) != BROTLI_TRUE)
		arena_out_of_memory(bytes.len);
	return (str){ data, room };
}

static bool copy_time(const struct packed_file *to,
		      const struct packed_file *from)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT } };
	struct stat status;

	if (fstatat(from->folder, from->name, &status, AT_SYMLINK_NOFOLLOW) !=
	    0)
		return false;
	times[1] = status.st_mtim;
	return utimensat(to->folder, to->name, times, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool make(struct packed_file *to, struct packed_file *from,
		 enum packing packing, struct file_digest_maker *maker,
		 struct arena *arena)
{
	int file = openat(from->folder, from->name,
			  O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	str bytes, packed;

	if (!folder_read_open(&bytes, file, PACKED_MOST, arena))
		return false;
	from->digest = file_digest_of(maker, bytes);
	packed = packing == PACKED_GZIP ? pack_gzip(bytes, arena)
					: pack_brotli(bytes, arena);
	to->digest = file_digest_of(maker, packed);
	return folder_write(to->folder, to->name, packed) &&
	       copy_time(to, from);
}

bool packed_make(struct packed_file *to, struct packed_file *from,
		 enum packing packing, struct file_digest_maker *maker)
{
	struct arena arena;
	bool ok;

	arena_init(&arena);
	ok = make(to, from, packing, maker, &arena);
	arena_release(&arena);
	return ok;
}
