/*
 *	u32 size | u32 labels | text of each tag that is not shown |
 *	u32 ids, u64 each | u32 links as before at the head | u32 at the end |
 *	u32 links between, text each
 */
#include "audit/page_marks.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/list.h"
#include "base/map.h"
#include "base/number.h"
#include "base/pack.h"
#include "markup/xml_reader.h"

/* --- reading -------------------------------------------------------------- */

const char *const page_tag_names[PAGE_TAG_COUNT] = {
	[PAGE_TAG_TITLE] = "ArticleTitle",   [PAGE_TAG_DATE] = "PubDate",
	[PAGE_TAG_SOURCE] = "ContentSource", [PAGE_TAG_STAMP] = "ArchiveStamp",
	[PAGE_TAG_ARCHIVED] = "ArchivedOn",  [PAGE_TAG_VALIDITY] = "Validity",
	[PAGE_TAG_MAP] = "MapApprovalNo",
};

const char *const page_label_names[PAGE_LABEL_COUNT] = {
	[LABEL_SITE_NAME] = "SiteName",
	[LABEL_SITE_DOMAIN] = "SiteDomain",
	[LABEL_SITE_CODE] = "SiteIDCode",
	[LABEL_COLUMN_NAME] = "ColumnName",
	[LABEL_COLUMN_TYPE] = "ColumnType",
	[LABEL_ARTICLE_TITLE] = "ArticleTitle",
	[LABEL_PUB_DATE] = "PubDate",
	[LABEL_CONTENT_SOURCE] = "ContentSource",
	[LABEL_VIEWPORT] = "viewport",
	[LABEL_LANGUAGE] = "lang",
	[LABEL_STAMP] = "ArchiveStamp",
	[LABEL_ARCHIVED] = "ArchivedOn",
};

struct marks_reading {
	uint32_t labels;
	str tags[PAGE_TAG_COUNT];
	bool is_shown[PAGE_TAG_COUNT];
	bool has_main;	   /* what a page shows of its own stands in it */
	struct list ids;   /* uint64_t */
	struct list links; /* str */
	struct map seen;
	struct arena *arena;
	struct arena *scratch;
};

uint64_t page_mark_id(str id)
{
	return digest_hash(id);
}

static void add_id(struct marks_reading *reading, str id)
{
	if (id.len > 0)
		*(uint64_t *)list_add(&reading->ids, reading->scratch) =
			page_mark_id(id);
}

static void add_link(struct marks_reading *reading, str link)
{
	link = str_trim(link);
	if (map_has(&reading->seen, link))
		return;
	link = arena_copy(reading->arena, link);
	map_add(&reading->seen, link, reading);
	*(str *)list_add(&reading->links, reading->scratch) = link;
}

/* --- tags ----------------------------------------------------------------- */

/* Lines are broken anywhere in Chinese: blanks say nothing. */
static str without_blanks(str text, struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++)
		if (!byte_is_space(text.data[i]))
			buf_add_byte(&out, text.data[i]);
	return buf_str(&out);
}

