/*
 * Text can be read on what it stands on: 4.5 : 1 (WCAG 2.2, 1.4.3); the edges
 * of fields and the ring around what has the focus can be seen: 3 : 1 (1.4.11).
 * For the pairs of tokens that themes/README.md names, in the light and the
 * dark scheme. A site that lives with less is told so, and goes on.
 */
#include "theme/theme_layer.h"

#include <math.h>

enum { TEXT = 45, LINE = 30 }; /* tenths */

static const struct {
	const char *text;
	const char *ground;
	int least;
} pairs[] = {
	{ "text", "page", TEXT },
	{ "text", "sheet", TEXT },
	{ "text", "shade", TEXT },
	{ "text-soft", "page", TEXT },
	{ "text-soft", "sheet", TEXT },
	{ "text-soft", "shade", TEXT },
	{ "main", "page", TEXT },
	{ "main", "sheet", TEXT },
	{ "main", "shade", TEXT },
	{ "main-strong", "page", TEXT },
	{ "main-strong", "sheet", TEXT },
	{ "main-strong", "shade", TEXT },
	{ "accent", "page", TEXT },
	{ "accent", "sheet", TEXT },
	{ "accent", "shade", TEXT },
	{ "good", "page", TEXT },
	{ "good", "sheet", TEXT },
	{ "good", "shade", TEXT },
	{ "main-strong", "main-soft", TEXT },
	{ "accent", "accent-soft", TEXT },
	{ "on-main", "main", TEXT },
	{ "on-bar", "bar", TEXT },
	{ "on-bar", "bar-deep", TEXT },
	{ "on-spoken", "spoken", TEXT },
	{ "line-strong", "page", LINE },
	{ "line-strong", "sheet", LINE },
	{ "line-strong", "shade", LINE },
	{ "focus", "page", LINE },
	{ "focus", "sheet", LINE },
	{ "focus", "shade", LINE },
};

/* A token as one scheme has it: of the strongest layer that has it. */
struct found_token {
	const struct yaml_pair *pair; /* NULL: no layer has it */
	size_t layer;
};

static const struct yaml_pair *pair_of(const struct yaml_node *group, str name)
{
	for (size_t i = 0; group != NULL && i < group->count; i++)
		if (str_equal(group->pairs[i].key, name))
			return &group->pairs[i];
	return NULL;
}

static struct found_token find_in(const struct theme_loader *loader, str name,
				  bool is_dark)
{
	for (size_t i = 0; i < loader->layer_count; i++) {
		const struct theme_settings *settings =
			&loader->layers[i].settings;
		const struct yaml_pair *pair = pair_of(
			is_dark ? settings->dark : settings->tokens, name);

		if (pair != NULL)
			return (struct found_token){ pair, i };
	}
	return (struct found_token){ NULL, loader->layer_count };
}

/* What no layer says of the dark scheme is as in the light one. */
static struct found_token find(const struct theme_loader *loader,
			       const char *name, bool is_dark)
{
	struct found_token found = find_in(loader, str_from_c(name), is_dark);

	return found.pair == NULL && is_dark
		       ? find_in(loader, str_from_c(name), false)
		       : found;
}

static bool digit_of(unsigned *out, char c)
{
	if (c >= '0' && c <= '9')
		*out = (unsigned)(c - '0');
	else if (c >= 'a' && c <= 'f')
		*out = (unsigned)(c - 'a') + 10;
	else if (c >= 'A' && c <= 'F')
		*out = (unsigned)(c - 'A') + 10;
	else
		return false;
	return true;
}

/* "#14508f" or "#fff"; others let through what is below, or are no colours. */
static bool luminance(double *out, str value)
{
	static const double weights[] = { 0.2126, 0.7152, 0.0722 };
	size_t width = value.len == 7 ? 2 : 1;

	*out = 0;
	if ((value.len != 7 && value.len != 4) || value.data[0] != '#')
		return false;
	for (size_t i = 0; i < COUNT_OF(weights); i++) {
		unsigned high, low;
		double part;

		if (!digit_of(&high, value.data[1 + i * width]) ||
		    !digit_of(&low, value.data[i * width + width]))
			return false;
		part = (high * 16 + low) / 255.0;
		*out += weights[i] *
			(part <= 0.03928 ? part / 12.92
					 : pow((part + 0.055) / 1.055, 2.4));
	}
	return true;
}

static bool contrast(double *out, const struct found_token *text,
		     const struct found_token *ground)
{
	double one, other;

	if (text->pair == NULL || ground->pair == NULL ||
	    text->pair->value.kind != YAML_SCALAR ||
	    ground->pair->value.kind != YAML_SCALAR ||
	    !luminance(&one, text->pair->value.text) ||
	    !luminance(&other, ground->pair->value.text))
		return false;
	*out = one > other ? (one + 0.05) / (other + 0.05)
			   : (other + 0.05) / (one + 0.05);
	return true;
}

static void tell(const struct theme_loader *loader, size_t number,
		 struct span span, bool is_dark, double found)
{
	const char *text = pairs[number].text;
	const char *ground = pairs[number].ground;
	struct diag *diag = diag_warning(
		loader->diags, span, "theme-contrast",
		is_dark ? _("in the dark scheme, “%s” on “%s” has a contrast "
			    "of %.1f : 1")
			: _("“%s” on “%s” has a contrast of %.1f : 1"),
		text, ground, found);

	diag_help(
		loader->diags, diag, "%s",
		pairs[number].least == LINE
			? _("make it at least 3 : 1, or many cannot see edges "
			    "and what has the focus; a token that is changed "
			    "needs its partner changed, too")
			: _("make it at least 4.5 : 1, or many cannot read "
			    "it; a token that is changed needs its partner "
			    "changed, too"));
}

/* Whoever changed one of the two last is told. */
static void check_pair(const struct theme_loader *loader, size_t number,
		       bool is_dark)
{
	struct found_token text = find(loader, pairs[number].text, is_dark);
	struct found_token ground = find(loader, pairs[number].ground, is_dark);
	const struct found_token *told =
		ground.layer < text.layer ? &ground : &text;
	double least = pairs[number].least / 10.0;
	double found;

	if (contrast(&found, &text, &ground) && found < least)
		tell(loader, number, told->pair->value.span, is_dark, found);
}

void theme_check_contrast(const struct theme_loader *loader)
{
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		check_pair(loader, i, false);
		check_pair(loader, i, true);
	}
}
