/*
 * A QR code as a picture: the address of a page, for phones. It stands in the
 * page as a data address, so that it needs no file of its own.
 *
 * Always true: the same text gives the same bytes; black on white with the
 * quiet zone of 4 modules, whatever the colours of the page, so that it can be
 * read in dark mode; one pixel a module, which a page draws larger.
 */
#ifndef JIYUE_RENDER_QR_CODE_H
#define JIYUE_RENDER_QR_CODE_H

#include "base/arena.h"

/*
 * An <img> with a PNG. `title` says what the code is for ("本页二维码"). Error
 * correction level M. Returns false when `text` is empty or too long for one
 * code (2,331 bytes).
 */
MUST_USE bool qr_code_image(str *out, str text, str title, struct arena *arena);

#endif
