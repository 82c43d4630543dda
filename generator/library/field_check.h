/*
 * Gives the value of one field its type, or says what is wrong with it.
 *
 * Always true: an empty value (nothing, null, "" or an empty list) counts as
 * "not there": `node` is then NULL and nothing is recorded.
 */
#ifndef JIYUE_LIBRARY_FIELD_CHECK_H
#define JIYUE_LIBRARY_FIELD_CHECK_H

#include "library/front_matter.h"

/* Texts in a list: keywords, old addresses. */
enum { FIELD_ENTRY_LIMIT = 500 };

struct field_context {
	int32_t offset; /* of moments without one, minutes */
	struct arena *arena;
	struct diag_list *diags;
};

/* The key's span is for messages. False when a mistake was recorded. */
MUST_USE bool field_read(struct field_value *out, const struct field *field,
			 const struct yaml_node *node, struct span key_span,
			 const struct field_context *context);

/*
 * A key that is not in `table`: says so and proposes what was meant. Values of
 * one's own may stand below `extra:` when there is that. True when the key is
 * only a warning to the platform.
 */
bool field_report_unknown(const struct field *table, bool has_extra, str key,
			  struct span key_span, struct diag_list *diags);

/* Whether the message above says of a key of the mapping: this was meant. */
bool field_is_meant(const struct field *table, const struct field *field,
		    const struct yaml_node *unknown);

#endif
