/*
 * Files are read in the order in which they depend on each other: the
 * platform, the types, the sites, their old addresses. Each kind is read, and
 * what has mistakes is looked for in the history and read again; only after
 * that does the next begin, so that it never sees a half of it.
 */
#include "site/cluster.h"

#include "markup/host_name.h"
#include "markup/url_path.h"
#include "site/cluster_reader.h"
#include "site/near_names.h"
#include "site/severity.h"
#include "snapshot/version_search.h"

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
	{ "security_contact", SETTING_TEXT, AT(security_contact), NULL, NULL,
	  N_("where to tell of a weakness: mailto:, https:// or tel:, for "
	     "security.txt") },
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
	struct settings_reader settings = { NULL, 0, arena, diags, snapshot };
	struct yaml_node *root = arena_alloc(arena, sizeof(*root));
	struct source source;
	bool ok;

	*out = default_platform();
	if (file == STR_NONE) {
		struct diag *diag = diag_failure(diags, "platform-missing",
						 _("the library has no "
						   "sites/platform.yaml"));

		str near = near_names_platform(snapshot, arena);

		if (near.len > 0)
			diag_help(diags, diag,
				  _("rename %.*s to sites/platform.yaml"),
				  STR_ARG(near));
		else
			diag_help(diags, diag,
				  _("it names the cluster and its portal: "
				    "name:, portal:"));
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
	out->theme_span = yaml_get(root, STR("theme")) != NULL
				  ? yaml_get(root, STR("theme"))->span
				  : span_none();
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

/* --- reading, and reading what there was before --------------------------- */

/* With the severity that it sets. */
static bool read_platform_file(struct cluster *out,
			       const struct cluster_reader *reader,
			       const struct snapshot *snapshot,
			       struct snapshot_reader *files,
			       struct diag_list *diags)
{
	bool ok = read_platform(&out->platform, snapshot, files, reader->arena,
				diags);

	return severity_read(&out->levels, out->platform.severity,
			     reader->snapshot, reader->arena, diags) &&
	       ok;
}

bool cluster_read_site(struct site *out, const struct cluster_reader *reader,
		       struct snapshot_reader *files, size_t file,
		       struct diag_list *diags)
{
	const struct cluster *cluster = reader->cluster;
	struct source source;
	struct site_context context = {
		.source = &source,
		.language = cluster->platform.language,
		.theme = cluster->platform.theme,
		.theme_span = cluster->platform.theme_span,
		.reader = { &cluster->schema, cluster->platform.offset,
			    reader->arena, diags, reader->snapshot },
	};

	if (!snapshot_read_text(&source, files, file, reader->arena, diags))
		return false;
	context.id = site_id(source.path);
	return site_read(out, &context);
}

/* Does any of the errors stand in the file? */
static bool has_error_in(const struct diag_list *diags, size_t file)
{
	for (size_t i = 0; i < diag_total(diags); i++) {
		struct diag_mark mark = diag_at(diags, i);

		if (mark.level == DIAG_ERROR && mark.span.source == file)
			return true;
	}
	return false;
}

static bool read_types(struct schema *out, const struct cluster_reader *reader,
		       const struct snapshot *snapshot,
		       struct snapshot_reader *files,
		       const struct list *without, struct diag_list *diags)
{
	const struct schema_sources sources = {
		.builtin = builtin_type_files,
		.snapshot = snapshot,
		.reader = files,
		.left_out = without == NULL ? NULL : without->items,
		.left_out_count = without == NULL ? 0 : without->count,
	};

	return schema_read(out, &sources, reader->arena, diags);
}

/* "sites/x/redirects.csv" beside "sites/x/site.yaml". */
static str redirects_path(const struct site *site, struct arena *arena)
{
	return arena_printf(arena, "sites/%.*s/redirects.csv",
			    STR_ARG(site->id));
}

static bool read_synonyms_file(struct synonyms *out,
			       const struct cluster_reader *reader,
			       struct snapshot_reader *files, size_t file,
			       struct diag_list *diags)
{
	struct source source;

	return snapshot_read_text(&source, files, file, reader->arena, diags) &&
	       synonyms_read(out, &source, reader->arena, diags);
}

static bool read_holidays_file(struct holidays *out,
			       const struct cluster_reader *reader,
			       struct snapshot_reader *files, size_t file,
			       struct diag_list *diags)
{
	struct source source;

	return snapshot_read_text(&source, files, file, reader->arena, diags) &&
	       holidays_read(out, &source, reader->arena, diags);
}

static bool read_redirects_file(struct redirect_rows *out, str domain,
				const struct cluster_reader *reader,
				struct snapshot_reader *files, size_t file,
				struct diag_list *diags)
{
	struct source source;

	*out = (struct redirect_rows){ 0 };
	return snapshot_read_text(&source, files, file, reader->arena, diags) &&
	       redirects_read(out, &source, domain, reader->arena, diags);
}

/* Of an older commit: nobody hears of its mistakes. */
static bool can_be_read(const struct cluster_reader *reader,
			const struct version_sought *item,
			const struct version *version)
{
	size_t file = snapshot_find(version->snapshot, item->path);
	struct cluster tried = *reader->cluster;
	struct redirect_rows rows;
	struct synonyms synonyms;
	struct holidays holidays;
	struct schema schema;
	struct site site;
	struct diag_list ignored;

	diag_list_init_part(&ignored, reader->arena, reader->diags);
	if (str_ends_with(item->path, STR("/redirects.csv")))
		return read_redirects_file(&rows, STR(""), reader,
					   version->reader, file, &ignored);
	if (str_equal(item->path, STR(SYNONYMS_PATH)))
		return read_synonyms_file(&synonyms, reader, version->reader,
					  file, &ignored);
	holidays_init(&holidays);
	if (str_starts_with(item->path, STR(HOLIDAYS_FOLDER)))
		return read_holidays_file(&holidays, reader, version->reader,
					  file, &ignored);
	if (str_equal(item->path, STR("sites/platform.yaml")))
		return read_platform_file(&tried, reader, version->snapshot,
					  version->reader, &ignored);
	if (str_starts_with(item->path, STR("sites/types/")))
		return read_types(&schema, reader, version->snapshot,
				  version->reader, NULL, &ignored) &&
		       !has_error_in(&ignored,
				     file + version->snapshot->source_base);
	return cluster_read_site(&site, reader, version->reader, file,
				 &ignored);
}

/* What counts is read again, so nothing of the attempts is kept. */
static bool is_correct(void *context, const struct version_sought *item,
		       const struct version *version)
{
	struct cluster_reader reader = *(const struct cluster_reader *)context;
	struct arena scratch;
	bool ok;

	arena_init(&scratch);
	reader.arena = &scratch;
	ok = can_be_read(&reader, item, version);
	arena_release(&scratch);
	return ok;
}

/* Types may be like each other: then one is read with the others. */
static bool needs_types(void *context, str path)
{
	(void)context;
	return str_starts_with(path, STR("sites/types/"));
}

static struct digest key_of(void *context, const struct version_sought *item,
			    const struct version *version)
{
	struct digest key = { 0 };
	size_t first, behind;

	(void)context;
	digest_add(&key,
		   (str){ (const char *)item->blob_id, SNAPSHOT_ID_SIZE });
	snapshot_range(version->snapshot, STR("sites/types/"), &first, &behind);
	for (; first < behind; first++) {
		digest_add(&key, snapshot_path(version->snapshot, first));
		digest_add(&key, snapshot_blob(version->snapshot, first));
	}
	return key;
}

/* Which units there are decides what a word of the platform is right. */
static struct digest digest_of_units(const struct snapshot *snapshot)
{
	struct digest digest = { 0 };
	str last = STR("");
	size_t first, behind;

	snapshot_range(snapshot, STR("content/"), &first, &behind);
	for (; first < behind; first++) {
		str rest = str_from(snapshot_path(snapshot, first),
				    STR("content/").len);
		size_t slash = str_find_byte(rest, '/');
		str unit = str_between(rest, 0, slash == STR_NONE ? 0 : slash);

		if (!str_equal(unit, last))
			digest_add(&digest, unit);
		last = unit;
	}
	return digest;
}

/* Of what the platform and the types say, in the versions that count. */
struct digest cluster_digest_settings(const struct cluster *cluster,
				      const struct snapshot *snapshot)
{
	size_t platform = snapshot_find(snapshot, STR("sites/platform.yaml"));
	struct digest digest = { 0 };

	if (platform != STR_NONE)
		digest_add(&digest, snapshot_blob(snapshot, platform));
	digest_add_digest(&digest, cluster->schema.digest);
	return digest;
}

/* What the verdict about a version depends on beside its own commit. */
static struct digest context_of(const struct cluster_reader *reader, str path)
{
	return str_equal(path, STR("sites/platform.yaml"))
		       ? digest_of_units(reader->snapshot)
		       : cluster_digest_settings(reader->cluster,
						 reader->snapshot);
}

/*
 * From here on the files (uint32_t) have the bytes of their newest correct
 * version; those that have none are left in the list.
 */
static void mend(struct cluster_reader *reader, struct list *files)
{
	struct version_search search = {
		.snapshot = reader->snapshot,
		.folder = reader->sources->folder,
		.offset = reader->cluster->platform.offset,
		.memory = reader->sources->memory,
		.items = arena_array(reader->arena, files->count,
				     sizeof(*search.items)),
		.count = files->count,
		.context = reader,
		.key = key_of,
		.take = is_correct,
	};
	uint32_t *numbers = files->items;

	for (size_t i = 0; i < files->count; i++) {
		search.items[i].file = numbers[i];
		search.items[i].path =
			snapshot_path(reader->snapshot, numbers[i]);
		search.items[i].context =
			context_of(reader, search.items[i].path);
		if (needs_types(NULL, search.items[i].path))
			search.needs = needs_types;
	}
	version_search_run(&search, reader->arena);
	version_search_patch(reader->snapshot, &search, reader->arena);
	version_search_tell(&search, reader->diags);
	files->count = 0;
	for (size_t i = 0; i < search.count; i++)
		if (!search.items[i].is_found)
			numbers[files->count++] = search.items[i].file;
}

static void add_file(struct list *files, size_t file, struct arena *arena)
{
	*(uint32_t *)list_add(files, arena) = (uint32_t)file;
}

static bool find_platform(struct cluster_reader *reader)
{
	size_t file =
		snapshot_find(reader->snapshot, STR("sites/platform.yaml"));
	struct diag_list ignored;
	struct list files;

	if (read_platform_file(reader->cluster, reader, reader->snapshot,
			       reader->files, reader->diags))
		return true;
	if (file == STR_NONE || reader->diags->failed)
		return false;
	list_init(&files, sizeof(uint32_t));
	add_file(&files, file, reader->arena);
	mend(reader, &files);
	diag_list_init(&ignored, reader->arena);
	if (files.count == 0 &&
	    read_platform_file(reader->cluster, reader, reader->snapshot,
			       reader->files, &ignored))
		return true;
	/* without it nothing can be said of any page, so none is touched */
	diag_help(reader->diags,
		  diag_error(reader->diags,
			     (struct span){ (uint32_t)file, 0, 0 },
			     "platform-none",
			     _("there is no version of this without mistakes, "
			       "so nothing is built")),
		  _("what was built before stays; mend the mistakes above"));
	return false;
}

static bool is_builtin_type(str path)
{
	str name = str_from(path, STR("sites/types/").len);

	if (!str_ends_with(name, STR(".yaml")))
		return false;
	name = str_between(name, 0, name.len - STR(".yaml").len);
	for (const struct type_file *file = builtin_type_files;
	     file->name.len > 0; file++)
		if (str_equal(name, file->name))
			return true;
	return false;
}

/*
 * Of a type of the program what the platform adds is left out. One of the
 * platform's own stays, as a broken one, so that its resources are not blamed.
 */
static void keep_own_types(const struct cluster_reader *reader,
			   struct list *files)
{
	uint32_t *numbers = files->items;
	size_t kept = 0;

	for (size_t i = 0; i < files->count; i++)
		if (is_builtin_type(
			    snapshot_path(reader->snapshot, numbers[i])))
			numbers[kept++] = numbers[i];
	files->count = kept;
}

static bool find_types(struct cluster_reader *reader)
{
	struct schema *schema = &reader->cluster->schema;
	struct diag_list found;
	struct list files;
	size_t first, behind;
	bool ok;

	diag_list_init_part(&found, reader->arena, reader->diags);
	ok = read_types(schema, reader, reader->snapshot, reader->files, NULL,
			&found);
	diag_merge(reader->diags, &found);
	if (!ok || found.error_count == 0)
		return ok;
	list_init(&files, sizeof(uint32_t));
	snapshot_range(reader->snapshot, STR("sites/types/"), &first, &behind);
	for (; first < behind; first++)
		if (has_error_in(&found, first))
			add_file(&files, first, reader->arena);
	if (files.count == 0)
		return true;
	mend(reader, &files);
	keep_own_types(reader, &files);
	diag_list_init_part(&found, reader->arena, reader->diags);
	return read_types(schema, reader, reader->snapshot, reader->files,
			  &files, &found);
}

static void add_site(struct cluster *cluster, size_t file,
		     const struct cluster_reader *reader,
		     struct diag_list *diags, struct list *broken)
{
	struct site *site = &cluster->sites[cluster->count];

	if (!cluster_read_site(site, reader, reader->files, file, diags)) {
		add_file(broken, file, reader->arena);
		return;
	}
	site->number = (uint32_t)cluster->count;
	cluster->count++;
}

static void read_all_sites(struct cluster *cluster,
			   const struct cluster_reader *reader,
			   struct diag_list *diags, struct list *broken)
{
	const struct snapshot *snapshot = reader->snapshot;
	size_t first, behind;

	cluster->count = 0;
	list_init(broken, sizeof(uint32_t));
	snapshot_range(snapshot, STR("sites/"), &first, &behind);
	for (size_t i = first; i < behind; i++)
		if (site_id(snapshot_path(snapshot, i)).len > 0)
			add_site(cluster, i, reader, diags, broken);
}

static size_t count_sites(const struct snapshot *snapshot)
{
	size_t first, behind, count = 0;

	snapshot_range(snapshot, STR("sites/"), &first, &behind);
	for (size_t i = first; i < behind; i++)
		count += site_id(snapshot_path(snapshot, i)).len > 0;
	return count;
}

static void read_sites(struct cluster *cluster, struct cluster_reader *reader)
{
	struct diag_list ignored;
	struct list broken;

	cluster->sites =
		arena_array(reader->arena, count_sites(reader->snapshot),
			    sizeof(*cluster->sites));
	read_all_sites(cluster, reader, reader->diags, &broken);
	if (broken.count == 0 || reader->diags->failed)
		return;
	mend(reader, &broken);
	diag_list_init_part(&ignored, reader->arena, reader->diags);
	read_all_sites(cluster, reader, &ignored, &broken);
	for (size_t i = 0; i < broken.count; i++)
		*(str *)list_add(&cluster->broken, reader->arena) = site_id(
			snapshot_path(reader->snapshot,
				      ((const uint32_t *)broken.items)[i]));
}

/* Each counts in its newest version that can be read as a whole. */
static void read_redirects(struct cluster *cluster,
			   struct cluster_reader *reader)
{
	struct diag_list ignored;
	struct list broken;

	list_init(&broken, sizeof(uint32_t));
	for (size_t i = 0; i < cluster->count; i++) {
		struct site *site = &cluster->sites[i];
		size_t file = snapshot_find(
			reader->snapshot, redirects_path(site, reader->arena));

		if (file != STR_NONE &&
		    !read_redirects_file(&site->redirects, site->domain, reader,
					 reader->files, file, reader->diags))
			add_file(&broken, file, reader->arena);
	}
	if (broken.count == 0 || reader->diags->failed)
		return;
	mend(reader, &broken);
	diag_list_init_part(&ignored, reader->arena, reader->diags);
	for (size_t i = 0; i < cluster->count; i++) {
		struct site *site = &cluster->sites[i];
		size_t file = snapshot_find(
			reader->snapshot, redirects_path(site, reader->arena));

		if (file != STR_NONE &&
		    snapshot_is_patched(reader->snapshot, file) &&
		    !read_redirects_file(&site->redirects, site->domain, reader,
					 reader->files, file, &ignored))
			site->redirects = (struct redirect_rows){ 0 };
	}
}

/* Without a correct version there are those of the program alone. */
static void read_synonyms(struct synonyms *out, struct cluster_reader *reader)
{
	size_t file = snapshot_find(reader->snapshot, STR(SYNONYMS_PATH));
	struct diag_list ignored;
	struct list broken;

	synonyms_init(out, reader->arena);
	if (file == STR_NONE ||
	    read_synonyms_file(out, reader, reader->files, file,
			       reader->diags) ||
	    reader->diags->failed)
		return;
	list_init(&broken, sizeof(uint32_t));
	add_file(&broken, file, reader->arena);
	mend(reader, &broken);
	diag_list_init_part(&ignored, reader->arena, reader->diags);
	if (broken.count > 0 ||
	    !read_synonyms_file(out, reader, reader->files, file, &ignored))
		synonyms_init(out, reader->arena);
}

/* A year without a correct version is one without a file. */
static void read_holidays(struct holidays *out, struct cluster_reader *reader)
{
	struct diag_list ignored;
	struct list broken;
	size_t first, behind;
	int16_t year;

	holidays_init(out);
	list_init(&broken, sizeof(uint32_t));
	snapshot_range(reader->snapshot, STR(HOLIDAYS_FOLDER), &first, &behind);
	for (size_t i = first; i < behind; i++)
		if (holidays_path_year(&year,
				       snapshot_path(reader->snapshot, i)) &&
		    !read_holidays_file(out, reader, reader->files, i,
					reader->diags))
			add_file(&broken, i, reader->arena);
	if (broken.count > 0 && !reader->diags->failed)
		mend(reader, &broken);
	diag_list_init_part(&ignored, reader->arena, reader->diags);
	for (size_t i = first; i < behind; i++)
		if (snapshot_is_patched(reader->snapshot, i))
			(void)!read_holidays_file(out, reader, reader->files, i,
						  &ignored);
	holidays_freeze(out);
}

/* Who has a name as its domain keeps it. */
static void add_name(struct cluster *cluster, str name, struct site *site)
{
	if (name.len > 0 && !map_has(&cluster->by_name, name))
		map_set(&cluster->by_name, name, site);
}

static void add_other_names(struct cluster *cluster, struct site *site,
			    struct arena *arena)
{
	const char *reason;
	str encoded;

	if (str_starts_with(site->domain, STR("www.")))
		add_name(cluster, str_from(site->domain, 4), site);
	if (site->chinese_domain.len == 0)
		return;
	add_name(cluster, site->chinese_domain, site);
	if (host_name_encode(&encoded, &reason, site->chinese_domain, arena))
		add_name(cluster, encoded, site);
}

static void index_domains(struct cluster *cluster, struct arena *arena)
{
	for (size_t i = 0; i < cluster->count; i++) {
		map_set(&cluster->by_domain, cluster->sites[i].domain,
			&cluster->sites[i]);
		add_name(cluster, cluster->sites[i].domain, &cluster->sites[i]);
	}
	for (size_t i = 0; i < cluster->count; i++)
		add_other_names(cluster, &cluster->sites[i], arena);
}

/* The other sites are published without it, as without any other site. */
static void find_portal(struct cluster *cluster, struct diag_list *diags)
{
	struct diag *diag;

	for (size_t i = 0; i < cluster->count; i++)
		if (str_equal(cluster->sites[i].id, cluster->platform.portal))
			cluster->portal = &cluster->sites[i];
	if (cluster->portal != NULL)
		return;
	diag = diag_error(
		diags, cluster->platform.portal_span, "portal-missing",
		_("there is no usable site “%.*s” (sites/%.*s/site.yaml)"),
		STR_ARG(cluster->platform.portal),
		STR_ARG(cluster->platform.portal));
	diag_help(diags, diag,
		  _("the other sites are published without links to it"));
}

bool cluster_read(struct cluster *out, const struct cluster_sources *sources,
		  struct arena *arena, struct diag_list *diags)
{
	struct cluster_reader reader = {
		.cluster = out,
		.sources = sources,
		.snapshot = sources->snapshot,
		.files = sources->reader,
		.arena = arena,
		.diags = diags,
	};

	*out = (struct cluster){ 0 };
	map_init(&out->by_unit, arena);
	map_init(&out->by_domain, arena);
	map_init(&out->by_name, arena);
	list_init(&out->broken, sizeof(str));
	if (!find_platform(&reader))
		return false;
	diag_set_levels(diags, &out->levels);
	if (!find_types(&reader))
		return false;
	out->verdicts = cluster_digest_settings(out, reader.snapshot);
	read_sites(out, &reader);
	cluster_settle_domains(out, &reader);
	index_domains(out, arena);
	cluster_settle_units(out, &reader);
	read_redirects(out, &reader);
	read_synonyms(&out->synonyms, &reader);
	read_holidays(&out->holidays, &reader);
	near_names_check_files(reader.snapshot, diags);
	find_portal(out, diags);
	return !diags->failed;
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
