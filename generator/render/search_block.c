/*
 * A block is written from the extracts of its resources and read again as
 * lines: a shard that is changed needs only the blocks that changed, as they
 * were and as they are, never the texts of the library. In the same way a block
 * that is made of a recalled plan has what its other texts say from the block
 * as it was: their metadata are at hand, their bodies are not read.
 */
#include "render/search_block.h"

#include <inttypes.h>

#include "base/pack.h"
#include "library/extracts.h"
#include "markup/json_writer.h"
#include "render/search_words.h"
#include "render/view.h"
#include "render/wording.h"

enum { LINE_END = 0x1f };

/* --- reading --- */

static void add_resource_postings(struct search_postings *out, str line,
				  uint64_t block)
{
	str fields[SEARCH_FIELD_COUNT];
	enum search_class title;

	for (size_t i = 0; i < SEARCH_FIELD_COUNT; i++)
		if (!str_split_next(&line, '\t', &fields[i]))
			fields[i] = STR("");
	title = fields[SEARCH_CLASS].len > 0 ? SEARCH_IN_FIRST
					     : SEARCH_IN_TITLE;
	search_postings_add(out, fields[SEARCH_TITLE], block, title);
	search_postings_add(out, fields[SEARCH_DOC_NO], block, title);
	search_postings_add(out, fields[SEARCH_SUMMARY], block, SEARCH_IN_TEXT);
	search_postings_add(out, fields[SEARCH_FILES], block, SEARCH_IN_TEXT);
	search_postings_add(out, fields[SEARCH_TEXT], block, SEARCH_IN_TEXT);
}

void search_block_postings(struct search_postings *out, str bytes,
			   uint64_t block)
{
	str line;

	while (str_split_next(&bytes, '\n', &line))
		if (line.len > 0)
			add_resource_postings(out, line, block);
}

/* The lines of the block as it was. */
struct old_lines {
	str lines[SEARCH_BLOCK_MOST];
	size_t count;
};

static void read_old_lines(struct old_lines *out, const struct render_job *job)
{
	str bytes = job->before;

	out->count = 0;
	while (job->context->is_changed != NULL &&
	       out->count < SEARCH_BLOCK_MOST &&
	       str_split_next(&bytes, '\n', &out->lines[out->count]))
		out->count++;
}

/*
 * The names of files and the text, as they are written: of what stands at this
 * address, which is not read again. False when that is not known.
 */
static bool find_said(str *out, const struct old_lines *old, str address)
{
	str field;

	for (size_t i = 0; i < old->count; i++) {
		str rest = old->lines[i];

		if (!str_split_next(&rest, '\t', &field) ||
		    !str_equal(field, address))
			continue;
		for (size_t k = SEARCH_ADDRESS + 1; k < SEARCH_FILES; k++)
			if (!str_split_next(&rest, '\t', &field))
				return false;
		*out = rest;
		return str_find_byte(rest, '\t') != STR_NONE;
	}
	return false;
}

/* --- writing --- */

/* Control characters are rare: what lies between them is copied as a whole. */
static void add_plain(struct buf *out, str text)
{
	size_t start = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if (byte >= 0x20)
			continue;
		buf_add(out, str_between(text, start, i));
		buf_add_byte(out, byte == '\n' ? LINE_END : ' ');
		start = i + 1;
	}
	buf_add(out, str_from(text, start));
}

static void add_field(struct buf *out, str text)
{
	buf_add_byte(out, '\t');
	add_plain(out, text);
}

static void add_date(struct buf *out, struct moment moment)
{
	buf_add_byte(out, '\t');
	moment_format(out, moment, STR("%Y-%m-%d"));
}

/* Services, and documents that say of themselves that they hold. */
static bool is_first(const struct resource_type *type,
		     const struct resource *resource, struct moment as_of)
{
	str validity = resource_validity(resource, as_of);

	if (!resource_type_means(type, MEANS_VALIDITY))
		return type->found_everywhere;
	return !str_equal(validity, STR("已失效")) &&
	       !str_equal(validity, STR("已废止"));
}

static void add_stamp(struct buf *out, const struct render_job *job,
		      struct moment since)
{
	buf_add_byte(out, '\t');
	if (!since.is_set)
		return;
	wording_add_stamp(out, job, since);
}

