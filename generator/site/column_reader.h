/* Reads the `columns:` of a site.yaml into the flat tree of site/column.h. */
#ifndef JIYUE_SITE_COLUMN_READER_H
#define JIYUE_SITE_COLUMN_READER_H

#include "site/column.h"

struct column_tree {
	struct column *columns;
	size_t count;
};

MUST_USE bool column_tree_read(struct column_tree *out,
			       const struct yaml_node *node,
			       const struct settings_reader *reader);

/* For help; ends with a row without rows. */
extern const struct setting_table column_settings[];

#endif
