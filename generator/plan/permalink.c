#include "plan/permalink.h"

#include "markup/url_path.h"

/* "<column path>/<yyyymm>/<slug>" and what comes behind. */
static str join_stem(const struct resource *resource,
		     const struct column *column, str behind,
		     struct arena *arena)
{
	struct date date = moment_date(resource->date);
	int month = date.year * 100 + date.month;
	char digits[8] = "/000000/";
	const str parts[] = {
		column->path, { digits, sizeof(digits) }, resource->slug, behind
	};

	for (size_t i = 6; i > 0; i--, month /= 10)
		digits[i] = (char)('0' + month % 10);
	return arena_join(arena, parts, COUNT_OF(parts));
}

str permalink_path(const struct resource *resource, const struct column *column,
		   struct arena *arena)
{
	return join_stem(resource, column, STR(".html"), arena);
}

str permalink_folder(const struct resource *resource,
		     const struct column *column, struct arena *arena)
{
	return join_stem(resource, column, STR("/"), arena);
}

str permalink_beside(const struct resource *resource,
		     const struct column *column, const char *ending,
		     struct arena *arena)
{
	str path = permalink_path(resource, column, arena);

	return arena_printf(arena, "%.*s%s", (int)(path.len - STR("html").len),
			    path.data, ending);
}

str permalink_column_path(const struct column *column, struct arena *arena)
{
	const str parts[] = { column->path, STR("/index.html") };

	return arena_join(arena, parts, COUNT_OF(parts));
}

static str without_index(str path)
{
	str index = STR("index.html");

	if (str_equal(path, index) || str_ends_with(path, STR("/index.html")))
		path.len -= index.len;
	return path;
}

str permalink_address(str path, struct arena *arena)
{
	struct buf address;

	buf_init(&address, arena);
	buf_add_byte(&address, '/');
	url_path_encode(&address, without_index(path));
	return buf_str(&address);
}

str permalink_absolute(const struct site *site, str path, struct arena *arena)
{
	const str parts[] = { STR("https://"), site->domain,
			      permalink_address(path, arena) };

	return arena_join(arena, parts, COUNT_OF(parts));
}

str permalink_from(const struct site *from, const struct site *to, str path,
		   struct arena *arena)
{
	return from == to ? permalink_address(path, arena)
			  : permalink_absolute(to, path, arena);
}
