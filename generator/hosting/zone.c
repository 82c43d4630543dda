/*
 * One line a record, each name in full, so that no line depends on the one
 * above it. Values come from settings that anybody who commits can write: all
 * of them are looked at before the first line, so a zone is whole or not there.
 */
#include "hosting/zone.h"

#include <arpa/inet.h>

#include "markup/host_name.h"

enum { NAME_LIMIT = 254 };

static bool refuse(struct diag_list *diags, const char *what, str value,
		   const char *help)
{
	struct diag *diag =
		diag_error(diags, span_none(), "hosting-zone", "%s%s%.*s", what,
			   value.len > 0 ? ": " : "", STR_ARG(value));

	diag_help(diags, diag, "%s", help);
	return false;
}

static bool is_below(str name, str zone)
{
	return str_ends_with(name, zone) &&
	       (name.len == zone.len ||
		name.data[name.len - zone.len - 1] == '.');
}

str zone_of(const struct site *site, const struct cluster *cluster)
{
	str apex = cluster->portal->domain;
	str own = site->domain;

	(void)str_take(&apex, STR("www."));
	(void)str_take(&own, STR("www."));
	return is_below(own, apex) ? apex : own;
}

/* "A", "AAAA", or NULL. */
static const char *kind_of_address(str text)
{
	unsigned char bytes[16];
	char copy[INET6_ADDRSTRLEN];

	if (text.len >= sizeof(copy))
		return NULL;
	memcpy(copy, text.data, text.len);
	copy[text.len] = '\0';
	if (inet_pton(AF_INET, copy, bytes) == 1)
		return "A";
	return inet_pton(AF_INET6, copy, bytes) == 1 ? "AAAA" : NULL;
}

/* It stands in a line of its own, so that nothing can end that. */
static bool is_host(str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!byte_is_letter(name.data[i]) &&
		    !byte_is_digit(name.data[i]) && name.data[i] != '-' &&
		    name.data[i] != '.')
			return false;
	return name.len > 0 && name.len < NAME_LIMIT &&
	       byte_is_letter(name.data[name.len - 1]);
}

static bool check(const struct platform *platform, struct diag_list *diags)
{
	const char *hosts =
		_("name_servers and certificate_issuers of sites/platform.yaml "
		  "have names of hosts: [ns1.example.net]");
	bool ok = true;

	if (platform->addresses.count == 0 || platform->name_servers.count == 0)
		return refuse(
			diags, _("a zone needs addresses and name servers"),
			STR(""),
			_("write addresses: [192.0.2.1, \"2001:db8::1\"] and "
			  "name_servers: [ns1.example.net] in "
			  "sites/platform.yaml"));
	for (size_t i = 0; i < platform->addresses.count; i++)
		if (kind_of_address(platform->addresses.items[i]) == NULL)
			ok = refuse(diags, _("this is no address"),
				    platform->addresses.items[i],
				    _("write 192.0.2.1 or 2001:db8::1"));
	for (size_t i = 0; i < platform->name_servers.count; i++)
		if (!is_host(platform->name_servers.items[i]))
			ok = refuse(diags, _("this is no name of a host"),
				    platform->name_servers.items[i], hosts);
	for (size_t i = 0; i < platform->certificate_issuers.count; i++)
		if (!is_host(platform->certificate_issuers.items[i]))
			ok = refuse(diags, _("this is no name of a host"),
				    platform->certificate_issuers.items[i],
				    hosts);
	return ok;
}

static void add_addresses(struct buf *out, str name,
			  const struct text_list *addresses)
{
	for (size_t i = 0; i < addresses->count; i++)
		buf_printf(out, "%.*s. IN %s %.*s\n", STR_ARG(name),
			   kind_of_address(addresses->items[i]),
			   STR_ARG(addresses->items[i]));
}

static void add_head(struct buf *out, const struct platform *platform, str zone,
		     int64_t serial)
{
	const struct text_list *servers = &platform->name_servers;
	const struct text_list *issuers = &platform->certificate_issuers;

	buf_printf(out,
		   "$TTL 3600\n%.*s. IN SOA %.*s. hostmaster.%.*s. "
		   "%lu 7200 900 1209600 3600\n",
		   STR_ARG(zone), STR_ARG(servers->items[0]), STR_ARG(zone),
		   (unsigned long)(uint32_t)serial);
	for (size_t i = 0; i < servers->count; i++)
		buf_printf(out, "%.*s. IN NS %.*s.\n", STR_ARG(zone),
			   STR_ARG(servers->items[i]));
	for (size_t i = 0; i < issuers->count; i++)
		buf_printf(out, "%.*s. IN CAA 0 issue \"%.*s\"\n",
			   STR_ARG(zone), STR_ARG(issuers->items[i]));
}

/* Their addresses would have to stand in the zone, and nobody says them. */
static bool check_servers(const struct platform *platform, str zone,
			  struct diag_list *diags)
{
	for (size_t i = 0; i < platform->name_servers.count; i++)
		if (is_below(platform->name_servers.items[i], zone))
			return refuse(
				diags,
				_("a name server is below the zone that it is "
				  "to answer for"),
				platform->name_servers.items[i],
				_("name those of the provider, which have a "
				  "domain of their own"));
	return true;
}

/* "xn--….xn--zfr164b", as DNS has it. */
static bool chinese_zone(str *out, const struct site *site, struct arena *arena,
			 struct diag_list *diags)
{
	const char *reason = NULL;

	if (site->chinese_domain.len == 0)
		return refuse(diags, _("this site has no Chinese domain"),
			      site->id,
			      _("--site names one that has: chinese_domain: "
				"示范市教育局.政务"));
	return host_name_encode(out, &reason, site->chinese_domain, arena) ||
	       refuse(diags, reason, site->chinese_domain,
		      _("correct chinese_domain of the site"));
}

static void add_sites(struct buf *out, const struct cluster *cluster, str zone)
{
	const struct platform *platform = &cluster->platform;

	for (size_t i = 0; i < cluster->count; i++) {
		const struct site *at = &cluster->sites[i];

		if (str_equal(zone_of(at, cluster), zone) &&
		    !str_equal(at->domain, zone))
			add_addresses(out, at->domain, &platform->addresses);
	}
}

bool zone_write(struct buf *out, const struct cluster *cluster,
		const struct zone_wanted *wanted, struct diag_list *diags)
{
	const struct platform *platform = &cluster->platform;
	str zone = zone_of(wanted->site, cluster);

	if (wanted->is_chinese &&
	    !chinese_zone(&zone, wanted->site, out->arena, diags))
		return false;
	if (!check(platform, diags) || !check_servers(platform, zone, diags))
		return false;
	add_head(out, platform, zone, wanted->serial);
	add_addresses(out, zone, &platform->addresses);
	if (!wanted->is_chinese)
		add_sites(out, cluster, zone);
	return true;
}
