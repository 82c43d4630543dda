#include "site/cluster.h"

#include "site/severity.h"

#define AT(member) offsetof(struct platform, member)

static const struct setting platform_rows[] = {
	{ "name", SETTING_TEXT, AT(name), "示范市政府网站集约化平台", NULL,
	  N_("the name of the cluster") },
	{ "portal", SETTING_ID, AT(portal), "www", NULL,
	  N_("id of the site of the city itself") },
	{ "time_zone", SETTING_OFFSET, AT(offset), NULL, NULL,
	  N_("of dates without an offset") },
	{ "language", SETTING_LANGUAGE, AT(language), NULL, NULL,
	  N_("of pages, unless a site has its own") },
	{ "theme", SETTING_ID, AT(theme), NULL, NULL,
	  N_("of sites that name none") },
	{ "archive_stamp", SETTING_TEXT, AT(archive_stamp), NULL, NULL,
	  N_("shown wherever something is archived") },
	{ "notice", SETTING_TEXT, AT(notice), NULL, NULL,
	  N_("a line in the footer of every page") },
	{ "leave_exempt", SETTING_HOSTS, AT(leave_exempt), NULL, NULL,
	  N_("hosts that need no notice before the reader leaves; a leading "
	     "dot is for all below it") },
	{ "frames", SETTING_HOSTS, AT(frames), NULL, NULL,
	  N_("hosts of players that raw HTML may lead to") },
	{ "severity", SETTING_NODE, AT(severity), NULL, NULL,
	  N_("which messages are errors and which are warnings") },
	{ "attachments", SETTING_EXTENSIONS, AT(attachments), NULL, NULL,
	  N_("more extensions that attachments may have") },
	{ "page_size", SETTING_NUMBER, AT(page_size), NULL, NULL,
	  N_("entries on a page of a list") },
	{ "feed_size", SETTING_NUMBER, AT(feed_size), NULL, NULL,
	  N_("entries of a feed") },
};

const struct setting_table platform_settings[] = {
	{ N_("sites/platform.yaml"), platform_rows, COUNT_OF(platform_rows) },
	{ 0 },
};

/* rules.md C.4: hosts that need no leave-site notice */
static const str default_exempt[] = { { ".gov.cn", 7 }, { ".政务", 7 } };

static struct platform default_platform(void)
{
	return (struct platform){
		.offset = 8 * 60,
		.language = STR("zh-CN"),
		.theme = STR("default"),
		.archive_stamp = STR("内容已保存"),
		.leave_exempt = { default_exempt, COUNT_OF(default_exempt) },
		.page_size = 20,
		.feed_size = 20,
	};
}

static bool read_platform(struct platform *out, const struct snapshot *snapshot,
			  struct snapshot_reader *reader, struct arena *arena,
			  struct diag_list *diags)
{
	size_t file = snapshot_find(snapshot, STR("sites/platform.yaml"));
	struct settings_reader settings = { NULL, 0, arena, diags };
	struct yaml_node *root = arena_alloc(arena, sizeof(*root));
	struct source source;
	bool ok;

	*out = default_platform();
	if (file == STR_NONE) {
		struct diag *diag = diag_failure(diags, "platform-missing",
						 _("the library has no "
						   "sites/platform.yaml"));

		diag_help(diags, diag,
			  _("it names the cluster and its portal: name:, "
			    "portal:"));
		return false;
	}
	if (!snapshot_read_text(&source, reader, file, arena, diags))
		return false;
	ok = yaml_parse(root, &source, 0, source.text.len, YAML_SETTINGS_LIMIT,
			arena, diags);
	if (!ok && root->count == 0)
		return false;
	ok &= settings_read(out, root, platform_rows, COUNT_OF(platform_rows),
			    &settings);
	if (ok)
		out->portal_span = yaml_get(root, STR("portal"))->span;
	return ok;
}

/* sites/<id>/site.yaml gives the id; other files give the empty text. */
static str site_id(str path)
{
	str rest;
	size_t slash;

	if (!str_starts_with(path, STR("sites/")) ||
	    !str_ends_with(path, STR("/site.yaml")))
		return (str){ "", 0 };
	rest = str_from(path, 6);
	slash = str_find_byte(rest, '/');
	if (slash == STR_NONE || slash + sizeof("/site.yaml") - 1 != rest.len)
		return (str){ "", 0 };
	return str_between(rest, 0, slash);
}

struct cluster_reader {
	const struct snapshot *snapshot;
	struct snapshot_reader *files;
	struct arena *arena;
	struct diag_list *diags;
};

