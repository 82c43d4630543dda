/*
 * To count attributes one must know where a tag starts, and that depends on
 * where comments, scripts and quotes end, on which parsers disagree. So the
 * guard does not decide: any "<" before a letter may start a tag, whatever it
 * stands in, and every place the parser may be in is followed at once.
 *
 *	places[NAMES] = 3	there is a way to read the text so far that is
 *				now between attributes, having seen three
 *	places[DOUBLE] = -1	there is none that is inside "quotes"
 *
 * Each byte moves all places forward; where two ways meet, the larger number
 * stays. That is at least what any parser counts, and takes one pass.
 */
#include "markup/html_guard.h"

#include <string.h>

enum place { NAMES, BEFORE_VALUE, BARE, SINGLE, DOUBLE, PLACES };

struct ways {
	int places[PLACES]; /* attributes seen; -1: cannot be here */
};

static void arrive(struct ways *ways, enum place place, int count)
{
	if (ways->places[place] < count)
		ways->places[place] = count;
}

/* Words are counted where they end; a run of blanks ends one word. */
static void step_names(struct ways *next, int count, char c, char before)
{
	if (c == '>')
		return;
	if (c == '=')
		arrive(next, BEFORE_VALUE, count);
	else if ((byte_is_space(c) || c == '/') && !byte_is_space(before))
		arrive(next, NAMES, count + 1);
	else
		arrive(next, NAMES, count);
}

static void step_before_value(struct ways *next, int count, char c)
{
	if (c == '>')
		return;
	if (byte_is_space(c))
		arrive(next, BEFORE_VALUE, count);
	else if (c == '"')
		arrive(next, DOUBLE, count);
	else if (c == '\'')
		arrive(next, SINGLE, count);
	else
		arrive(next, BARE, count);
}

static void step_value(struct ways *next, enum place place, int count, char c)
{
	char quote = place == SINGLE ? '\'' : '"';

	if (place == BARE && c == '>')
		return;
	if (place == BARE ? byte_is_space(c) : c == quote)
		arrive(next, NAMES, count + 1);
	else
		arrive(next, place, count);
}

static struct ways step(const struct ways *ways, char c, char before)
{
	struct ways next;

	memset(&next, 0xff, sizeof(next));
	if (ways->places[NAMES] >= 0)
		step_names(&next, ways->places[NAMES], c, before);
	if (ways->places[BEFORE_VALUE] >= 0)
		step_before_value(&next, ways->places[BEFORE_VALUE], c);
	for (enum place p = BARE; p < PLACES; p++)
		if (ways->places[p] >= 0)
			step_value(&next, p, ways->places[p], c);
	return next;
}

static bool begins_name(char c)
{
	return byte_is_letter(c) || (unsigned char)c >= 0x80 || c == '_' ||
	       c == ':';
}

static bool is_over(const struct ways *ways)
{
	return ways->places[NAMES] > HTML_GUARD_ATTRIBUTES;
}

static bool is_idle(const struct ways *ways)
{
	for (enum place p = NAMES; p < PLACES; p++)
		if (ways->places[p] >= 0)
			return false;
	return true;
}

/* The only place that the parser can be in, or PLACES when there are others. */
static enum place only_place(const struct ways *ways)
{
	enum place only = PLACES;

	for (enum place p = NAMES; p < PLACES; p++)
		if (ways->places[p] >= 0 && only != PLACES)
			return PLACES;
		else if (ways->places[p] >= 0)
			only = p;
	return only;
}

/* A byte that moves nothing where the parser can be in one place: most do. */
static bool stays(enum place only, char c, char before)
{
	if (before == '<')
		return false;
	switch (only) {
	case NAMES:
		return c != '>' && c != '=' && c != '/' && !byte_is_space(c);
	case SINGLE:
		return c != '\'';
	case DOUBLE:
		return c != '"';
	default:
		return false;
	}
}

bool html_guard_attributes(str text)
{
	enum place only = PLACES;
	struct ways ways;
	bool idle = true;

	memset(&ways, 0xff, sizeof(ways));
	for (size_t i = 1; i < text.len; i++) {
		if (idle) {
			/* to the byte behind the next "<" */
			size_t open = str_find_byte(str_from(text, i - 1), '<');

			if (open == STR_NONE || i + open >= text.len)
				break;
			i += open;
		} else if (stays(only, text.data[i], text.data[i - 1])) {
			continue;
		} else {
			ways = step(&ways, text.data[i], text.data[i - 1]);
			if (is_over(&ways))
				return false;
			idle = is_idle(&ways);
		}
		if (text.data[i - 1] == '<' && begins_name(text.data[i])) {
			arrive(&ways, NAMES, 0);
			idle = false;
		}
		only = only_place(&ways);
	}
	return true;
}
