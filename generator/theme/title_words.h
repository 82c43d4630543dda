/*
 * Words of official titles, so that a line is not broken inside one: 城区,
 * 网站, 补贴. Browsers know no words of Chinese.
 *
 * Always true: words are of two to nine wide characters, without any sign.
 */
#ifndef JIYUE_THEME_TITLE_WORDS_H
#define JIYUE_THEME_TITLE_WORDS_H

#include "base/str.h"

/* Length in bytes of the longest word that `text` begins with, or 0. */
size_t title_word(str text);

#endif
