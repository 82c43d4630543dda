/*
 * The record of the last build, plan image and metadata included, with bytes
 * in it that somebody else wrote under a checksum that is right. A build reads
 * it while it goes from one revision to the other of two; it may do more than
 * it must, but it ends, and reads nothing that is not there.
 *
 * An input is edits of four bytes and more: which value, where in it (two
 * bytes), how many bytes (or a cut, when there are none), the bytes.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <fcntl.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/pack.h"
#include "cache/store_keys.h"
#include "markup/library.h"
#include "pipeline/build.h"
#include "record/version.h"
#include "support/repository.h"
#include "support/temporary.h"
#include "tests/fuzz/support/input.h"

#define SITE                                                                   \
	"kind: portal\nname: 示范市人民政府\ndomain: www.example.cn\n"  \
	"identity_code: \"6199000001\"\nunits: [szf]\nsponsor: 办公室\n"    \
	"phone: \"0000-0000000\"\nicp: 示1号\npolice_record: 示2号\n"      \
	"description: 网站\ncolumns:\n  - id: yw\n    name: 要闻\n"        \
	"    class: news\n    description: 栏目\n    keywords: [要闻]\n"   \
	"    owner_unit: 办公室\n    editors: {a: 甲岗, b: 乙岗}\n"     \
	"    select: {unit: szf}\n"
#define NEWS(title, body)                                                      \
	STR("---\ntitle: " title "\ntype: news\ndate: 2024-01-02\n"            \
	    "source: 办公室\nid: own/" title "\n---\n" body "\n")

struct bench {
	struct repository repository;
	const char *out;
	int state; /* the folder .jiyue of the output */
	const char *revisions[2];
	size_t turn;
};

static void build(struct bench *bench)
{
	struct build_options options = {
		.library = { .folder = bench->repository.directory,
			     .revision = bench->revisions[bench->turn % 2],
			     .as_of_text = "2024-06-01",
			     .threads = 1 },
		.out = bench->out,
	};
	struct build work;

	bench->turn++;
	if (build_open(&work, &options))
		(void)!build_run(&work);
	build_close(&work);
}

