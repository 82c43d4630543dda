/*
 * The pages of a site for self-service machines (自助终端, article 16): kiosk/
 * with the newest of its services, news and notices, on pages of their own that
 * lead nowhere else.
 *
 * Always true: nothing below kiosk/ is anybody's address for good. A text's
 * page goes when the text is none of the newest any more.
 */
#ifndef JIYUE_PLAN_KIOSK_H
#define JIYUE_PLAN_KIOSK_H

#include "plan/page_sources.h"

enum {
	KIOSK_SERVICES = 24, /* of a column */
	KIOSK_NEWS = 12,
	KIOSK_FIRST = 6, /* of these, on the first page */
};

/* Has the column a list there? Decided by its class. */
bool kiosk_has(const struct site *site, const struct column *column);

/* How many of the column's list it shows; `list` may be one of before. */
size_t kiosk_count(const struct column *column, const struct column_list *list);

/* "kiosk/fw/grfw/index.html"; "kiosk/fw/grfw/0123456789abcdef.html" */
str kiosk_list_path(const struct column *column, struct arena *arena);
str kiosk_text_path(const struct column *column,
		    const struct resource *resource, struct arena *arena);

/* Assets named kiosk.… are for these pages alone. */
bool kiosk_wants_asset(const struct site *site, str name);

page_source source_kiosk_home;
page_source source_kiosk_lists;
page_source source_kiosk_texts;

#endif
