/* Limits, time, and what the manual has no form for. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "theme/template.h"

#include <stdio.h>
#include <string.h>

static const struct template_budget budget = { 10000000, 0, 64, 1 << 28, NULL };

struct bench {
	struct arena arena;
	struct diag_list diags;
	struct template_set *set;
	struct buf out;
	uint32_t sources;
};

static void open_bench(struct bench *bench, enum template_mode mode)
{
	*bench = (struct bench){ 0 };
	arena_init(&bench->arena);
	diag_list_init(&bench->diags, &bench->arena);
	bench->set = template_set_new(mode, &bench->arena);
	buf_init(&bench->out, &bench->arena);
}

static void close_bench(struct bench *bench)
{
	arena_release(&bench->arena);
}

static void add(struct bench *bench, const char *name, str text)
{
	struct source source = {
		.number = bench->sources++,
		.path = str_from_c(name),
		.text = text,
	};

	template_add(bench->set, str_from_c(name), &source, &bench->diags);
}

static bool has_diag(const struct bench *bench, const char *id)
{
	const struct diag *items = bench->diags.items.items;

	for (size_t i = 0; i < bench->diags.items.count; i++)
		if (strcmp(items[i].id, id) == 0)
			return true;
	return false;
}

static str repeat(struct bench *bench, const char *text, size_t count)
{
	struct buf out;

	buf_init(&out, &bench->arena);
	for (size_t i = 0; i < count; i++)
		buf_add_c(&out, text);
	return buf_str(&out);
}

/* --- a menu that shows itself ----------------------------------------------
 */

extern const struct shape menu_shape;

static const struct shape_field menu_fields[] = {
	{ "title", VALUE_TEXT, NULL, "" },
	{ "items", VALUE_LIST, &menu_shape, "" },
};

const struct shape menu_shape = { "menu", menu_fields, 2, false, 0, 0 };

static const struct object *menu(struct bench *bench, size_t depth)
{
	struct value *values = arena_array(&bench->arena, 2, sizeof(*values));
	struct object *object = arena_alloc(&bench->arena, sizeof(*object));

	values[0] = value_text(STR("m"));
	values[1] = value_list(NULL, 0);
	if (depth > 0) {
		struct value *item = arena_alloc(&bench->arena, sizeof(*item));

		*item = value_object(menu(bench, depth - 1));
		values[1] = value_list(item, 1);
	}
	*object = (struct object){ &menu_shape, values };
	return object;
}

static bool render(struct bench *bench, const char *name,
		   const struct object *data)
{
	return template_render(&bench->out, bench->set, str_from_c(name), data,
			       &budget, &bench->diags);
}

static void test_menu_shows_itself(void **state)
{
	struct bench bench;

	(void)state;
	open_bench(&bench, TEMPLATE_STRICT);
	add(&bench, "menu", STR("<li>{{title}}{{#items}}{{>menu}}{{/items}}"));
	assert_true(template_set_freeze(bench.set, &bench.diags));
	assert_true(template_check(bench.set, STR("menu"), &menu_shape,
				   &bench.diags));
	assert_true(render(&bench, "menu", menu(&bench, 3)));
	assert_true(str_equal_c(buf_str(&bench.out), "<li>m<li>m<li>m<li>m"));
	assert_false(render(&bench, "menu", menu(&bench, 100)));
	assert_true(has_diag(&bench, "template-depth"));
	close_bench(&bench);
}

static void test_mistake_in_recursion_is_found(void **state)
{
	struct bench bench;

	(void)state;
	open_bench(&bench, TEMPLATE_STRICT);
	add(&bench, "menu", STR("{{#items}}{{>menu}}{{titel}}{{/items}}"));
	assert_true(template_set_freeze(bench.set, &bench.diags));
	assert_false(template_check(bench.set, STR("menu"), &menu_shape,
				    &bench.diags));
	assert_true(has_diag(&bench, "template-unknown"));
	close_bench(&bench);
}

