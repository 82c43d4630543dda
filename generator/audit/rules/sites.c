/*
 * Settings of sites as the rules for government websites want them, and the
 * reports that sites owe (rules.md E.6, E.12, H.2).
 */
#include "audit/rule.h"
#include "site/domain_form.h"

rule_function rule_domain_form, rule_footer_incomplete,
	rule_inspection_unreported, rule_ipv6_unstated, rule_move_unannounced,
	rule_record_form, rule_report_annual, rule_report_disclosure,
	rule_report_uncollected;

static void tell(const struct rule_input *input, struct finding_log *log,
		 const char *what, const char *help)
{
	diag_help(log->diags,
		  finding_add(log, input->site->domain_span, "%s", what), "%s",
		  help);
}

/* --- names and numbers ---------------------------------------------------- */

void rule_domain_form(const struct rule_input *input, struct finding_log *log)
{
	const struct site *site = input->site;

	if (domain_is_of_kind(site, input->arrangement->cluster))
		return;
	tell(input, log, _("the domain has not the form of its kind of site"),
	     site->kind == KIND_DEPARTMENT
		     ? _("a department is <name>.<place>.gov.cn, below the "
			 "portal's name")
		     : _("a government is www.<place>.gov.cn"));
}

static size_t digits_at(str text, size_t at)
{
	size_t count = 0;

	while (byte_is_digit(str_at(text, at + count)))
		count++;
	return count;
}

/* “陕ICP备00000000号-1”: 8 to 10 digits, then perhaps the number of the site */
static bool is_icp(str text)
{
	const str mark = STR("ICP备");
	size_t at = str_find(text, mark);
	size_t count;
	str rest;

	if (at != STR("陕").len)
		return false;
	count = digits_at(text, at + mark.len);
	rest = str_from(text, at + mark.len + count);
	if (count < 8 || count > 10 || !str_starts_with(rest, STR("号")))
		return false;
	rest = str_from(rest, STR("号").len);
	return rest.len == 0 || (rest.data[0] == '-' && rest.len > 1 &&
				 digits_at(rest, 1) == rest.len - 1);
}

static bool is_police_record(str text)
{
	enum { DIGITS = 14 };
	const str mark = STR("公网安备");
	size_t at = str_find(text, mark);
	str rest;

	if (at != STR("陕").len)
		return false;
	rest = str_trim(str_from(text, at + mark.len));
	return digits_at(rest, 0) == DIGITS &&
	       str_equal(str_from(rest, DIGITS), STR("号"));
}

void rule_record_form(const struct rule_input *input, struct finding_log *log)
{
	if (input->site->state != STATE_LIVE)
		return;
	if (!is_icp(input->site->icp))
		tell(input, log, _("the number of the ICP record is malformed"),
		     _("it reads 陕ICP备00000000号-1"));
	if (!is_police_record(input->site->police_record))
		tell(input, log,
		     _("the number of the police record is malformed"),
		     _("it reads 陕公网安备00000000000000号"));
}

/*
 * What settings ask for is there; this is what they let be. Where another site
 * has the mark, a site without is told so in every check (rules/site_mark.c).
 */
void rule_footer_incomplete(const struct rule_input *input,
			    struct finding_log *log)
{
	if (input->site->state == STATE_LIVE &&
	    !cluster_has_mark(input->arrangement->cluster))
		tell(input, log,
		     _("the foot of the pages has no 党政机关网站标识"),
		     _("give its code as “conac:”"));
}

void rule_ipv6_unstated(const struct rule_input *input, struct finding_log *log)
{
	if (input->site->state == STATE_LIVE && !input->site->ipv6)
		tell(input, log,
		     _("the foot of the pages does not say that the site can "
		       "be reached over IPv6"),
		     _("once it can, write “ipv6: true”"));
}

/* --- texts of a site ------------------------------------------------------ */

/* The newest in its columns of a type with the field; RESOURCE_NONE: none. */
static uint32_t newest_with(const struct site *site,
			    const struct catalog *catalog, const char *field)
{
	uint32_t newest = RESOURCE_NONE;

	for (size_t i = 0; i < site->column_count; i++) {
		const struct column_list *list = &site->columns[i].list;

		for (size_t k = 0; k < list->live_count; k++) {
			uint32_t number = list->live[k];

			if (resource_type_field(catalog_type(catalog, number),
						str_from_c(field)) !=
				    FIELD_NONE &&
			    (newest == RESOURCE_NONE ||
			     catalog->ranks[number] < catalog->ranks[newest]))
				newest = number;
		}
	}
	return newest;
}

static bool has_since(const struct rule_input *input, const char *field,
		      int16_t year)
{
	uint32_t number =
		newest_with(input->site, input->arrangement->catalog, field);
	struct resource resource;

	if (number == RESOURCE_NONE)
		return false;
	catalog_get(&resource, input->arrangement->catalog, number);
	return moment_date(resource.date).year >= year;
}

