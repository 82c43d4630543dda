/*
 * Says what is wrong with text that libyaml refuses, in the words of somebody
 * who writes articles and no programs: the slips that editors make (a tab, a
 * full-width colon, a missing space, an open quote) are looked for around the
 * place where libyaml stopped; only when none is found its own reason counts.
 *
 * Always true: at least one error is recorded, each with a help, and at most
 * one a line; the work is linear in the text and done once, because libyaml
 * stops at its first error.
 */
#ifndef JIYUE_MARKUP_YAML_MISTAKE_H
#define JIYUE_MARKUP_YAML_MISTAKE_H

#include "base/diag.h"
#include "base/source.h"

struct yaml_mistake {
	const struct source *source;
	size_t start;	    /* of the YAML text, bytes of the source */
	size_t end;	    /* one behind it */
	size_t context;	    /* where the broken part began */
	size_t problem;	    /* where libyaml stopped */
	bool is_settings;   /* no front matter */
	const char *reason; /* libyaml's words: what it expected */
	const char *doing;  /* libyaml's words: what it was reading */
};

void yaml_mistake_report(const struct yaml_mistake *mistake,
			 struct diag_list *diags);

#endif
