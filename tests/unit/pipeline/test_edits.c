/*
 * Texts that come, go and move: each commit, or work tree, is built from the
 * plan of the last build, and again into an empty folder. Pages, messages and
 * the record of the plan must be the same, array by array. Counted is how often
 * the plan was edited, and how many pages an edit makes in a small and in a
 * large library.
 */
#include "pipeline/build.h"
#include "record/recall.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <fcntl.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/pack.h"
#include "record/plan_image.h"
#include "record/version.h"
#include "snapshot/file_memory.h"
#include "support/kept_build.h"
#include "support/libraries.h"
#include "support/repository.h"
#include "support/temporary.h"

#define IDENTITY                                                               \
	"sponsor: 办公室\nphone: \"0000-0000000\"\nicp: 示1号\n"          \
	"police_record: 示2号\ndescription: 网站\n"
#define COLUMN(id, rest)                                                        \
	"  - {id: " id ", name: 栏" id ", class: news, description: 栏目,\n"  \
	"     keywords: [栏目], owner_unit: 办公室, editors: {a: 甲岗, " \
	"b: 乙岗},\n     " rest "}\n"

static const char platform[] =
	"name: 示范市\nportal: www\npage_size: 3\nfeed_size: 4\n";
static const char www[] =
	"kind: portal\nname: 示范市人民政府\ndomain: www.example.cn\n"
	"identity_code: \"6199000001\"\nunits: [szf]\n" IDENTITY
	"columns:\n" COLUMN("yw", "select: {unit: szf, type: news}")
		COLUMN("zt", "select: {unit: szf, type: topic_site}")
			COLUMN("bm", "show: copy, select: {unit: jyj, "
				     "type: news}")
				COLUMN("jx", "select: {type: news, limit: 5}")
					COLUMN("bt", "select: {type: news, "
						     "keyword: 教育, sort: "
						     "title}");
static const char jyj[] =
	"kind: department\nname: 市教育局\ndomain: jyj.example.cn\n"
	"identity_code: \"6199000002\"\nunits: [jyj]\n" IDENTITY
	"columns:\n" COLUMN("kj", "select: {unit: jyj, type: news, keyword: "
				  "科技}")
		COLUMN("xw", "select: {unit: jyj, type: news}");

enum { START = 1700000000, TEXTS = 400 };

/* What a text is; one that is not there has no title. */
struct text {
	bool is_there;
	int title;
	int day; /* since 2023-01-01 */
	int body;
	int keywords;
	int slug; /* 0: its name */
	int link; /* text that it leads to; itself: none */
	bool is_draft;
	bool is_archived;
	/* days since START_DAY; 0: not said */
	int pinned;
	int expires;
	int publish;
};

struct town {
	struct repository repository;
	struct arena *arena; /* of the repository */
	struct text texts[TEXTS];
	int count;
	int today;     /* days since 2026-06-01 */
	int inherited; /* what a folder's texts inherit */
	const char *out;
	const char *clean;
	int64_t time;
	uint32_t random;
	bool is_recalled; /* the last build of what changed */
	bool is_edited;
	size_t made;
	size_t failed; /* builds with an error */
	bool is_tree;  /* its files are built as they stand */
	bool drafts;   /* with what is not published yet */
	bool is_held;  /* and nothing is committed meanwhile */
	struct file_memory files;
};

/* --- texts --- */

static int pick(struct town *town, int count)
{
	town->random ^= town->random << 13;
	town->random ^= town->random >> 17;
	town->random ^= town->random << 5;
	return (int)(town->random % (uint32_t)count);
}

/* Some stand in folders of their own, which come and go. */
static bool is_in_folder(int number)
{
	return number % 10 == 9;
}

static const char *path_of(struct town *town, int number)
{
	if (is_in_folder(number))
		return arena_printf(town->arena, "content/jyj/n%d/%d/t%03d.md",
				    number / 40, number / 20,
				    number * 37 % 1000)
			.data;
	/* in the order of names they are mixed */
	return arena_printf(town->arena, "content/%s/t%03d.md",
			    number % 3 == 0 ? "szf" : "jyj", number * 37 % 1000)
		.data;
}

