/*
 * Which pages have a card (picture/card.h), and where it stands: a site's at
 * /card.png, a column's in its folder, a text's beside its page. A site that
 * is written from right to left has none: its letters are joined, which takes
 * more than one letter after the other.
 */
#ifndef JIYUE_PLAN_CARDS_H
#define JIYUE_PLAN_CARDS_H

#include "plan/page_plan.h"

/* The path of the card that a page shows, or empty. */
str cards_path_for(const struct cluster *cluster, const struct site *site,
		   const struct page *page, const struct catalog *catalog,
		   struct arena *arena);

page_source source_cards;
page_source recall_cards; /* those of texts that changed */
page_digest digest_of_card;
page_shows shows_card;

#endif
