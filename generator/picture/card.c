/*
 * A card has two colours and what lies between them, so it is drawn as 256
 * steps from the one to the other, and these are the palette of the PNG.
 */
#include "picture/card.h"

#include <string.h>
#include <unistd.h>

#define FT_CONFIG_STANDARD_LIBRARY_H "picture/freetype_library.h"
#include <freetype/freetype.h>

#include "base/unicode.h"
#include "picture/card_png.h"

enum {
	MARGIN = 90,
	TEXT_WIDTH = CARD_WIDTH - 2 * MARGIN,
	TITLE_MIDDLE = 240, /* of the lines, from above */
	RULE_TOP = 458,
	RULE_HEIGHT = 3,
	NAME_BASE = 540,
	NAME_SIZE = 38,
	LINES = 4,
	GETA = 0x3013, /* 〓: printers' sign for what they have no type for */
	ELLIPSIS = 0x2026,
};

static const struct {
	const char *file;
	long face; /* of a collection: the one for mainland China */
} fonts[] = {
	{ "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2 },
	{ "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2 },
	{ "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc", 2 },
	{ "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", 2 },
	{ "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0 },
	{ "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0 },
};

/* From the largest: the size of letters, and how many lines of it fit. */
static const struct {
	unsigned size;
	size_t lines;
} sizes[] = { { 78, 3 }, { 62, LINES } };

struct drawing {
	FT_Face face;
	uint8_t *steps; /* CARD_WIDTH * CARD_HEIGHT: 0 ground, 255 ink */
};

static size_t find_font(void)
{
	size_t i = 0;

	while (i < COUNT_OF(fonts) && access(fonts[i].file, R_OK) != 0)
		i++;
	return i;
}

const char *card_font(void)
{
	size_t i = find_font();

	return i < COUNT_OF(fonts) ? fonts[i].file : NULL;
}

bool card_colour(uint32_t *out, str text)
{
	*out = 0;
	if (text.len != 7 || text.data[0] != '#')
		return false;
	for (size_t i = 1; i < text.len; i++) {
		int digit = byte_hex_value(text.data[i]);

		if (digit < 0)
			return false;
		*out = *out << 4 | (uint32_t)digit;
	}
	return true;
}

/* --- letters --- */

static bool load(struct drawing *drawing, uint32_t code_point, int flags)
{
	FT_UInt glyph = FT_Get_Char_Index(drawing->face, code_point);

	if (glyph == 0)
		glyph = FT_Get_Char_Index(drawing->face, GETA);
	return FT_Load_Glyph(drawing->face, glyph,
			     flags | (FT_Int32)FT_LOAD_NO_HINTING) == 0;
}

static long advance_of(struct drawing *drawing, uint32_t code_point)
{
	if (!load(drawing, code_point, FT_LOAD_NO_BITMAP))
		return 0;
	return (drawing->face->glyph->advance.x + 32) / 64;
}

static void draw_bitmap(struct drawing *drawing, long left, long top)
{
	const FT_Bitmap *bitmap = &drawing->face->glyph->bitmap;

	for (long y = 0; y < (long)bitmap->rows; y++)
		for (long x = 0; x < (long)bitmap->width; x++) {
			uint8_t step = bitmap->buffer[y * bitmap->pitch + x];
			uint8_t *at;

			if (left + x < 0 || left + x >= CARD_WIDTH ||
			    top + y < 0 || top + y >= CARD_HEIGHT)
				continue;
			at = drawing->steps + (top + y) * CARD_WIDTH + left + x;
			if (*at < step)
				*at = step;
		}
}

static long draw_letter(struct drawing *drawing, uint32_t code_point, long x,
			long base)
{
	FT_GlyphSlot slot = drawing->face->glyph;

	if (!load(drawing, code_point, FT_LOAD_RENDER) ||
	    slot->bitmap.pixel_mode != FT_PIXEL_MODE_GRAY)
		return x;
	draw_bitmap(drawing, x + slot->bitmap_left, base - slot->bitmap_top);
	return x + (slot->advance.x + 32) / 64;
}

/* --- lines --- */

static bool has(const char *list, uint32_t code_point)
{
	str text = str_from_c(list);
	size_t at = 0;

	while (at < text.len)
		if (unicode_next(text, &at) == code_point)
			return true;
	return false;
}

static bool is_latin(uint32_t c)
{
	return c > ' ' && c < 0x250;
}

/* Between these two, in the usual rules of Chinese printing. */
static bool may_break(uint32_t before, uint32_t behind)
{
	return !(is_latin(before) && is_latin(behind)) &&
	       !has("，。、；：？！）》〉」』】〕”’·—…%", behind) &&
	       !has("（《〈「『【〔“‘", before);
}

/* Where the line that begins at `start` ends. */
static size_t line_end(struct drawing *drawing, str text, size_t start)
{
	size_t at = start, end = start;
	uint32_t before = 0;
	long width = 0;

	while (at < text.len) {
		size_t next = at;
		uint32_t c = unicode_next(text, &next);

		if (at > start && may_break(before, c))
			end = at;
		width += advance_of(drawing, c);
		if (width > TEXT_WIDTH && at > start)
			return end > start ? end : at;
		before = c;
		at = next;
	}
	return text.len;
}

static size_t break_lines(struct drawing *drawing, str text, str *lines,
			  size_t most)
{
	size_t count = 0, start = 0;

	while (start < text.len && count < most) {
		size_t end = line_end(drawing, text, start);

		lines[count++] = str_trim(str_between(text, start, end));
		start = end;
	}
	return start < text.len ? most + 1 : count;
}

static void draw_line(struct drawing *drawing, str line, long base, bool is_cut)
{
	long room = TEXT_WIDTH - (is_cut ? advance_of(drawing, ELLIPSIS) : 0);
	long x = MARGIN;
	size_t at = 0;

	while (at < line.len) {
		uint32_t c = unicode_next(line, &at);

		if (x + advance_of(drawing, c) > MARGIN + room)
			break;
		x = draw_letter(drawing, c, x, base);
	}
	if (is_cut)
		(void)draw_letter(drawing, ELLIPSIS, x, base);
}

static void draw_title(struct drawing *drawing, str title)
{
	str lines[LINES + 1];
	size_t count = 0, i = 0;
	long step, base;
	bool is_cut;

	for (i = 0; i < COUNT_OF(sizes); i++) {
		(void)FT_Set_Pixel_Sizes(drawing->face, 0, sizes[i].size);
		count = break_lines(drawing, title, lines, sizes[i].lines);
		if (count <= sizes[i].lines)
			break;
	}
	is_cut = i == COUNT_OF(sizes);
	if (is_cut)
		count = sizes[--i].lines;
	step = (long)sizes[i].size * 7 / 5;
	base = TITLE_MIDDLE - step * (long)count / 2 +
	       (long)sizes[i].size * 21 / 20;
	for (size_t k = 0; k < count; k++)
		draw_line(drawing, lines[k], base + (long)k * step,
			  is_cut && k + 1 == count);
}

static void draw_name(struct drawing *drawing, str name)
{
	enum { FAINT = 110 };
	str line;

	for (long y = RULE_TOP; y < RULE_TOP + RULE_HEIGHT; y++)
		memset(drawing->steps + y * CARD_WIDTH + MARGIN, FAINT,
		       TEXT_WIDTH);
	(void)FT_Set_Pixel_Sizes(drawing->face, 0, NAME_SIZE);
	draw_line(drawing, name, NAME_BASE,
		  break_lines(drawing, name, &line, 1) > 1);
}

bool card_draw(str *out, const struct card *card, struct arena *arena)
{
	size_t font = find_font();
	struct drawing drawing = { NULL, NULL };
	FT_Library library;
	bool ok;

	if (font == COUNT_OF(fonts) || FT_Init_FreeType(&library) != 0)
		return false;
	ok = FT_New_Face(library, fonts[font].file, fonts[font].face,
			 &drawing.face) == 0;
	if (ok) {
		drawing.steps =
			arena_alloc(arena, (size_t)CARD_WIDTH * CARD_HEIGHT);
		draw_title(&drawing, card->title);
		draw_name(&drawing, card->name);
		ok = card_png(out, drawing.steps, card, arena);
		FT_Done_Face(drawing.face);
	}
	FT_Done_FreeType(library);
	return ok;
}
