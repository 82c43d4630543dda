/*
 * What the platform makes of kinds of messages: errors that are warnings to it,
 * and warnings that are errors. base/diag.c asks as it records a message.
 *
 * Always true: failures stay failures; what guards safety stays an error (the
 * reader of the settings sees to it, with diag_kind_may_be). The nearest word
 * wins: that for a unit, for what was imported, for all.
 */
#ifndef JIYUE_BASE_DIAG_LEVELS_H
#define JIYUE_BASE_DIAG_LEVELS_H

#include "base/diag.h"

/* One word a kind: DIAG_AS_GIVEN, or the level and one. */
typedef uint8_t diag_word;
enum { DIAG_AS_GIVEN = 0 };

/* Files with the numbers [first, behind) have levels of their own. */
struct diag_unit_levels {
	uint32_t first;
	uint32_t behind;
	diag_word *words;
};

struct diag_levels {
	diag_word *all;	     /* NULL: as given */
	diag_word *imported; /* of resources with "imported: true" */
	struct list units;   /* struct diag_unit_levels */
};

void diag_levels_init(struct diag_levels *levels);

/* Room for a word a kind, all as given. */
diag_word *diag_words_new(struct arena *arena);

/* The level of a message of the kind in a file that the code calls `given`. */
enum diag_level diag_levels_apply(const struct diag_levels *levels,
				  enum diag_level given, uint16_t kind,
				  uint32_t source, bool is_imported);

#endif
