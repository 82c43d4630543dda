/*
 * Resources as they were at an earlier commit: read with the _defaults.yaml and
 * the types of that commit, for a search of versions
 * (snapshot/version_search.h).
 *
 * Always true: what was wrong then is no message of today; a version whose
 * defaults were broken is read with those of today.
 */
#ifndef JIYUE_LIBRARY_VERSION_READER_H
#define JIYUE_LIBRARY_VERSION_READER_H

#include "library/catalog.h"
#include "snapshot/version_search.h"

struct version_reader {
	const struct catalog *today;
	struct catalog *version; /* of the commit that is looked at */
	bool has_types;		 /* false: the types of the commit are broken */
	struct arena *arena;
	struct arena scratch; /* of one file */
	struct arena talk; /* of messages about the past: nobody hears them */
	const struct diag_list *diags; /* whose levels hold */
	str lacking; /* the type that the last version asks for; or empty */
};

void version_reader_init(struct version_reader *reader,
			 const struct catalog *today, struct arena *arena,
			 const struct diag_list *diags);
void version_reader_release(struct version_reader *reader);

/* What a search answers with: what reading needs, each new version, its key. */
bool version_reader_needs(void *context, str path);
void version_reader_begin(struct version_reader *reader,
			  const struct version *version);
struct digest version_reader_key(struct version_reader *reader,
				 const struct version_sought *item,
				 const struct version *version);

/*
 * The resource as it was; false when it had mistakes, or is `lacking` a type of
 * today. Strings live until version_reader_forget, which ends with every call
 * of this.
 */
MUST_USE bool version_reader_read(struct resource *out,
				  struct version_reader *reader,
				  const struct version_sought *item,
				  const struct version *version);
void version_reader_forget(struct version_reader *reader);

/* All else that a verdict on the file depends on, beside `verdicts`. */
struct digest version_reader_context(const struct catalog *today,
				     struct digest verdicts, str path);

#endif
