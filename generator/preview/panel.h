/* What a build said, as HTML at the foot of a page of the preview. */
#ifndef JIYUE_PREVIEW_PANEL_H
#define JIYUE_PREVIEW_PANEL_H

#include "base/diag.h"

/* Bytes of the messages; what is behind them is told in the terminal alone. */
enum { PANEL_LIMIT = 128 * 1024 };

/*
 * `text` is what diag_print gives; a message that begins with a place leads to
 * it in an editor (vscode://file), below `folder`, the library as an absolute
 * path. `number` is the build's: the page asks for those behind it.
 */
void preview_add_panel(struct buf *out, const struct diag_list *diags, str text,
		       const char *folder, uint64_t number);

/* The style sheet and the script that the panel needs, as own addresses. */
extern const char preview_css[];
extern const char preview_js[];

#endif
