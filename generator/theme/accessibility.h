/*
 * What a theme says of its accessibility (无障碍说明): accessibility.yaml, in
 * two groups.
 *
 *	wcag:
 *	  1.4.3:
 *	    level: AA
 *	    state: 满足
 *	    name: {zh-CN: 对比度（最低）, en: Contrast (Minimum)}
 *	    how: {zh-CN: 文字与背景的对比度不低于 4.5:1。, en: …}
 *	national:
 *	  large-type:
 *	    state: 满足
 *	    basis: {zh-CN: …, en: …}
 *	    name: …
 *	    how: …
 *
 * Keys of `wcag` are success criteria of WCAG 2.2, and `level` is that of the
 * criterion. A stronger layer replaces what it has of a row, key by key.
 *
 * Always true: rows of `wcag` stand in the order of their criteria, those of
 * `national` as they are written. The file is no part of the base that all
 * templates see, so that a changed row makes one page of a site anew.
 */
#ifndef JIYUE_THEME_ACCESSIBILITY_H
#define JIYUE_THEME_ACCESSIBILITY_H

#include "base/list.h"
#include "theme/theme.h"

enum accessibility_state {
	ACCESSIBILITY_MET,
	ACCESSIBILITY_PARTIAL,
	ACCESSIBILITY_NOT_APPLICABLE,
	ACCESSIBILITY_STATE_COUNT
};

/* As they are written in the file: 满足 and so on. */
extern const char *const accessibility_states[ACCESSIBILITY_STATE_COUNT];

struct accessibility_row {
	str number; /* "1.4.3"; of the second group: its key */
	str level;  /* "AA"; of the second group: empty */
	enum accessibility_state state;
	str basis; /* of the first group: empty */
	str name;
	str how;
};

struct accessibility {
	struct list wcag; /* struct accessibility_row */
	struct list national;
};

/*
 * The rows in the theme's language. Every mistake is recorded; false after any:
 * a theme that has one is not loaded.
 */
MUST_USE bool accessibility_read(struct accessibility *out,
				 const struct theme *theme, struct arena *arena,
				 struct diag_list *diags);

#endif
