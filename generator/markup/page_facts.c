/*
 * The readers of XML call for each element, and one row for each element of
 * interest says what to do: nothing of a page is kept but what is compared, so
 * a sitemap of 50 MiB needs the memory of its addresses.
 */
#include "markup/page_facts.h"

#include "base/buf.h"

struct reading {
	struct page_facts *facts;
	struct arena *arena;
};

/* --- small questions ----------------------------------------------------- */

static str attribute(const struct xml_element *element, const char *name,
		     struct arena *arena)
{
	str value;

	if (!xml_element_attribute(element, name, &value))
		return STR("");
	return arena_copy(arena, value);
}

static str collapse(str text, struct arena *arena)
{
	struct buf out;

	text = str_trim(text);
	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++) {
		if (!byte_is_space(text.data[i]))
			buf_add_byte(&out, text.data[i]);
		else if (!byte_is_space(text.data[i - 1]))
			buf_add_byte(&out, ' ');
	}
	return buf_str(&out);
}

static void add_text(struct list *list, str text, struct arena *arena)
{
	str *item = list_add(list, arena);

	*item = text;
}

/* --- parts of a page ----------------------------------------------------- */

static const struct {
	const char *attribute;
	const char *words[6];
} breadcrumb_marks[] = {
	{ "class", { "breadcrumb" } },
	{ "id", { "breadcrumb" } },
	{ "aria-label",
	  { "breadcrumb", "Breadcrumb", "面包屑", "当前位置", "您的位置",
	    "所在位置" } },
};

static bool has_one_of(str text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count && words[i] != NULL; i++)
		if (str_find(text, str_from_c(words[i])) != STR_NONE)
			return true;
	return false;
}

static bool is_breadcrumb(const struct xml_element *element)
{
	for (size_t i = 0; i < COUNT_OF(breadcrumb_marks); i++) {
		str value;

		if (xml_element_attribute(
			    element, breadcrumb_marks[i].attribute, &value) &&
		    has_one_of(value, breadcrumb_marks[i].words,
			       COUNT_OF(breadcrumb_marks[i].words)))
			return true;
	}
	return false;
}

/* In the order in which one wins over the other, strongest last. */
static const struct {
	const char *name;
	enum landmark part;
} part_elements[] = {
	{ "header", LANDMARK_HEADER },
	{ "nav", LANDMARK_NAVIGATION },
	{ "footer", LANDMARK_FOOTER },
	{ "main", LANDMARK_MAIN },
};

enum { BREADCRUMB_STRENGTH = COUNT_OF(part_elements) + 1 };

static size_t strength_of(const struct xml_element *element)
{
	if (is_breadcrumb(element))
		return BREADCRUMB_STRENGTH;
	for (size_t i = 0; i < COUNT_OF(part_elements); i++)
		if (xml_element_is(element, part_elements[i].name))
			return i + 1;
	return 0;
}

static enum landmark part_of(const struct xml_element *element)
{
	size_t strongest = 0;
	bool in_nav = false;

	for (; element != NULL; element = xml_element_parent(element)) {
		size_t strength = strength_of(element);

		in_nav |= xml_element_is(element, "nav");
		if (strength > strongest)
			strongest = strength;
	}
	if (strongest == 0)
		return LANDMARK_NONE;
	if (strongest == BREADCRUMB_STRENGTH)
		return LANDMARK_BREADCRUMB;
	if (in_nav && part_elements[strongest - 1].part == LANDMARK_MAIN)
		return LANDMARK_SIDE;
	return part_elements[strongest - 1].part;
}

/* --- a page --------------------------------------------------------------- */

static void add_image(struct reading *reading,
		      const struct xml_element *element)
{
	struct page_image *image =
		list_add(&reading->facts->images, reading->arena);

	image->src = attribute(element, "src", reading->arena);
	image->alt = attribute(element, "alt", reading->arena);
	image->has_alt = xml_element_attribute(element, "alt", NULL);
}

static void add_meta(struct reading *reading, const struct xml_element *element)
{
	static const char *const names[] = { "name", "property", "http-equiv" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		str name = attribute(element, names[i], reading->arena);
		struct page_meta *meta;

		if (name.len == 0)
			continue;
		meta = list_add(&reading->facts->metas, reading->arena);
		meta->name = name;
		meta->content = attribute(element, "content", reading->arena);
		return;
	}
}