static void read_site(struct cluster *cluster, size_t file, str id,
		      const struct cluster_reader *reader)
{
	struct site *site = &cluster->sites[cluster->count];
	struct source source;
	struct site_context context = {
		.source = &source,
		.id = id,
		.language = cluster->platform.language,
		.theme = cluster->platform.theme,
		.reader = { &cluster->schema, cluster->platform.offset,
			    reader->arena, reader->diags },
	};

	if (!snapshot_read_text(&source, reader->files, file, reader->arena,
				reader->diags) ||
	    !site_read(site, &context)) {
		*(str *)list_add(&cluster->broken, reader->arena) = id;
		return;
	}
	site->number = (uint32_t)cluster->count;
	cluster->count++;
}

static void read_sites(struct cluster *cluster,
		       const struct cluster_reader *reader)
{
	size_t first, behind, count = 0;

	snapshot_range(reader->snapshot, STR("sites/"), &first, &behind);
	for (size_t i = first; i < behind; i++)
		count += site_id(snapshot_path(reader->snapshot, i)).len > 0;
	cluster->sites =
		arena_array(reader->arena, count, sizeof(*cluster->sites));
	for (size_t i = first; i < behind; i++) {
		str id = site_id(snapshot_path(reader->snapshot, i));

		if (id.len > 0)
			read_site(cluster, i, id, reader);
	}
}

static bool index_domains(struct cluster *cluster, struct diag_list *diags)
{
	struct map *domains = &cluster->by_domain;
	bool ok = true;

	for (size_t i = 0; i < cluster->count; i++) {
		struct site *site = &cluster->sites[i];
		struct site *other = map_get(domains, site->domain);

		if (other != NULL) {
			diag_error(diags, site->domain_span, "site-twice",
				   _("the sites “%.*s” and “%.*s” have the "
				     "same domain"),
				   STR_ARG(other->id), STR_ARG(site->id));
			ok = false;
		}
		map_set(domains, site->domain, site);
	}
	return ok;
}

static bool index_units(struct cluster *cluster, struct diag_list *diags)
{
	bool ok = true;

	for (size_t i = 0; i < cluster->count; i++) {
		struct site *site = &cluster->sites[i];

		for (size_t j = 0; j < site->units.count; j++) {
			str unit = site->units.items[j];

			if (map_add(&cluster->by_unit, unit, site))
				continue;
			diag_error(diags, site->units_span, "unit-twice",
				   _("the unit “%.*s” has two owners: this "
				     "site and “%.*s”"),
				   STR_ARG(unit),
				   STR_ARG(((struct site *)map_get(
						    &cluster->by_unit, unit))
						   ->id));
			ok = false;
		}
	}
	return ok;
}

static bool find_portal(struct cluster *cluster, struct diag_list *diags)
{
	for (size_t i = 0; i < cluster->count; i++)
		if (str_equal(cluster->sites[i].id, cluster->platform.portal))
			cluster->portal = &cluster->sites[i];
	if (cluster->portal != NULL)
		return true;
	diag_error(diags, cluster->platform.portal_span, "portal-missing",
		   _("there is no usable site “%.*s” (sites/%.*s/site.yaml)"),
		   STR_ARG(cluster->platform.portal),
		   STR_ARG(cluster->platform.portal));
	return false;
}

bool cluster_read(struct cluster *out, const struct snapshot *snapshot,
		  struct snapshot_reader *reader, struct arena *arena,
		  struct diag_list *diags)
{
	struct cluster_reader parts = { snapshot, reader, arena, diags };
	struct schema_sources types = { builtin_types, snapshot, reader };
	bool ok;

	*out = (struct cluster){ 0 };
	map_init(&out->by_unit, arena);
	map_init(&out->by_domain, arena);
	list_init(&out->broken, sizeof(str));
	ok = read_platform(&out->platform, snapshot, reader, arena, diags);
	if (!severity_read(&out->levels, out->platform.severity, snapshot,
			   arena, diags) ||
	    !ok)
		return false;
	diag_set_levels(diags, &out->levels);
	if (!schema_read(&out->schema, &types, arena, diags))
		return false;
	read_sites(out, &parts);
	ok = find_portal(out, diags);
	ok &= index_domains(out, diags);
	ok &= index_units(out, diags);
	return ok;
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

bool cluster_is_inside(const struct cluster *cluster, str host)
{
	return map_has(&cluster->by_domain, host) ||
	       is_one_of_hosts(&cluster->platform.leave_exempt, host);
}

bool cluster_may_frame(const struct cluster *cluster, str host)
{
	return is_one_of_hosts(&cluster->platform.frames, host);
}
