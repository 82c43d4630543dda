/*
 * Hosts outside the cluster that finished pages lead to (rules.md R-LINK-05,
 * R-LINK-06): those that nothing may lead to, bare addresses, and those that
 * nobody has approved. Governments need no approval.
 *
 * An entry of a list that begins with "." is for all hosts that end so.
 */
#include "audit/page_links.h"
#include "audit/rule.h"

rule_function rule_host_address, rule_host_bad, rule_host_unapproved;

static bool is_listed(const struct text_list *list, str host)
{
	for (size_t i = 0; i < list->count; i++) {
		str entry = list->items[i];

		if (str_equal_ignoring_case(host, entry) ||
		    (str_at(entry, 0) == '.' && host.len >= entry.len &&
		     str_equal_ignoring_case(
			     str_from(host, host.len - entry.len), entry)))
			return true;
	}
	return false;
}

/* 203.0.113.7, or what begins as one of IPv6 does */
static bool is_bare(str host)
{
	bool has_digit = false;

	for (size_t i = 0; i < host.len; i++) {
		if (host.data[i] == '[')
			return true;
		if (byte_is_digit(host.data[i]))
			has_digit = true;
		else if (host.data[i] != '.')
			return false;
	}
	return has_digit;
}

static bool is_government(str host)
{
	return str_ends_with(host, STR(".gov.cn")) ||
	       str_ends_with(host, STR(".政务"));
}

typedef bool host_test(const struct rule_input *input, str host);

static bool test_bad(const struct rule_input *input, str host)
{
	return is_listed(&input->book->sources.bad_hosts, host);
}

static bool test_address(const struct rule_input *input, str host)
{
	return is_bare(host) &&
	       !is_listed(&input->book->sources.approved_hosts, host);
}

static bool test_unapproved(const struct rule_input *input, str host)
{
	return !is_bare(host) && !is_government(host) &&
	       !cluster_is_inside(input->plan->arrangement->cluster, host) &&
	       !is_listed(&input->book->sources.approved_hosts, host) &&
	       !test_bad(input, host);
}

static void tell(const struct rule_input *input, struct finding_log *log,
		 host_test *test, const char *what, const char *help)
{
	const struct page_links_found *found = input->facts->links;

	for (size_t i = 0; found != NULL && i < found->host_count; i++) {
		const struct page_link_found *link = &found->hosts[i];
		struct diag *diag;

		if (!test(input, page_link_host(link->href)))
			continue;
		diag = finding_add(log, span_none(), "%s: %.*s", what,
				   STR_ARG(link->href));
		diag->path = link->path;
		diag_help(log->diags, diag, _("pages with it: %zu; %s"),
			  link->pages, help);
	}
}

void rule_host_bad(const struct rule_input *input, struct finding_log *log)
{
	tell(input, log, test_bad,
	     _("the link leads to a host that nothing may lead to"),
	     _("take the link out"));
}

void rule_host_address(const struct rule_input *input, struct finding_log *log)
{
	tell(input, log, test_address,
	     _("the link leads to a number instead of a host"),
	     _("lead to the name of the site"));
}

void rule_host_unapproved(const struct rule_input *input,
			  struct finding_log *log)
{
	tell(input, log, test_unapproved,
	     _("the link leads to a host that nobody has approved"),
	     _("have it approved in sites/rules/sources.yaml, or take the link "
	       "out"));
}
