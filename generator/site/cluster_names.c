/* Under which names in DNS the sites answer, and whose a host is. */
#include "site/cluster_reader.h"

#include "markup/host_name.h"
#include "markup/url_path.h"

/* Who has a name as its domain keeps it. */
static void add_name(struct cluster *cluster, str name, struct site *site)
{
	if (name.len > 0 && !map_has(&cluster->by_name, name))
		map_set(&cluster->by_name, name, site);
}

/* Without "www.", when nobody is called so; the empty text: there is none. */
static str bare_name(const struct cluster *cluster, const struct site *site)
{
	str bare = str_from(site->domain, STR("www.").len);
	const struct site *owner = map_get(&cluster->by_name, bare);

	if (!str_starts_with(site->domain, STR("www.")) ||
	    (owner != NULL && owner != site))
		return STR("");
	return bare;
}

static bool chinese_name(str *out, const char **reason, const struct site *site,
			 struct arena *arena)
{
	*out = STR("");
	return site->chinese_domain.len == 0 ||
	       host_name_encode(out, reason, site->chinese_domain, arena);
}

bool cluster_other_names(struct list *out, const char **reason,
			 const struct cluster *cluster, const struct site *site,
			 struct arena *arena)
{
	str bare = bare_name(cluster, site);
	str chinese;
	bool ok = chinese_name(&chinese, reason, site, arena);

	list_init(out, sizeof(str));
	if (bare.len > 0)
		*(str *)list_add(out, arena) = bare;
	if (chinese.len > 0 && !str_equal(chinese, bare) &&
	    !str_equal(chinese, site->domain))
		*(str *)list_add(out, arena) = chinese;
	return ok;
}

/* What sites say comes before what follows from it. */
void cluster_index_domains(struct cluster *cluster, struct arena *arena)
{
	const char *reason;
	str encoded;

	for (size_t i = 0; i < cluster->count; i++) {
		struct site *site = &cluster->sites[i];

		map_set(&cluster->by_domain, site->domain, site);
		add_name(cluster, site->domain, site);
	}
	for (size_t i = 0; i < cluster->count; i++) {
		struct site *site = &cluster->sites[i];

		if (chinese_name(&encoded, &reason, site, arena))
			add_name(cluster, encoded, site);
		add_name(cluster, site->chinese_domain, site);
	}
	for (size_t i = 0; i < cluster->count; i++)
		add_name(cluster, bare_name(cluster, &cluster->sites[i]),
			 &cluster->sites[i]);
}

const struct site *cluster_owner(const struct cluster *cluster, str unit)
{
	return map_get(&cluster->by_unit, unit);
}

/* ".gov.cn" holds for "www.x.gov.cn"; "a.cn" for itself and "b.a.cn". */
static bool ends_with_host(str host, str ending)
{
	if (!str_ends_with(host, ending))
		return false;
	return host.len == ending.len || ending.data[0] == '.' ||
	       host.data[host.len - ending.len - 1] == '.';
}

static bool is_one_of_hosts(const struct text_list *endings, str host)
{
	for (size_t i = 0; i < endings->count; i++)
		if (ends_with_host(host, endings->items[i]))
			return true;
	return false;
}

const struct site *cluster_site_at(const struct cluster *cluster, str host)
{
	return map_get(&cluster->by_domain, host);
}

const struct site *cluster_site_named(const struct cluster *cluster, str host)
{
	return map_get(&cluster->by_name, host);
}

const struct site *cluster_site_in(const struct cluster *cluster, str address)
{
	str host = url_path_host(address);

	return host.len == 0 ? NULL : cluster_site_at(cluster, host);
}

bool cluster_is_inside(const struct cluster *cluster, str host)
{
	return map_has(&cluster->by_name, host) ||
	       is_one_of_hosts(&cluster->platform.leave_exempt, host);
}

bool cluster_may_frame(const struct cluster *cluster, str host)
{
	return is_one_of_hosts(&cluster->platform.frames, host);
}
