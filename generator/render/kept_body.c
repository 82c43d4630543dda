/*
 * A body is a function of its text, some words of the theme and of what its
 * links lead to. The first two are a digest; links are asked about again, one
 * by one, and answer with the bytes that were packed or with others.
 */
#include "render/kept_body.h"

#include "base/pack.h"
#include "cache/kept_bytes.h"

/* --- what was asked while a body was rendered --- */

/* With the destination and all of struct markdown_target, it is the answer. */
struct asked {
	uint8_t is_frame; /* of a player; only `is_answered` says something */
	uint8_t is_image;
	uint8_t is_answered;
	uint8_t is_outside;
	uint32_t width, height;
};

/*
 * A field that is new in what is asked or given, and packed nowhere below,
 * would be another one in the next build: its size is said here, so that who
 * adds one comes by.
 */
_Static_assert(sizeof(struct markdown_target) ==
		       5 * sizeof(str) + 2 * sizeof(uint32_t) + sizeof(size_t),
	       "pack_call packs every field of an answer");
_Static_assert(sizeof(struct markdown) == 3 * sizeof(str) + 2 * sizeof(void *) +
						  2 * sizeof(size_t) +
						  sizeof(struct anchors),
	       "pack_body packs every field of a body but its anchors");
_Static_assert(sizeof(struct markdown_heading) ==
		       sizeof(size_t) + 2 * sizeof(str),
	       "pack_body packs every field of a heading");
_Static_assert(sizeof(struct markdown_outside) == 2 * sizeof(str),
	       "pack_body packs every field of a notice");

struct asking {
	struct body_links *links;
	struct buf calls; /* all that was asked, packed */
	uint32_t count;
};

static void pack_call(struct buf *out, const struct asked *asked,
		      str destination, str given,
		      const struct markdown_target *target)
{
	pack_bytes(out, asked, sizeof(*asked));
	pack_text(out, destination);
	pack_text(out, given);
	pack_text(out, target->address);
	pack_text(out, target->note);
	pack_text(out, target->download);
	pack_text(out, target->text);
	pack_text(out, target->small);
}

/* The answer of today, as it is packed. */
static bool ask(struct buf *out, struct body_links *links,
		struct markdown_target *target, str destination, bool is_image,
		struct span span, struct diag_list *diags)
{
	str given = target->text;
	struct asked asked = { .is_image = is_image };
	bool ok = body_links_resolve(links, target, destination, is_image, span,
				     diags);

	asked.is_answered = ok;
	asked.is_outside = target->is_outside;
	asked.width = target->width;
	asked.height = target->height;
	pack_call(out, &asked, destination, given, target);
	return ok;
}

static bool ask_frame(struct buf *out, struct body_links *links, str address)
{
	struct asked asked = { .is_frame = true };
	const struct markdown_target none = { 0 };

	asked.is_answered = body_links_frame(links, address);
	pack_call(out, &asked, address, STR(""), &none);
	return asked.is_answered != 0;
}

static bool resolve(void *context, struct markdown_target *out, str destination,
		    bool is_image, struct span span, struct diag_list *diags)
{
	struct asking *asking = context;

	asking->count++;
	return ask(&asking->calls, asking->links, out, destination, is_image,
		   span, diags);
}

static bool frame(void *context, str address)
{
	struct asking *asking = context;

	asking->count++;
	return ask_frame(&asking->calls, asking->links, address);
}

/* --- the same questions again --- */

/* Asks what is on top of `*rest`; false when the answer is another one. */
static bool ask_again(str *rest, struct body_links *links,
		      struct diag_list *untold)
{
	struct arena *arena = links->job->arena;
	struct markdown_target target = { 0 };
	str before = *rest;
	struct asked asked;
	str destination, skipped;
	struct buf now;

	if (!unpack_bytes(&asked, sizeof(asked), rest) ||
	    !unpack_text(&destination, rest) ||
	    !unpack_text(&target.text, rest))
		return false;
	for (int i = 0; i < 5; i++)
		if (!unpack_text(&skipped, rest))
			return false;
	buf_init(&now, arena);
	if (asked.is_frame)
		ask_frame(&now, links, destination);
	else
		ask(&now, links, &target, destination, asked.is_image != 0,
		    (struct span){ 0 }, untold);
	return str_equal(buf_str(&now),
			 str_between(before, 0, before.len - rest->len)) &&
	       untold->count == 0;
}

static bool ask_all_again(str *rest, struct body_links *links)
{
	struct diag_list untold;
	uint32_t count;

	diag_list_init(&untold, links->job->arena);
	if (!unpack_bytes(&count, sizeof(count), rest))
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (!ask_again(rest, links, &untold))
			return false;
	return rest->len == 0;
}

/* --- packing --- */