/* "2026-03-02 09:00" */
static bool is_moment(str text)
{
	static const char form[] = "0000-00-00 00:00";

	if (text.len != sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (form[i] == '0' ? !byte_is_digit(text.data[i])
				   : text.data[i] != form[i])
			return false;
	return true;
}

static void take_label(struct marks_reading *reading, str name, str content)
{
	content = str_trim(content);
	for (size_t i = 0; content.len > 0 && i < PAGE_LABEL_COUNT; i++)
		if (str_equal_c(name, page_label_names[i]) &&
		    (i != LABEL_PUB_DATE || is_moment(content)))
			reading->labels |= 1u << i;
}

static void take_tag(struct marks_reading *reading,
		     const struct xml_element *element)
{
	str name, content;

	if (!xml_element_attribute(element, "name", &name) ||
	    !xml_element_attribute(element, "content", &content))
		return;
	take_label(reading, name, content);
	for (size_t i = 0; i < PAGE_TAG_COUNT; i++)
		if (str_equal_c(name, page_tag_names[i]))
			reading->tags[i] =
				arena_copy(reading->arena, str_trim(content));
}

/* "2026-03-02 09:00" is shown by its day, however a language writes it. */
static str day_of(str moment)
{
	const size_t length = STR("2026-03-02").len;

	return str_between(moment, 0,
			   moment.len < length ? moment.len : length);
}

static void take_time(struct marks_reading *reading,
		      const struct xml_element *element)
{
	str moment;

	if (!xml_element_attribute(element, "datetime", &moment))
		return;
	if (str_starts_with(moment, day_of(reading->tags[PAGE_TAG_DATE])))
		reading->is_shown[PAGE_TAG_DATE] = true;
	if (str_starts_with(moment, reading->tags[PAGE_TAG_ARCHIVED]))
		reading->is_shown[PAGE_TAG_ARCHIVED] = true;
}

/* `text` is without blanks. */
static void look_for(struct marks_reading *reading, str text, enum page_tag tag)
{
	reading->is_shown[tag] |=
		str_find(text, without_blanks(reading->tags[tag],
					      reading->scratch)) != STR_NONE;
}

/* A stamp may stand beside what is of the page itself, above it. */
static void look_for_stamp(struct marks_reading *reading, str text)
{
	if (reading->tags[PAGE_TAG_STAMP].len == 0)
		return;
	text = without_blanks(text, reading->scratch);
	look_for(reading, text, PAGE_TAG_STAMP);
	look_for(reading, text, PAGE_TAG_ARCHIVED);
}

/* Heads stand before bodies, so the tags are known. */
static void on_text(void *context, const struct xml_element *element, str text)
{
	struct marks_reading *reading = context;
	const str *tags = reading->tags;
	bool *is_shown = reading->is_shown;

	if (xml_element_is(element, "body")) {
		look_for_stamp(reading, text);
		return;
	}
	text = without_blanks(text, reading->scratch);
	if (xml_element_is(element, "h1")) {
		is_shown[PAGE_TAG_TITLE] |=
			str_equal(text, without_blanks(tags[PAGE_TAG_TITLE],
						       reading->scratch));
		return;
	}
	reading->has_main = true;
	is_shown[PAGE_TAG_DATE] |=
		str_find(text, day_of(tags[PAGE_TAG_DATE])) != STR_NONE;
	look_for(reading, text, PAGE_TAG_SOURCE);
	look_for(reading, text, PAGE_TAG_VALIDITY);
	look_for(reading, text, PAGE_TAG_MAP);
}

/* --- elements ------------------------------------------------------------- */

/* "a.webp 640w, b.webp 1280w" */
static void add_links_of(struct marks_reading *reading, str sources)
{
	str one, address;

	while (str_split_next(&sources, ',', &one)) {
		one = str_trim(one);
		if (str_split_next(&one, ' ', &address) && address.len > 0)
			add_link(reading, address);
	}
}

static void on_element(void *context, const struct xml_element *element)
{
	static const char *const addresses[] = { "href", "src", "poster",
						 "action", "data" };
	struct marks_reading *reading = context;
	str value;

	if (xml_element_is(element, "html") &&
	    xml_element_attribute(element, "lang", &value))
		take_label(reading,
			   str_from_c(page_label_names[LABEL_LANGUAGE]), value);
	if (xml_element_is(element, "meta"))
		take_tag(reading, element);
	else if (xml_element_is(element, "time"))
		take_time(reading, element);
	if (xml_element_attribute(element, "id", &value) ||
	    (xml_element_is(element, "a") &&
	     xml_element_attribute(element, "name", &value)))
		add_id(reading, value);
	for (size_t i = 0; i < COUNT_OF(addresses); i++)
		if (xml_element_attribute(element, addresses[i], &value) &&
		    value.len > 0)
			add_link(reading, value);
	if (xml_element_attribute(element, "srcset", &value))
		add_links_of(reading, value);
}

static void take_ids(struct page_marks *out, const struct list *found,
		     struct arena *arena)
{
	const uint64_t *items = found->items;
	uint64_t *ids = arena_array(arena, found->count, sizeof(*ids));

	for (size_t i = 0; i < found->count; i++)
		ids[i] = items[i];
	if (found->count > 0)
		qsort(ids, found->count, sizeof(*ids), u64_compare_items);
	for (size_t i = 0; i < found->count; i++)
		if (i == 0 || ids[i] != ids[i - 1])
			ids[out->id_count++] = ids[i];
	out->ids = ids;
}

static void take_links(struct page_marks *out, const struct list *found,
		       struct arena *arena)
{
	const str *items = found->items;
	str *links = arena_array(arena, found->count, sizeof(*links));

	for (size_t i = 0; i < found->count; i++)
		links[i] = items[i];
	out->links = links;
	out->link_count = found->count;
}

bool page_marks_have(const struct page_marks *marks, uint64_t id)
{
	return marks->id_count > 0 &&
	       bsearch(&id, marks->ids, marks->id_count, sizeof(id),
		       u64_compare_items) != NULL;
}

void page_marks_read(struct page_marks *out, str html, struct arena *arena,
		     struct arena *scratch)
{
	struct marks_reading reading = { .arena = arena, .scratch = scratch };
	const struct xml_visitor visitor = { .context = &reading,
					     .open = on_element,
					     .text = on_text,
					     .text_of = "h1 main body" };
	struct xml_problem problem;

	*out = (struct page_marks){ .size = (uint32_t)html.len };
	list_init(&reading.ids, sizeof(uint64_t));
	list_init(&reading.links, sizeof(str));
	map_init(&reading.seen, scratch);
	/* what libxml2 cannot read to its end is judged as far as it goes */
	(void)!xml_read(html, XML_SYNTAX_HTML, &visitor, scratch, &problem);
	out->labels = reading.labels;
	take_ids(out, &reading.ids, arena);
	take_links(out, &reading.links, arena);
	for (size_t i = 0; i < PAGE_TAG_COUNT; i++)
		if (reading.has_main && !reading.is_shown[i])
			out->unshown[i] = reading.tags[i];
}

/* --- as bytes ------------------------------------------------------------- */

static uint32_t same_head(const struct page_marks *a,
			  const struct page_marks *b)
{
	uint32_t count = 0;

	while (count < a->link_count && count < b->link_count &&
	       str_equal(a->links[count], b->links[count]))
		count++;
	return count;
}

/* Behind the head. */
static uint32_t same_end(const struct page_marks *a, const struct page_marks *b,
			 uint32_t head)
{
	uint32_t count = 0;

	while (head + count < a->link_count && head + count < b->link_count &&
	       str_equal(a->links[a->link_count - 1 - count],
			 b->links[b->link_count - 1 - count]))
		count++;
	return count;
}

void page_marks_pack(struct buf *out, const struct page_marks *marks,
		     const struct page_marks *before)
{
	uint32_t ids = (uint32_t)marks->id_count;
	uint32_t head = same_head(marks, before);
	uint32_t end = same_end(marks, before, head);
	uint32_t between = (uint32_t)marks->link_count - head - end;

	pack_bytes(out, &marks->size, sizeof(marks->size));
	pack_bytes(out, &marks->labels, sizeof(marks->labels));
	for (size_t i = 0; i < PAGE_TAG_COUNT; i++)
		pack_text(out, marks->unshown[i]);
	pack_bytes(out, &ids, sizeof(ids));
	pack_bytes(out, marks->ids, ids * sizeof(*marks->ids));
	pack_bytes(out, &head, sizeof(head));
	pack_bytes(out, &end, sizeof(end));
	pack_bytes(out, &between, sizeof(between));
	for (uint32_t i = 0; i < between; i++)
		pack_text(out, marks->links[head + i]);
}

static bool unpack_ids(struct page_marks *out, str *rest, struct arena *arena)
{
	uint64_t *ids;
	uint32_t count;

	if (!unpack_bytes(&count, sizeof(count), rest) ||
	    count > rest->len / sizeof(*ids))
		return false;
	ids = arena_array(arena, count, sizeof(*ids));
	out->ids = ids;
	out->id_count = count;
	return unpack_bytes(ids, count * sizeof(*ids), rest);
}

static bool unpack_links(struct page_marks *out, str *rest,
			 const struct page_marks *before, struct arena *arena)
{
	uint32_t head, end, between;
	str *links;

	if (!unpack_bytes(&head, sizeof(head), rest) ||
	    !unpack_bytes(&end, sizeof(end), rest) ||
	    !unpack_bytes(&between, sizeof(between), rest) ||
	    head > before->link_count || end > before->link_count ||
	    between > rest->len)
		return false;
	out->link_count = (size_t)head + between + end;
	links = arena_array(arena, out->link_count, sizeof(*links));
	out->links = links;
	for (uint32_t i = 0; i < head; i++)
		links[i] = before->links[i];
	for (uint32_t i = 0; i < end; i++)
		links[head + between + i] =
			before->links[before->link_count - end + i];
	for (uint32_t i = 0; i < between; i++)
		if (!unpack_text(&links[head + i], rest))
			return false;
	return true;
}

bool page_marks_unpack(struct page_marks *out, str *rest,
		       const struct page_marks *before, struct arena *arena)
{
	*out = (struct page_marks){ 0 };
	if (!unpack_bytes(&out->size, sizeof(out->size), rest) ||
	    !unpack_bytes(&out->labels, sizeof(out->labels), rest))
		return false;
	for (size_t i = 0; i < PAGE_TAG_COUNT; i++)
		if (!unpack_text(&out->unshown[i], rest))
			return false;
	return unpack_ids(out, rest, arena) &&
	       unpack_links(out, rest, before, arena);
}
