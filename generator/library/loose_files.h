/*
 * Files below content/ that lead to nothing: a text whose name is not quite
 * that of one, a document that lies beside no index.md. Each gets a warning,
 * because its editor believes it published.
 */
#ifndef JIYUE_LIBRARY_LOOSE_FILES_H
#define JIYUE_LIBRARY_LOOSE_FILES_H

#include "snapshot/snapshot.h"

/* "X.MD", "y.markdown": meant as a text. */
bool loose_file_is_nearly_text(str name);

/* A file of this name is published nowhere. */
void loose_files_report(struct diag_list *diags, size_t file, str name,
			bool has_index);

/* A text that is published, but perhaps not as it was meant: "Index.md". */
void loose_files_look_at_text(struct diag_list *diags, size_t file, str name);

/* A text among the shared files of a unit. */
void loose_files_report_shared_text(struct diag_list *diags, size_t file);

/*
 * Warns of each README.md below content/ that begins as a resource does: such a
 * file is a note for those who edit, and is never published.
 */
void loose_files_check_readmes(const struct snapshot *snapshot,
			       struct snapshot_reader *reader,
			       struct diag_list *diags);

#endif
