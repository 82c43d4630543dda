/* What raw HTML may have, as text, from the table that cleaning follows. */
#ifndef JIYUE_MARKUP_HTML_HELP_H
#define JIYUE_MARKUP_HTML_HELP_H

#include "base/buf.h"

/* In the language of messages. */
void html_help(struct buf *out);

#endif