/* A parent of itself, and overrides that show each other's blocks. */
static void test_parents_in_a_circle(void **state)
{
	struct bench bench;

	(void)state;
	open_bench(&bench, TEMPLATE_STRICT);
	add(&bench, "a",
	    STR("{{<b}}{{$x}}{{$y}}{{/y}}{{$y}}{{/y}}{{/x}}{{/b}}"));
	add(&bench, "b",
	    STR("{{<a}}{{$y}}{{$x}}{{/x}}{{$x}}{{/x}}{{/y}}{{/a}}"
		"{{$x}}{{/x}}"));
	assert_true(template_set_freeze(bench.set, &bench.diags));
	assert_true(
		template_check(bench.set, STR("a"), &menu_shape, &bench.diags));
	assert_false(render(&bench, "a", menu(&bench, 0)));
	close_bench(&bench);
}

/* --- limits ----------------------------------------------------------------
 */

static void test_size_limit(void **state)
{
	struct bench bench;

	(void)state;
	open_bench(&bench, TEMPLATE_STRICT);
	add(&bench, "a", repeat(&bench, "0123456789abcdef", 65537));
	assert_true(has_diag(&bench, "template-size"));
	close_bench(&bench);
}

static void test_nesting_limit(void **state)
{
	struct bench bench;

	(void)state;
	open_bench(&bench, TEMPLATE_LENIENT);
	add(&bench, "a", repeat(&bench, "{{#a}}", 100000));
	assert_true(has_diag(&bench, "template-depth"));
	close_bench(&bench);
}

static uint64_t milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static uint64_t time_of(const char *piece, size_t bytes)
{
	uint64_t start = milliseconds();
	struct bench bench;
	bool ok;

	open_bench(&bench, TEMPLATE_STRICT);
	add(&bench, "a", repeat(&bench, piece, bytes / strlen(piece)));
	ok = template_set_freeze(bench.set, &bench.diags) &&
	     template_check(bench.set, STR("a"), &menu_shape, &bench.diags);
	(void)ok;
	close_bench(&bench);
	return milliseconds() - start;
}

/* Sixteen times the input may not take a hundred times as long. */
static void test_time_is_linear(void **state)
{
	static const char *const pieces[] = {
		"{{",
		"{{{",
		"{{=| |=}}|={{ }}=|",
		"{{title}}",
		"{{#a}}{{/a}}",
		"{{/a}}",
		"  {{$a}}{{/a}}\n",
		"{{<a}}{{$b}}x{{/b}}{{/a}}",
		"{{>a}}",
		"{{! }}",
		"{{a|b|c}}",
		"<a href=\"",
		"</",
		"<!--",
		" ",
		"\n  ",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		uint64_t small = time_of(pieces[i], 1 << 15);
		uint64_t large = time_of(pieces[i], 1 << 19);

		if (large > 100 * (small + 10))
			fail_msg("%s: %llu ms, then %llu ms", pieces[i],
				 (unsigned long long)small,
				 (unsigned long long)large);
	}
}

/* --- other -----------------------------------------------------------------
 */

static void test_digest_follows_what_is_reached(void **state)
{
	struct digest digests[2];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct bench bench;

		open_bench(&bench, TEMPLATE_STRICT);
		add(&bench, "a", STR("{{>b}}"));
		add(&bench, "b", i == 0 ? STR("one") : STR("two"));
		add(&bench, "c", i == 0 ? STR("{{>a}}") : STR("x"));
		add(&bench, "d", STR("same"));
		assert_true(template_set_freeze(bench.set, &bench.diags));
		digests[i] = template_digest(bench.set, STR("a"));
		assert_false(digest_equal(
			digests[i], template_digest(bench.set, STR("d"))));
		close_bench(&bench);
	}
	assert_false(digest_equal(digests[0], digests[1]));
}

