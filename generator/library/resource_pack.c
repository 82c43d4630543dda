/*
 * A resource as bytes: a head with bit masks, then only what the masks say is
 * there, since most resources have few of the fields and a hundred thousand of
 * them stay in memory. Packing, unpacking and comparing go over the tables of
 * library/resource_member.h alike.
 */
#include "library/resource.h"

#include <string.h>

#include "base/pack.h"
#include "library/resource_member.h"

/*
 * A packed resource: the head, then for each bit of its masks, lowest first:
 *
 *	u32 length of a text | i64 seconds, i32 offset of a moment |
 *	u32 start, u32 end of a span | u32 source of one in another file
 *
 * and the bytes of the texts. What is not set, and what the path says, takes
 * no room. A record is of one program on one machine, so the numbers stand as
 * they are in memory.
 */
struct packed_head {
	uint32_t texts;
	uint32_t weight;
	uint16_t moments;
	uint16_t with_time; /* of the moments */
	uint8_t spans;	    /* not the first three bytes of the own file */
	uint8_t foreign;    /* of the spans: in another file */
	uint8_t type;
	uint8_t status;
	uint8_t flags;
	uint8_t zero[3];
};

enum { FLAG_REPRINT = 1, FLAG_MAJOR = 2, FLAG_PINNED = 4 };

/* Every string that can be packed; the path gives what has length 0 here. */
enum { OTHER_COUNT = 6 };
enum {
	STRING_COUNT =
		RESOURCE_MEMBER_TEXTS + RESOURCE_MEMBER_LISTS + OTHER_COUNT
};

_Static_assert(STRING_COUNT < 32, "a bit of head.texts for each");
_Static_assert(RESOURCE_MEMBER_MOMENTS <= 16, "a bit of head.moments for each");
_Static_assert(RESOURCE_MEMBER_SPANS <= 8, "a bit of head.spans for each");
_Static_assert(RESOURCE_TYPE_LIMIT <= UINT8_MAX + 1, "head.type has 8 bits");

static str *string_member(struct resource *resource, size_t i)
{
	str *others[OTHER_COUNT] = { &resource->id,	  &resource->slug,
				     &resource->replaces, &resource->sections,
				     &resource->listed,	  &resource->related };

	if (i < RESOURCE_MEMBER_TEXTS)
		return resource_member_text(resource, i);
	i -= RESOURCE_MEMBER_TEXTS;
	return i < RESOURCE_MEMBER_LISTS ? resource_member_list(resource, i)
					 : others[i - RESOURCE_MEMBER_LISTS];
}

static bool is_plain_span(const struct resource *resource, struct span span)
{
	return span.source == resource->file && span.start == 0 &&
	       span.end == 3;
}

static bool is_foreign(const struct resource *resource, struct span span)
{
	return span.source != resource->file;
}

void resource_forget_spans(struct resource *resource, uint32_t file)
{
	for (size_t i = 0; i < RESOURCE_MEMBER_SPANS; i++)
		*resource_member_span(resource, i) =
			(struct span){ file, 0, 3 };
}

bool resource_is_lasting(const struct resource *resource)
{
	struct resource copy = *resource;

	for (size_t i = 0; i < RESOURCE_MEMBER_SPANS; i++) {
		struct span span = *resource_member_span(&copy, i);

		if (is_foreign(resource, span) && span.source != SOURCE_NONE &&
		    span.end != 0)
			return false;
	}
	return true;
}

/* Without the id and the slug that the path gives. */
static struct packed_head head_of(struct resource *copy)
{
	struct resource derived = { .path = copy->path };
	struct packed_head head = { .weight = copy->weight,
				    .type = (uint8_t)copy->type,
				    .status = (uint8_t)copy->status };

