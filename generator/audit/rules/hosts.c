/*
 * Hosts outside the cluster that finished pages lead to (rules.md R-LINK-05,
 * R-LINK-06): those that nothing may lead to, bare addresses, and those that
 * nobody has approved. Governments need no approval.
 *
 * Domains that a site of the cluster has given up are among them (R-DOM-08).
 *
 * An entry of a list that begins with "." is for all hosts that end so.
 */
#include "audit/page_links.h"
#include "audit/rule.h"
#include "library/resource_reader.h"

rule_function rule_host_address, rule_host_bad, rule_host_old,
	rule_host_unapproved;

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

/* --- domains that were given up ------------------------------------------- */

static bool is_in_use(const struct cluster *cluster, str host)
{
	for (size_t i = 0; i < cluster->count; i++)
		if (cluster->sites[i].state != STATE_MOVED &&
		    str_equal_ignoring_case(cluster->sites[i].domain, host))
			return true;
	return false;
}

/* `old_domain` of a notice that also has a new one. */
static void add_notice(struct map *old, const struct rule_input *input,
		       struct snapshot_reader *reader, uint32_t number)
{
	const struct catalog *catalog = input->plan->arrangement->catalog;
	const struct field_value *value;
	struct front_matter matter;

	if (!resource_reader_matter_again(&matter, catalog, reader,
					  catalog_file(catalog, number),
					  input->arena))
		return;
	value = front_matter_value(&matter, STR("old_domain"));
	if (value != NULL && value->node != NULL && value->text.len > 0 &&
	    !is_in_use(input->plan->arrangement->cluster, value->text))
		map_add(old, value->text, old);
}

/* Of notices, and of sites that have moved. */
static void list_old(struct map *old, const struct rule_input *input,
		     struct snapshot_reader *reader)
{
	const struct arrangement *arrangement = input->plan->arrangement;
	const struct catalog *catalog = arrangement->catalog;

	for (size_t i = 0; i < arrangement->cluster->count; i++) {
		const struct site *site = &arrangement->cluster->sites[i];

		if (site->state == STATE_MOVED)
			map_add(old, site->domain, old);
	}
	for (uint32_t i = 0; i < catalog->count; i++)
		if (arrangement_has_page(arrangement, i) &&
		    resource_type_field(catalog_type(catalog, i),
					STR("new_domain")) != FIELD_NONE &&
		    resource_type_field(catalog_type(catalog, i),
					STR("old_domain")) != FIELD_NONE)
			add_notice(old, input, reader, i);
}

void rule_host_old(const struct rule_input *input, struct finding_log *log)
{
	const struct page_links_found *found = input->facts->links;
	struct snapshot_reader *reader;
	struct map old;

	if (found == NULL || found->host_count == 0)
		return;
	reader = snapshot_reader_open(input->plan->snapshot, log->diags);
	if (reader == NULL)
		return;
	map_init(&old, input->arena);
	list_old(&old, input, reader);
	for (size_t i = 0; i < found->host_count; i++) {
		const struct page_link_found *link = &found->hosts[i];
		struct diag *diag;

		if (!map_has(&old, page_link_host(link->href)))
			continue;
		diag = finding_add(log, span_none(),
				   _("the link leads to a domain that is given "
				     "up: %.*s"),
				   STR_ARG(link->href));
		diag->path = link->path;
		diag_help(log->diags, diag,
			  _("pages with it: %zu; lead to the new domain"),
			  link->pages);
	}
	snapshot_reader_close(reader);
}
