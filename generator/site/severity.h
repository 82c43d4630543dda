/*
 * severity: of sites/platform.yaml, which kinds of messages are errors and
 * which are warnings:
 *
 *	severity:
 *	  link-dead: warning            # everywhere
 *	  imported: {html-unclosed: warning}   # where "imported: true" stands
 *	  units:
 *	    jyj: {markdown-image-alt: error}   # below content/jyj/
 */
#ifndef JIYUE_SITE_SEVERITY_H
#define JIYUE_SITE_SEVERITY_H

#include "base/diag_levels.h"
#include "markup/yaml.h"
#include "snapshot/snapshot.h"

/* `node` may be NULL: nothing is changed. False after any mistake. */
MUST_USE bool severity_read(struct diag_levels *out,
			    const struct yaml_node *node,
			    const struct snapshot *snapshot,
			    struct arena *arena, struct diag_list *diags);

#endif
