#include "render/qr_code.h"

#include <string.h>

#include <qrencode.h>

#include "base/buf.h"
#include "markup/html.h"

enum { QUIET_ZONE = 4, BYTES_LIMIT = 2331, MASK = 3 };

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

/* The lowest bit of a module says that it is black. */
static bool is_black(const QRcode *code, int x, int y)
{
	return (code->data[y * code->width + x] & 1) != 0;
}

/* A code has at most 177 modules a side. */
static char *write_number(char *at, unsigned number)
{
	if (number >= 100)
		*at++ = (char)('0' + number / 100);
	if (number >= 10)
		*at++ = (char)('0' + number / 10 % 10);
	*at++ = (char)('0' + number % 10);
	return at;
}

/* There are hundreds in a code, so each is appended at once. */
static void write_run(struct buf *out, unsigned x, unsigned y, unsigned length)
{
	char run[32] = "M";
	char *at = write_number(run + 1, x + QUIET_ZONE);

	*at++ = ' ';
	at = write_number(at, y + QUIET_ZONE);
	*at++ = 'h';
	at = write_number(at, length);
	memcpy(at, "v1h-", 4);
	at = write_number(at + 4, length);
	*at++ = 'z';
	buf_add(out, (str){ run, (size_t)(at - run) });
}

/* One path; each run of black modules of a row is a line one module wide. */
static void write_rows(struct buf *out, const QRcode *code)
{
	for (int y = 0; y < code->width; y++) {
		for (int x = 0; x < code->width; x++) {
			int start = x;

			while (x < code->width && is_black(code, x, y))
				x++;
			if (x > start)
				write_run(out, (unsigned)start, (unsigned)y,
					  (unsigned)(x - start));
		}
	}
}

bool qr_code_svg(str *out, str text, str title, struct arena *arena)
{
	QRcode *code;
	struct buf svg;
	int size;

	*out = STR("");
	if (text.len == 0 || text.len > BYTES_LIMIT)
		return false;
	code = encode(text);
	if (code == NULL)
		return false;
	size = code->width + 2 * QUIET_ZONE;
	buf_init(&svg, arena);
	buf_printf(&svg,
		   "<svg xmlns=\"http://www.w3.org/2000/svg\" "
		   "viewBox=\"0 0 %d %d\" role=\"img\" "
		   "shape-rendering=\"crispEdges\"><title>",
		   size, size);
	html_escape(&svg, title);
	buf_printf(&svg,
		   "</title><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
		   "<path fill=\"#000\" d=\"",
		   size, size);
	write_rows(&svg, code);
	buf_add(&svg, STR("\"/></svg>"));
	QRcode_free(code);
	*out = buf_str(&svg);
	return true;
}
