/*
 * Addresses. A resource has one: on its owner's site, below its canonical
 * column, /<column path>/<yyyymm>/<slug>.html (design.md 2).
 *
 * Paths are raw UTF-8 below a document root; addresses are percent-encoded,
 * root-relative on the own site and absolute on others.
 */
#ifndef JIYUE_PLAN_PERMALINK_H
#define JIYUE_PLAN_PERMALINK_H

#include "site/arrange.h"

/* "jyxw/202603/x.html" below the given column. */
str permalink_path(const struct resource *resource, const struct column *column,
		   struct arena *arena);

/* "jyxw/202603/x/" : where the files beside an index.md go. */
str permalink_folder(const struct resource *resource,
		     const struct column *column, struct arena *arena);

/* "jyxw/202603/x.txt": beside the page. */
str permalink_beside(const struct resource *resource,
		     const struct column *column, const char *ending,
		     struct arena *arena);

str permalink_column_path(const struct column *column, struct arena *arena);

/* "/…", percent-encoded; index.html is left out. */
str permalink_address(str path, struct arena *arena);

/* "https://domain/…" */
str permalink_absolute(const struct site *site, str path, struct arena *arena);

/* As seen from a page of `from`: root-relative on the same site. */
str permalink_from(const struct site *from, const struct site *to, str path,
		   struct arena *arena);

#endif