static str name_of(struct town *town, int number)
{
	return arena_printf(town->arena, "t%03d", number * 37 % 1000);
}

static str date_of(struct town *town, int day)
{
	return arena_printf(town->arena, "%d-%02d-%02d", 2022 + day / 336,
			    day / 28 % 12 + 1, day % 28 + 1);
}

/* Of June 2026 and later: what has not come when the first build is made. */
static str later(struct town *town, int day)
{
	return arena_printf(town->arena, "2026-%02d-%02d", 6 + day / 28 % 7,
			    day % 28 + 1);
}

static str body_of(struct town *town, int number)
{
	const struct text *text = &town->texts[number];
	int other = text->link;

	if (other == number)
		return arena_printf(town->arena, "正文%d。\n", text->body);
	return arena_printf(town->arena, "见[别的](%s%s)%d。\n",
			    other % 3 == number % 3 ||
					    (other % 3 != 0 && number % 3 != 0)
				    ? ""
			    : other % 3 == 0 ? "../szf/"
					     : "../jyj/",
			    arena_printf(town->arena, "%.*s.md",
					 STR_ARG(name_of(town, other)))
				    .data,
			    text->body);
}

static void put(struct town *town, const char *path, str data)
{
	repository_put(&town->repository, path, data);
	if (town->is_tree)
		temporary_write(town->repository.directory, path, data);
}

static void take_away(struct town *town, const char *path)
{
	repository_delete(&town->repository, path);
	if (town->is_tree)
		(void)unlink(temporary_path(town->arena,
					    town->repository.directory, path));
}

static void put_text(struct town *town, int number)
{
	static const char *const keywords[] = { "", "keywords: [教育]\n",
						"keywords: [科技]\n",
						"keywords: [教育, 科技]\n" };
	const struct text *text = &town->texts[number];
	struct buf out;

	if (!text->is_there) {
		take_away(town, path_of(town, number));
		return;
	}
	buf_init(&out, town->arena);
	buf_printf(&out, "---\ntitle: 题目%d\ntype: news\ndate: %.*s\n",
		   text->title, STR_ARG(date_of(town, text->day)));
	buf_printf(&out, "source: 办公室\n%s", keywords[text->keywords]);
	if (text->slug > 0)
		buf_printf(&out, "slug: s%d\n", text->slug);
	if (text->is_draft)
		buf_printf(&out, "status: draft\n");
	if (text->is_archived)
		buf_printf(&out, "archived_on: 2025-01-%02d\n",
			   number % 28 + 1);
	if (text->pinned > 0)
		buf_printf(&out, "pin: true\npin_until: %.*s\n",
			   STR_ARG(later(town, text->pinned)));
	if (text->expires > 0)
		buf_printf(&out, "expires_on: %.*s\n",
			   STR_ARG(later(town, text->expires)));
	if (text->publish > 0)
		buf_printf(&out, "publish_at: %.*s\n",
			   STR_ARG(later(town, text->publish)));
	buf_printf(&out, "---\n");
	buf_add(&out, body_of(town, number));
	put(town, path_of(town, number), buf_str(&out));
}

/* Those of a folder have an author, and a keyword if they say none. */
static void put_defaults(struct town *town)
{
	put(town, "content/jyj/n0/_defaults.yaml",
	    arena_printf(town->arena, "author: 岗%d\n%s", town->inherited / 2,
			 town->inherited % 2 == 1 ? "keywords: [科技]\n" : ""));
}

static void make_text(struct town *town, int number)
{
	town->texts[number] = (struct text){
		.is_there = true,
		.title = number,
		.day = pick(town, 900),
		.keywords = pick(town, 4),
		.link = number,
	};
	put_text(town, number);
}

