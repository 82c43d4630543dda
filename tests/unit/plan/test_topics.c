/* What sections of topics collect, and what it costs to know. */
#include "plan/topics.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/city.h"

#define TOPIC_OF(day, sections, more)                                          \
	STR("---\ntitle: 专题\ntype: topic_site\nbanner: "                   \
	    "https://www.example.org/b.svg\ndate: " day "\n"                   \
	    "source: 市府\nopened_on: " day "\nintro: 简介\n"                \
	    "sections:\n" sections more "---\n正文\n")
#define TOPIC(sections, more) TOPIC_OF("2024-03-01", sections, more)
#define OLD_TOPIC(more) TOPIC_OF("2023-12-01", SECTION("旧事"), more)
#define SECTION(keyword) "  - {name: 节, keyword: " keyword "}\n"

enum { FILES = 64 };

static const char site[] =
	"kind: department\nname: 市教育局\ndomain: jyj.example.cn\n"
	"identity_code: \"6199000002\"\nsponsor: 办公室\nphone: \"1\"\n"
	"icp: 示1号\npolice_record: 示2号\ndescription: 网站\ncolumns:\n"
	"  - id: xw\n    name: 新闻\n    class: news\n    description: 栏目\n"
	"    keywords: [栏目]\n    owner_unit: 办公室\n"
	"    editors: {a: 甲, b: 乙}\n    select: {unit: jyj}\n";

struct topic_city {
	struct city city;
	struct arena arena; /* of the files */
	struct memory_file files[FILES];
};

/* News of one keyword, each a day newer than the one before. */
static void add_news(struct memory_file *files, size_t count,
		     struct arena *arena)
{
	for (size_t i = 0; i < count; i++) {
		files[i].path =
			arena_printf(arena, "content/jyj/k%02zu.md%c", i, '\0')
				.data;
		files[i].data = arena_printf(
			arena,
			"---\ntitle: 新\ntype: news\ndate: 2024-%02zu-%02zu\n"
			"source: 市府\nkeywords: [旧事, 旧事]\n---\n正文\n",
			i / 28 + 1, i % 28 + 1);
	}
}

/* How many resources were looked at. */
static size_t open_with(struct topic_city *topic, size_t news, str text)
{
	arena_init(&topic->arena);
	topic->files[0] = (struct memory_file){ "content/jyj/zt.md", text };
	topic->files[1] =
		(struct memory_file){ "sites/jyj/site.yaml", str_from_c(site) };
	add_news(topic->files + 2, news, &topic->arena);
	city_open(&topic->city, "2024-06-01", topic->files, news + 2);
	city_plan(&topic->city);
	city_says(&topic->city, "");
	return topic->city.plan.topics.looked_at;
}

static size_t close_it(struct topic_city *topic)
{
	size_t resources = topic->city.catalog.count;

	city_close(&topic->city);
	arena_release(&topic->arena);
	return resources;
}

static size_t shown(struct topic_city *topic, const char *keyword,
		    uint32_t *out)
{
	return topics_items(&topic->city.plan.topics, str_from_c(keyword),
			    city_resource(&topic->city, "jyj/zt")->number, out);
}

static void test_newest_first(void **state)
{
	uint32_t items[SECTION_ITEMS_LIMIT];
	struct topic_city topic;

	(void)state;
	open_with(&topic, 3, TOPIC(SECTION("旧事") SECTION("没有"), ""));
	assert_int_equal(shown(&topic, "旧事", items), 3);
	assert_int_equal(items[0],
			 city_resource(&topic.city, "jyj/k02")->number);
	assert_int_equal(items[2],
			 city_resource(&topic.city, "jyj/k00")->number);
	assert_int_equal(shown(&topic, "没有", items), 0);
	assert_int_equal(shown(&topic, "没写", items), 0);
	close_it(&topic);
}

/* It has the keyword and is the newest; still eight others are shown. */
static void test_without_itself(void **state)
{
	uint32_t items[SECTION_ITEMS_LIMIT];
	struct topic_city topic;

	(void)state;
	open_with(&topic, 20, TOPIC(SECTION("旧事"), "keywords: [旧事]\n"));
	assert_int_equal(shown(&topic, "旧事", items), SECTION_ITEMS_LIMIT);
	for (size_t i = 0; i < SECTION_ITEMS_LIMIT; i++)
		assert_int_not_equal(
			items[i], city_resource(&topic.city, "jyj/zt")->number);
	close_it(&topic);
}

/* What an archived topic shows is what there was on its last day. */
static void test_archived(void **state)
{
	uint32_t items[SECTION_ITEMS_LIMIT];
	struct topic_city topic;

	(void)state;
	open_with(&topic, 60,
		  TOPIC(SECTION("旧事") SECTION("没有"),
			"archived_on: 2024-03-02\n"));
	assert_int_equal(shown(&topic, "旧事", items), SECTION_ITEMS_LIMIT);
	assert_int_equal(items[0],
			 city_resource(&topic.city, "jyj/k57")->number);
	assert_int_equal(shown(&topic, "没有", items), 0);
	close_it(&topic);
	/* of two topics one goes on */
	open_with(&topic, 60, TOPIC(SECTION("旧事"), ""));
	assert_int_equal(shown(&topic, "旧事", items), SECTION_ITEMS_LIMIT);
	assert_int_equal(items[0],
			 city_resource(&topic.city, "jyj/k59")->number);
	close_it(&topic);
}