	resource_take_path(&derived);
	if (str_equal(derived.id, copy->id))
		copy->id.len = 0;
	if (str_equal(derived.slug, copy->slug))
		copy->slug.len = 0;
	head.flags = (uint8_t)((copy->is_reprint ? FLAG_REPRINT : 0) |
			       (copy->is_major ? FLAG_MAJOR : 0) |
			       (copy->is_pinned ? FLAG_PINNED : 0));
	for (size_t i = 0; i < STRING_COUNT; i++)
		if (string_member(copy, i)->len > 0)
			head.texts |= UINT32_C(1) << i;
	for (size_t i = 0; i < RESOURCE_MEMBER_MOMENTS; i++) {
		const struct moment *moment = resource_member_moment(copy, i);

		head.moments |= (uint16_t)(moment->is_set << i);
		head.with_time |= (uint16_t)(moment->has_time << i);
	}
	for (size_t i = 0; i < RESOURCE_MEMBER_SPANS; i++) {
		struct span span = *resource_member_span(copy, i);

		head.spans |= (uint8_t)(!is_plain_span(copy, span) << i);
		head.foreign |= (uint8_t)(is_foreign(copy, span) << i);
	}
	return head;
}

static void pack_numbers(struct buf *out, struct resource *copy,
			 const struct packed_head *head)
{
	for (size_t i = 0; i < STRING_COUNT; i++) {
		uint32_t length = (uint32_t)string_member(copy, i)->len;

		if (length > 0)
			pack_bytes(out, &length, sizeof(length));
	}
	for (size_t i = 0; i < RESOURCE_MEMBER_MOMENTS; i++) {
		const struct moment *moment = resource_member_moment(copy, i);

		if (!(head->moments & 1u << i))
			continue;
		pack_bytes(out, &moment->seconds, sizeof(moment->seconds));
		pack_bytes(out, &moment->offset, sizeof(moment->offset));
	}
	for (size_t i = 0; i < RESOURCE_MEMBER_SPANS; i++) {
		const struct span *span = resource_member_span(copy, i);

		if (!(head->spans & 1u << i))
			continue;
		pack_bytes(out, &span->start, sizeof(span->start));
		pack_bytes(out, &span->end, sizeof(span->end));
		if (head->foreign & 1u << i)
			pack_bytes(out, &span->source, sizeof(span->source));
	}
}

void resource_pack(struct buf *out, const struct resource *resource)
{
	struct resource copy = *resource;
	struct packed_head head = head_of(&copy);

	pack_bytes(out, &head, sizeof(head));
	pack_numbers(out, &copy, &head);
	for (size_t i = 0; i < STRING_COUNT; i++)
		buf_add(out, *string_member(&copy, i));
}

static bool unpack_moments(struct resource *out, const struct packed_head *head,
			   str *rest)
{
	for (size_t i = 0; head->moments >> i != 0; i++) {
		struct moment *moment = resource_member_moment(out, i);

		if (!(head->moments & 1u << i))
			continue;
		if (!unpack_bytes(&moment->seconds, sizeof(moment->seconds),
				  rest) ||
		    !unpack_bytes(&moment->offset, sizeof(moment->offset),
				  rest))
			return false;
		moment->is_set = true;
		moment->has_time = (head->with_time & 1u << i) != 0;
		if (!moment_is_valid(moment)) {
			*moment = (struct moment){ 0 };
			return false;
		}
	}
	return true;
}

static bool unpack_spans(struct resource *out, const struct packed_head *head,
			 str *rest)
{
	for (size_t i = 0; i < RESOURCE_MEMBER_SPANS; i++) {
		struct span *span = resource_member_span(out, i);

		*span = (struct span){ out->file, 0, 3 };
		if (!(head->spans & 1u << i))
			continue;
		if (!unpack_bytes(&span->start, sizeof(span->start), rest) ||
		    !unpack_bytes(&span->end, sizeof(span->end), rest))
			return false;
		if ((head->foreign & 1u << i) &&
		    !unpack_bytes(&span->source, sizeof(span->source), rest))
			return false;
	}
	return true;
}

/* Catalogues are unpacked many times over, so it asks nothing twice. */
static bool unpack_texts(struct resource *out, const struct packed_head *head,
			 str lengths, str bytes)
{
	for (size_t i = 0; head->texts >> i != 0; i++) {
		uint32_t length;

		if (!(head->texts & UINT32_C(1) << i))
			continue;
		if (!unpack_bytes(&length, sizeof(length), &lengths) ||
		    length > bytes.len)
			return false;
		*string_member(out, i) = (str){ bytes.data, length };
		bytes.data += length;
		bytes.len -= length;
	}
	return bytes.len == 0;
}

static size_t count_bits(uint32_t mask)
{
	size_t count = 0;

	for (; mask != 0; mask &= mask - 1)
		count++;
	return count;
}