static void fill(struct town *town, enum repository_kind kind)
{
	int texts = town->count;

	town->time = START;
	repository_init(&town->repository, kind);
	town->arena = &town->repository.arena;
	town->out = temporary_path(town->arena, town->repository.folder, "out");
	town->clean =
		temporary_path(town->arena, town->repository.folder, "clean");
	put(town, "sites/platform.yaml", str_from_c(platform));
	put(town, "sites/www/site.yaml", str_from_c(www));
	put(town, "sites/jyj/site.yaml", str_from_c(jyj));
	put(town, "content/jyj/a.md",
	    STR("---\ntitle: 头\ntype: news\ndate: 2022-01-01\n"
		"source: 办公室\n---\n正文。\n"));
	put(town, "content/szf/a.md",
	    STR("---\ntitle: 专题\ntype: topic_site\nbanner: "
		"https://www.example.org/b.svg\ndate: 2022-01-02\n"
		"source: 办公室\nintro: 专题\nopened_on: 2022-01-02\n"
		"sections:\n  - {name: 教, keyword: 教育}\n"
		"---\n正文。\n"));
	put_defaults(town);
	for (int i = 0; i < texts; i++)
		make_text(town, i);
}

static uint32_t seeded(uint32_t seed)
{
	return seed * 2654435761u + 1;
}

static void set_up(struct town *town, int texts, uint32_t seed)
{
	*town = (struct town){ .random = seeded(seed), .count = texts };
	fill(town, REPOSITORY_BARE);
}

/* What is known of a file is of use at once, and not after seconds. */
static void set_up_tree(struct town *town, int texts, uint32_t seed)
{
	*town = (struct town){ .random = seeded(seed),
			       .count = texts,
			       .is_tree = true };
	file_memory_init(&town->files);
	town->files.settled = -2;
	fill(town, REPOSITORY_ORDINARY);
}

static void tear_down(struct town *town)
{
	if (town->is_tree)
		file_memory_release(&town->files);
	repository_release(&town->repository);
}

/* --- edits --- */

/* One that is there; -1 when none was found. */
static int pick_text(struct town *town)
{
	for (int i = 0; i < 100; i++) {
		int number = pick(town, town->count);

		if (town->texts[number].is_there)
			return number;
	}
	return -1;
}

enum edit {
	EDIT_BODY,
	EDIT_TITLE,
	EDIT_NEW,
	EDIT_DELETE,
	EDIT_DATE,
	EDIT_KEYWORDS,
	EDIT_SLUG,
	EDIT_DRAFT,
	EDIT_ARCHIVED,
	EDIT_LINK,
	EDIT_PIN,
	EDIT_EXPIRES,
	EDIT_PUBLISH,
	EDIT_DEFAULTS,
	EDIT_COUNT
};

/* A text of the past is put back now and then. */
static int new_number(struct town *town)
{
	for (int i = 0; i < 3; i++) {
		int number = pick(town, town->count);

		if (!town->texts[number].is_there)
			return number;
	}
	return town->count < TEXTS ? town->count++ : town->count - 1;
}

static bool is_led_to(const struct town *town, int number)
{
	for (int i = 0; i < town->count; i++)
		if (i != number && town->texts[i].is_there &&
		    town->texts[i].link == number)
			return true;
	return false;
}

/* A day that is still to come, or none. */
static int pick_later(struct town *town, int before)
{
	return before > town->today ? 0 : town->today + 1 + pick(town, 20);
}

static void change(struct town *town, struct text *text, enum edit edit,
		   int number)
{
	int other = pick_text(town);

	switch (edit) {
	case EDIT_BODY:
		text->body++;
		break;
	case EDIT_TITLE:
		text->title += 1000;
		break;
	case EDIT_DATE:
		text->day = pick(town, 900);
		break;
	case EDIT_KEYWORDS:
		text->keywords = pick(town, 4);
		break;
	case EDIT_SLUG:
		text->slug = text->slug > 0 ? 0 : number + 1;
		break;
	case EDIT_DRAFT:
		text->is_draft = !text->is_draft;
		text->is_archived = false;
		break;
	case EDIT_ARCHIVED:
		text->is_archived = !text->is_archived;
		text->is_draft = false;
		break;
	case EDIT_LINK:
		text->link = text->link != number || other < 0 ||
					     is_in_folder(number) ||
					     is_in_folder(other)
				     ? number
				     : other;
		break;
	case EDIT_PIN:
		text->pinned = pick_later(town, text->pinned);
		break;
	case EDIT_EXPIRES:
		if (!is_led_to(town, number))
			text->expires = pick_later(town, text->expires);
		break;
	case EDIT_PUBLISH:
		if (!is_led_to(town, number))
			text->publish = pick_later(town, text->publish);
		break;
	case EDIT_DELETE:
		text->is_there = is_led_to(town, number);
		break;
	default:
		break;
	}
}