static void test_end_of_element_across_tags(void **state)
{
	static const char *const bad[] = {
		"<title></ti{{title}}tle></title>",
		"<script type=\"{{title}}\"></script>",
		"<script type=\"text/javascript\">{{title}}</script>",
		"<a href=\"{{#items}}java{{/items}}script:x\">",
		"<a href=\"{{title | url}}script:x\">",
		"<iframe srcdoc=\"{{title}}\"></iframe>",
		"<p{{title}}>",
		"<p title={{#items}}\"x\"{{/items}}>",
		"<!--{{#items}}-->{{/items}}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct bench bench;

		open_bench(&bench, TEMPLATE_STRICT);
		add(&bench, "a", str_from_c(bad[i]));
		if (template_set_freeze(bench.set, &bench.diags))
			fail_msg("accepted: %s", bad[i]);
		assert_true(has_diag(&bench, "template-context"));
		close_bench(&bench);
	}
}

static void test_good_places(void **state)
{
	static const char *const good[] = {
		"<!DOCTYPE html><p>a < b & c</p>",
		"<TITLE>{{title}}</Title ><p>{{title}}</p>",
		"<textarea>< p {{title}} </textarea>",
		"<a data-x='{{title}}' class=plain hidden>{{title}}</a>",
		"<link href=\"data:,\" rel=icon>",
		"<script src=\"/a.js\"></script>{{title}}",
		"<script src='/a.js'> </script ><style></style>{{title}}",
		"<!-- > -- --><p>{{title}}</p>",
		"<a{{#items}} class=\"{{title}}\"{{/items}} href=\"/\">",
		"<img srcset=\"/a.jpg 1x, b.jpg 2x\" alt=\"\"/>",
		"<a href=\"//a.cn/{{title | url}}\">",
		"<a href=\"https://a.cn/?a:b\"></a>",
		"<form action=\"/a?a:b&colon;\"></form>",
		"<a href=\"{{title | url}}&amp;b:c\">",
		"<!--!><b title='--><p>{{title}}</p>",
		"<!--x--!-><b title='--><p>{{title}}</p>",
		"<!--><p>{{title}}</p>",
		"<meta http-equiv=\"Content-Type\" content=\"{{title}}\">",
		"<meta http-equiv=\"refresh\" content=\"120; url=/a-b/\">",
		"<meta http-equiv='Refresh' content='10; url=/'>{{title}}",
		"<a href=\"mailto:{{title | url}}\">",
		("<script type='application/ld+json'>[{{title | json}}]"
		 "</script>{{title}}"),
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		struct bench bench;

		open_bench(&bench, TEMPLATE_STRICT);
		add(&bench, "a", str_from_c(good[i]));
		if (!template_set_freeze(bench.set, &bench.diags) ||
		    !template_check(bench.set, STR("a"), &menu_shape,
				    &bench.diags))
			fail_msg("refused: %s", good[i]);
		close_bench(&bench);
	}
}

