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
 *	          what it says depends on the day; DAILY: in a daily check and
 *	          in reports alone, since nobody's change brought it about
 *	function  rule_<function> of audit/rules/
 *	cost      what is not published as it was written (base/diag_kind.h)
 *	flags     DIAG_GUARDS, DIAG_GOES_ON or 0
 *	basis     the article or standard, or "" when it is only good sense
 *	title     one line, in English here
 */
RULE("advertising", RESOURCE, ERROR, CHECK, advertising, NOTHING, DIAG_GOES_ON,
     N_("the Measures, articles 13 and 30"), N_("a text advertises"))
RULE("answer-late", RESOURCE, WARNING, DAILY, answer_late, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 18"), N_("an answer was late"))
RULE("answer-short", RESOURCE, WARNING, DAILY, answer_short, NOTHING,
     DIAG_GOES_ON, "", N_("an answer says next to nothing"))
RULE("answers-stale", COLUMN, WARNING, DAILY, answers_stale, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019"),
     N_("no answer was published within the cycle of its column"))
RULE("attachment-unused", CLUSTER, WARNING, BUILD, attachment_unused, NOTHING,
     DIAG_GOES_ON, "", N_("no page links to an attachment"))
RULE("channel-missing", SITE, ERROR, DAILY, channel_missing, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019: a veto"),
     N_("a site has no channel for questions and proposals"))
RULE("character-form", RESOURCE, WARNING, CHECK, character_form, NOTHING,
     DIAG_GOES_ON, "", N_("a text has traditional or broken characters"))
RULE("column-bare", COLUMN, WARNING, DAILY, column_bare, NOTHING, DIAG_GOES_ON,
     N_("the indicators of 2019"), N_("a column has never had a text"))
RULE("column-few", COLUMN, WARNING, DAILY, column_few, NOTHING, DIAG_GOES_ON,
     "", N_("a column has only few texts"))
RULE("column-jargon", COLUMN, WARNING, CHECK, column_jargon, NOTHING,
     DIAG_GOES_ON, N_("the norm for access by all, 3.1"),
     N_("the name of a column is jargon or slang"))
RULE("column-levels", COLUMN, WARNING, CHECK, column_levels, NOTHING,
     DIAG_GOES_ON, "",
     N_("a column is further from the home page than readers go"))
RULE("column-sets", PAGES, ERROR, BUILD, column_sets, NOTHING, DIAG_GUARDS,
     N_("the Measures, article 13"),
     N_("columns, navigation, site map, sitemap.xml and feeds of a site are "
	"not equal"))
RULE("column-stale", COLUMN, WARNING, DAILY, column_stale, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019"),
     N_("a column is past its cycle of updates"))
RULE("column-stale-soon", COLUMN, WARNING, DAILY, column_stale_soon, NOTHING,
     DIAG_GOES_ON, "", N_("a column will be stale within days"))
RULE("column-unexplained", COLUMN, WARNING, DAILY, column_unexplained, NOTHING,
     DIAG_GOES_ON, "",
     N_("a column for citizens does not say what it is for and how"))
RULE("columns-bare", SITE, ERROR, DAILY, columns_bare, NOTHING, DIAG_GOES_ON,
     N_("the indicators of 2019: a veto"),
     N_("so many columns have never had a text"))
RULE("columns-stale", SITE, ERROR, DAILY, columns_stale, NOTHING, DIAG_GOES_ON,
     N_("the indicators of 2019: a veto"),
     N_("so many columns are past their cycle"))
RULE("columns-stale-news", SITE, ERROR, DAILY, columns_stale_news, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019: a veto"),
     N_("so many columns of news, notices and policies are stale"))
RULE("consultation-mail-only", RESOURCE, WARNING, CHECK, consultation_mail_only,
     NOTHING, DIAG_GOES_ON, N_("the Measures, article 15"),
     N_("a consultation can be answered by e-mail alone"))
RULE("contact-unentered", SITE, ERROR, DAILY, contact_unentered, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 11"),
     N_("the contact of a domain is not entered in the national system"))
RULE("correction-late", SITE, ERROR, DAILY, correction_late, NOTHING,
     DIAG_GOES_ON, "",
     N_("what readers reported by 我为政府网站找错 was answered late"))
RULE("criticism-open", SITE, ERROR, DAILY, criticism_open, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019: a veto"),
     N_("the way a site is run was criticised in public"))
RULE("date-changed", CLUSTER, ERROR, CHECK, date_changed, NOTHING, DIAG_GOES_ON,
     N_("the indicators of 2019"),
     N_("the day of publishing was changed after it, and no note says why"))
RULE("date-early", RESOURCE, ERROR, DAILY, date_early, NOTHING, DIAG_GOES_ON,
     N_("the indicators of 2019: a veto"),
     N_("a text is dated before it was in the library"))
RULE("date-impossible", RESOURCE, WARNING, CHECK, date_impossible, NOTHING,
     DIAG_GOES_ON, "", N_("a text names a day that no calendar has"))
RULE("dates-equal", COLUMN, WARNING, DAILY, dates_equal, NOTHING, DIAG_GOES_ON,
     "", N_("many texts have one minute of publishing"))
RULE("disclosure-parts", SITE, WARNING, DAILY, disclosure_parts, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("政府信息公开 has not all of its parts"))
RULE("domain-form", SITE, ERROR, DAILY, domain_form, NOTHING, DIAG_GOES_ON,
     N_("the Measures, article 10"),
     N_("a domain has not the form of its kind of site"))
RULE("domain-kept", CLUSTER, WARNING, DAILY, domain_kept, NOTHING, DIAG_GOES_ON,
     N_("the Measures, article 11"),
     N_("an old domain is not given up three months after its notice"))
RULE("figure-slip", RESOURCE, WARNING, CHECK, figure_slip, NOTHING,
     DIAG_GOES_ON, "", N_("a figure is written as none is"))
RULE("figures-old", RESOURCE, WARNING, DAILY, figures_old, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019"),
     N_("the figures of a profile are old"))
RULE("footer-incomplete", SITE, WARNING, DAILY, footer_incomplete, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019"),
     N_("the foot of the pages lacks what it must have"))
RULE("foreign-characters", RESOURCE, WARNING, CHECK, foreign_characters,
     NOTHING, DIAG_GOES_ON, N_("the Measures, article 22"),
     N_("a page in another language has Chinese characters"))
RULE("guide-vague", RESOURCE, WARNING, CHECK, guide_vague, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 14"),
     N_("a guide does not say what is asked for"))
RULE("holidays-missing", CLUSTER, WARNING, CHECK, holidays_missing, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 18"),
     N_("days of answer count weekends alone: a year has no file of holidays"))
RULE("home-stale", SITE, ERROR, DAILY, home_stale, NOTHING, DIAG_GOES_ON,
     N_("the indicators of 2019: a veto"), N_("the home page has nothing new"))
RULE("host-address", CLUSTER, WARNING, CHECK, host_address, NOTHING,
     DIAG_GOES_ON, "", N_("a page leads to a bare address"))
RULE("host-bad", CLUSTER, ERROR, CHECK, host_bad, NOTHING, DIAG_GOES_ON,
     N_("the Measures, article 30"),
     N_("a page leads to a host that nothing may lead to"))
RULE("host-old", CLUSTER, ERROR, CHECK, host_old, NOTHING, DIAG_GOES_ON,
     N_("the Measures, article 11"),
     N_("a page leads to a domain that is given up"))
RULE("host-unapproved", CLUSTER, WARNING, DAILY, host_unapproved, NOTHING,
     DIAG_GOES_ON, "", N_("a page leads to a host that nobody has approved"))
RULE("image-rights", RESOURCE, WARNING, DAILY, image_rights, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("it is not said whose the pictures of a text are"))
RULE("inspection-unreported", SITE, WARNING, DAILY, inspection_unreported,
     NOTHING, DIAG_GOES_ON, N_("the Measures, article 33"),
     N_("no report of an inspection was published this month"))
RULE("interpretation-late", CLUSTER, WARNING, DAILY, interpretation_late,
     NOTHING, DIAG_GOES_ON, N_("the Measures, article 15"),
     N_("an interpretation is later than its policy"))
RULE("interpretation-stale", COLUMN, WARNING, DAILY, interpretation_stale,
     NOTHING, DIAG_GOES_ON, N_("the indicators of 2019"),
     N_("no interpretation was published within the cycle of its column"))
RULE("ipv6-unstated", SITE, WARNING, DAILY, ipv6_unstated, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 27"),
     N_("the foot of the pages does not state IPv6"))
RULE("jiucuo-missing", CLUSTER, ERROR, CHECK, jiucuo_missing, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019"),
     N_("the home page has no entry of 我为政府网站找错"))
RULE("knowledge-small", COLUMN, WARNING, DAILY, knowledge_small, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 15"),
     N_("a knowledge base has next to nothing"))
RULE("link-unclear", RESOURCE, WARNING, CHECK, link_unclear, NOTHING,
     DIAG_GOES_ON, N_("the norm for access by all, 3.1"),
     N_("a link does not say where it leads"))
RULE("map-number", RESOURCE, WARNING, CHECK, map_number, NOTHING, DIAG_GOES_ON,
     "", N_("the approval number of a map is malformed"))
RULE("map-unapproved", RESOURCE, ERROR, CHECK, map_unapproved, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("a map has no approval number"))
RULE("message-late", RESOURCE, ERROR, DAILY, message_late, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 18"),
     N_("a message waits for longer than it may"))
RULE("message-statistics", SITE, WARNING, DAILY, message_statistics, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(5)"),
     N_("a site has no statistics of its messages"))
RULE("message-unanswered", RESOURCE, ERROR, DAILY, message_unanswered, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019: a veto"),
     N_("a message is unanswered for three months"))
RULE("message-waiting", RESOURCE, WARNING, DAILY, message_waiting, NOTHING,
     DIAG_GOES_ON, "", N_("a message will soon wait for too long"))
RULE("move-unannounced", SITE, ERROR, DAILY, move_unannounced, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 11"),
     N_("a site has moved without a notice"))
RULE("name-outdated", RESOURCE, WARNING, CHECK, name_outdated, NOTHING,
     DIAG_GOES_ON, "", N_("a text calls a body by its name before a reform"))
RULE("news-stale", COLUMN, WARNING, DAILY, news_stale, NOTHING, DIAG_GOES_ON,
     N_("the indicators of 2019"), N_("a news column is stale"))
RULE("page-heavy", CLUSTER, WARNING, CHECK, page_heavy, NOTHING, DIAG_GOES_ON,
     "", N_("a page is too large for a slow line"))
RULE("page-link-anchor", CLUSTER, ERROR, CHECK, page_link_anchor, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(4)"),
     N_("a finished page leads to a place that its target does not have"))
RULE("page-link-dead", CLUSTER, ERROR, CHECK, page_link_dead, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(4)"),
     N_("a finished page leads to a file that is not there"))
RULE("page-tag-differs", CLUSTER, ERROR, CHECK, page_tag_differs, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019"),
     N_("a tag of a page says something else than the page"))
RULE("page-tag-missing", CLUSTER, ERROR, CHECK, page_tag_missing, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019"),
     N_("a page lacks a tag that pages of its kind have"))
RULE("page-unlinked", CLUSTER, WARNING, CHECK, page_unlinked, NOTHING,
     DIAG_GOES_ON, "", N_("no page leads to a page"))
RULE("picture-heavy", CLUSTER, WARNING, CHECK, picture_heavy, NOTHING,
     DIAG_GOES_ON, "", N_("a picture is too large for a slow line"))
RULE("placeholder-text", RESOURCE, WARNING, CHECK, placeholder_text, NOTHING,
     DIAG_GOES_ON, "", N_("a text has words for what is still to be written"))
RULE("policy-stale", COLUMN, WARNING, DAILY, policy_stale, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019"), N_("a policy column is stale"))
RULE("policy-unexplained", CLUSTER, WARNING, DAILY, policy_unexplained, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 15"),
     N_("an important policy has no interpretation"))
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
RULE("record-form", SITE, ERROR, DAILY, record_form, NOTHING, DIAG_GOES_ON,
     N_("the indicators of 2019"), N_("a record number of a site is malformed"))
RULE("report-annual", SITE, ERROR, DAILY, report_annual, NOTHING, DIAG_GOES_ON,
     N_("the Measures, article 32(6)"),
     N_("the annual report of a site is missing"))
RULE("report-disclosure", SITE, WARNING, DAILY, report_disclosure, NOTHING,
     DIAG_GOES_ON, "", N_("the annual report on 政府信息公开 is missing"))
RULE("report-numbers", CLUSTER, WARNING, DAILY, report_numbers, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(6)"),
     N_("numbers of an annual report are not those of the library"))
RULE("report-uncollected", SITE, WARNING, DAILY, report_uncollected, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(6)"),
     N_("the portal does not list the annual reports of all sites"))
RULE("reprint-missing", CLUSTER, WARNING, DAILY, reprint_missing, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("a text of the list was not taken over in time"))
RULE("result-missing", RESOURCE, WARNING, CHECK | RULE_DATED, result_missing,
     NOTHING, DIAG_GOES_ON, N_("the Measures, article 15"),
     N_("a consultation is over, and there is no result"))
RULE("review-author", CLUSTER, WARNING, CHECK, review_author, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 17"),
     N_("a review is by somebody else than it says"))
RULE("review-changed", CLUSTER, ERROR, CHECK, review_changed, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 17"),
     N_("a text was changed between its review and its publishing"))
RULE("review-missing", CLUSTER, WARNING, DAILY, review_missing, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(3)"),
     N_("a text is published without a record of its review"))
RULE("review-order", CLUSTER, ERROR, CHECK, review_order, NOTHING, DIAG_GOES_ON,
     N_("the Measures, article 32(3)"),
     N_("a text was reviewed out of order, or after its date of publishing"))
RULE("review-overdue", RESOURCE, WARNING, DAILY, review_overdue, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 13"),
     N_("a text is past its day of review"))
RULE("review-same", CLUSTER, ERROR, CHECK, review_same, NOTHING, DIAG_GOES_ON,
     N_("the Measures, article 17"), N_("who publishes a text has reviewed it"))
RULE("review-secrecy", RESOURCE, ERROR, CHECK, review_secrecy, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(3)"),
     N_("a text has no record of a review for secrecy"))
RULE("review-shared", CLUSTER, ERROR, CHECK, review_shared, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(3)"),
     N_("one review is for several texts"))
RULE("secrecy-mark", RESOURCE, ERROR, CHECK, secrecy_mark, NOTHING,
     DIAG_GOES_ON, N_("the Measures, articles 13 and 30"),
     N_("a text is marked as secret or internal"))
RULE("secret-file", CLUSTER, ERROR, CHECK, secret_file, NOTHING, DIAG_GOES_ON,
     N_("the Measures, article 31"), N_("a file of the library has a key"))
RULE("secret-key", RESOURCE, ERROR, CHECK, secret_key, NOTHING, DIAG_GOES_ON,
     N_("the Measures, article 31"), N_("a text has a key or a password"))
RULE("security-unchecked", CLUSTER, WARNING, DAILY, security_unchecked, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 28"),
     N_("no check of security is written down for this month"))
RULE("services-missing", SITE, ERROR, DAILY, services_missing, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019: a veto"),
     N_("a site offers no service"))
RULE("services-stale", COLUMN, WARNING, DAILY, services_stale, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019"),
     N_("statistics of services are old"))
RULE("site-mark-missing", CLUSTER, WARNING, CHECK, site_mark_missing, NOTHING,
     DIAG_GOES_ON, "",
     N_("a site lacks the mark that other sites of the platform show"))
RULE("site-offline", SITE, ERROR, DAILY, site_offline, NOTHING, DIAG_GOES_ON,
     "", N_("a site is offline for too long, or too often"))
RULE("site-unreachable", SITE, ERROR, DAILY, site_unreachable, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019: a veto"),
     N_("a site does not answer often enough"))
RULE("source-unlisted", RESOURCE, ERROR, CHECK, source_unlisted, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 32(2)"),
     N_("a text is taken from a source that is not listed"))
RULE("text-republished", CLUSTER, ERROR, CHECK, text_republished, NOTHING,
     DIAG_GOES_ON, N_("the indicators of 2019"),
     N_("an old text is published again under a new date"))
RULE("text-twice", CLUSTER, WARNING, CHECK, text_twice, NOTHING, DIAG_GOES_ON,
     "", N_("one text is there as two resources"))
RULE("theme-colours", CLUSTER, WARNING, CHECK, theme_colours, NOTHING,
     DIAG_GOES_ON, N_("the guide to government websites of 2017"),
     N_("a theme has too many colours"))
RULE("title-long", RESOURCE, WARNING, CHECK, title_long, NOTHING, DIAG_GOES_ON,
     "", N_("a title is longer than lists show"))
RULE("title-twice", COLUMN, WARNING, CHECK, title_twice, NOTHING, DIAG_GOES_ON,
     "", N_("two pages of a column have the same title, at most 30 days apart"))
RULE("topic-ended", RESOURCE, WARNING, DAILY, topic_ended, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 20"),
     N_("a topic has ended and is not archived"))
RULE("translation-old", CLUSTER, WARNING, CHECK, translation_old, NOTHING,
     DIAG_GOES_ON, N_("the Measures, article 22"),
     N_("a translation is older than its original"))
RULE("video-silent", RESOURCE, WARNING, CHECK, video_silent, NOTHING,
     DIAG_GOES_ON, "", N_("a film or sound that not everybody can take in"))
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
