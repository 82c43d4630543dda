/* Which template a page of a kind is shown with, where it has a choice. */
#ifndef JIYUE_PLAN_PAGE_TEMPLATES_H
#define JIYUE_PLAN_PAGE_TEMPLATES_H

#include "plan/page.h"

/* The first that the theme has of those that the resource's type asks for. */
page_special template_of_type;

/* That of the column's layout, if the theme has it; or NULL. */
page_special template_of_layout;

#endif