/* What themes/README.md forbids, and mistakes that once left half a name. */
static void test_bad_places(void **state)
{
	static const struct {
		const char *text;
		const char *id;
	} bad[] = {
		{ "<script>if (a < b) x = '</scrip>';</script>",
		  "template-context" },
		{ "<script>\n</scripts></script>", "template-context" },
		{ "<script src=\"/a.js\">x</script>", "template-context" },
		{ "<textarea><p {{title}} </textarea>", "template-context" },
		{ "<svg><title><script>f()</script></title></svg>",
		  "template-context" },
		{ "<title><!-- </title>", "template-context" },
		{ "<svg><![CDATA[ > <!-- ]]><p>x</p> -->", "template-context" },
		{ "<noscript><p title=\"</noscript><p>\"></p></noscript>",
		  "template-context" },
		{ "<style>p>a{}</style>", "template-context" },
		{ "<style>@import 'https://a.cn/a.css'</style>",
		  "template-context" },
		{ "<p STYLE='color:red'>", "template-context" },
		{ "<p onclick='f()'>", "template-context" },
		{ "<p onclick=f()>", "template-context" },
		{ "<iframe srcdoc='<p>'></iframe>", "template-context" },
		{ "<a href=' JavaScript:f()'>", "template-context" },
		{ "<a href=javascript:f()>", "template-context" },
		{ "<a href='vbscript:f()'>", "template-context" },
		{ "<script src='https://a.cn/a.js'></script>",
		  "template-context" },
		{ "<link rel=stylesheet href='//a.cn/a.css'>",
		  "template-context" },
		{ "<img src='http://a.cn/a.png'>", "template-context" },
		{ "<img srcset='/a.jpg 1x, https://a.cn/b.jpg 2x'>",
		  "template-context" },
		{ "<!--><script>f()</script>-->", "template-context" },
		{ "<!---><script>f()</script>-->", "template-context" },
		{ "<!--x--!><script>f()</script>-->", "template-context" },
		{ "<!----!><script>f()</script>-->", "template-context" },
		{ "<script type='text/javascript' "
		  "type='application/ld+json'>f()</script>",
		  "template-context" },
		{ "<script type type='application/ld+json'>f()</script>",
		  "template-context" },
		{ "<script {{#items}}type='a'{{/items}} "
		  "type='application/json'>f()</script>",
		  "template-context" },
		{ "<script src='data:,f()'></script>", "template-context" },
		{ "<a href='&#106;avascript:f()'>", "template-context" },
		{ "<a href='java&Tab;script:f()'>", "template-context" },
		{ "<a href='javascript&colon;f()'>", "template-context" },
		{ "<a href='{{title | url}}&colon;f()'>", "template-context" },
		{ "<a href='&{{title | url}}'>", "template-context" },
		{ "<a href='java\tscript:f()'>", "template-context" },
		{ "<a href='java\nscript:f()'>", "template-context" },
		{ "<a href='\x01"
		  "javascript:f()'>",
		  "template-context" },
		{ "<img src='/\\a.cn/a.png'>", "template-context" },
		{ "<img src='\\/a.cn/a.png'>", "template-context" },
		{ "<img src='/\t/a.cn/a.png'>", "template-context" },
		{ "<img src='/&sol;a.cn/a.png'>", "template-context" },
		{ "<img src='ftp://a.cn/a.png'>", "template-context" },
		{ "<input type=image src='https://a.cn/a.png'>",
		  "template-context" },
		{ "<svg><a><set attributeName='href' "
		  "to='javascript:f()'/></a></svg>",
		  "template-context" },
		{ "<svg><animate/></svg>", "template-context" },
		{ "<form action='https://a.cn/'>", "template-context" },
		{ "<form action='//a.cn/'>", "template-context" },
		{ "<form action='mailto:a'>", "template-context" },
		{ "<button formaction='http://a.cn/'>", "template-context" },
		{ "<a ping='/a https://a.cn/' href='/'>", "template-context" },
		{ "<base href='https://a.cn/'>", "template-context" },
		{ "<meta http-equiv='refresh' content='0'>",
		  "template-context" },
		{ "<meta http-equiv='&#114;efresh' content='0'>",
		  "template-context" },
		{ "<meta http-equiv=refresh content='0'>", "template-context" },
		{ "<meta http-equiv='{{title}}'>", "template-context" },
		{ "<meta http-equiv=refresh content='60; url=/'>",
		  "template-context" },
		{ "<meta http-equiv='{{#title}}content-type{{/title}}"
		  "{{^title}}refresh{{/title}}' content='0'>",
		  "template-context" },
		{ "<meta http-equiv='refresh' "
		  "content='60; url=/{{#title}}/a.cn{{/title}}'>",
		  "template-context" },
		{ "<meta content='60; url=/' http-equiv='refresh'>",
		  "template-context" },
		{ "<meta content='0; url=//a.cn' http-equiv='refresh'>",
		  "template-context" },
		{ "<p http-equiv='refresh'>", "template-context" },
		{ "<meta http-equiv='refresh' content='{{title}}'>",
		  "template-context" },
		{ "<meta http-equiv='refresh' content='60; url=/{{title}}'>",
		  "template-context" },
		{ "<meta http-equiv='refresh' hidden content='5; url=/'>",
		  "template-context" },
		{ "<meta http-equiv='refresh' content='60; url=//a.cn/'>",
		  "template-context" },
		{ "<meta http-equiv='refresh' content='60; url=/&sol;a.cn'>",
		  "template-context" },
		{ "<meta http-equiv='refresh' content='60; url=/\\a.cn'>",
		  "template-context" },
		{ "<meta http-equiv='refresh' content='60; url=a'>",
		  "template-context" },
		{ "<meta http-equiv='refresh' content='60;url=https://a.cn'>",
		  "template-context" },
		{ "<meta http-equiv='refresh' content='60; "
		  "url=/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'>",
		  "template-context" },
		{ "<meta {{#title}}http-equiv='refresh'{{/title}} "
		  "content='0; url=//a.cn'>",
		  "template-context" },
		{ "<meta {{#title}}content='0; url=//a.cn'{{/title}} "
		  "http-equiv='refresh'>",
		  "template-context" },
		{ "{{title.}}", "template-name" },
		{ "{{.title}}", "template-name" },
		{ "{{title..title}}", "template-name" },
		{ "{{#items.}}{{title}}{{/items.}}", "template-name" },
		{ "{{^items..}}{{/items..}}", "template-name" },
		{ "{{{title/../title}}}", "template-name" },
		{ "{{title. | date: \"%Y\"}}", "template-name" },
		{ "{{>*title.}}", "template-name" },
		{ "{{}}", "template-name" },
		{ "{{#}}{{/}}", "template-name" },
		{ "{{a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a}}", "template-name" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct bench bench;

		open_bench(&bench, TEMPLATE_STRICT);
		add(&bench, "a", str_from_c(bad[i].text));
		(void)!template_set_freeze(bench.set, &bench.diags);
		(void)!template_check(bench.set, STR("a"), &menu_shape,
				      &bench.diags);
		if (!has_diag(&bench, bad[i].id))
			fail_msg("not refused: %s", bad[i].text);
		assert_int_equal(bench.diags.error_count, 1);
		close_bench(&bench);
	}
}

/* --- what may stand where ------------------------------------------------- */

static const struct shape_field kind_fields[] = {
	{ "text", VALUE_TEXT, NULL, "" },
	{ "url", VALUE_URL, NULL, "" },
	{ "html", VALUE_HTML, NULL, "" },
	{ "number", VALUE_NUMBER, NULL, "" },
	{ "truth", VALUE_TRUTH, NULL, "" },
	{ "moment", VALUE_MOMENT, NULL, "" },
	{ "list", VALUE_LIST, &menu_shape, "" },
	{ "object", VALUE_OBJECT, &menu_shape, "" },
};

static const struct shape kind_shape = {
	"kinds", kind_fields, COUNT_OF(kind_fields), false, 0, 0
};

static bool may_stand(const char *before, const char *name, const char *behind)
{
	struct bench bench;
	bool ok;

	open_bench(&bench, TEMPLATE_STRICT);
	add(&bench, "a",
	    arena_printf(&bench.arena, "%s%s%s", before, name, behind));
	ok = template_set_freeze(bench.set, &bench.diags) &&
	     template_check(bench.set, STR("a"), &kind_shape, &bench.diags);
	assert_int_equal(ok, bench.diags.error_count == 0);
	close_bench(&bench);
	return ok;
}

/* Each kind of value in each kind of place: what is not named is refused. */
static void test_kinds_have_their_places(void **state)
{
	static const struct {
		const char *before;
		const char *behind;
		const char *allowed;
	} places[] = {
		{ "<p>{{", "}}</p>", " text url number truth moment " },
		{ "<p title=\"{{", "}}\"></p>",
		  " text url number truth moment " },
		{ "<a href=\"{{", "}}\">x</a>", " url number " },
		{ "<p>{{{", "}}}</p>", " html " },
		{ "<p>{{&", "}}</p>", " html " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(places); i++)
		for (size_t j = 0; j < COUNT_OF(kind_fields); j++) {
			const char *name = kind_fields[j].name;
			char wanted[16];

			(void)snprintf(wanted, sizeof(wanted), " %s ", name);
			if (may_stand(places[i].before, name,
				      places[i].behind) !=
			    (strstr(places[i].allowed, wanted) != NULL))
				fail_msg("%s%s%s", places[i].before, name,
					 places[i].behind);
		}
}

/* --- whose mistake it is -------------------------------------------------- */

/* "page" shows "bits", which lacks a name; sources 0 and 1 are the stronger. */
static void check_blame(const char *const strong[2], const char *const weak[2],
			uint32_t source)
{
	struct bench bench;
	const struct diag *said;

	open_bench(&bench, TEMPLATE_STRICT);
	add(&bench, strong[0], str_from_c(strong[1]));
	template_set_weaker(bench.set);
	add(&bench, weak[0], str_from_c(weak[1]));
	assert_true(template_set_freeze(bench.set, &bench.diags));
	assert_false(template_check(bench.set, STR("page"), &menu_shape,
				    &bench.diags));
	said = bench.diags.items.items;
	assert_int_equal(bench.diags.error_count, 1);
	assert_int_equal(said->span.source, source);
	assert_string_equal(said->id, "template-unknown");
	close_bench(&bench);
}

static void test_the_stronger_template_is_to_change(void **state)
{
	const char *const page[] = { "page", "<p>{{title}}{{>bits}}" };
	const char *const bits[] = { "bits", "<p>{{frame.title}}" };

	(void)state;
	check_blame(page, bits, 0); /* it shows what does not fit it */
	check_blame(bits, page, 0); /* what it is in front of does fit */
}

/* Where a page ends is a tag of the file that it got to. */
static void test_budgets_name_the_file(void **state)
{
	const struct template_budget given = { 10, 0, 64, 1 << 20, NULL };
	const struct diag *said;
	struct bench bench;

	(void)state;
	open_bench(&bench, TEMPLATE_STRICT);
	add(&bench, "page", STR("<p>{{title}}{{>bits}}"));
	template_set_weaker(bench.set);
	add(&bench, "bits", STR("<p>{{#items}}{{>bits}}{{/items}}"));
	assert_true(template_set_freeze(bench.set, &bench.diags));
	assert_false(template_render(&bench.out, bench.set, STR("page"),
				     menu(&bench, 9), &given, &bench.diags));
	said = bench.diags.items.items;
	assert_string_equal(said->id, "template-steps");
	assert_int_equal(said->span.source, 1);
	assert_true(said->span.end > said->span.start);
	close_bench(&bench);
}

/* --- what pages have in common -------------------------------------------- */

static const struct shape_field frame_fields[] = {
	{ "frame", VALUE_OBJECT, &menu_shape, "" },
	{ "own", VALUE_OBJECT, &menu_shape, "" },
};

static const struct shape frame_shape = {
	"frame", frame_fields, 2, false, 0, 1
};

static struct value titled(struct bench *bench, const char *title)
{
	struct value *values = arena_array(&bench->arena, 2, sizeof(*values));
	struct object *object = arena_alloc(&bench->arena, sizeof(*object));

	values[0] = value_text(str_from_c(title));
	values[1] = value_list(NULL, 0);
	*object = (struct object){ &menu_shape, values };
	return value_object(object);
}

/* A page of this title, with the frame "f" or another one. */
static bool render_page_of(struct bench *bench, const char *frame,
			   const char *own, const struct template_budget *given)
{
	const struct value values[] = { titled(bench, frame),
					titled(bench, own) };
	const struct object page = { &frame_shape, values };

	bench->out.len = 0;
	return template_render(&bench->out, bench->set, STR("page"), &page,
			       given, &bench->diags);
}

static void open_frame(struct bench *bench)
{
	open_bench(bench, TEMPLATE_STRICT);
	add(bench, "page",
	    STR("{{<base}}{{$name}}{{own.title}}{{/name}}{{/base}}"));
	add(bench, "base",
	    STR("{{#frame}}<p>{{title}}{{/frame}}{{>foot}}"
		"{{$name}}none{{/name}}{{#own}}{{frame.title}}{{/own}}"));
	add(bench, "foot", STR("[{{frame.title}}{{^own}}!{{/own}}]"));
	assert_true(template_set_freeze(bench->set, &bench->diags));
	assert_true(template_check(bench->set, STR("page"), &frame_shape,
				   &bench->diags));
}

/*
 * The second frame is one that no page may have with this memory: where it
 * does not show, the bytes are those that were kept.
 */
static void test_what_lasts_is_kept(void **state)
{
	struct template_budget given = budget;
	struct bench bench;

	(void)state;
	open_frame(&bench);
	given.memory = template_memory_new(NULL, &bench.arena);
	assert_true(render_page_of(&bench, "f", "a", &given));
	assert_true(str_equal_c(buf_str(&bench.out), "<p>f[f]af"));
	assert_true(render_page_of(&bench, "f", "b", &given));
	assert_true(str_equal_c(buf_str(&bench.out), "<p>f[f]bf"));
	assert_true(render_page_of(&bench, "g", "c", &given));
	assert_true(str_equal_c(buf_str(&bench.out), "<p>f[g]cg"));
	close_bench(&bench);
}

/* With every number of steps and bytes the page ends where it would. */
static void test_budgets_do_not_see_what_is_kept(void **state)
{
	(void)state;
	for (size_t limit = 0; limit < 40; limit++) {
		struct template_budget cold = { limit, 0, 64, 1 << 20, NULL };
		struct template_budget warm = budget;
		struct bench bench;
		bool steps;
		bool bytes;

		open_frame(&bench);
		warm.memory = template_memory_new(NULL, &bench.arena);
		assert_true(render_page_of(&bench, "f", "a", &warm));
		steps = render_page_of(&bench, "f", "b", &cold);
		cold.memory = warm.memory;
		assert_int_equal(render_page_of(&bench, "f", "b", &cold),
				 steps);
		cold = (struct template_budget){ 1000, 0, 64, limit, NULL };
		bytes = render_page_of(&bench, "f", "b", &cold);
		cold.memory = warm.memory;
		assert_int_equal(render_page_of(&bench, "f", "b", &cold),
				 bytes);
		close_bench(&bench);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_menu_shows_itself),
		cmocka_unit_test(test_mistake_in_recursion_is_found),
		cmocka_unit_test(test_parents_in_a_circle),
		cmocka_unit_test(test_size_limit),
		cmocka_unit_test(test_nesting_limit),
		cmocka_unit_test(test_time_is_linear),
		cmocka_unit_test(test_digest_follows_what_is_reached),
		cmocka_unit_test(test_end_of_element_across_tags),
		cmocka_unit_test(test_good_places),
		cmocka_unit_test(test_bad_places),
		cmocka_unit_test(test_kinds_have_their_places),
		cmocka_unit_test(test_the_stronger_template_is_to_change),
		cmocka_unit_test(test_budgets_name_the_file),
		cmocka_unit_test(test_what_lasts_is_kept),
		cmocka_unit_test(test_budgets_do_not_see_what_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
