/*
 * Each format says its size in a few bytes of its head. A JPEG alone has to be
 * walked through, segment by segment, as a camera puts a small picture and a
 * page of facts before it; and one that was taken with the camera on its side
 * says so there, in the segment Exif.
 */
#include "picture/image_size.h"

#include <string.h>

#include "picture/picture_bytes.h"

static uint32_t little24(str bytes, size_t at)
{
	return picture_little16(bytes, at) | picture_byte(bytes, at + 2) << 16;
}

static bool read_png(struct image_size *out, str bytes)
{
	if (bytes.len < 24 ||
	    !str_equal(str_between(bytes, 12, 16), STR("IHDR")))
		return false;
	*out = (struct image_size){ picture_big32(bytes, 16),
				    picture_big32(bytes, 20) };
	return true;
}

static bool read_gif(struct image_size *out, str bytes)
{
	if (bytes.len < 10)
		return false;
	*out = (struct image_size){ picture_little16(bytes, 6),
				    picture_little16(bytes, 8) };
	return true;
}

/* One of three forms: with losses, without, and with more in it. */
static bool read_webp(struct image_size *out, str bytes)
{
	str form = str_between(bytes, 12, 16);

	if (bytes.len < 30 ||
	    !str_equal(str_between(bytes, 8, 12), STR("WEBP")))
		return false;
	if (str_equal(form, STR("VP8 "))) {
		*out = (struct image_size){
			picture_little16(bytes, 26) & 0x3fff,
			picture_little16(bytes, 28) & 0x3fff
		};
		return picture_byte(bytes, 23) == 0x9d;
	}
	if (str_equal(form, STR("VP8L"))) {
		uint32_t bits = little24(bytes, 21) | picture_byte(bytes, 24)
							      << 24;

		*out = (struct image_size){ (bits & 0x3fff) + 1,
					    (bits >> 14 & 0x3fff) + 1 };
		return picture_byte(bytes, 20) == 0x2f;
	}
	*out = (struct image_size){ little24(bytes, 24) + 1,
				    little24(bytes, 27) + 1 };
	return str_equal(form, STR("VP8X"));
}

/* --- JPEG --- */

/* Of the markers C0 to CF three say something else. */
static bool is_frame(const struct jpeg_segment *segment)
{
	uint32_t marker = segment->marker;

	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
	       marker != 0xc8 && marker != 0xcc && segment->data.len >= 5;
}

/* Orientations of 5 and more lie on the side. */
static bool read_jpeg(struct image_size *out, str bytes)
{
	struct jpeg_segment segment;
	size_t at = 2;

	while (jpeg_next(&segment, bytes, &at)) {
		if (is_frame(&segment)) {
			uint32_t height = picture_big16(segment.data, 1);
			uint32_t width = picture_big16(segment.data, 3);

			*out = jpeg_orientation(bytes) >= 5
				       ? (struct image_size){ height, width }
				       : (struct image_size){ width, height };
			return true;
		}
	}
	return false;
}

/* --- SVG --- */

/* The value of an attribute of the tag; empty: it has none. */
static str value_of(str tag, str name)
{
	str rest = tag;
	size_t at;

	while ((at = str_find(rest, name)) != STR_NONE) {
		str value = str_trim(str_from(rest, at + name.len));
		size_t end;
		bool is_whole = at > 0 && strchr(" \t\n\r", rest.data[at - 1]);

		rest = str_from(rest, at + name.len);
		if (!is_whole || !str_starts_with(value, STR("=")))
			continue;
		value = str_trim(str_from(value, 1));
		if (value.len < 2 || strchr("\"'", value.data[0]) == NULL)
			continue;
		end = str_find_byte(str_from(value, 1), value.data[0]);
		return end == STR_NONE ? STR("")
				       : str_between(value, 1, 1 + end);
	}
	return STR("");
}

/* "640", "640.5px": whole pixels; 0 for "100%", "20em" and the like. */
static uint32_t pixels(str *text)
{
	uint32_t number = 0;
	size_t at = 0;

	*text = str_trim(*text);
	while (at < text->len && text->data[at] >= '0' &&
	       text->data[at] <= '9' && number <= IMAGE_SIDE_LIMIT)
		number = number * 10 + (uint32_t)(text->data[at++] - '0');
	if (at < text->len && text->data[at] == '.')
		for (at++; at < text->len && text->data[at] >= '0' &&
			   text->data[at] <= '9';)
			at++;
	*text = str_from(*text, at);
	return number;
}

static uint32_t length_of(str value)
{
	uint32_t number = pixels(&value);

	return value.len == 0 || str_equal(value, STR("px")) ? number : 0;
}

static bool read_svg(struct image_size *out, str bytes)
{
	size_t start = str_find(bytes, STR("<svg"));
	str tag = str_from(bytes, start == STR_NONE ? bytes.len : start);
	str box;

	tag = str_between(tag, 0, str_find_byte(tag, '>'));
	*out = (struct image_size){ length_of(value_of(tag, STR("width"))),
				    length_of(value_of(tag, STR("height"))) };
	if (out->width > 0 && out->height > 0)
		return true;
	box = value_of(tag, STR("viewBox"));
	for (size_t i = 0; i < 2; i++) { /* the corner */
		box = str_trim(box);
		while (box.len > 0 && strchr(" ,\t\n", box.data[0]) == NULL)
			box = str_from(box, 1);
		while (box.len > 0 && strchr(" ,\t\n", box.data[0]) != NULL)
			box = str_from(box, 1);
	}
	out->width = pixels(&box);
	while (box.len > 0 && strchr(" ,\t\n", box.data[0]) != NULL)
		box = str_from(box, 1);
	out->height = pixels(&box);
	return true;
}

/* --- which --- */

bool image_size(struct image_size *out, str bytes)
{
	static const struct {
		str start;
		bool (*read)(struct image_size *out, str bytes);
	} formats[] = {
		{ { "\x89PNG\r\n\x1a\n", 8 }, read_png },
		{ { "\xff\xd8\xff", 3 }, read_jpeg },
		{ { "GIF8", 4 }, read_gif },
		{ { "RIFF", 4 }, read_webp },
		{ { "<", 1 }, read_svg },
		{ { "\xef\xbb\xbf<", 4 }, read_svg },
	};

	bytes = str_between(bytes, 0, IMAGE_HEAD);
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (str_starts_with(bytes, formats[i].start))
			return formats[i].read(out, bytes) && out->width > 0 &&
			       out->height > 0 &&
			       out->width <= IMAGE_SIDE_LIMIT &&
			       out->height <= IMAGE_SIDE_LIMIT;
	return false;
}