static void make_edit(struct town *town, enum edit edit)
{
	int number;

	if (edit == EDIT_DEFAULTS) {
		town->inherited++;
		put_defaults(town);
		return;
	}
	number = edit == EDIT_NEW ? new_number(town) : pick_text(town);

	if (number < 0)
		return;
	if (edit == EDIT_NEW)
		make_text(town, number);
	change(town, &town->texts[number], edit, number);
	put_text(town, number);
}

/* --- building --- */

static str print(struct build *work, struct arena *arena)
{
	struct source_reader reader = library_source_reader(&work->library);
	struct buf text;

	buf_init(&text, arena);
	diag_resolve(&work->diags, &reader);
	diag_sort(&work->diags);
	diag_print(&text, &work->diags, &reader);
	return buf_str(&text);
}

static str run(struct town *town, const char *out, struct arena *arena)
{
	const struct build_options options = {
		.library = { .folder = town->repository.directory,
			     .worktree = town->is_tree,
			     .drafts = town->drafts,
			     .files = town->is_tree && out == town->out
					      ? &town->files
					      : NULL,
			     .as_of_text = later(town, town->today).data,
			     .threads = 1 },
		.out = out,
	};
	struct build work;
	str text;

	assert_true(build_open(&work, &options) && build_run(&work));
	text = print(&work, arena);
	town->is_recalled = work.recall != NULL;
	town->is_edited = work.recall != NULL && work.recall->is_edited;
	town->made = work.result.pages - work.result.fresh;
	town->failed += work.diags.error_count;
	build_close(&work);
	return text;
}

/* --- the record --- */

struct record {
	struct store *store;
	int state;
	struct diag_list diags;
};

