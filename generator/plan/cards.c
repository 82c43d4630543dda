#include "plan/cards.h"

#include "plan/page_digests.h"
#include "plan/page_sources.h"
#include "plan/permalink.h"
#include "theme/css_mirror.h"

static enum cards cards_of(const struct cluster *cluster,
			   const struct site *site)
{
	return language_is_rtl(site->language)
		       ? CARDS_NONE
		       : (enum cards)cluster->platform.cards;
}

static str path_of_column(const struct column *column, struct arena *arena)
{
	const str parts[] = { column->path, STR("/card.png") };

	return arena_join(arena, parts, COUNT_OF(parts));
}

str cards_path_for(const struct cluster *cluster, const struct site *site,
		   const struct page *page, const struct catalog *catalog,
		   struct arena *arena)
{
	enum cards cards = cards_of(cluster, site);
	struct resource resource;

	if (cards == CARDS_TEXTS && page->kind == PAGE_ARTICLE) {
		catalog_get(&resource, catalog, page->resource);
		return permalink_beside(&resource, page->column, "png", arena);
	}
	if (cards >= CARDS_COLUMNS && page->column != NULL)
		return path_of_column(page->column, arena);
	return cards >= CARDS_SITES ? STR("card.png") : STR("");
}

/* --- pages --- */

void source_cards(struct planner *planner)
{
	const struct site *site = planner->site->site;
	enum cards cards =
		cards_of(planner->options->arrangement->cluster, site);

	if (cards >= CARDS_SITES)
		planner_add(planner, PAGE_CARD, STR("card.png"));
	for (size_t i = 0; cards >= CARDS_COLUMNS && i < site->column_count;
	     i++)
		planner_add(planner, PAGE_CARD,
			    path_of_column(&site->columns[i], planner->arena))
			->column = &site->columns[i];
	if (cards == CARDS_TEXTS)
		source_beside(planner);
}

void recall_cards(struct planner *planner)
{
	if (cards_of(planner->options->arrangement->cluster,
		     planner->site->site) == CARDS_TEXTS)
		recall_beside(planner);
}

bool shows_card(const struct changed_texts *texts, const struct site_plan *site,
		const struct page *page)
{
	return page->resource != RESOURCE_NONE && shows_text(texts, site, page);
}

uint64_t digest_of_card(const struct fingerprinting *fingerprinting,
			const struct site_plan *site, const struct page *page)
{
	const struct catalog *catalog =
		fingerprinting->plan->arrangement->catalog;
	struct resource resource;
	struct digest digest = { 0 };

	digest_add(&digest, site->site->name);
	digest_add(&digest, site->site->domain);
	digest_add(&digest, site->theme->tokens_css);
	if (page->resource != RESOURCE_NONE) {
		catalog_get(&resource, catalog, page->resource);
		digest_add(&digest, resource.title);
	} else if (page->column != NULL) {
		digest_add(&digest, page->column->name);
	}
	return digest.low | 1;
}
