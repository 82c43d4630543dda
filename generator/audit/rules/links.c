/* Where finished pages lead, as rules; audit/page_links.c finds it. */
#include "audit/page_links.h"
#include "audit/rule.h"

rule_function rule_page_link_anchor, rule_page_link_dead;

static void tell(const struct rule_input *input, struct finding_log *log,
		 bool is_anchor)
{
	const struct page_links_found *found = input->facts->links;

	for (size_t i = 0; found != NULL && i < found->count; i++) {
		const struct page_link_found *link = &found->links[i];
		struct diag *diag;

		if (link->is_anchor != is_anchor)
			continue;
		diag = is_anchor ? finding_add(log, span_none(),
					       _("“%.*s” leads to no place on "
						 "its page"),
					       STR_ARG(link->href))
				 : finding_add(log, span_none(),
					       _("“%.*s” leads to no file"),
					       STR_ARG(link->href));
		diag->path = link->path;
		diag_help(log->diags, diag,
			  _("pages with it: %zu; mend the template or the "
			    "article that writes it"),
			  link->pages);
	}
}

void rule_page_link_dead(const struct rule_input *input,
			 struct finding_log *log)
{
	tell(input, log, false);
}

void rule_page_link_anchor(const struct rule_input *input,
			   struct finding_log *log)
{
	tell(input, log, true);
}
