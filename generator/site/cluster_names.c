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

bool cluster_other_names(struct list *out, const char **reason,
			 const struct cluster *cluster, const struct site *site,
			 struct arena *arena)
{
	str bare = str_from(site->domain, STR("www.").len);
	str encoded;

	list_init(out, sizeof(str));
	if (str_starts_with(site->domain, STR("www.")) &&
	    cluster_site_at(cluster, bare) == NULL)
		*(str *)list_add(out, arena) = bare;
	if (site->chinese_domain.len == 0)
		return true;
	if (!host_name_encode(&encoded, reason, site->chinese_domain, arena))
		return false;
	*(str *)list_add(out, arena) = encoded;
	return true;
}

/* Once all domains are known; and the Chinese one as it reads. */
static void add_other_names(struct cluster *cluster, struct site *site,
			    struct arena *arena)
{
	struct list others;
	const char *reason;
	const str *names;

	(void)!cluster_other_names(&others, &reason, cluster, site, arena);
	names = others.items;
	for (size_t i = 0; i < others.count; i++)
		add_name(cluster, names[i], site);
	add_name(cluster, site->chinese_domain, site);
}

void cluster_index_domains(struct cluster *cluster, struct arena *arena)
{
	for (size_t i = 0; i < cluster->count; i++) {
		map_set(&cluster->by_domain, cluster->sites[i].domain,
			&cluster->sites[i]);
		add_name(cluster, cluster->sites[i].domain, &cluster->sites[i]);
	}
	for (size_t i = 0; i < cluster->count; i++)
		add_other_names(cluster, &cluster->sites[i], arena);
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
