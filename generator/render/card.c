/* Cards: the title on the main colour of the theme. */
#include "picture/card.h"

#include <string.h>

#include "render/view.h"

/* The value of a custom property of tokens.css, or `usual`. */
static uint32_t token_colour(str css, const char *name, uint32_t usual)
{
	size_t at = str_find(css, str_from_c(name));
	uint32_t colour;
	str value;

	if (at == STR_NONE)
		return usual;
	value = str_from(css, at + strlen(name));
	value = str_trim(str_between(value, 0, str_find_byte(value, ';')));
	return card_colour(&colour, value) ? colour : usual;
}

bool render_card(str *out, const struct render_job *job)
{
	const struct site *site = job->site->site;
	const struct page *page = job->page;
	str css = job->site->theme->tokens_css;
	struct card card = {
		.title = site->name,
		.name = site->name,
		.ground = token_colour(css, "--main:", 0x14508f),
		.ink = token_colour(css, "--on-main:", 0xffffff),
	};

	if (page->resource != RESOURCE_NONE)
		card.title = view_resource(job, page->resource)->title;
	else if (page->column != NULL)
		card.title = page->column->name;
	else
		card.name = site->domain;
	if (card_draw(out, &card, job->arena))
		return true;
	diag_failure(job->diags, "card-draw", "%s",
		     _("the font of the cards cannot be read"));
	return false;
}
