/*
 * What is looked at in each scalar of YAML, value or key, beyond its syntax.
 *
 * Private to markup/yaml*.c.
 */
#ifndef JIYUE_MARKUP_YAML_SCALAR_H
#define JIYUE_MARKUP_YAML_SCALAR_H

#include "markup/yaml.h"

/* The text that is read: bytes [start, end) of the source. */
struct yaml_text {
	const struct source *source;
	size_t start;
	size_t end;
};

/*
 * Whether the value is free of characters that no text may have. The text of
 * the file was asked when it was read; escapes between double quotes ("\u202e",
 * "\0") make new ones, and each is reported at its own place.
 */
MUST_USE bool yaml_scalar_check_text(const struct yaml_text *text,
				     struct span span, str value,
				     struct diag_list *diags);

/*
 * Warns of text behind the scalar that YAML takes for a comment: "#3 楼" of
 * "title: 拆除 #3 楼". The answer counts the warnings.
 */
size_t yaml_scalar_check_comment(const struct yaml_text *text,
				 const struct yaml_node *scalar,
				 struct diag_list *diags);

/*
 * Whether a key is free of what makes it another key than it seems: white space
 * of other scripts at its ends, or a full-width colon.
 */
MUST_USE bool yaml_scalar_check_key(const struct yaml_text *text,
				    const struct yaml_node *key,
				    struct diag_list *diags);

/*
 * The value of a scalar that stands on several lines, `raw` as written: a line
 * break between Chinese characters is nothing, where YAML has a space. A value
 * with escapes or "|" stays as it is.
 */
str yaml_scalar_join(str value, str raw, struct arena *arena);

#endif
