#include "support/kept_build.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/pack.h"
#include "markup/library.h"
#include "pipeline/build.h"
#include "record/plan_image.h"
#include "record/version.h"
#include "support/temporary.h"

#define IDENTITY                                                               \
	"sponsor: 办公室\nphone: \"0000-0000000\"\nicp: 示1号\n"          \
	"police_record: 示2号\ndescription: 网站\n"
#define COLUMN(id, class, rest)                                                \
	"  - {id: " id ", name: " id                                           \
	", class: " class ", description: 栏目,\n"                           \
			  "     keywords: [栏目], owner_unit: 办公室, "   \
			  "editors: {a: 甲岗, "                              \
			  "b: 乙岗},\n     " rest "}\n"
#define TEXT(head, body) STR("---\n" head "source: 办公室\n---\n" body "\n")

static const struct memory_file files[] = {
	{ "sites/platform.yaml", STR("name: 示范市\nportal: www\n") },
	{ "sites/www/site.yaml",
	  STR("kind: portal\nname: 示范市人民政府\ndomain: www.example.cn\n"
	      "identity_code: \"6199000001\"\nunits: [szf]\n" IDENTITY
	      "columns:\n" COLUMN("yw", "news",
				  "select: {unit: szf, type: news}")
		      COLUMN("zc", "policy",
			     "select: {unit: szf, type: policy}")
			      COLUMN("bm", "news",
				     "show: copy, "
				     "select: {unit: jyj, type: news}")) },
	{ "sites/jyj/site.yaml",
	  STR("kind: department\nname: 市教育局\ndomain: jyj.example.cn\n"
	      "identity_code: \"6199000002\"\nunits: [jyj]\n" IDENTITY
	      "columns:\n" COLUMN("xw", "news",
				  "select: {unit: jyj, type: news}")) },
	{ "content/szf/a.md",
	  TEXT("title: 一\ntype: news\ndate: 2024-01-02\nid: own/a\n"
	       "keywords: [教育]\n",
	       "正文 [二](b.md)") },
	{ "content/szf/b.md",
	  TEXT("title: 二\ntype: news\ndate: 2024-01-03\nid: own/b\n"
	       "keywords: [教育, 科技]\nrelations: {replaces: [own/a]}\n",
	       "正文 [三](c/index.md)") },
	{ "content/szf/c/index.md",
	  TEXT("title: 三\ntype: news\ndate: 2024-01-04\nkeywords: [科技]\n",
	       "正文 [表](a.csv)") },
	{ "content/szf/c/a.csv", STR("1,2\n") },
	{ "content/szf/d.md",
	  TEXT("title: 四\ntype: news\ndate: 2024-01-05\n"
	       "archived_on: 2024-05-01\nreplaced_by: own/b\n",
	       "正文") },
	{ "content/szf/p.md",
	  TEXT("title: 政策\ntype: policy\ndisclosure: 主动公开\ndate: "
	       "2024-01-05\nissuer: 市府\n"
	       "doc_no: 示政发〔2024〕1号\nvalidity: 有效\n"
	       "written_on: 2024-01-01\npolicy_kind: 其他\nmajor: false\n"
	       "topic: '科技、教育\\教育'\n",
	       "正文") },
	{ "content/jyj/e.md",
	  TEXT("title: 五\ntype: news\ndate: 2024-02-01\n", "正文") },
	{ "content/jyj/f.md",
	  TEXT("title: 六\ntype: news\ndate: 2024-02-02\n", "正文") },
};

/* What the two revisions differ in: a text of each site. */
static const struct memory_file edits[] = {
	{ "content/szf/b.md",
	  TEXT("title: 二\ntype: news\ndate: 2024-01-03\nid: own/b\n"
	       "keywords: [教育, 科技]\nrelations: {replaces: [own/a]}\n",
	       "正文改 [三](c/index.md)") },
	{ "content/szf/p.md",
	  TEXT("title: 政策\ntype: policy\ndisclosure: 主动公开\ndate: "
	       "2024-01-05\nissuer: 市府\n"
	       "doc_no: 示政发〔2024〕1号\nvalidity: 有效\n"
	       "written_on: 2024-01-01\npolicy_kind: 其他\nmajor: false\n"
	       "topic: '科技、教育\\教育'\n",
	       "正文改") },
	{ "content/jyj/e.md",
	  TEXT("title: 五\ntype: news\ndate: 2024-02-01\n", "正文改") },
};

