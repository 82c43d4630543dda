/*
 * The rules that a library and its written pages are judged by: one row each,
 * sorted by id. The table is read twice, by base/diag_kind.c for what a message
 * of a rule is about, and by audit/rule.c for what judges it; so a rule is one
 * row here, one function in audit/rules/ and two libraries in tests/rules/.
 *
 *	RULE(id, scope, level, when, function, cost, flags, basis, title)
 *
 *	id        of its messages, of waivers, baselines and `severity:`; stable
 *	scope     what one call judges: RESOURCE, COLUMN, SITE, CLUSTER
 *	level     ERROR or WARNING, before the platform has its say
 *	when      BUILD: in a check too; CHECK: there alone; "| RULE_DATED" when
 *	          what it says depends on the day
 *	function  rule_<function> of audit/rules/
 *	cost      what is not published as it was written (base/diag_kind.h)
 *	flags     DIAG_GUARDS, DIAG_GOES_ON or 0
 *	basis     the article or standard, or "" when it is only good sense
 *	title     one line, in English here
 */
RULE("attachment-unused", CLUSTER, WARNING, BUILD, attachment_unused, NOTHING,
     DIAG_GOES_ON, "", N_("no page links to an attachment"))
RULE("column-sets", SITE, ERROR, BUILD, column_sets, NOTHING, DIAG_GUARDS,
     N_("the Measures, article 13"),
     N_("columns, navigation, site map, sitemap.xml and feeds of a site are "
	"not equal"))
RULE("page-link-anchor", CLUSTER, ERROR, CHECK, page_link_anchor, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(4)"),
     N_("a finished page leads to a place that its target does not have"))
RULE("page-link-dead", CLUSTER, ERROR, CHECK, page_link_dead, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(4)"),
     N_("a finished page leads to a file that is not there"))
RULE("placeholder-text", RESOURCE, WARNING, CHECK, placeholder_text, NOTHING,
     DIAG_GOES_ON, "", N_("a text has words for what is still to be written"))
RULE("result-missing", RESOURCE, WARNING, CHECK | RULE_DATED, result_missing,
     NOTHING, DIAG_GOES_ON, N_("the Measures, article 15"),
     N_("a consultation is over for 30 days, and there is no result"))
RULE("title-twice", COLUMN, WARNING, CHECK, title_twice, NOTHING, DIAG_GOES_ON,
     "", N_("two pages of a column have the same title, at most 30 days apart"))
