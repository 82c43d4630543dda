#include "support/city.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/render.h"

#define IDENTITY                                                                   \
	"sponsor: 办公室\nphone: \"1\"\nicp: 示1号\npolice_record: 示2号\n" \
	"description: 网站\n"
#define COLUMN(id, class, select)                                                 \
	"  - id: " id "\n    name: " id                                           \
	"\n    class: " class "\n    description: 栏目\n    keywords: "         \
			      "[栏目]\n"                                        \
			      "    owner_unit: 办公室\n    editors: {a: 甲, " \
			      "b: 乙}\n" select
#define NEWS(title, date)                                                      \
	STR("---\ntitle: " title "\ntype: news\ndate: " date                   \
	    "\nsource: 市府\n---\n正文\n")

static const struct memory_file base[] = {
	{ "sites/platform.yaml",
	  STR("name: 示范市\nportal: www\npage_size: 2\nfeed_size: 3\n") },
	{ "sites/www/site.yaml",
	  STR("kind: portal\nname: 示范市人民政府\ndomain: www.example.cn\n"
	      "identity_code: \"6199000001\"\nunits: [szf]\n" IDENTITY
	      "columns:\n" COLUMN("yw", "news", "    select: {type: news}\n")
		      COLUMN("tz", "notice",
			     "    select: {type: [notice, topic_site], "
			     "unit: szf}\n")) },
	{ "sites/jyj/site.yaml",
	  STR("kind: department\nname: 市教育局\ndomain: jyj.example.cn\n"
	      "identity_code: \"6199000002\"\n" IDENTITY "columns:\n" COLUMN(
		      "xw", "news", "    select: {type: news, unit: jyj}\n")
		      COLUMN("gk", "policy",
			     "    columns:\n"
			     "      - id: zc\n        name: zc\n"
			     "        class: policy\n"
			     "        description: 栏目\n"
			     "        keywords: [栏目]\n"
			     "        owner_unit: 办公室\n"
			     "        editors: {a: 甲, b: 乙}\n"
			     "        facets: true\n"
			     "        statistics: true\n"
			     "        select: {unit: jyj, type: policy}\n")) },
	{ "sites/gone/site.yaml",
	  STR("kind: department\nname: 旧局\ndomain: gone.example.cn\n"
	      "state: closed\nstate_note: 已关停\n"
	      "identity_code: \"6199000003\"\n" IDENTITY "columns:\n" COLUMN(
		      "xw", "news", "    select: {unit: gone}\n")) },
	{ "content/jyj/n1.md", NEWS("一", "2024-01-01") },
	{ "content/jyj/n2.md", NEWS("二", "2024-01-02") },
	{ "content/jyj/n3.md", NEWS("三", "2024-01-03") },
	{ "content/jyj/p1.md",
	  STR("---\ntitle: 政策\ntype: policy\ndisclosure: 主动公开\ndate: "
	      "2024-01-05\n"
	      "source: 市府\nissuer: 市府\ndoc_no: 示政发〔2024〕1号\n"
	      "validity: 有效\nwritten_on: 2024-01-01\npolicy_kind: 其他\n"
	      "major: false\ntopic: '科技、教育\\教育'\n---\n正文\n") },
	{ "content/szf/a1.md", NEWS("市一", "2024-01-04") },
	{ "content/szf/a2.md", NEWS("市二", "2023-12-31") },
};

static bool is_edited(const char *path, const struct memory_file *edits,
		      size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(edits[i].path, path) == 0)
			return true;
	return false;
}

static void open_files(struct city *city, const struct memory_file *edits,
		       size_t count)
{
	struct memory_file *files = arena_array(
		&city->arena, COUNT_OF(base) + count, sizeof(*files));
	size_t kept = 0;

	for (size_t i = 0; i < COUNT_OF(base); i++)
		if (!is_edited(base[i].path, edits, count))
			files[kept++] = base[i];
	for (size_t i = 0; i < count; i++)
		if (edits[i].data.data != NULL)
			files[kept++] = edits[i];
	assert_true(snapshot_open_memory(&city->snapshot, files, kept,
					 &city->arena, &city->diags));
	city->reader = snapshot_reader_open(&city->snapshot, &city->diags);
	assert_non_null(city->reader);
	city->history = arena_array(&city->arena, city->snapshot.count,
				    sizeof(*city->history));
}

void city_open(struct city *city, const char *as_of,
	       const struct memory_file *edits, size_t count)
{
	struct catalog_options reading = { .snapshot = &city->snapshot,
					   .offset = 480,
					   .threads = 1 };
	struct cluster_sources sources = { .snapshot = &city->snapshot };
	struct arrange_options arranging = { .catalog = &city->catalog,
					     .cluster = &city->cluster };

	*city = (struct city){ 0 };
	arena_init(&city->arena);
	diag_list_init(&city->diags, &city->arena);
	open_files(city, edits, count);
	assert_true(moment_parse(&arranging.as_of, str_from_c(as_of), 480));
	sources.reader = city->reader;
	city->cluster_ok = cluster_read(&city->cluster, &sources, &city->arena,
					&city->diags);
	if (!city->cluster_ok)
		return;
	reading.schema = &city->cluster.schema;
	assert_true(catalog_read(&city->catalog, &reading, &city->arena,
				 &city->diags));
	arrange(&city->arrangement, &arranging, &city->arena, &city->diags);
}

