#include "picture/picture_bytes.h"

/* Markers that stand for themselves, without a size. */
static bool is_bare(uint32_t marker)
{
	return marker == 0x01 || (marker >= 0xd0 && marker <= JPEG_END);
}

/* In the bytes of a picture FF is followed by 0 or by a restart (D0 to D7). */
static size_t scan_end(str bytes, size_t at)
{
	for (; at + 1 < bytes.len; at++) {
		uint32_t next = picture_byte(bytes, at + 1);

		if (picture_byte(bytes, at) == 0xff && next != 0 &&
		    next != 0xff && (next < 0xd0 || next > 0xd7))
			return at;
	}
	return bytes.len;
}

bool jpeg_next(struct jpeg_segment *out, str bytes, size_t *at)
{
	size_t start = *at, end, size;

	while (start + 1 < bytes.len && picture_big16(bytes, start) == 0xffff)
		start++; /* fills up */
	if (start + 1 >= bytes.len || picture_byte(bytes, start) != 0xff)
		return false;
	*out = (struct jpeg_segment){
		.marker = picture_byte(bytes, start + 1),
		.whole = str_between(bytes, start, start + 2),
	};
	*at = start + 2;
	if (is_bare(out->marker))
		return true;
	size = picture_big16(bytes, start + 2);
	if (size < 2)
		return false;
	end = start + 2 + size;
	if (end > bytes.len)
		end = bytes.len;
	out->data = str_between(bytes, start + 4, end);
	if (out->marker == JPEG_START_OF_SCAN)
		end = scan_end(bytes, end);
	out->whole = str_between(bytes, start, end);
	*at = end;
	return true;
}

/* --- Exif --- */

static uint32_t number(str tiff, size_t at, bool is_little, size_t size)
{
	if (size == 2)
		return is_little ? picture_little16(tiff, at)
				 : picture_big16(tiff, at);
	return is_little ? picture_little32(tiff, at) : picture_big32(tiff, at);
}

bool exif_read(struct exif *out, str data)
{
	enum { ORIENTATION = 0x112, POSITION = 0x8825, ENTRY = 12 };
	str tiff = str_from(data, STR("Exif\0\0").len);
	bool is_little = str_starts_with(tiff, STR("II"));
	size_t at, count;

	*out = (struct exif){ 0 };
	if (!str_starts_with(data, STR("Exif")))
		return false;
	at = number(tiff, 4, is_little, 4);
	if (at > tiff.len || tiff.len - at < 2)
		return true;
	count = number(tiff, at, is_little, 2);
	at += 2;
	for (; count > 0 && tiff.len - at >= ENTRY; count--, at += ENTRY) {
		uint32_t tag = number(tiff, at, is_little, 2);
		uint32_t value = number(tiff, at + 8, is_little, 2);

		if (tag == ORIENTATION && value >= 1 && value <= 8)
			out->orientation = value;
		out->has_position |= tag == POSITION;
	}
	return true;
}

uint32_t jpeg_orientation(str bytes)
{
	struct jpeg_segment segment;
	struct exif exif;
	size_t at = 2;

	while (jpeg_next(&segment, bytes, &at)) {
		if (segment.marker == JPEG_START_OF_SCAN)
			break;
		if (segment.marker == JPEG_APP1 &&
		    exif_read(&exif, segment.data) && exif.orientation > 0 &&
		    exif.orientation <= 8)
			return exif.orientation;
	}
	return 1;
}
