/*
 * Attachments that no page of the cluster leads to: readers do not find them,
 * and whoever looks after the library believes them published. Known only when
 * every page has told what it leads to: those that were made, and those that
 * the record has.
 */
#ifndef JIYUE_PIPELINE_UNUSED_FILES_H
#define JIYUE_PIPELINE_UNUSED_FILES_H

#include "record/page_work.h"

/* For a whole plan whose pages were all made or kept. */
void unused_files_tell(const struct page_work *work, struct diag_list *diags);

/*
 * For a recalled plan: does every page that was made still lead to the same
 * files? If not, one may be without any page now, or have one.
 */
bool unused_files_are_as_before(const struct page_work *work);

#endif
