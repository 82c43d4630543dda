/*
 * Filters: what may stand behind | in a tag. A closed set, one row each.
 *
 * The checker asks filter_result() which kinds of value a filter takes and
 * gives; the evaluator calls filter_apply() on values of these kinds. An
 * absent value stays absent except for `default`, `json` and `size`.
 */
#ifndef JIYUE_THEME_TEMPLATE_FILTER_H
#define JIYUE_THEME_TEMPLATE_FILTER_H

#include "base/diag.h"
#include "theme/value.h"

struct filter;

enum { FILTER_CHAIN_LIMIT = 8, FILTER_NUMBER_LIMIT = 1000000 };

/* A filter with its argument as a tag asks for it. */
struct filter_call {
	const struct filter *filter;
	str text;
	uint64_t number;
	struct span span; /* of its name */
};

/*
 * Reads `text`, all that stands behind the first | of a tag: a slice of the
 * source. Mistakes are recorded. The calls are in the arena.
 */
MUST_USE bool filter_parse(const struct filter_call **out, size_t *count,
			   const struct source *source, str text,
			   struct arena *arena, struct diag_list *diags);

const char *filter_name(const struct filter *filter);

/* Does the filter write a JSON literal? */
bool filter_is_json(const struct filter *filter);

/* Can it take a value of this kind? If so, `*out` is the kind it gives. */
bool filter_result(enum value_kind *out, const struct filter *filter,
		   enum value_kind kind);

/* The new value; its text, when there is any, is in the arena. */
struct value filter_apply(const struct filter_call *call, struct value value,
			  struct arena *arena);

/* A number, a moment or a truth as templates print it. */
void filter_print_number(struct buf *out, int64_t number);
void filter_print_moment(struct buf *out, struct moment moment);

/* "a text", "a list" and so on, translated. */
const char *value_kind_name(enum value_kind kind);

#endif