void rule_report_annual(const struct rule_input *input, struct finding_log *log)
{
	uint32_t day = rule_book_limit(input->book, LIMIT_REPORT_DAY);
	struct date due = { input->today.year, 1, (uint8_t)day };

	if (input->site->state != STATE_LIVE ||
	    input->site->kind == KIND_FOREIGN ||
	    date_compare(input->today, due) <= 0 ||
	    has_since(input, "info_total", input->today.year))
		return;
	tell(input, log, _("the annual report of the site was due in January"),
	     _("“jiyue report annual” has its numbers; publish it as “type: "
	       "annual_report”"));
}

static bool is_among(uint32_t number, const uint32_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] == number)
			return true;
	return false;
}

static bool is_listed_on(const struct site *site, uint32_t number)
{
	for (size_t i = 0; i < site->column_count; i++) {
		const struct column_list *list = &site->columns[i].list;

		if (is_among(number, list->live, list->live_count) ||
		    is_among(number, list->archived, list->archived_count))
			return true;
	}
	return false;
}

/* The portal has one column with the reports of all sites (BH12). */
void rule_report_uncollected(const struct rule_input *input,
			     struct finding_log *log)
{
	const struct cluster *cluster = input->arrangement->cluster;
	const struct catalog *catalog = input->arrangement->catalog;
	struct buf missing;

	if (input->site != cluster->portal || input->site->state != STATE_LIVE)
		return;
	buf_init(&missing, input->arena);
	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *site = &cluster->sites[i];
		uint32_t number = newest_with(site, catalog, "info_total");

		if (number != RESOURCE_NONE &&
		    !is_listed_on(input->site, number))
			buf_printf(&missing, "%s%.*s",
				   missing.len > 0 ? "、" : "",
				   STR_ARG(site->name));
	}
	if (missing.len == 0)
		return;
	diag_help(log->diags,
		  finding_add(log, input->site->domain_span,
			      _("no column of the portal lists the annual "
				"reports of: %.*s"),
			      STR_ARG(buf_str(&missing))),
		  "%s",
		  _("give it one: “class: annual”, “select: {type: "
		    "annual_report}”"));
}

/* 政府信息公开年报 is a text among others: a column or title names it. */
static bool has_disclosure_report(const struct rule_input *input)
{
	const struct catalog *catalog = input->arrangement->catalog;
	const struct site *site = input->site;

	for (size_t i = 0; i < site->column_count; i++) {
		const struct column_list *list = &site->columns[i].list;

		if (site->columns[i].class_number != CLASS_ANNUAL)
			continue;
		for (size_t k = 0; k < list->live_count; k++) {
			struct resource resource;

			catalog_get(&resource, catalog, list->live[k]);
			if (moment_date(resource.date).year ==
				    input->today.year &&
			    str_find(resource.title, STR("信息公开")) !=
				    STR_NONE)
				return true;
		}
	}
	return false;
}

void rule_report_disclosure(const struct rule_input *input,
			    struct finding_log *log)
{
	const struct date due = { input->today.year, 1, 31 };

	if (input->site->state != STATE_LIVE ||
	    input->site->kind == KIND_FOREIGN ||
	    date_compare(input->today, due) <= 0 ||
	    has_disclosure_report(input))
		return;
	tell(input, log,
	     _("the annual report on 政府信息公开 was due in January"),
	     _("publish it in a column of “class: annual”"));
}

/* The newest report of an inspection, of whatever site. */
static uint32_t newest_report(const struct rule_input *input)
{
	const struct cluster *cluster = input->arrangement->cluster;
	const struct catalog *catalog = input->arrangement->catalog;
	uint32_t newest = RESOURCE_NONE;

	for (size_t i = 0; i < cluster->count; i++) {
		uint32_t number = newest_with(&cluster->sites[i], catalog,
					      "sites_checked");

		if (number != RESOURCE_NONE &&
		    (newest == RESOURCE_NONE ||
		     catalog->ranks[number] < catalog->ranks[newest]))
			newest = number;
	}
	return newest;
}

/* Each month, by whoever looks after the sites; the portal is told. */
void rule_inspection_unreported(const struct rule_input *input,
				struct finding_log *log)
{
	uint32_t limit = rule_book_limit(input->book, LIMIT_INSPECTION_DAYS);
	uint32_t number;
	struct resource resource;

	if (input->site != input->arrangement->cluster->portal ||
	    input->site->state != STATE_LIVE)
		return;
	number = newest_report(input);
	if (number != RESOURCE_NONE) {
		catalog_get(&resource, input->arrangement->catalog, number);
		if (date_days_between(moment_date(resource.date),
				      input->today) <= limit)
			return;
	}
	tell(input, log, _("no report of an inspection came out this month"),
	     _("“jiyue report monthly” has its numbers; publish it as “type: "
	       "inspection_report”"));
}

/* A notice on the portal names the domain that is given up (article 11). */
void rule_move_unannounced(const struct rule_input *input,
			   struct finding_log *log)
{
	const struct site *portal = input->arrangement->cluster->portal;
	const struct catalog *catalog = input->arrangement->catalog;

	if (input->site->state != STATE_MOVED ||
	    newest_with(portal, catalog, "new_domain") != RESOURCE_NONE)
		return;
	tell(input, log,
	     _("the site has moved, and the portal has no notice of it"),
	     _("publish one on both sites: “type: domain_notice”"));
}
