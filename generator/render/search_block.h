/*
 * The blocks of the search index: the texts of some resources, as people see
 * them among the results.
 *
 * A file of lines, one a resource, newest first, with its fields parted by
 * tabs. Inside a field U+001F ends lines; other control characters there are
 * none. What the index finds of
 * a block is a function of these bytes, so a build that has the file has it.
 */
#ifndef JIYUE_RENDER_SEARCH_BLOCK_H
#define JIYUE_RENDER_SEARCH_BLOCK_H

#include "base/search_text.h"

enum search_field {
	SEARCH_ADDRESS,
	SEARCH_TITLE,
	SEARCH_DATE,  /* YYYY-MM-DD */
	SEARCH_TYPE,  /* as people read it */
	SEARCH_CLASS, /* "1": a service or policy in force; or nothing */
	SEARCH_SITE,
	SEARCH_TOPIC,
	SEARCH_VALIDITY,
	SEARCH_STAMP, /* of what is archived */
	SEARCH_DOC_NO,
	SEARCH_SUMMARY,
	SEARCH_FILES, /* names of attachments */
	SEARCH_TEXT,  /* subtitle, keywords, fields, body */
	SEARCH_FIELD_COUNT
};

/* Adds the terms of all resources of a block, in no order. */
void search_block_postings(struct search_postings *out, str bytes,
			   uint64_t block);

#endif
