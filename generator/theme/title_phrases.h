/*
 * A title as markup that says where its lines are broken best.
 *
 * A phrase is what stands between blanks, and what begins with 《 or 关于; it
 * is a <span class="phrase">. Inside a long one <wbr> stands before known
 * words, before 和 and its like, and around “ ”; the style sheet forbids all
 * other breaks (word-break: keep-all). What ends a title, like 的通知, is
 * whole.
 */
#ifndef JIYUE_THEME_TITLE_PHRASES_H
#define JIYUE_THEME_TITLE_PHRASES_H

#include "base/buf.h"
#include "base/str.h"

/* Adds the markup of `title`; inside 《》 no phrase begins. */
void title_phrases(struct buf *out, str title);

#endif
