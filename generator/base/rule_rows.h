/*
 * The rules that a library and its written pages are judged by: one row each,
 * sorted by id. The table is read twice, by base/diag_kind.c for what a message
 * of a rule is about, and by audit/rule.c for what judges it; so a rule is one
 * row here, one function in audit/rules/ and two libraries in tests/rules/.
 *
 *	RULE(id, scope, level, when, function, cost, flags, basis, title)
 *
 *	id        of its messages, of waivers, baselines and `severity:`; stable
 *	scope     what one call judges: RESOURCE, COLUMN, SITE,
 *	          PAGES (the finished ones of a site), CLUSTER
 *	level     ERROR or WARNING, before the platform has its say
 *	when      BUILD: in a check too; CHECK: there alone; "| RULE_DATED" when
 *	          what it says depends on the day
 *	function  rule_<function> of audit/rules/
 *	cost      what is not published as it was written (base/diag_kind.h)
 *	flags     DIAG_GUARDS, DIAG_GOES_ON or 0
 *	basis     the article or standard, or "" when it is only good sense
 *	title     one line, in English here
 */
RULE("advertising", RESOURCE, ERROR, CHECK, advertising, NOTHING, DIAG_GOES_ON,
     N_("the Measures, articles 13 and 30"), N_("a text advertises"))
RULE("attachment-unused", CLUSTER, WARNING, BUILD, attachment_unused, NOTHING,
     DIAG_GOES_ON, "", N_("no page links to an attachment"))
RULE("character-form", RESOURCE, WARNING, CHECK, character_form, NOTHING,
     DIAG_GOES_ON, "", N_("a text has traditional or broken characters"))
RULE("column-sets", PAGES, ERROR, BUILD, column_sets, NOTHING, DIAG_GUARDS,
     N_("the Measures, article 13"),
     N_("columns, navigation, site map, sitemap.xml and feeds of a site are "
	"not equal"))
RULE("date-impossible", RESOURCE, WARNING, CHECK, date_impossible, NOTHING,
     DIAG_GOES_ON, "", N_("a text names a day that no calendar has"))
RULE("figure-slip", RESOURCE, WARNING, CHECK, figure_slip, NOTHING,
     DIAG_GOES_ON, "", N_("a figure is written as none is"))
RULE("holidays-missing", CLUSTER, WARNING, CHECK, holidays_missing, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 18"),
     N_("days of answer count weekends alone: a year has no file of holidays"))
RULE("name-outdated", RESOURCE, WARNING, CHECK, name_outdated, NOTHING,
     DIAG_GOES_ON, "", N_("a text calls a body by its name before a reform"))
RULE("page-link-anchor", CLUSTER, ERROR, CHECK, page_link_anchor, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(4)"),
     N_("a finished page leads to a place that its target does not have"))
RULE("page-link-dead", CLUSTER, ERROR, CHECK, page_link_dead, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(4)"),
     N_("a finished page leads to a file that is not there"))
RULE("placeholder-text", RESOURCE, WARNING, CHECK, placeholder_text, NOTHING,
     DIAG_GOES_ON, "", N_("a text has words for what is still to be written"))
RULE("private-address", RESOURCE, WARNING, CHECK, private_address, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("a text says where a person lives"))
RULE("private-card", RESOURCE, ERROR, CHECK, private_card, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("a text has the number of a bank card"))
RULE("private-column", RESOURCE, ERROR, CHECK, private_column, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("a table has names and numbers of persons"))
RULE("private-document", RESOURCE, WARNING, CHECK, private_document, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("a text has a number of a person's papers"))
RULE("private-identity", RESOURCE, ERROR, CHECK, private_identity, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("a text has the identity number of a citizen"))
RULE("private-mail", RESOURCE, WARNING, CHECK, private_mail, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("a text has the private mail address of a person"))
RULE("private-masking", RESOURCE, WARNING, CHECK, private_masking, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("too few digits of an identity number are hidden"))
RULE("private-person", RESOURCE, WARNING, CHECK, private_person, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("a text names somebody who is to be protected"))
RULE("private-phone", RESOURCE, ERROR, CHECK, private_phone, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("a text has the number of a mobile phone"))
RULE("punctuation-slip", RESOURCE, WARNING, CHECK, punctuation_slip, NOTHING,
     DIAG_GOES_ON, "", N_("a sign is too many, too few or of the wrong width"))
RULE("result-missing", RESOURCE, WARNING, CHECK | RULE_DATED, result_missing,
     NOTHING, DIAG_GOES_ON, N_("the Measures, article 15"),
     N_("a consultation is over for 30 days, and there is no result"))
RULE("secrecy-mark", RESOURCE, ERROR, CHECK, secrecy_mark, NOTHING,
     DIAG_GOES_ON, N_("the Measures, articles 13 and 30"),
     N_("a text is marked as secret or internal"))
RULE("secret-key", RESOURCE, ERROR, CHECK, secret_key, NOTHING, DIAG_GOES_ON,
     N_("the Measures, article 31"), N_("a text has a key or a password"))
RULE("site-mark-missing", CLUSTER, WARNING, CHECK, site_mark_missing, NOTHING,
     DIAG_GOES_ON, "",
     N_("a site lacks the mark that other sites of the platform show"))
RULE("title-long", RESOURCE, WARNING, CHECK, title_long, NOTHING, DIAG_GOES_ON,
     "", N_("a title is longer than lists show"))
RULE("title-twice", COLUMN, WARNING, CHECK, title_twice, NOTHING, DIAG_GOES_ON,
     "", N_("two pages of a column have the same title, at most 30 days apart"))
RULE("weekday-wrong", RESOURCE, WARNING, CHECK, weekday_wrong, NOTHING,
     DIAG_GOES_ON, "", N_("a date and its day of the week do not agree"))
RULE("word-doubled", RESOURCE, WARNING, CHECK, word_doubled, NOTHING,
     DIAG_GOES_ON, "", N_("a word stands twice"))
RULE("wording-forbidden", RESOURCE, ERROR, CHECK, wording_forbidden, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 30"),
     N_("a text says what the platform forbids"))
RULE("wording-misspelt", RESOURCE, WARNING, CHECK, wording_misspelt, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 30"),
     N_("a word is written wrongly"))
RULE("wording-serious", RESOURCE, ERROR, CHECK, wording_serious, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019: a veto"),
     N_("a name or term of the state is written wrongly"))
