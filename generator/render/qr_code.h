/*
 * A QR code as SVG: the address of a page, for phones.
 *
 * Always true: the same text gives the same bytes; black on white with the
 * quiet zone of 4 modules, whatever the colours of the page, so that it can be
 * read in dark mode; no style, no script.
 */
#ifndef JIYUE_RENDER_QR_CODE_H
#define JIYUE_RENDER_QR_CODE_H

#include "base/arena.h"

/*
 * A whole SVG file that may also stand inside a page. `title` says what the
 * code is for ("本页二维码"). Error correction level M. Returns false when
 * `text` is empty or too long for one code (2,331 bytes).
 */
MUST_USE bool qr_code_svg(str *out, str text, str title, struct arena *arena);

#endif
