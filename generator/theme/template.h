/*
 * The template language: Mustache's core, inheritance and dynamic names, no
 * lambdas; compiled once; filters and loop facts of our own. The manual is
 * tests/template/.
 *
 * Always true: a template reads nothing but its values and other templates of
 * its set, and stops at its budgets of steps, depth and bytes. A frozen set is
 * shared by all threads.
 */
#ifndef JIYUE_THEME_TEMPLATE_H
#define JIYUE_THEME_TEMPLATE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/digest.h"
#include "base/source.h"
#include "theme/value.h"

struct template_set;

/* LENIENT is the mustache suite's world: unknown names print nothing. */
enum template_mode { TEMPLATE_STRICT, TEMPLATE_LENIENT };

/*
 * Each of them ends the rendering with an error at the tag it got to. Steps
 * are nodes evaluated. What is shown may cost in proportion, what shows
 * nothing may not: so all pages of a theme together take at most `steps` for
 * each and what their bytes allow.
 */
struct template_budget {
	size_t steps;
	size_t steps_a_byte; /* of output, on top of `steps` */
	size_t depth;	     /* of templates in templates */
	size_t bytes;	     /* of output */
	/* pieces of pages before, of the same lasting values; or NULL */
	struct template_memory *memory;
};

/*
 * An empty memory for pages of a column, in this arena: see
 * theme/template_memory.h. `outer` is that of its site; NULL for the site's.
 */
struct template_memory *template_memory_new(struct template_memory *outer,
					    struct arena *arena);

struct template_set *template_set_new(enum template_mode mode,
				      struct arena *arena);

/*
 * What every template sees beneath its page's data: the theme's own strings,
 * tokens and assets. `digest` covers all that is in it.
 */
void template_set_base(struct template_set *set, const struct object *base,
		       struct digest digest);

/* What is added from now on is of a weaker layer than all before. */
void template_set_weaker(struct template_set *set);

/*
 * Compiles one template under `name`. Parse errors are recorded with their
 * place. Later ones of the same name are ignored: add the strongest first.
 * The format follows the name: "feed.xml" is XML, "robots.txt" plain text,
 * "a.json" JSON, and all others HTML.
 */
void template_add(struct template_set *set, str name,
		  const struct source *source, struct diag_list *diags);

/* Is there a template of this name? */
bool template_has(const struct template_set *set, str name);

/*
 * The name that was meant, among those with the same part before the first "-";
 * empty: none is near.
 */
str template_nearest(const struct template_set *set, str name,
		     struct arena *arena);

/*
 * The first of these names that there is a template of; the last when there is
 * none. NULL ends the names.
 */
const char *template_first(const struct template_set *set,
			   const char *const *names);

/*
 * Call once, after the last template_add and before any check or render. Finds
 * the partials and parents; in strict mode every missing one is recorded, and
 * every tag at a place of the page where its value could not be made safe.
 */
MUST_USE bool template_set_freeze(struct template_set *set,
				  struct diag_list *diags);

/*
 * Strict mode: checks that `name` and all it includes only ask for names that
 * an object of `shape` has, and print them where values of their kind may
 * stand. Every mistake is recorded with its place and the nearest name; false
 * after errors. The same mistake may be found for several shapes:
 * diag_sort() keeps one. Not to be called while another thread renders: the
 * set remembers the shape, for speed.
 *
 * A LIST field without `of` is a list of texts; an OBJECT field without `of`,
 * and whatever an open shape holds, is looked at when the page is made.
 */
MUST_USE bool template_check(struct template_set *set, str name,
			     const struct shape *shape,
			     struct diag_list *diags);

/*
 * In the place of template_check for a set that it found to be good in an
 * earlier run: the set remembers the shape and all it leads to.
 */
void template_add_shape(struct template_set *set, const struct shape *shape);

/* Renders into `out`; scratch memory comes from out->arena. */
MUST_USE bool template_render(struct buf *out, const struct template_set *set,
			      str name, const struct object *data,
			      const struct template_budget *budget,
			      struct diag_list *diags);

/* The same for data that is no object: `{{.}}` is the value itself. */
MUST_USE bool template_render_value(struct buf *out,
				    const struct template_set *set, str name,
				    struct value data,
				    const struct template_budget *budget,
				    struct diag_list *diags);

/*
 * A digest over the sources of `name`, of every template that it can reach
 * and of the base; what a page's fingerprint part `theme` is made of. It
 * walks the theme: ask once for each template, not once for each page.
 */
struct digest template_digest(const struct template_set *set, str name);

#endif
