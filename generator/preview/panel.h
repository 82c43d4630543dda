/*
 * What a build said of a page, as HTML at its foot; and a page of all that it
 * said.
 */
#ifndef JIYUE_PREVIEW_PANEL_H
#define JIYUE_PREVIEW_PANEL_H

#include "base/buf.h"
#include "preview/notes.h"

/* Bytes of messages on a page; what is behind them is told in the terminal. */
enum { PANEL_LIMIT = 128 * 1024 };

struct panel {
	const struct preview_notes *notes;
	str domain;
	str path;	 /* www.a.cn/gk/x.html; empty: of no page */
	uint64_t number; /* the build's: the page asks for those behind it */
	str as_of;	 /* the day; empty: today */
};

/*
 * `text` is what diag_print gives; a message that begins with a place leads to
 * it in an editor (vscode://file), below `folder`, the library as an absolute
 * path.
 */
void panel_add_messages(struct buf *out, str text, const char *folder);

void panel_add(struct buf *out, const struct panel *panel);

/* The whole page at PANEL_ALL. */
void panel_add_all(struct buf *out, const struct panel *panel);

/* Addresses of its own. */
#define PANEL_ALL "/.jiyue/messages"
extern const char preview_css[];
extern const char preview_js[];

#endif
