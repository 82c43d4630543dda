#include "audit/scanned_text.h"

#include "base/sorted.h"

void scanned_text_make(struct scanned_text *out,
		       const struct resource *resource,
		       const struct extract *extract,
		       const struct word_book *words, struct arena *arena)
{
	const str texts[][2] = {
		[SAID_TITLE] = { resource->title, { NULL, 0 } },
		[SAID_SUMMARY] = { resource->subtitle, resource->summary },
		[SAID_FIELDS] = { extract->fields, { NULL, 0 } },
		[SAID_BODY] = { extract->body, { NULL, 0 } },
		[SAID_FILES] = { extract->files, { NULL, 0 } },
	};
	size_t starts[SAID_COUNT];
	struct list hits;
	struct buf all;

	buf_init(&all, arena);
	for (size_t i = 0; i < SAID_COUNT; i++) {
		starts[i] = all.len;
		for (size_t k = 0; k < 2; k++)
			if (texts[i][k].len > 0) {
				buf_add(&all, texts[i][k]);
				buf_add_byte(&all, '\n');
			}
	}
	text_points_fold(&out->folded, buf_str(&all), arena);
	text_points_decode(&out->typed, buf_str(&all), arena);
	for (size_t i = 0; i < SAID_COUNT; i++)
		out->starts[i] = sorted_count_below(
			out->folded.places, out->folded.count, starts[i]);
	out->starts[SAID_COUNT] = out->folded.count;
	word_book_scan(&hits, words, &out->folded, arena);
	out->hits = hits.items;
	out->hit_count = hits.count;
	number_finder_scan(&hits, &out->folded, arena);
	out->numbers = hits.items;
	out->number_count = hits.count;
}

enum text_part scanned_text_part(const struct scanned_text *text, size_t point)
{
	enum text_part part = SAID_TITLE;

	while (part + 1 < SAID_COUNT && text->starts[part + 1] <= point)
		part++;
	return part;
}