static void put_all(struct repository *repository,
		    const struct memory_file *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		repository_put(repository, all[i].path, all[i].data);
}

/* --- building --- */

/* Of a build that fails, or says anything, the pages count as wrong. */
static bool build(struct kept_build *kept, const char *out, size_t turn)
{
	const struct build_options options = {
		.library = { .folder = kept->repository.directory,
			     .revision = kept->revisions[turn],
			     .as_of_text = "2024-06-01",
			     .threads = 1 },
		.out = out,
	};
	struct build work;
	bool is_recalled;

	kept->has_failed = !build_open(&work, &options) || !build_run(&work) ||
			   work.diags.count > 0;
	is_recalled = work.recall != NULL;
	build_close(&work);
	return is_recalled;
}

bool kept_build_run(struct kept_build *kept)
{
	return build(kept, kept->out, 1);
}

/* --- what stands in a folder --- */

static int compare_names(const void *left, const void *right)
{
	return str_compare(*(const str *)left, *(const str *)right);
}

struct walk {
	struct buf *out;
	const char *top;
	struct arena *arena;
};

static void add_folder(const struct walk *walk, const char *path);

/* `path` is below the top; "." is the top itself. */
static void add_path(const struct walk *walk, const char *path,
		     unsigned char type)
{
	str bytes;

	if (type == DT_DIR) {
		add_folder(walk, path);
		return;
	}
	bytes = temporary_read(walk->arena,
			       temporary_path(walk->arena, walk->top, path));
	pack_text(walk->out, str_from_c(path));
	pack_text(walk->out, bytes);
}

/* Names and bytes, in the order of names; what begins with a dot is ours. */
static void add_folder(const struct walk *walk, const char *path)
{
	struct arena *arena = walk->arena;
	DIR *directory = opendir(temporary_path(arena, walk->top, path));
	struct dirent *entry;
	struct list names;
	const str *items;

	assert_non_null(directory);
	list_init(&names, sizeof(str));
	while ((entry = readdir(directory)) != NULL)
		if (entry->d_name[0] != '.')
			*(str *)list_add(&names, arena) = arena_printf(
				arena, "%c%s", entry->d_type, entry->d_name);
	closedir(directory);
	items = names.items;
	if (names.count > 0)
		qsort(names.items, names.count, sizeof(str), compare_names);
	for (size_t i = 0; i < names.count; i++)
		add_path(walk, temporary_path(arena, path, items[i].data + 1),
			 (unsigned char)items[i].data[0]);
}

str kept_build_tree(const char *folder, struct arena *arena)
{
	struct buf bytes;
	const struct walk walk = { &bytes, folder, arena };

	buf_init(&bytes, arena);
	add_folder(&walk, ".");
	return buf_str(&bytes);
}

bool kept_build_is_right(const struct kept_build *kept)
{
	struct arena scratch;
	bool is_right;

	arena_init(&scratch);
	is_right =
		!kept->has_failed &&
		str_equal(kept_build_tree(kept->out, &scratch), kept->trees[1]);
	arena_release(&scratch);
	return is_right;
}

