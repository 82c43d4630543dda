/*
 * The last part of an address from a title: 《关于做好2026年供暖工作的通知》
 * becomes "zuo-hao-2026-nian-gong-nuan-gong-zuo".
 *
 * Always true: letters a to z, digits and single "-", neither first nor last;
 * never empty; at most SLUG_WORDS_LIMIT bytes, cut between two syllables. The
 * reading of a character is the one that the Unicode data have first: where it
 * has several, the editor names the slug.
 */
#ifndef JIYUE_EDITOR_SLUG_H
#define JIYUE_EDITOR_SLUG_H

#include "base/arena.h"
#include "base/str.h"

enum { SLUG_WORDS_LIMIT = 48 };

/* Falls back to `otherwise` for a title without a letter or digit. */
str slug_from_title(str title, str otherwise, struct arena *arena);

#endif
