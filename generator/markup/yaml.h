/*
 * YAML as the library uses it (libyaml): one mapping at the top, no aliases,
 * no tags, no duplicate keys, at most 64 KiB (settings: 1 MiB) and 32 levels.
 *
 * Always true: every node has the span of its text; scalars are strings, the
 * reader of a field gives them their type; strings live in the arena.
 */
#ifndef JIYUE_MARKUP_YAML_H
#define JIYUE_MARKUP_YAML_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"

enum {
	YAML_FRONT_MATTER_LIMIT = 64 * 1024,
	YAML_SETTINGS_LIMIT = 1024 * 1024,
	YAML_DEPTH_LIMIT = 32,
};

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml_pair;

struct yaml_node {
	enum yaml_kind kind;
	struct span span;
	str text;	 /* scalar: its value; in brackets: as written */
	bool is_plain;	 /* scalar: written without quotes */
	bool is_null;	 /* scalar: plain and empty, ~ or null */
	bool is_flow;	 /* written in [] or {} */
	bool is_refused; /* an error says why; say no more of it */
	size_t count;	 /* sequence: items; mapping: pairs */
	const struct yaml_node *items; /* sequence */
	const struct yaml_pair *pairs; /* mapping, in the order written */
};

struct yaml_pair {
	str key;
	struct span key_span;
	struct yaml_node value;
};

/*
 * Parses bytes [start, end) of the source as one mapping; an empty text is an
 * empty mapping. False after any error; every error is recorded with its span
 * in the whole source. When only some values were refused, `out` still has all
 * pairs, so that a caller can say at once what else is wrong.
 */
MUST_USE bool yaml_parse(struct yaml_node *out, const struct source *source,
			 size_t start, size_t end, size_t limit,
			 struct arena *arena, struct diag_list *diags);

/*
 * The value as it can be written behind a key, for help that is followed to the
 * letter: in quotation marks if it needs them, "…" if it is too long to repeat.
 */
str yaml_written(str value, struct arena *arena);

/* The text between the quotation marks that change it least. */
str yaml_quoted(str text, struct arena *arena);

/* The value of `key` of a mapping, or NULL. */
const struct yaml_node *yaml_get(const struct yaml_node *mapping, str key);

/* The text of a scalar value of `key`; empty when there is none. */
str yaml_text(const struct yaml_node *mapping, const char *key);

#endif