/* Which string of the packed ones each is. */
static const uint8_t peeked[RESOURCE_TEXT_COUNT] = {
	[RESOURCE_REPLACED_BY] = RESOURCE_MEMBER_TEXTS - 1,
	[RESOURCE_KEYWORDS] = RESOURCE_MEMBER_TEXTS,
	[RESOURCE_ALIASES] = RESOURCE_MEMBER_TEXTS + 2,
	[RESOURCE_INTERPRETS] = RESOURCE_MEMBER_TEXTS + 3,
	[RESOURCE_REPLACES] = RESOURCE_MEMBER_TEXTS + RESOURCE_MEMBER_LISTS + 2,
	[RESOURCE_RELATED] = RESOURCE_MEMBER_TEXTS + RESOURCE_MEMBER_LISTS + 5,
	[RESOURCE_TOPIC] = 7,
	[RESOURCE_AUDIENCE] = RESOURCE_MEMBER_TEXTS + 1,
};

/* What stands between the lengths of the texts and their bytes. */
static size_t numbers_size(const struct packed_head *head)
{
	enum { MOMENT_SIZE = 12, SPAN_SIZE = 8, SOURCE_SIZE = 4 };

	return count_bits(head->moments) * MOMENT_SIZE +
	       count_bits(head->spans) * SPAN_SIZE +
	       count_bits(head->spans & head->foreign) * SOURCE_SIZE;
}

bool resource_peek(str *out, str bytes, enum resource_text text)
{
	uint32_t bit = UINT32_C(1) << peeked[text];
	struct packed_head head;
	size_t skipped = 0;
	uint32_t length = 0;
	str lengths;

	*out = STR("");
	if (!unpack_bytes(&head, sizeof(head), &bytes))
		return false;
	if (!(head.texts & bit))
		return true;
	lengths = bytes;
	for (uint32_t mask = head.texts & (2 * bit - 1); mask != 0;
	     mask &= mask - 1) {
		skipped += length;
		if (!unpack_bytes(&length, sizeof(length), &lengths))
			return false;
	}
	skipped +=
		count_bits(head.texts) * sizeof(length) + numbers_size(&head);
	if (skipped > bytes.len || length > bytes.len - skipped)
		return false;
	*out = (str){ bytes.data + skipped, length };
	return true;
}

bool resource_unpack(struct resource *out, str bytes, str path, uint32_t file)
{
	struct packed_head head;
	str lengths;
	size_t size;

	*out = (struct resource){ .path = path, .file = file };
	if (!unpack_bytes(&head, sizeof(head), &bytes) ||
	    head.texts >> STRING_COUNT != 0 ||
	    head.moments >> RESOURCE_MEMBER_MOMENTS != 0 ||
	    head.type >= RESOURCE_TYPE_LIMIT || head.status > STATUS_ARCHIVED)
		return false;
	size = count_bits(head.texts) * sizeof(uint32_t);
	if (size > bytes.len)
		return false;
	lengths = str_between(bytes, 0, size);
	bytes = str_from(bytes, size);
	resource_take_path(out);
	out->type = head.type;
	out->status = head.status;
	out->weight = head.weight;
	out->is_reprint = (head.flags & FLAG_REPRINT) != 0;
	out->is_major = (head.flags & FLAG_MAJOR) != 0;
	out->is_pinned = (head.flags & FLAG_PINNED) != 0;
	return unpack_moments(out, &head, &bytes) &&
	       unpack_spans(out, &head, &bytes) &&
	       unpack_texts(out, &head, lengths, bytes);
}

bool resource_differs_in_words(const struct resource *a,
			       const struct resource *b)
{
	struct resource one = *a;
	struct resource other = *b;
	struct arena arena;
	struct buf packed, wanted;
	bool same;

	other.title = one.title;
	other.subtitle = one.subtitle;
	other.summary = one.summary;
	other.author = one.author;
	other.source_name = one.source_name;
	other.source_url = one.source_url;
	other.doc_no = one.doc_no;
	other.region = one.region;
	resource_forget_spans(&one, one.file);
	resource_forget_spans(&other, other.file);
	arena_init(&arena);
	buf_init(&packed, &arena);
	buf_init(&wanted, &arena);
	resource_pack(&packed, &other);
	resource_pack(&wanted, &one);
	same = str_equal(buf_str(&packed), buf_str(&wanted));
	arena_release(&arena);
	return same;
}