static void pack_body(struct buf *out, const struct markdown *body)
{
	uint32_t headings = (uint32_t)body->heading_count;
	uint32_t outside = (uint32_t)body->outside_count;

	pack_text(out, body->html);
	pack_text(out, body->text);
	pack_text(out, body->first_image);
	pack_bytes(out, &headings, sizeof(headings));
	for (uint32_t i = 0; i < headings; i++) {
		pack_bytes(out, &body->headings[i].level, sizeof(int));
		pack_text(out, body->headings[i].id);
		pack_text(out, body->headings[i].text);
	}
	pack_bytes(out, &outside, sizeof(outside));
	for (uint32_t i = 0; i < outside; i++) {
		pack_text(out, body->outside[i].id);
		pack_text(out, body->outside[i].address);
	}
}

/* Each takes more bytes than one, so a count cannot ask for much memory. */
static bool unpack_headings(struct markdown *out, str *rest,
			    struct arena *arena)
{
	struct markdown_heading *headings;
	uint32_t count;

	if (!unpack_bytes(&count, sizeof(count), rest) || count > rest->len)
		return false;
	headings = arena_array(arena, count, sizeof(*headings));
	for (uint32_t i = 0; i < count; i++)
		if (!unpack_bytes(&headings[i].level, sizeof(int), rest) ||
		    !unpack_text(&headings[i].id, rest) ||
		    !unpack_text(&headings[i].text, rest))
			return false;
	out->headings = headings;
	out->heading_count = count;
	return true;
}

static bool unpack_outside(struct markdown *out, str *rest, struct arena *arena)
{
	struct markdown_outside *outside;
	uint32_t count;

	if (!unpack_bytes(&count, sizeof(count), rest) || count > rest->len)
		return false;
	outside = arena_array(arena, count, sizeof(*outside));
	for (uint32_t i = 0; i < count; i++)
		if (!unpack_text(&outside[i].id, rest) ||
		    !unpack_text(&outside[i].address, rest))
			return false;
	out->outside = outside;
	out->outside_count = count;
	return true;
}

static bool unpack_body(struct markdown *out, str *rest, struct arena *arena)
{
	*out = (struct markdown){ 0 };
	return unpack_text(&out->html, rest) && unpack_text(&out->text, rest) &&
	       unpack_text(&out->first_image, rest) &&
	       unpack_headings(out, rest, arena) &&
	       unpack_outside(out, rest, arena);
}

/* --- rendering --- */

uint64_t kept_body_name(const struct site *site, str path, struct arena *arena)
{
	return digest_hash(arena_printf(arena, "b%.*s/%.*s",
					STR_ARG(site->domain), STR_ARG(path)));
}

/* All but the links; what body_markdown_options says is of the program. */
static struct digest key_of(const struct source *source, size_t start,
			    const struct markdown_options *options)
{
	const str texts[] = { options->footnotes_title, options->footnote_back,
			      options->table_label,	options->task_done,
			      options->task_open,	options->frame_label };
	struct digest key = { 0 };

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		digest_add(&key, texts[i]);
	for (size_t i = 0; i < COUNT_OF(options->callouts); i++)
		digest_add(&key, options->callouts[i]);
	digest_add(&key, str_from(source->text, start));
	return key;
}

/* What was noted of links that lead elsewhere now is forgotten. */
static bool find(struct markdown *out, struct body_links *links, uint64_t name,
		 struct digest key)
{
	const struct render_job *job = links->job;
	struct list *dependencies = job->dependencies;
	size_t count = dependencies == NULL ? 0 : dependencies->count;
	const struct body_links untouched = *links;
	str bytes;

	if (!kept_bytes_get(&bytes, job->context->kept, name, key, job->arena))
		return false;
	if (unpack_body(out, &bytes, job->arena) &&
	    ask_all_again(&bytes, links))
		return true;
	*links = untouched;
	map_init(&links->listed, job->arena);
	map_init(&links->sizes, job->arena);
	if (dependencies != NULL)
		dependencies->count = count;
	return false;
}

static void keep(const struct markdown *body, const struct asking *asking,
		 uint64_t name, struct digest key)
{
	const struct render_job *job = asking->links->job;
	struct buf bytes;

	buf_init(&bytes, job->arena);
	pack_body(&bytes, body);
	pack_bytes(&bytes, &asking->count, sizeof(asking->count));
	buf_add(&bytes, buf_str(&asking->calls));
	kept_bytes_put(job->context->kept, name, key, buf_str(&bytes));
}

bool kept_body_write(struct markdown *out, struct markdown_reading *reading,
		     const struct markdown_options *options,
		     struct body_links *links)
{
	const struct render_job *job = links->job;
	struct markdown_options asking_options = *options;
	struct asking asking = { .links = links };
	size_t told = job->diags->count;
	struct digest key;
	uint64_t name;

	if (job->context->kept == NULL)
		return markdown_write(out, reading, options, job->diags);
	name = kept_body_name(job->site->site, job->page->path, job->arena);
	key = key_of(reading->source, reading->start, options);
	if (find(out, links, name, key))
		return true;
	buf_init(&asking.calls, job->arena);
	asking_options.resolve = resolve;
	asking_options.frame = frame;
	asking_options.context = &asking;
	if (!markdown_write(out, reading, &asking_options, job->diags))
		return false;
	if (job->diags->count == told)
		keep(out, &asking, name, key);
	return true;
}
