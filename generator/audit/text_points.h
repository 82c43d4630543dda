/*
 * A text as code points, as it was typed or as rules about words compare it:
 * folded, that is in Unicode's form KC, one by one, in lower case, without what
 * nobody sees (U+200B, soft hyphens). Full-width digits are digits then, Kangxi
 * radicals the characters they look like.
 *
 * Always true: each point knows where in the text it stands, so that what was
 * found can be shown as it was written.
 */
#ifndef JIYUE_AUDIT_TEXT_POINTS_H
#define JIYUE_AUDIT_TEXT_POINTS_H

#include "base/arena.h"
#include "base/str.h"

struct text_points {
	str text; /* not copied */
	const uint32_t *points;
	const uint32_t *places; /* byte of the text; one more than points */
	size_t count;
};

/* Texts below 4 GiB. */
void text_points_decode(struct text_points *out, str text, struct arena *arena);
void text_points_fold(struct text_points *out, str text, struct arena *arena);

/* What stands at points [start, end), as it was written. */
str text_points_slice(const struct text_points *folded, size_t start,
		      size_t end);

/* Behind the end of the text there is the end of a line. */
static inline uint32_t text_points_at(const struct text_points *points,
				      size_t at)
{
	return at < points->count ? points->points[at] : '\n';
}

/* Does the word stand at the point? It is compared in lower case. */
bool text_points_has(const struct text_points *points, size_t at, str word);

/* One of the words; and one that begins at a point from `from` to before `to`.
 */
bool text_points_has_one(const struct text_points *points, size_t at,
			 const char *const *words);
bool text_points_has_within(const struct text_points *points, size_t from,
			    size_t to, const char *const *words);

/*
 * Does one of the words begin in the `count` points before `at`, in its line?
 */
bool text_points_has_before(const struct text_points *points, size_t at,
			    size_t count, const char *const *words);

/* Points of a line, without its end; false behind the last. */
struct text_line {
	size_t start;
	size_t end;
};
bool text_points_next(struct text_line *line, const struct text_points *points,
		      size_t *at);

#endif
