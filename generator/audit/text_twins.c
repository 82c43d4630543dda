#include "audit/text_twins.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"

enum {
	BAND_SIZE = 16,
	BANDS = SKETCH_VALUES / BAND_SIZE,
	/* of a run of equal bands, how many each text is held against */
	NEIGHBOURS = 8,
};

struct band {
	uint64_t key;
	uint32_t rank; /* the newest has the least */
	uint32_t text;
};

struct finding_twins {
	const struct sketched_text *texts;
	const uint32_t *ranks;
	uint32_t percent;
	struct band *bands;
	struct text_twin *best; /* by text; percent 0: none */
	size_t compared;
};

/* The oldest text of a band first. */
static int compare_bands(const void *left, const void *right)
{
	const struct band *a = left;
	const struct band *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->rank < b->rank) - (a->rank > b->rank);
}

static void hold_against(struct finding_twins *work, const struct band *newer,
			 const struct band *older)
{
	struct text_twin *best = &work->best[newer->text];
	const struct sketched_text *text = &work->texts[newer->text];
	const struct sketched_text *other = &work->texts[older->text];
	uint32_t percent;

	if (best->percent > 0 && work->ranks[best->older] >= older->rank)
		return; /* an older one is known */
	work->compared++;
	percent = text_sketch_percent(&text->sketch, &other->sketch);
	if (percent >= work->percent)
		*best = (struct text_twin){ text->resource, other->resource,
					    percent };
}

/* Each against the oldest of its run, and those just before it. */
static void compare_run(struct finding_twins *work, size_t first, size_t at)
{
	size_t from = at - first > NEIGHBOURS ? at - NEIGHBOURS : first;

	hold_against(work, &work->bands[at], &work->bands[first]);
	for (; from < at; from++)
		hold_against(work, &work->bands[at], &work->bands[from]);
}

static void compare_band(struct finding_twins *work, size_t count)
{
	size_t first = 0;

	qsort(work->bands, count, sizeof(*work->bands), compare_bands);
	for (size_t i = 1; i < count; i++) {
		if (work->bands[i].key != work->bands[first].key)
			first = i;
		else
			compare_run(work, first, i);
	}
}

static size_t list_band(struct finding_twins *work, size_t band, size_t count)
{
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		const struct sketched_text *text = &work->texts[i];
		str bytes = { (const char *)text->sketch.values +
				      band * BAND_SIZE,
			      BAND_SIZE };

		if (text->is_sketched)
			work->bands[used++] =
				(struct band){ digest_hash(bytes),
					       work->ranks[text->resource],
					       (uint32_t)i };
	}
	return used;
}

static int compare_twins(const void *left, const void *right)
{
	const struct text_twin *a = left;
	const struct text_twin *b = right;

	return (a->newer > b->newer) - (a->newer < b->newer);
}

void text_twins_find(struct text_twins *out, const struct sketched_texts *texts,
		     const uint32_t *ranks, uint32_t percent,
		     struct arena *arena)
{
	size_t count = texts->count;
	struct finding_twins work = {
		.texts = texts->items,
		.ranks = ranks,
		.percent = percent == 0 ? 1 : percent,
		.bands = arena_array(arena, count + 1, sizeof(*work.bands)),
		.best = arena_array(arena, count + 1, sizeof(*work.best)),
	};
	size_t found = 0;

	for (size_t band = 0; band < BANDS; band++)
		compare_band(&work, list_band(&work, band, count));
	for (size_t i = 0; i < count; i++)
		if (work.best[i].percent > 0)
			work.best[found++] = work.best[i];
	if (found > 0)
		qsort(work.best, found, sizeof(*work.best), compare_twins);
	*out = (struct text_twins){ work.best, found, work.compared };
}
