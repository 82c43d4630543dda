/*
 * A line without the blanks that stand between its Chinese characters:
 * 内 部 资 料 says 内部资料. Such blanks are the letter-spacing of a
 * typewriter, or hide a word; they part phrases of a title and cells of a
 * table, too.
 *
 * Always true: each point knows where in the whole text it stood.
 */
#ifndef JIYUE_AUDIT_CLOSED_LINE_H
#define JIYUE_AUDIT_CLOSED_LINE_H

#include "audit/text_points.h"

struct closed_line {
	const struct text_points *whole;
	struct text_points text; /* of the line alone */
	const uint32_t *origins; /* points of the whole, one for each */
};

/* False: no blank stands between characters of the line. */
bool closed_line_make(struct closed_line *out, const struct text_points *whole,
		      const struct text_line *line, struct arena *arena);

/*
 * Points [start, end) of the line are a word. Does a blank stand in it that is
 * none between two others? Of a word of two characters one has to stand alone,
 * or the line is a sentence: 全市 尾号 are two words of a title.
 */
bool closed_line_breaks(const struct closed_line *line, size_t start,
			size_t end);

#endif
