/*
 * Which emphasis signs of a line can open and which can close, where
 * CommonMark's answer is not what a Chinese writer means.
 *
 * CommonMark looks at white space and punctuation on both sides of a run of
 * "*" or "_", and Chinese has no white space between words: in
 * 在**“五个工作日”**内 it sees two runs that cannot do what they are there
 * for. The markdown-cjk-friendly proposal counts Chinese characters as white
 * space there. We do too, and beyond it keep the "*" that is no emphasis:
 * 7*24小时, 长3米*宽2米, 138****5678, 王*、李**, 带*号的.
 *
 * Always true: an answer looks at a bounded part of the line.
 */
#ifndef JIYUE_MARKUP_MARKDOWN_FLANK_H
#define JIYUE_MARKUP_MARKDOWN_FLANK_H

#include "base/str.h"

enum markdown_flank {
	MARKDOWN_FLANK_NATIVE, /* CommonMark is right */
	MARKDOWN_FLANK_NONE,   /* text */
	MARKDOWN_FLANK_OPENS,
	MARKDOWN_FLANK_CLOSES,
	MARKDOWN_FLANK_BOTH,
};

/* A run of one sign in a line. */
struct markdown_run {
	str line;
	size_t start;
	size_t end;
};

enum markdown_flank markdown_flank_of(const struct markdown_run *run);

/* Whether the run stands at an end of the line, or beside white space. */
bool markdown_run_is_first(const struct markdown_run *run);
bool markdown_run_is_last(const struct markdown_run *run);

#endif
