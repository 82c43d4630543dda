/*
 * Colours of a theme: one main colour and at most two others (rules.md C.1,
 * R-PAGE-03). Greys, tints and shades are no colours of their own: what counts
 * is the hue of what is strong enough to be seen as one.
 */
#include "audit/rule.h"

rule_function rule_theme_colours;

enum {
	HUES = 360,
	NEAR = 30,	       /* degrees within which it is one colour */
	LEAST_SATURATION = 35, /* per cent; below it is a grey */
	LEAST_LIGHT = 12,      /* per cent; below it is a black */
	MOST_LIGHT = 75,       /* per cent; above it is a tint */
	COLOUR_LIMIT = 64,     /* of tokens that are looked at */
};

struct hues {
	int items[COLOUR_LIMIT];
	str names[COLOUR_LIMIT]; /* of the token that has it first */
	size_t count;
};

/* In degrees; -1: it is no colour of its own. */
static int hue_of(int red, int green, int blue)
{
	int most = red > green ? red : green;
	int least = red < green ? red : green;
	int span, light, hue;

	most = most > blue ? most : blue;
	least = least < blue ? least : blue;
	span = most - least;
	light = (most + least) * 100 / (2 * 255);
	if (span == 0 || light < LEAST_LIGHT || light > MOST_LIGHT)
		return -1;
	if (span * 100 / (light > 50 ? 2 * 255 - most - least : most + least) <
	    LEAST_SATURATION)
		return -1;
	if (most == red)
		hue = 60 * (green - blue) / span;
	else if (most == green)
		hue = 60 * (blue - red) / span + 120;
	else
		hue = 60 * (red - green) / span + 240;
	return (hue + HUES) % HUES;
}

static bool is_hex(char c)
{
	return byte_is_digit(c) || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

static bool read_pair(int *out, str text, size_t at)
{
	*out = 0;
	for (size_t i = at; i < at + 2; i++) {
		char c = str_at(text, i);

		if (byte_is_digit(c))
			*out = *out * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			*out = *out * 16 + (c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			*out = *out * 16 + (c - 'A' + 10);
		else
			return false;
	}
	return true;
}

static void add_hue(struct hues *hues, str name, int hue)
{
	for (size_t i = 0; i < hues->count; i++) {
		int apart = hue - hues->items[i];

		apart = (apart < 0 ? -apart : apart) % HUES;
		if (apart < NEAR || apart > HUES - NEAR)
			return;
	}
	if (hues->count == COLOUR_LIMIT)
		return;
	hues->names[hues->count] = name;
	hues->items[hues->count++] = hue;
}

/* "--main:#14508f" and its like in the first block: that of light pages. */
static void read_tokens(struct hues *out, str css)
{
	str block = str_between(css, 0, str_find_byte(css, '}'));
	size_t at;

	out->count = 0;
	while ((at = str_find(block, STR("--"))) != STR_NONE) {
		size_t colon;
		int red, green, blue, hue;

		block = str_from(block, at + 2);
		colon = str_find_byte(block, ':');
		if (colon == STR_NONE)
			return;
		at = colon + 1;
		while (str_at(block, at) == ' ')
			at++;
		if (str_at(block, at) != '#' ||
		    !read_pair(&red, block, at + 1) ||
		    !read_pair(&green, block, at + 3) ||
		    !read_pair(&blue, block, at + 5) ||
		    is_hex(str_at(block, at + 7)))
			continue; /* shadows let through what is below them */
		hue = hue_of(red, green, blue);
		if (hue >= 0)
			add_hue(out, str_between(block, 0, colon), hue);
	}
}

static void judge_theme(const struct rule_input *input,
			const struct site_plan *site, struct finding_log *log)
{
	uint32_t most = rule_book_limit(input->book, LIMIT_THEME_COLOURS);
	struct hues hues;
	struct buf names;

	read_tokens(&hues, site->theme->tokens_css);
	if (hues.count <= most)
		return;
	buf_init(&names, input->arena);
	for (size_t i = 0; i < hues.count; i++)
		buf_printf(&names, "%s%.*s", i > 0 ? "、" : "",
			   STR_ARG(hues.names[i]));
	diag_help(log->diags,
		  finding_add(log, site->site->domain_span,
			      _("the theme has %zu colours; %u are the most: "
				"%.*s"),
			      hues.count, most, STR_ARG(buf_str(&names))),
		  "%s",
		  _("let its tokens be one main colour, one or two others, "
		    "and greys"));
}

/* Sites that share a theme are told of it once. */
void rule_theme_colours(const struct rule_input *input, struct finding_log *log)
{
	const struct page_plan *plan = input->plan;
	struct map seen;

	map_init(&seen, input->arena);
	for (size_t i = 0; i < plan->count; i++)
		if (plan->sites[i].theme != NULL &&
		    map_add(&seen, plan->sites[i].theme->tokens_css, log))
			judge_theme(input, &plan->sites[i], log);
}
