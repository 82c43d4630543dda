/*
 * Names in settings, and of settings files, that lead to nothing: said with the
 * name that was probably meant, since nobody misses what is never read.
 */
#ifndef JIYUE_SITE_NEAR_NAMES_H
#define JIYUE_SITE_NEAR_NAMES_H

#include "site/settings.h"
#include "snapshot/snapshot.h"

/* What the folders are named for. */
enum near_names_use {
	NEAR_NAMES_UNITS,	   /* `units:` of a site */
	NEAR_NAMES_SELECTED_UNITS, /* `unit:` of a column */
	NEAR_NAMES_SELECTED,	   /* `in:` of a column */
	NEAR_NAMES_EXCLUDED,	   /* the same of `exclude:` */
};

/*
 * Warns of folders below content/ that have no file, and of texts in the place
 * of folders. A unit that a column selects is told only when there is one
 * that may have been meant: it may be another site's that is to come. `value`
 * is the text or list that they were read from. Without a snapshot nothing is
 * said.
 */
void near_names_check_folders(const struct text_list *folders,
			      const struct yaml_node *value,
			      enum near_names_use use,
			      const struct settings_reader *reader);

/* The files of sites/rules/: audit/rule_book.c reads each of them. */
enum rule_file {
	RULE_FILE_LIMITS,
	RULE_FILE_REPRINTS,
	RULE_FILE_SCORES,
	RULE_FILE_SOURCES,
	RULE_FILE_WAIVERS,
	RULE_FILE_WORDS,
	RULE_FILE_COUNT,
};

extern const str rule_file_names[RULE_FILE_COUNT];

/* Files below sites/ with nearly the name of one that is read. */
void near_names_check_files(const struct snapshot *snapshot,
			    struct diag_list *diags);

/* Which file was meant as sites/platform.yaml; empty: none. */
str near_names_platform(const struct snapshot *snapshot, struct arena *arena);

#endif
