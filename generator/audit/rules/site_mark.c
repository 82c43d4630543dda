/*
 * The foot of every page has the 党政机关网站标识. A site gets it a while after
 * it was opened, and a platform that is being set up has none; so a site is
 * told that it lacks it as soon as another one has it.
 */
#include "audit/rule.h"

rule_function rule_site_mark_missing;

void rule_site_mark_missing(const struct rule_input *input,
			    struct finding_log *log)
{
	const struct cluster *cluster = input->plan->arrangement->cluster;
	bool has_mark = cluster_has_mark(cluster);

	for (size_t i = 0; has_mark && i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];

		if (site->conac.len > 0 || site_is_notice_only(site))
			continue;
		diag_help(log->diags,
			  finding_add(log, site->domain_span,
				      _("the pages of this site do not show "
					"the mark of party and government "
					"sites, “conac” is not set")),
			  "%s",
			  _("write the number of its certificate: conac: "
			    "\"619900000000000001\"; while it is applied for, "
			    "waive this in sites/rules/waivers.yaml"));
	}
}