static void on_element(void *context, const struct xml_element *element)
{
	struct reading *reading = context;
	struct page_facts *facts = reading->facts;
	str id = attribute(element, "id", reading->arena);

	if (id.len > 0)
		add_text(&facts->ids, id, reading->arena);
	if (xml_element_is(element, "img"))
		add_image(reading, element);
	else if (xml_element_is(element, "meta"))
		add_meta(reading, element);
	else if (xml_element_is(element, "html"))
		facts->language = attribute(element, "lang", reading->arena);
	else if (xml_element_is(element, "link") &&
		 str_equal_c(attribute(element, "rel", reading->arena),
			     "canonical"))
		facts->canonical = attribute(element, "href", reading->arena);
}

static void add_link(struct reading *reading, const struct xml_element *element,
		     str text)
{
	struct page_link *link;

	if (!xml_element_attribute(element, "href", NULL))
		return;
	link = list_add(&reading->facts->links, reading->arena);
	link->href = attribute(element, "href", reading->arena);
	link->rel = attribute(element, "rel", reading->arena);
	link->label = attribute(element, "aria-label", reading->arena);
	link->text = collapse(text, reading->arena);
	link->part = part_of(element);
}

static void on_page_text(void *context, const struct xml_element *element,
			 str text)
{
	struct reading *reading = context;
	struct page_facts *facts = reading->facts;

	if (xml_element_is(element, "a"))
		add_link(reading, element, text);
	else if (xml_element_is(element, "h1"))
		add_text(&facts->headings, collapse(text, reading->arena),
			 reading->arena);
	else if (facts->title.len == 0)
		facts->title = collapse(text, reading->arena);
}

bool page_facts_read(struct page_facts *out, str html, struct arena *arena,
		     struct xml_problem *problem)
{
	struct reading reading = { out, arena };
	struct xml_visitor visitor = { .context = &reading,
				       .open = on_element,
				       .text = on_page_text,
				       .text_of = "a h1 title" };

	*out = (struct page_facts){ .title = STR("") };
	list_init(&out->links, sizeof(struct page_link));
	list_init(&out->images, sizeof(struct page_image));
	list_init(&out->metas, sizeof(struct page_meta));
	list_init(&out->ids, sizeof(str));
	list_init(&out->headings, sizeof(str));
	return xml_read(html, XML_SYNTAX_HTML, &visitor, arena, problem);
}

/* --- sitemaps and feeds --------------------------------------------------- */

struct addresses {
	struct list *list;
	struct arena *arena;
};

static bool stands_in(const struct xml_element *element, const char *name)
{
	const struct xml_element *parent = xml_element_parent(element);

	return parent != NULL && xml_element_is(parent, name);
}

static void on_location(void *context, const struct xml_element *element,
			str text)
{
	struct addresses *addresses = context;

	if (stands_in(element, "url") || stands_in(element, "sitemap"))
		add_text(addresses->list,
			 arena_copy(addresses->arena, str_trim(text)),
			 addresses->arena);
}

bool sitemap_read(struct list *out, str xml, struct arena *arena,
		  struct xml_problem *problem)
{
	struct addresses addresses = { out, arena };
	struct xml_visitor visitor = { .context = &addresses,
				       .text = on_location,
				       .text_of = "loc" };

	list_init(out, sizeof(str));
	return xml_read(xml, XML_SYNTAX_XML, &visitor, arena, problem);
}

static void on_feed_element(void *context, const struct xml_element *element)
{
	struct addresses *addresses = context;
	str rel = STR("alternate");
	str href;

	if (!xml_element_is(element, "link") || !stands_in(element, "entry"))
		return;
	xml_element_attribute(element, "rel", &rel);
	if (str_equal_c(rel, "alternate") &&
	    xml_element_attribute(element, "href", &href))
		add_text(addresses->list, arena_copy(addresses->arena, href),
			 addresses->arena);
}

bool feed_read(struct list *out, str xml, struct arena *arena,
	       struct xml_problem *problem)
{
	struct addresses addresses = { out, arena };
	struct xml_visitor visitor = { .context = &addresses,
				       .open = on_feed_element };

	list_init(out, sizeof(str));
	return xml_read(xml, XML_SYNTAX_XML, &visitor, arena, problem);
}
