/* `jiyue help markdown`. */
#ifndef JIYUE_COMMAND_HELP_MARKDOWN_H
#define JIYUE_COMMAND_HELP_MARKDOWN_H

#include "base/buf.h"

void help_markdown(struct buf *out);

#endif