static void set_up(struct bench *bench)
{
	struct repository *repository = &bench->repository;

	repository_init(repository, REPOSITORY_BARE);
	repository_put(repository, "sites/platform.yaml",
		       STR("name: 示范市\nportal: www\n"));
	repository_put(repository, "sites/www/site.yaml", STR(SITE));
	repository_put(repository, "content/szf/a.md",
		       NEWS("一", "正文 [二](b.md)"));
	repository_put(repository, "content/szf/b.md", NEWS("二", "正文"));
	repository_put(repository, "content/szf/c/index.md",
		       NEWS("三", "正文 [表](a.csv)"));
	repository_put(repository, "content/szf/c/a.csv", STR("1,2\n"));
	bench->revisions[0] = repository_commit(repository, 1700000000);
	repository_put(repository, "content/szf/b.md", NEWS("二", "正文改"));
	bench->revisions[1] = repository_commit(repository, 1700000600);
	bench->out =
		temporary_path(&repository->arena, repository->folder, "out");
	build(bench);
	build(bench);
	bench->state = open(temporary_path(&repository->arena,
					   repository->folder, "out/.jiyue"),
			    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fuzz_require(bench->state >= 0, "there is a record");
}

static struct bench *bench_of_all(void)
{
	static struct bench bench;
	static bool is_set_up;
	struct arena arena;
	struct diag_list diags;

	if (is_set_up)
		return &bench;
	is_set_up = true;
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	fuzz_require(snapshot_library_init(&diags), "libgit2 starts");
	arena_release(&arena);
	markup_library_init();
	set_up(&bench);
	return &bench;
}

/* --- edits --- */

struct value_name {
	char kind;
	const char *name; /* NULL: the first that the list of chunks names */
};

static const struct value_name values[] = {
	{ STORE_METADATA, NULL },
	{ STORE_METADATA_LIST, "chunks" },
	{ STORE_HISTORY, "history" },
	{ STORE_LAST_BUILD, "last" },
	{ STORE_SITE_PAGES, "www.example.cn" },
	{ STORE_SITE_PAGE_CHUNK, "www.example.cn/0" },
	{ STORE_SITE_PENDING, "www.example.cn" },
	{ STORE_PLAN_IMAGE, "head" },
	{ STORE_PLAN_IMAGE, "changes" },
	{ STORE_PLAN_IMAGE, "path bytes" },
	{ STORE_PLAN_IMAGE, "path ends" },
	{ STORE_PLAN_IMAGE, "blob ids" },
	{ STORE_PLAN_IMAGE, "files" },
	{ STORE_PLAN_IMAGE, "numbers" },
	{ STORE_PLAN_IMAGE, "by date" },
	{ STORE_PLAN_IMAGE, "ranks" },
	{ STORE_PLAN_IMAGE, "types" },
	{ STORE_PLAN_IMAGE, "own ids" },
	{ STORE_PLAN_IMAGE, "places" },
	{ STORE_PLAN_IMAGE, "column counts" },
	{ STORE_PLAN_IMAGE, "column live" },
	{ STORE_PLAN_IMAGE, "column archived" },
	{ STORE_PLAN_IMAGE, "column newest" },
	{ STORE_PLAN_IMAGE, "site counts" },
	{ STORE_PLAN_IMAGE, "site owned" },
	{ STORE_PLAN_IMAGE, "site archived" },
	{ STORE_PLAN_IMAGE, "site searched" },
	{ STORE_PLAN_IMAGE, "site parts" },
	{ STORE_PLAN_IMAGE, "positions" },
	{ STORE_PLAN_IMAGE, "interpretation starts" },
	{ STORE_PLAN_IMAGE, "interpretations" },
	{ STORE_PLAN_IMAGE, "replacements" },
	{ STORE_PLAN_IMAGE, "replaced" },
	{ STORE_PLAN_IMAGE, "rows" },
};

static str name_of(const struct store *store, const struct value_name *value)
{
	str list;
	str name = { "", 0 };

	if (value->name != NULL)
		return str_from_c(value->name);
	list = store_get(store, STORE_METADATA_LIST, STR("chunks"));
	return unpack_text(&name, &list) ? name : STR("");
}

/* One edit off the front of the input. */
static void edit(struct store *store, str *input, struct arena *arena,
		 struct diag_list *diags)
{
	const unsigned char *head = (const unsigned char *)input->data;
	const struct value_name *value = &values[head[0] % COUNT_OF(values)];
	str name = name_of(store, value);
	str old = store_get(store, value->kind, name);
	size_t at = head[1] + 256u * head[2];
	str bytes = str_between(*input, 4, 4 + (size_t)head[3]);
	struct buf changed;

	*input = str_from(*input, 4 + bytes.len);
	at = old.len == 0 ? 0 : at % old.len;
	buf_init(&changed, arena);
	buf_add(&changed, str_between(old, 0, at));
	buf_add(&changed, bytes);
	if (bytes.len > 0 && at + bytes.len < old.len)
		buf_add(&changed, str_from(old, at + bytes.len));
	fuzz_require(
		store_put(store, value->kind, name, buf_str(&changed), diags),
		"the value can be put");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { EDITS = 4, HEAD = 4 };
	struct bench *bench = bench_of_all();
	str input = { (const char *)data, size };
	struct diag_list diags;
	struct arena arena;
	struct store *store;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	store = store_open(bench->state, "record", record_version(), &arena,
			   &diags);
	fuzz_require(store != NULL && store_begin(store, &diags),
		     "the record can be opened");
	for (size_t i = 0; i < EDITS && input.len > HEAD; i++)
		edit(store, &input, &arena, &diags);
	fuzz_require(store_commit(store, &diags), "the record can be written");
	store_close(store);
	build(bench);
	arena_release(&arena);
	return 0;
}