static void open_record(struct record *record, const char *out,
			struct arena *arena)
{
	record->state = open(temporary_path(arena, out, ".jiyue"),
			     O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	diag_list_init(&record->diags, arena);
	record->store = store_open(record->state, "record", record_version(),
				   arena, &record->diags);
	assert_non_null(record->store);
}

static void close_record(struct record *record)
{
	store_close(record->store);
	close(record->state);
}

static void compare_value(const struct record *kept, const struct record *clean,
			  char kind, str name)
{
	if (!str_equal(store_get(kept->store, kind, name),
		       store_get(clean->store, kind, name)))
		fail_msg("%c %.*s differs from that of a clean build", kind,
			 STR_ARG(name));
}

static void compare_pages(const struct record *kept, const struct record *clean,
			  const char *domain, struct arena *arena)
{
	struct recorded_site is, wanted;

	assert_true(
		build_record_read(&is, kept->store, str_from_c(domain), arena));
	assert_true(build_record_read(&wanted, clean->store, str_from_c(domain),
				      arena));
	assert_int_equal(is.count, wanted.count);
	for (size_t i = 0; i < is.count; i++) {
		assert_true(str_equal(is.pages[i].path, wanted.pages[i].path));
		assert_int_equal(is.pages[i].size, wanted.pages[i].size);
	}
}

/* What leads somewhere may be known too long, never too short. */
static void compare_arrays(const struct record *kept,
			   const struct record *clean)
{
	if (store_get(kept->store, STORE_PLAN_IMAGE, STR("changes")).len > 0 ||
	    store_get(kept->store, STORE_PLAN_IMAGE, STR("head")).len == 0)
		return;
	for (size_t i = 0; plan_image_array(i) != NULL; i++) {
		str name = str_from_c(plan_image_array(i));

		if (!str_equal_c(name, "edges"))
			compare_value(kept, clean, STORE_PLAN_IMAGE, name);
	}
}

static void compare_records(struct town *town, struct arena *arena)
{
	struct record kept, clean;
	str chunks, name;
	uint32_t entries;

	open_record(&kept, town->out, arena);
	open_record(&clean, town->clean, arena);
	compare_arrays(&kept, &clean);
	compare_value(&kept, &clean, STORE_METADATA_LIST, STR("chunks"));
	chunks = store_get(clean.store, STORE_METADATA_LIST, STR("chunks"));
	while (unpack_text(&name, &chunks) &&
	       unpack_bytes(&entries, sizeof(entries), &chunks))
		compare_value(&kept, &clean, STORE_METADATA, name);
	compare_pages(&kept, &clean, "www.example.cn", arena);
	compare_pages(&kept, &clean, "jyj.example.cn", arena);
	close_record(&kept);
	close_record(&clean);
}

static void compare_trees(str is, str wanted)
{
	str path, bytes, other, others;

	while (unpack_text(&path, &is) && unpack_text(&bytes, &is)) {
		if (!unpack_text(&other, &wanted) ||
		    !unpack_text(&others, &wanted) || !str_equal(path, other))
			fail_msg("%.*s is there, and not %.*s", STR_ARG(path),
				 STR_ARG(other));
		if (!str_equal(bytes, others))
			fail_msg("%.*s differs", STR_ARG(path));
	}
	assert_int_equal(wanted.len, 0);
}

/* Commits and builds, and compares that with a clean build. */
static void build(struct town *town)
{
	struct arena arena;
	str said, wanted;

	arena_init(&arena);
	town->time += 60;
	if (!town->is_held)
		repository_commit(&town->repository, town->time);
	wanted = run(town, town->clean, &arena);
	said = run(town, town->out, &arena);
	if (!str_equal(said, wanted))
		fail_msg("said: %.*s\nclean: %.*s", STR_ARG(said),
			 STR_ARG(wanted));
	compare_trees(kept_build_tree(town->out, &arena),
		      kept_build_tree(town->clean, &arena));
	compare_records(town, &arena);
	temporary_remove(town->clean);
	arena_release(&arena);
}

/* --- tests --- */

static void make_each_kind(struct town *town, int turns)
{
	size_t recalled[EDIT_COUNT] = { 0 };

	build(town);
	assert_int_equal(town->failed, 0);
	town->is_held = town->is_tree;
	for (int turn = 0; turn < turns; turn++)
		for (int edit = 0; edit < EDIT_COUNT; edit++) {
			make_edit(town, (enum edit)edit);
			build(town);
			recalled[edit] += town->is_recalled;
		}
	for (int edit = 0; edit < EDIT_COUNT; edit++)
		if (recalled[edit] == 0)
			fail_msg("edit %d was always planned anew", edit);
}

/* One edit a commit: each kind is made of the recalled plan. */
static void each_kind_of_edit_is_made_of_the_recalled_plan(void **state)
{
	struct town town;

	(void)state;
	set_up(&town, 40, 1);
	make_each_kind(&town, 4);
	tear_down(&town);
}

/* Saved and not committed, drafts shown or not. */
static void so_it_is_in_a_work_tree(void **state)
{
	struct town town;

	(void)state;
	for (int drafts = 0; drafts < 2; drafts++) {
		set_up_tree(&town, 40, 1);
		town.drafts = drafts == 1;
		make_each_kind(&town, 4);
		tear_down(&town);
	}
}

static void many_edits_at_once_are_right(void **state)
{
	enum { STEPS = 40 };
	struct town town;
	size_t edited = 0;

	(void)state;
	set_up(&town, 60, 7);
	build(&town);
	for (int step = 0; step < STEPS; step++) {
		int count = 1 + pick(&town, 6);

		for (int i = 0; i < count; i++)
			make_edit(&town, (enum edit)pick(&town, EDIT_DEFAULTS));
		build(&town);
		edited += town.is_edited;
	}
	assert_true(edited > STEPS / 4);
	tear_down(&town);
}

/* What an editor, another program or Git does to a work tree beside texts. */
static void disturb(struct town *town, int step)
{
	const char *folder = town->repository.directory;
	int number = pick_text(town);

	switch (step % 8) {
	case 0: /* an editor has it open */
		temporary_write(folder, "content/jyj/.a.md.swp", STR("x"));
		break;
	case 1:
		unlink(temporary_path(town->arena, folder,
				      "content/jyj/.a.md.swp"));
		break;
	case 2: /* written again as it is */
		put_text(town, number);
		break;
	case 3:
		temporary_write(folder, "content/jyj/bild.png",
				STR("\x89PNG\r\n\x1a\n"));
		break;
	case 4:
		put(town, "sites/platform.yaml",
		    arena_printf(town->arena, "%s# %d\n", platform, step));
		break;
	case 5: /* away for a moment: HEAD has it */
		unlink(temporary_path(town->arena, folder,
				      path_of(town, number)));
		build(town);
		put_text(town, number);
		break;
	case 6: /* HEAD moves, and no file */
		town->is_held = false;
		break;
	default:
		unlink(temporary_path(town->arena, folder,
				      "content/jyj/bild.png"));
		break;
	}
}

static void a_work_tree_is_what_its_files_are(void **state)
{
	enum { STEPS = 48 };
	struct town town;
	size_t recalled = 0, read = 0;

	(void)state;
	set_up_tree(&town, 60, 11);
	town.drafts = true;
	build(&town);
	for (int step = 0; step < STEPS; step++) {
		town.is_held = true;
		if (step % 3 == 0)
			disturb(&town, step / 3);
		for (int i = pick(&town, 3); i > 0; i--)
			make_edit(&town, (enum edit)pick(&town, EDIT_LINK));
		build(&town);
		recalled += town.is_recalled;
		read += town.files.read;
	}
	assert_true(recalled > STEPS / 3);
	assert_true(read < STEPS);
	tear_down(&town);
}

/* A file that HEAD has is as old as before when it is there again. */
static void what_comes_back_has_the_dates_of_head(void **state)
{
	enum { COUNT = 8 };
	struct town town;
	size_t recalled = 0;

	(void)state;
	set_up_tree(&town, 40, 1);
	build(&town);
	town.is_held = true;
	for (int number = 0; number < COUNT; number++) {
		unlink(temporary_path(town.arena, town.repository.directory,
				      path_of(&town, number)));
		build(&town);
		recalled += town.is_recalled;
		put_text(&town, number);
		build(&town);
	}
	assert_true(recalled > 0);
	assert_int_equal(town.failed, 0);
	tear_down(&town);
}

/* What has its day to come is taken in, and comes when it is there. */
static void days_to_come_are_no_reason_to_plan_anew(void **state)
{
	enum { STEPS = 30, DAYS = 3 };
	struct town town;
	size_t recalled = 0;

	(void)state;
	set_up(&town, 40, 3);
	build(&town);
	for (int step = 0; step < STEPS; step++) {
		make_edit(&town, (enum edit)(EDIT_PIN + pick(&town, 3)));
		if (step % DAYS == DAYS - 1)
			town.today++;
		build(&town);
		recalled += town.is_recalled;
	}
	assert_true(recalled > STEPS / 4);
	tear_down(&town);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			each_kind_of_edit_is_made_of_the_recalled_plan),
		cmocka_unit_test(so_it_is_in_a_work_tree),
		cmocka_unit_test(many_edits_at_once_are_right),
		cmocka_unit_test(a_work_tree_is_what_its_files_are),
		cmocka_unit_test(what_comes_back_has_the_dates_of_head),
		cmocka_unit_test(days_to_come_are_no_reason_to_plan_anew),
	};

	return cmocka_run_group_tests(tests, set_up_libraries, NULL);
}
