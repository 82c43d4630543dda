#include "render/qr_code.h"

#include <qrencode.h>

#include "base/buf.h"
#include "markup/html.h"

enum { QUIET_ZONE = 4, BYTES_LIMIT = 2331 };

/* The lowest bit of a module says that it is black. */
static bool is_black(const QRcode *code, int x, int y)
{
	return (code->data[y * code->width + x] & 1) != 0;
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
				buf_printf(out, "M%d %dh%dv1h-%dz",
					   start + QUIET_ZONE, y + QUIET_ZONE,
					   x - start, x - start);
		}
	}
}

bool qr_code_svg(str *out, str text, str title, struct arena *arena)
{
	QRcode *code = NULL;
	struct buf svg;
	int size;

	*out = STR("");
	if (text.len == 0 || text.len > BYTES_LIMIT)
		return false;
	code = QRcode_encodeData((int)text.len,
				 (const unsigned char *)text.data, 0,
				 QR_ECLEVEL_M);
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
