/*
 * The map of an import (--map): what of the old texts becomes which field.
 *
 *	type: news                          # of what has no other
 *	types: {gonggao: notice}            # by category, or by folder
 *	folders: {通知公告: tzgg}           # by category, below the folder
 *	category: [categories, category]    # where categories stand
 *	fields:
 *	  title: [title, headline]          # the first that says something
 *	  date: publishDate
 *	  body: content
 *	dates: ['%d/%m/%Y %H:%M']
 *	body: html                          # or markdown
 *	set: {source: 示范市人民政府办公室} # said of all
 *	archive: true
 *
 * What a field is taken from is the name of a column or key; of a page it is
 * "meta:ArticleTitle", "after:发布时间" (what stands behind the word and a
 *colon), "word:来源" (of that the first word), or an XPath.
 */
#ifndef JIYUE_IMPORT_IMPORT_MAP_H
#define JIYUE_IMPORT_IMPORT_MAP_H

#include "base/diag.h"
#include "base/source.h"
#include "library/schema.h"

enum { IMPORT_MAP_LIMIT = 1024 * 1024 };

enum import_body {
	IMPORT_BODY_DEFAULT,
	IMPORT_BODY_MARKDOWN,
	IMPORT_BODY_HTML
};

struct import_pair {
	str key;
	const str *values;
	size_t count;
};

struct import_pairs {
	const struct import_pair *items;
	size_t count;
};

struct import_map {
	str type; /* empty: none is named */
	struct import_pairs types;
	struct import_pairs folders;
	struct import_pairs fields;
	struct import_pairs set;
	struct import_pairs categories; /* one, "category" */
	struct import_pairs dates;	/* one, "dates" */
	enum import_body body;
	bool archive;
	bool says_archive;
};

/* False after a mistake; each is recorded. */
MUST_USE bool import_map_read(struct import_map *out,
			      const struct source *source,
			      const struct schema *schema, struct arena *arena,
			      struct diag_list *diags);

/* NULL: the key is not there. */
const struct import_pair *import_pair_find(const struct import_pairs *pairs,
					   str key);

#endif
