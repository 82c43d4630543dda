/*
 * The proof of article 13 over the pages that were made, before they are
 * published.
 */
#ifndef JIYUE_PIPELINE_PROVER_H
#define JIYUE_PIPELINE_PROVER_H

#include "pipeline/page_maker.h"

/* A site that does not pass is blocked. False when the world fails. */
MUST_USE bool pages_prove(struct page_work *work,
			  const struct page_maker *maker,
			  struct diag_list *diags);

#endif
