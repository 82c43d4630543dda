/*
 * What templates see: values, and the shapes that declare them.
 *
 * A shape is the list of the names an object has. Page code fills objects; the
 * template compiler checks every name in a theme against the shapes when the
 * theme loads, so that a misspelt name is an error with a line and column and
 * never an empty place in a page.
 *
 * Always true: values borrow; they live as long as the page's arena.
 */
#ifndef JIYUE_THEME_VALUE_H
#define JIYUE_THEME_VALUE_H

#include "base/date.h"
#include "base/str.h"

enum value_kind {
	VALUE_NONE, /* absent: false, prints nothing */
	VALUE_TEXT, /* escaped where it is printed */
	VALUE_HTML, /* safe markup of our own making: only {{{ }}} prints it */
	VALUE_URL,  /* an address: escaped and checked where it is printed */
	VALUE_NUMBER,
	VALUE_TRUTH,
	VALUE_MOMENT,
	VALUE_LIST,
	VALUE_OBJECT, /* the last */
};

_Static_assert(VALUE_OBJECT < 16, "sets of kinds are bits of an int");

struct object;

struct value {
	enum value_kind kind;
	union {
		str text; /* TEXT, HTML, URL */
		int64_t number;
		bool truth;
		struct moment moment;
		struct {
			const struct value *items;
			size_t count;
		} list;
		const struct object *object;
	} as;
};

struct shape;

struct shape_field {
	const char *name;
	enum value_kind kind;
	const struct shape *of; /* OBJECT, and the items of a LIST of them */
	const char *help;	/* for `jiyue theme --fields`, Chinese */
};

/*
 * `is_open` shapes (strings of a theme, `extra`) are made while running: any
 * name may be asked for.
 */
struct shape {
	const char *name;
	const struct shape_field *fields;
	size_t count;
	bool is_open;
	/* bits of fields that are the same for all pages of a site, a column */
	uint64_t of_site, of_column;
};

/* Is the field, by its place, in `of_site` or `of_column`? */
static inline bool shape_fields_have(uint64_t fields, size_t field)
{
	return field < 64 && (fields >> field & 1) != 0;
}

/* `values` has one item a field of the shape, in its order. */
struct object {
	const struct shape *shape;
	const struct value *values;
};

/* Of this name; none when there is no such field. */
struct value object_member(const struct object *object, const char *name);

struct value value_none(void);
struct value value_text(str text);
struct value value_html(str html);
struct value value_url(str url);
struct value value_number(int64_t number);
struct value value_truth(bool truth);
struct value value_moment(struct moment moment);
struct value value_list(const struct value *items, size_t count);
struct value value_object(const struct object *object);

/* Empty texts, lists, zero counts of a list, false and none are not true. */
bool value_is_true(struct value value);

#endif