static void add_line(struct buf *out, str text)
{
	if (text.len == 0)
		return;
	add_plain(out, text);
	buf_add_byte(out, LINE_END);
}

static void add_text(struct buf *out, const struct resource *resource,
		     const struct extract *extract)
{
	str keywords = resource->keywords;
	str keyword;

	buf_add_byte(out, '\t');
	add_line(out, resource->subtitle);
	add_line(out, extract->body);
	add_line(out, extract->fields);
	while (unpack_text(&keyword, &keywords))
		add_line(out, keyword);
}

/* The last two fields. */
static void add_said(struct buf *out, const struct render_job *job,
		     const struct old_lines *old, uint32_t number, str address)
{
	const struct resource *resource = view_resource(job, number);
	struct extract extract;
	str said;

	if (old->count > 0 && catalog_has(view_catalog(job), number) &&
	    !job->context->is_changed[number] &&
	    find_said(&said, old, address)) {
		buf_add_byte(out, '\t');
		buf_add(out, said);
		return;
	}
	/* of what cannot be read the page has said so */
	if (!extracts_get(&extract, job->context->extracts, view_catalog(job),
			  job->reader, number, job->arena))
		extract = (struct extract){ 0 };
	add_field(out, extract.files);
	add_text(out, resource, &extract);
}

static void add_resource(struct buf *out, const struct render_job *job,
			 const struct old_lines *old, uint32_t number)
{
	const struct resource_type *type =
		catalog_type(view_catalog(job), number);
	struct placement placement = view_placement(job, number);
	struct moment as_of = job->context->plan->arrangement->as_of;
	const struct resource *resource = view_resource(job, number);
	str address = view_address(job, number, NULL);

	add_plain(out, address);
	add_field(out, resource->title);
	add_date(out, resource->date);
	add_field(out, wording_type(job, type));
	add_field(out, !placement.archived_since.is_set &&
				       is_first(type, resource, as_of)
			       ? STR("1")
			       : STR(""));
	add_field(out, placement.site == NULL ? STR("")
					      : placement.site->short_name);
	add_field(out, view_topic(job, resource->topic));
	add_field(out, wording_value(job, resource_validity(resource, as_of)));
	add_stamp(out, job, placement.archived_since);
	add_field(out, resource->doc_no);
	add_field(out, resource->summary);
	add_said(out, job, old, number, address);
	buf_add_byte(out, '\n');
}

bool render_search_block(str *out, const struct render_job *job)
{
	const struct site_lists *lists = job->site->lists;
	const struct page *page = job->page;
	struct old_lines old;
	struct buf bytes;

	read_old_lines(&old, job);
	buf_init(&bytes, job->arena);
	for (uint32_t i = page->count; i-- > 0;)
		add_resource(&bytes, job, &old,
			     lists->searched[page->first + i]);
	*out = buf_str(&bytes);
	return true;
}

/* --- what the search page reads first --- */

bool render_search_index(str *out, const struct render_job *job)
{
	const struct site_lists *lists = job->site->lists;
	const struct search_language language = {
		.name = job->site->site->language,
		.same = view_string(job, "search", "same"),
		.asking = view_string(job, "search", "asking"),
	};
	const struct cluster *cluster =
		job->context->plan->arrangement->cluster;
	struct json_writer json;
	struct buf bytes;

	buf_init(&bytes, job->arena);
	json_begin(&json, &bytes);
	json_open_object(&json);
	json_member_number(&json, "shards",
			   search_shard_count(lists->searched_count));
	if (lists->block_count > 0)
		json_member_text(
			&json, "newest",
			arena_printf(
				job->arena, "%" PRIx64,
				lists->blocks[lists->block_count - 1].number));
	search_words_write(&json, &cluster->synonyms, &language, job->arena);
	if (cluster->traditional.pairs.len > 0)
		json_member_text(&json, "traditional",
				 cluster->traditional.pairs);
	json_close_object(&json);
	*out = buf_str(&bytes);
	return true;
}

bool render_search_shard(str *out, const struct render_job *job)
{
	(void)job;
	*out = STR("");
	return true;
}
