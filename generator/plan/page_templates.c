#include "plan/page_templates.h"

#include "theme/theme.h"

const char *template_of_type(const struct page *page,
			     const struct catalog *catalog,
			     const struct template_set *templates)
{
	return template_first(templates,
			      catalog_type(catalog, page->resource)->templates);
}

const char *template_of_layout(const struct page *page,
			       const struct catalog *catalog,
			       const struct template_set *templates)
{
	const char *name = page->column->template_name;

	(void)catalog;
	return template_has(templates, str_from_c(name)) ? name : NULL;
}
