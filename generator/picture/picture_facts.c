/*
 * A format is a row of parts (segments, chunks), each with its kind: some are
 * left out, and what stands between them is copied. Nothing is decoded, so a
 * picture loses nothing, and one without such parts is not copied at all. Which
 * side is up is the one fact that a browser needs, so a JPEG that lies on its
 * side gets an Exif that says this alone.
 */
#include "picture/picture_facts.h"

#include <string.h>

#include "picture/picture_bytes.h"

enum { ORIENTATION_SIZE = 36 };

struct cleaning {
	str bytes;
	size_t copied; /* so far, of the bytes */
	char *data;    /* NULL: nothing was left out yet */
	size_t len;
	bool is_turned; /* the Exif of a JPEG is written */
	bool has_position;
	struct arena *arena;
};

static void copy_to(struct cleaning *cleaning, size_t end)
{
	size_t count = end - cleaning->copied;

	memcpy(cleaning->data + cleaning->len,
	       cleaning->bytes.data + cleaning->copied, count);
	cleaning->len += count;
	cleaning->copied = end;
}

/* What stands before is kept. */
static void leave_out(struct cleaning *cleaning, size_t start, size_t end)
{
	if (cleaning->data == NULL)
		cleaning->data =
			arena_raw(cleaning->arena,
				  cleaning->bytes.len + ORIENTATION_SIZE);
	copy_to(cleaning, start);
	cleaning->copied = end;
}

/* Exif or XMP that says where; XMP is text. */
static bool tells_position(str data)
{
	struct exif exif;

	return exif_read(&exif, data)
		       ? exif.has_position
		       : str_find(data, STR("GPSLatitude")) != STR_NONE;
}

/* --- JPEG --- */

/* An Exif of one entry. */
static void write_orientation(char out[ORIENTATION_SIZE], uint32_t orientation)
{
	static const char exif[ORIENTATION_SIZE] =
		"\xff\xe1\0\x22"
		"Exif\0\0MM\0\x2a\0\0\0\x08"
		"\0\x01"
		"\x01\x12\0\x03\0\0\0\x01\0\0\0\0";
	enum { VALUE = 29 };

	memcpy(out, exif, sizeof(exif));
	out[VALUE] = (char)orientation;
}

/* Of the segments for programs, APP0 to APP15, and the remarks. */
static bool is_of_picture(const struct jpeg_segment *segment)
{
	enum { APP0 = 0xe0, APP2 = 0xe2, APP14 = 0xee, APP15 = 0xef };
	enum { REMARK = 0xfe };

	if (segment->marker == APP2)
		return str_starts_with(segment->data, STR("ICC_PROFILE"));
	return segment->marker <= APP0 || segment->marker == APP14 ||
	       (segment->marker > APP15 && segment->marker != REMARK);
}

static void take_segment(struct cleaning *cleaning,
			 const struct jpeg_segment *segment, size_t end)
{
	size_t start = end - segment->whole.len;
	char turned[ORIENTATION_SIZE];
	struct exif exif = { 0 };

	if (is_of_picture(segment))
		return;
	if (segment->marker == JPEG_APP1 && !cleaning->is_turned &&
	    exif_read(&exif, segment->data) && exif.orientation > 1) {
		cleaning->is_turned = true;
		write_orientation(turned, exif.orientation);
		if (str_equal(segment->whole, (str){ turned, sizeof(turned) }))
			return;
	}
	leave_out(cleaning, start, end);
	cleaning->has_position |= tells_position(segment->data);
	if (exif.orientation > 1) {
		memcpy(cleaning->data + cleaning->len, turned, sizeof(turned));
		cleaning->len += sizeof(turned);
	}
}

static void clean_jpeg(struct cleaning *cleaning)
{
	struct jpeg_segment segment = { 0 };
	size_t at = 2;

	while (segment.marker != JPEG_END &&
	       jpeg_next(&segment, cleaning->bytes, &at))
		take_segment(cleaning, &segment, at);
	if (segment.marker == JPEG_END && at < cleaning->bytes.len)
		leave_out(cleaning, at, cleaning->bytes.len);
}

/* --- PNG and WebP --- */

struct picture_chunk {
	str kind;
	str data;
	size_t start, end;
};

