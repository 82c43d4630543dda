/*
 * Which traditional characters the search takes for simplified ones:
 * sites/vocabulary/traditional.yaml, where readers from elsewhere type them.
 *
 *	台: 臺颱檯
 *	学: 學
 *
 * The key is the character of official texts. The program has no table of its
 * own: which ones readers type, and which of several is meant, a city knows.
 *
 * Always true once read: no traditional character stands twice, and `pairs` has
 * each before its simplified one.
 */
#ifndef JIYUE_SITE_TRADITIONAL_H
#define JIYUE_SITE_TRADITIONAL_H

#include "base/digest.h"
#include "base/map.h"
#include "site/settings.h"

#define TRADITIONAL_PATH "sites/vocabulary/traditional.yaml"

enum { TRADITIONAL_MOST = 5000 }; /* the page's script reads all of them */

struct traditional {
	str pairs; /* "臺台颱台學学" */
	struct digest digest;
};

/* No characters. */
void traditional_init(struct traditional *traditional);

/* False after any mistake: the file counts as a whole or not at all. */
MUST_USE bool traditional_read(struct traditional *out,
			       const struct source *source, struct arena *arena,
			       struct diag_list *diags);

/* For help; ends with a row without rows. */
extern const struct setting_table traditional_settings[];

#endif