void city_close(struct city *city)
{
	snapshot_reader_close(city->reader);
	snapshot_close(&city->snapshot);
	arena_release(&city->arena);
}

static void load_theme(struct city *city, const struct site *site)
{
	struct theme *theme = &city->themes[site->number];
	struct theme_options options = {
		.snapshot = &city->snapshot,
		.reader = city->reader,
		.site_id = site->id,
		.theme_name = site->theme,
		.name_span = site->theme_span,
		.language = site->language,
	};

	options.pages = render_pages(&options.page_count, &city->cluster.schema,
				     &city->arena);
	assert_true(theme_load(theme, &options, &city->arena, &city->diags));
	theme->is_usable = true;
}

static void plan(struct city *city)
{
	struct plan_options options = { .arrangement = &city->arrangement,
					.snapshot = &city->snapshot,
					.themes = city->themes,
					.history = city->history,
					.attachments = city->attachments };

	page_plan_make(&city->plan, &options, &city->arena, &city->diags);
}

static void make_themes(struct city *city)
{
	assert_true(city->cluster_ok);
	city->themes = arena_array(&city->arena, city->cluster.count,
				   sizeof(*city->themes));
}

void city_plan(struct city *city)
{
	make_themes(city);
	for (size_t i = 0; i < city->cluster.count; i++)
		load_theme(city, &city->cluster.sites[i]);
	plan(city);
}

void city_plan_with(struct city *city, const struct theme *theme)
{
	make_themes(city);
	for (size_t i = 0; i < city->cluster.count; i++)
		city->themes[i] = *theme;
	plan(city);
}

struct site *city_site(const struct city *city, const char *id)
{
	for (size_t i = 0; i < city->cluster.count; i++)
		if (str_equal_c(city->cluster.sites[i].id, id))
			return &city->cluster.sites[i];
	fail_msg("no site %s", id);
	return NULL;
}

struct column *city_column(const struct city *city, const char *site,
			   const char *path)
{
	const struct column *column =
		site_find_column(city_site(city, site), str_from_c(path));

	assert_non_null(column);
	return (struct column *)column;
}

const struct resource *city_resource(struct city *city, const char *id)
{
	uint32_t number = catalog_find_id(&city->catalog, str_from_c(id));
	struct resource *resource =
		arena_alloc(&city->arena, sizeof(*resource));

	assert_int_not_equal(number, RESOURCE_NONE);
	catalog_get(resource, &city->catalog, number);
	return resource;
}

const struct placement *city_placement(struct city *city, const char *id)
{
	struct placement *placement =
		arena_alloc(&city->arena, sizeof(*placement));

	*placement = arrangement_of(&city->arrangement,
				    city_resource(city, id)->number);
	return placement;
}

const struct page *city_page(const struct city *city, const char *site,
			     const char *path)
{
	const struct site_plan *plan =
		&city->plan.sites[city_site(city, site)->number];
	const struct page *page = site_plan_find(plan, str_from_c(path));

	if (page == NULL)
		fail_msg("%s has no page /%s", site, path);
	return page;
}

str city_names(struct city *city, const uint32_t *numbers, size_t count)
{
	struct buf names;

	buf_init(&names, &city->arena);
	for (size_t i = 0; i < count; i++) {
		struct resource resource;
		size_t slash;
		str id;

		if (i > 0)
			buf_add_byte(&names, ' ');
		catalog_get(&resource, &city->catalog, numbers[i]);
		id = resource.id;
		slash = str_find_last_byte(id, '/');
		buf_add(&names, str_from(id, slash + 1));
	}
	return buf_str(&names);
}

static void assert_names(struct city *city, const uint32_t *numbers,
			 size_t count, const char *expected)
{
	assert_string_equal(city_names(city, numbers, count).data, expected);
}

void city_list(struct city *city, const char *site, const char *column,
	       const char *names)
{
	const struct column_list *list = &city_column(city, site, column)->list;

	assert_names(city, list->live, list->live_count, names);
}

void city_archived(struct city *city, const char *site, const char *column,
		   const char *names)
{
	const struct column_list *list = &city_column(city, site, column)->list;

	assert_names(city, list->archived, list->archived_count, names);
}

void city_says(struct city *city, const char *ids)
{
	const struct diag *items = city->diags.items.items;
	struct buf found;

	buf_init(&found, &city->arena);
	for (size_t i = 0; i < city->diags.items.count; i++)
		buf_printf(&found, i == 0 ? "%s" : " %s", items[i].id);
	assert_string_equal(buf_str(&found).data, ids);
}