/* Opens a city with these topics and news of 60 days from 2024-01-01 on. */
static void open_topics(struct topic_city *topic, const str *texts,
			size_t count)
{
	arena_init(&topic->arena);
	for (size_t i = 0; i < count; i++)
		topic->files[i] = (struct memory_file){
			arena_printf(&topic->arena, "content/jyj/t%zu.md%c", i,
				     '\0')
				.data,
			texts[i],
		};
	topic->files[count] =
		(struct memory_file){ "sites/jyj/site.yaml", str_from_c(site) };
	add_news(topic->files + count + 1, FILES - count - 1, &topic->arena);
	city_open(&topic->city, "2024-06-01", topic->files, FILES);
	city_plan(&topic->city);
	city_says(&topic->city, "");
}

/* The newest that a topic shows; 0: nothing. */
static const char *newest_of(struct topic_city *topic, const char *id)
{
	uint32_t items[SECTION_ITEMS_LIMIT];
	size_t count =
		topics_items(&topic->city.plan.topics, STR("旧事"),
			     city_resource(&topic->city, id)->number, items);
	struct resource shown;

	if (count == 0)
		return NULL;
	assert_int_equal(count, SECTION_ITEMS_LIMIT);
	catalog_get(&shown, &topic->city.catalog, items[0]);
	return shown.id.data;
}

static void assert_newest(struct topic_city *topic, const char *id,
			  const char *expected)
{
	const char *newest = newest_of(topic, id);

	assert_non_null(newest);
	assert_memory_equal(newest, expected, strlen(expected));
}

/* Several were archived, each on a day of its own: each keeps its own. */
static void test_archived_one_after_another(void **state)
{
	const str texts[] = {
		OLD_TOPIC("archived_on: 2024-02-01\n"),
		OLD_TOPIC(""),
		OLD_TOPIC("archived_on: 2024-01-20\n"),
		OLD_TOPIC("archived_on: 2024-02-10\n"),
		OLD_TOPIC("archived_on: 2024-01-20\n"),
	};
	struct topic_city topic;

	(void)state;
	open_topics(&topic, texts, sizeof(texts) / sizeof(*texts));
	/* k00 is of 1 January, k28 of 1 February */
	assert_newest(&topic, "jyj/t0", "jyj/k28");
	assert_newest(&topic, "jyj/t1", "jyj/k57");
	assert_newest(&topic, "jyj/t2", "jyj/k19");
	assert_newest(&topic, "jyj/t3", "jyj/k37");
	assert_newest(&topic, "jyj/t4", "jyj/k19");
	close_it(&topic);
}

/* A day is meant as a whole, an hour of it to the second. */
static void test_archived_at_an_hour(void **state)
{
	const str texts[] = {
		OLD_TOPIC("archived_on: 2024-02-01\n"),
		OLD_TOPIC("archived_on: 2024-01-31T23:59:59+08:00\n"),
		OLD_TOPIC("archived_on: 2024-02-01T00:00:00+08:00\n"),
	};
	struct topic_city topic;

	(void)state;
	open_topics(&topic, texts, sizeof(texts) / sizeof(*texts));
	assert_newest(&topic, "jyj/t0", "jyj/k28");
	assert_newest(&topic, "jyj/t1", "jyj/k27");
	assert_newest(&topic, "jyj/t2", "jyj/k28");
	close_it(&topic);
}

/* Each resource once at most, however many sections ask for it. */
static void test_growth(void **state)
{
	struct topic_city topic;
	size_t few, resources;

	(void)state;
	few = open_with(&topic, 10, TOPIC(SECTION("没有"), ""));
	resources = close_it(&topic);
	assert_int_equal(few, resources);
	assert_int_equal(open_with(&topic, 10,
				   TOPIC(SECTION("没有") SECTION("无")
						 SECTION("旧事") SECTION("又"),
					 "")),
			 few);
	close_it(&topic);
	assert_int_equal(open_with(&topic, 40, TOPIC(SECTION("没有"), "")),
			 few + 30);
	close_it(&topic);
	/* no more than it takes to fill all sections */
	assert_true(open_with(&topic, 40, TOPIC(SECTION("旧事"), "")) <
		    few + 30);
	close_it(&topic);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newest_first),
		cmocka_unit_test(test_without_itself),
		cmocka_unit_test(test_archived),
		cmocka_unit_test(test_archived_one_after_another),
		cmocka_unit_test(test_archived_at_an_hour),
		cmocka_unit_test(test_growth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
