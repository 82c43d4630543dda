/*
 * A theme as one site uses it: its templates, assets, strings and tokens, each
 * from the strongest of these places that has it:
 *
 *	sites/<id>/theme/    the site's own files
 *	themes/<name>/       its theme
 *	themes/<parent>/ …   the theme's parents (`parent:` in theme.yaml)
 *	                     the theme in the program
 *
 * In each place templates/ and assets/ are folders and theme.yaml and
 * strings.<language>.yaml settings. A template's name is its path below
 * templates/ without ".html"; one that is hidden by a stronger place can still
 * be reached as "parent/<name>".
 *
 * Every page sees, beneath its own data, three objects of the theme:
 *
 *	{{strings.home}}        a text in the site's language, or else in the
 *	                        theme's first language
 *	{{assets.style_css}}    the address of assets/style.css; what is no
 *	                        letter or digit in the name becomes _
 *	{{tokens.color_link}}   the value of the token color-link
 *
 * Page shapes must not have fields of these names.
 *
 * Always true: a loaded theme does not change and all threads share it; all
 * memory is in the arena given to theme_load.
 */
#ifndef JIYUE_THEME_THEME_H
#define JIYUE_THEME_THEME_H

#include "base/digest.h"
#include "base/map.h"
#include "snapshot/snapshot.h"
#include "theme/template.h"

/*
 * A file that every site gets beside its pages. The names of style sheets and
 * scripts hold a digest of their content, so that browsers may keep them for
 * ever; all others keep their names, so that a style sheet can refer to them
 * by a relative address.
 */
struct theme_asset {
	str name;    /* "style.css", "fonts/song.woff2" */
	str output;  /* "assets/style.3f2a9c1b.css" */
	size_t file; /* of the snapshot, or STR_NONE: the bytes are in `data` */
	str data;
	struct digest digest; /* of the content */
};

/* A kind of page: its template and what the template may ask for. */
struct theme_page {
	const char *template_name;
	const struct shape *shape;
	const char *const *names; /* or the first of these that the theme has;
				     NULL ends them */
};

struct theme_options {
	const struct snapshot *snapshot;
	struct snapshot_reader *reader;
	str site_id;			/* empty: no site's own files */
	str theme_name;			/* empty: "default" */
	struct span name_span;		/* of whoever names it; may be none */
	str language;			/* empty: the theme's first */
	const struct theme_page *pages; /* all are checked */
	size_t page_count;
	bool is_checked; /* the same files were checked before, all were good */
};

struct theme {
	bool is_usable;			/* set by the caller of theme_load */
	const struct snapshot *earlier; /* also: where its files are, when they
					   are not those of today */
	str name;
	str title;
	str language;	    /* of the strings, "zh-CN" */
	str first_language; /* of the theme: what lacks a translation */
	struct template_set *templates;
	const struct theme_asset *assets; /* sorted by name */
	size_t asset_count;
	str tokens_css;			    /* also the asset "tokens.css" */
	const struct object *base;	    /* strings, assets, tokens */
	const struct source *accessibility; /* theme/accessibility.h: the files
					       of all layers, strongest first */
	size_t accessibility_count;
	struct digest accessibility_digest;
	const struct theme_page *pages; /* those of the options */
	struct digest digest;		/* of all that is in `base` */
};

/* Every mistake of every file is recorded; false after any. */
MUST_USE bool theme_load(struct theme *out, const struct theme_options *options,
			 struct arena *arena, struct diag_list *diags);

/* Of all strings of a group of the theme ("text_file"). */
struct digest theme_strings_digest(const struct theme *theme,
				   const char *group);

/* The asset of this name, or NULL. */
const struct theme_asset *theme_find_asset(const struct theme *theme, str name);

/*
 * The source of a file of the theme in the program, whose numbers begin at
 * SOURCE_THEME; for printing messages. False when the number is none of them.
 */
#define SOURCE_THEME UINT32_C(0xa0000000)
MUST_USE bool theme_builtin_source(struct source *out, uint32_t number,
				   struct arena *arena);

/* Has the library, or the program, a theme of this name? */
bool theme_is_there(const struct snapshot *snapshot, str name);
void theme_report_missing(const struct snapshot *snapshot, str name,
			  struct span span, struct diag_list *diags);

#endif