static bool is_fact(const struct picture_chunk *chunk)
{
	static const str kinds[] = { STR("eXIf"), STR("tEXt"), STR("zTXt"),
				     STR("iTXt"), STR("tIME"), STR("EXIF"),
				     STR("XMP ") };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (str_equal(chunk->kind, kinds[i]))
			return true;
	return false;
}

/* PNG has an Exif without its first word, and WebP may. */
static void take_chunk(struct cleaning *cleaning,
		       const struct picture_chunk *chunk)
{
	const str parts[] = { STR("Exif\0\0"), chunk->data };

	if (!is_fact(chunk))
		return;
	leave_out(cleaning, chunk->start, chunk->end);
	cleaning->has_position |=
		tells_position(chunk->data) ||
		(str_equal_ignoring_case(chunk->kind, STR("EXIF")) &&
		 tells_position(arena_join(cleaning->arena, parts, 2)));
}

static bool next_png(struct picture_chunk *out, str bytes, size_t at)
{
	enum { AROUND = 12 }; /* length, kind, checksum */
	size_t size = picture_big32(bytes, at);

	if (bytes.len - at < AROUND || size > bytes.len - at - AROUND)
		return false;
	*out = (struct picture_chunk){ str_between(bytes, at + 4, at + 8),
				       str_between(bytes, at + 8,
						   at + 8 + size),
				       at, at + AROUND + size };
	return true;
}

static void clean_png(struct cleaning *cleaning)
{
	struct picture_chunk chunk;
	size_t at = 8;

	while (next_png(&chunk, cleaning->bytes, at)) {
		take_chunk(cleaning, &chunk);
		at = chunk.end;
		if (str_equal(chunk.kind, STR("IEND")) &&
		    at < cleaning->bytes.len) {
			leave_out(cleaning, at, cleaning->bytes.len);
			return;
		}
	}
}

/* Chunks of an odd size have a byte behind them. */
static bool next_webp(struct picture_chunk *out, str bytes, size_t at)
{
	enum { AROUND = 8 };
	size_t size = picture_little32(bytes, at + 4), end;

	if (bytes.len - at < AROUND || size > bytes.len - at - AROUND)
		return false;
	end = at + AROUND + size;
	*out = (struct picture_chunk){ str_between(bytes, at, at + 4),
				       str_between(bytes, at + AROUND, end), at,
				       end + ((size & 1) != 0 &&
					      end < bytes.len) };
	return true;
}

/* The head says how long all is, and which of these chunks there are. */
static void mend_head(struct cleaning *cleaning)
{
	enum { SIZE = 4, FIRST = 12, FLAGS = 20, FACTS = 0x08 | 0x04 };
	char *data = cleaning->data;

	copy_to(cleaning, cleaning->bytes.len);
	for (size_t i = 0; i < 4; i++)
		data[SIZE + i] = (char)((cleaning->len - SIZE - 4) >> (8 * i));
	if (cleaning->len > FLAGS && memcmp(data + FIRST, "VP8X", 4) == 0)
		data[FLAGS] = (char)(data[FLAGS] & ~FACTS);
}

static void clean_webp(struct cleaning *cleaning)
{
	struct picture_chunk chunk;
	size_t at = 12;

	while (next_webp(&chunk, cleaning->bytes, at)) {
		take_chunk(cleaning, &chunk);
		at = chunk.end;
	}
	if (cleaning->data != NULL)
		mend_head(cleaning);
}

/* --- */

struct format {
	str sign;
	size_t at;
	void (*clean)(struct cleaning *cleaning);
};

static const struct format formats[] = {
	{ STR("\xff\xd8\xff"), 0, clean_jpeg },
	{ STR("\x89PNG\r\n\x1a\n"), 0, clean_png },
	{ STR("WEBP"), 8, clean_webp },
};

str picture_without_facts(str bytes, bool *has_position, struct arena *arena)
{
	struct cleaning cleaning = { .bytes = bytes, .arena = arena };

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (str_starts_with(str_from(bytes, formats[i].at),
				    formats[i].sign))
			formats[i].clean(&cleaning);
	if (has_position != NULL)
		*has_position = cleaning.has_position;
	if (cleaning.data == NULL)
		return bytes;
	copy_to(&cleaning, bytes.len);
	return (str){ cleaning.data, cleaning.len };
}
