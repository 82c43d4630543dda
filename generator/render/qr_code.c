/*
 * The picture is written here, byte by byte: a palette of two colours and one
 * stored block. A library for PNG would be the largest dependency of the
 * smallest file, and compressing a few hundred bytes of noise gains nothing.
 */
#include "render/qr_code.h"

#include <qrencode.h>
#include <zlib.h>

#include "base/buf.h"
#include "markup/html.h"

enum {
	QUIET_ZONE = 4,
	BYTES_LIMIT = 2331,
	MASK = 3,
	SIDE_LIMIT = 177, /* of the largest code */
	ROW_BYTES = (SIDE_LIMIT + 2 * QUIET_ZONE + 7) / 8,
};

/*
 * The library exports this one but does not declare it. Trying all eight masks
 * costs 20 times as much as the rest of the code; a reader of codes is told the
 * mask, and takes any.
 */
QRcode *QRcode_encodeMask(QRinput *input, int mask);

static QRcode *encode(str text)
{
	QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
	QRcode *code = NULL;

	if (input != NULL &&
	    QRinput_append(input, QR_MODE_8, (int)text.len,
			   (const unsigned char *)text.data) == 0)
		code = QRcode_encodeMask(input, MASK);
	QRinput_free(input);
	return code;
}

/* --- the picture: PNG (ISO/IEC 15948), one bit a pixel, 0 is black --- */

static void add_u32(struct buf *out, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_add_byte(out, (char)(number >> shift & 0xff));
}

static void add_chunk(struct buf *out, const char *type, str data)
{
	size_t start;

	add_u32(out, (uint32_t)data.len);
	start = out->len;
	buf_add(out, (str){ type, 4 });
	buf_add(out, data);
	add_u32(out, (uint32_t)crc32(0, (const Bytef *)out->data + start,
				     (uInt)(out->len - start)));
}

/*
 * A row: "no filter", and its pixels from the highest bit on. The lowest bit
 * of a module says that it is black; around them is white.
 */
static void add_row(struct buf *rows, const QRcode *code, int y, int side)
{
	unsigned char bytes[ROW_BYTES];
	bool has_modules = y >= 0 && y < code->width;
	const unsigned char *modules =
		has_modules ? code->data + (ptrdiff_t)y * code->width : NULL;

	memset(bytes, 0xff, sizeof(bytes));
	for (int x = 0; has_modules && x < code->width; x++) {
		int at = x + QUIET_ZONE;

		bytes[at / 8] ^=
			(unsigned char)((modules[x] & 1) << (7 - at % 8));
	}
	buf_add_byte(rows, 0);
	buf_add(rows, (str){ (const char *)bytes, ((size_t)side + 7) / 8 });
}

/*
 * A zlib stream (RFC 1950) of one stored block: the modules of a code hardly
 * compress, and a compressor costs more than all the rest.
 */
static void add_stored(struct buf *out, str data)
{
	const char head[] = { 0x78,
			      0x01,
			      1,
			      (char)(data.len & 0xff),
			      (char)(data.len >> 8),
			      (char)(~data.len & 0xff),
			      (char)(~data.len >> 8 & 0xff) };

	buf_add(out, (str){ head, sizeof(head) });
	buf_add(out, data);
	add_u32(out,
		(uint32_t)adler32(adler32(0, NULL, 0), (const Bytef *)data.data,
				  (uInt)data.len));
}

static str png_of(const QRcode *code, int side, struct arena *arena)
{
	static const char depth_and_kind[] = { 1, 0, 0, 0, 0 };
	struct buf head;
	struct buf rows;
	struct buf stored;
	struct buf out;

	buf_init(&head, arena);
	buf_init(&rows, arena);
	buf_init(&stored, arena);
	buf_init(&out, arena);
	add_u32(&head, (uint32_t)side);
	add_u32(&head, (uint32_t)side);
	buf_add(&head, (str){ depth_and_kind, sizeof(depth_and_kind) });
	for (int y = 0; y < side; y++)
		add_row(&rows, code, y - QUIET_ZONE, side);
	add_stored(&stored, buf_str(&rows));
	buf_add(&out, STR("\x89PNG\r\n\x1a\n"));
	add_chunk(&out, "IHDR", buf_str(&head));
	add_chunk(&out, "IDAT", buf_str(&stored));
	add_chunk(&out, "IEND", STR(""));
	return buf_str(&out);
}

/* RFC 4648, 4 */
static void add_base64(struct buf *out, str data)
{
	enum { PADDING = 64 };
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn"
				     "opqrstuvwxyz0123456789+/=";

	for (size_t i = 0; i < data.len; i += 3) {
		size_t left = data.len - i < 3 ? data.len - i : 3;
		uint32_t bits = 0;
		char four[4];

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 |
			       (k < left ? (unsigned char)data.data[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			four[k] = digits[k <= left ? bits >> (18 - 6 * k) & 63
						   : PADDING];
		buf_add(out, (str){ four, sizeof(four) });
	}
}

bool qr_code_image(str *out, str text, str title, struct arena *arena)
{
	QRcode *code;
	struct buf image;
	int side;

	*out = STR("");
	if (text.len == 0 || text.len > BYTES_LIMIT)
		return false;
	code = encode(text);
	if (code == NULL)
		return false;
	side = code->width + 2 * QUIET_ZONE;
	buf_init(&image, arena);
	buf_printf(&image, "<img width=\"%d\" height=\"%d\" alt=\"", side,
		   side);
	html_escape(&image, title);
	buf_add(&image, STR("\" src=\"data:image/png;base64,"));
	add_base64(&image, png_of(code, side, arena));
	buf_add(&image, STR("\">"));
	QRcode_free(code);
	*out = buf_str(&image);
	return true;
}
