#include "plan/permalink.h"

#include "markup/html.h"

static void add_stem(struct buf *out, const struct resource *resource,
		     const struct column *column)
{
	struct date date = moment_date(resource->date);

	buf_add(out, column->path);
	buf_add_byte(out, '/');
	buf_add_number(out, (uint64_t)(date.year * 100 + date.month));
	buf_add_byte(out, '/');
	buf_add(out, resource->slug);
}

str permalink_path(const struct resource *resource, const struct column *column,
		   struct arena *arena)
{
	struct buf path;

	buf_init(&path, arena);
	add_stem(&path, resource, column);
	buf_add(&path, STR(".html"));
	return buf_str(&path);
}

str permalink_folder(const struct resource *resource,
		     const struct column *column, struct arena *arena)
{
	struct buf path;

	buf_init(&path, arena);
	add_stem(&path, resource, column);
	buf_add_byte(&path, '/');
	return buf_str(&path);
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
	html_escape_url(&address, without_index(path));
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