void kept_build_mend(struct kept_build *kept)
{
	if (kept_build_is_right(kept))
		return;
	close(kept->state);
	temporary_remove(kept->out);
	build(kept, kept->out, 0);
	kept_build_run(kept);
	kept->state = open(temporary_path(kept->arena, kept->out, ".jiyue"),
			   O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(kept->state >= 0 && kept_build_is_right(kept));
}

/* --- the record --- */

static struct store *open_record(struct kept_build *kept, struct arena *arena,
				 struct diag_list *diags)
{
	struct store *store = store_open(kept->state, "record",
					 record_version(), arena, diags);

	assert_non_null(store);
	return store;
}

/* The pages that the two trees have alike stay. */
static void put_pages_back(const struct kept_build *kept, struct arena *arena)
{
	str before = kept->trees[0];
	str after = kept->trees[1];
	str path, other, was, is;

	while (unpack_text(&path, &before) && unpack_text(&was, &before)) {
		assert_true(unpack_text(&other, &after) &&
			    unpack_text(&is, &after) && str_equal(path, other));
		if (!str_equal(was, is))
			temporary_write(
				kept->out,
				arena_printf(arena, "%.*s", STR_ARG(path)).data,
				was);
	}
}

struct store *kept_build_edit(struct kept_build *kept, struct arena *arena,
			      struct diag_list *diags)
{
	struct store *store = open_record(kept, arena, diags);

	put_pages_back(kept, arena);
	assert_true(store_begin(store, diags));
	for (size_t i = 0; i < kept->value_count; i++) {
		const struct kept_value *value = &kept->values[i];

		assert_true(store_put(store, value->kind, value->name,
				      value->before, diags));
	}
	return store;
}

void kept_build_edited(struct store *store, struct diag_list *diags)
{
	assert_true(store_commit(store, diags));
	store_close(store);
}

static const struct kept_value known[] = {
	{ STORE_METADATA_LIST, STR("chunks"), false, { 0 } },
	{ STORE_HISTORY, STR("history"), false, { 0 } },
	{ STORE_LAST_BUILD, STR("last"), false, { 0 } },
	{ STORE_SITE_PAGES, STR("www.example.cn"), false, { 0 } },
	{ STORE_SITE_PAGE_CHUNK, STR("www.example.cn/0"), false, { 0 } },
	{ STORE_SITE_PENDING, STR("www.example.cn"), false, { 0 } },
	{ STORE_SITE_PAGES, STR("jyj.example.cn"), false, { 0 } },
	{ STORE_SITE_PAGE_CHUNK, STR("jyj.example.cn/0"), false, { 0 } },
	{ STORE_PLAN_IMAGE, STR("head"), false, { 0 } },
	{ STORE_PLAN_IMAGE, STR("changes"), false, { 0 } },
};

static void add_value(struct list *values, char kind, str name, bool is_array,
		      struct arena *arena)
{
	struct kept_value *value = list_add(values, arena);

	*value = (struct kept_value){ kind, name, is_array, { 0 } };
}

/* All that is there after the first builds. */
static void list_values(struct kept_build *kept, const struct store *store)
{
	struct arena *arena = kept->arena;
	str chunks = store_get(store, STORE_METADATA_LIST, STR("chunks"));
	struct list values;
	uint32_t entries;
	str name;

	list_init(&values, sizeof(struct kept_value));
	for (size_t i = 0; i < COUNT_OF(known); i++)
		*(struct kept_value *)list_add(&values, arena) = known[i];
	while (unpack_text(&name, &chunks) &&
	       unpack_bytes(&entries, sizeof(entries), &chunks))
		add_value(&values, STORE_METADATA, arena_copy(arena, name),
			  false, arena);
	for (size_t i = 0; plan_image_array(i) != NULL; i++) {
		name = str_from_c(plan_image_array(i));
		add_value(&values, STORE_PLAN_IMAGE, name, true, arena);
		add_value(&values, STORE_PLAN_SUMS, name, true, arena);
	}
	kept->values = values.items;
	kept->value_count = values.count;
}

static void note_values(struct kept_build *kept)
{
	struct diag_list diags;
	struct arena scratch;
	struct store *store;

	arena_init(&scratch);
	diag_list_init(&diags, &scratch);
	store = open_record(kept, &scratch, &diags);
	list_values(kept, store);
	for (size_t i = 0; i < kept->value_count; i++) {
		struct kept_value *value = &kept->values[i];

		value->before =
			arena_copy(kept->arena,
				   store_get(store, value->kind, value->name));
	}
	store_close(store);
	arena_release(&scratch);
}

/* --- the whole --- */

static void make_trees(struct kept_build *kept)
{
	for (size_t i = 0; i < 2; i++) {
		const char *out = temporary_path(
			kept->arena, kept->repository.folder, "clean");

		assert_false(build(kept, out, i));
		assert_false(kept->has_failed);
		kept->trees[i] = kept_build_tree(out, kept->arena);
		temporary_remove(out);
	}
}

void kept_build_init(struct kept_build *kept)
{
	struct repository *repository = &kept->repository;

	*kept = (struct kept_build){ .arena = &repository->arena };
	repository_init(repository, REPOSITORY_BARE);
	put_all(repository, files, COUNT_OF(files));
	kept->revisions[0] = repository_commit(repository, 1700000000);
	put_all(repository, edits, COUNT_OF(edits));
	kept->revisions[1] = repository_commit(repository, 1700000600);
	kept->out = temporary_path(kept->arena, repository->folder, "out");
	make_trees(kept);
	assert_false(build(kept, kept->out, 0));
	kept->state = open(temporary_path(kept->arena, kept->out, ".jiyue"),
			   O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(kept->state >= 0);
	note_values(kept);
	assert_true(kept_build_run(kept));
	assert_true(kept_build_is_right(kept));
}

void kept_build_release(struct kept_build *kept)
{
	close(kept->state);
	repository_release(&kept->repository);
}
