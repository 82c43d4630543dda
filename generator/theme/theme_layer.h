/*
 * The places a theme is made of, strongest first, and their files. Private to
 * theme/theme*.c.
 */
#ifndef JIYUE_THEME_THEME_LAYER_H
#define JIYUE_THEME_THEME_LAYER_H

#include "base/list.h"
#include "markup/yaml.h"
#include "theme/theme.h"

enum {
	THEME_LAYER_LIMIT = 16,
	THEME_ASSET_READ = 1024 * 1024, /* bytes of a font or picture read */
};

/* theme.yaml of one place. */
struct theme_settings {
	str name;
	str title;
	str parent;
	struct span parent_span;
	const struct yaml_node *tokens; /* NULL: none */
	const struct yaml_node *dark;
	const str *languages;
	size_t language_count;
};

struct theme_layer {
	str folder;   /* with / at its end; empty: the program's own */
	size_t first; /* files of the snapshot, or of the built-in table */
	size_t behind;
	struct theme_settings settings;
};

struct theme_loader {
	const struct theme_options *options;
	struct arena *arena;
	struct diag_list *diags;
	struct theme_layer layers[THEME_LAYER_LIMIT];
	size_t layer_count;
	struct theme *theme;
};

/* Finds all layers and reads their settings. theme_layer.c */
MUST_USE bool theme_find_layers(struct theme_loader *loader);

/* The name of file `number` of a layer, relative to it. */
str theme_file_name(const struct theme_loader *loader,
		    const struct theme_layer *layer, size_t number);

/* Number of the file `name` in the layer, or STR_NONE. */
size_t theme_find_file(const struct theme_loader *loader,
		       const struct theme_layer *layer, str name);

/* Its text, checked. */
MUST_USE bool theme_read_file(struct source *out, struct theme_loader *loader,
			      const struct theme_layer *layer, size_t number);

/* The bytes and the digest of an asset; `data` of the program's own only. */
void theme_read_asset(struct theme_asset *asset,
		      const struct theme_loader *loader,
		      const struct theme_layer *layer, size_t number);

/* Reads one theme.yaml. theme_settings.c */
void theme_settings_read(struct theme_settings *out,
			 const struct source *source, struct arena *arena,
			 struct diag_list *diags);

/* The tokens of all layers as CSS and as an object. theme_tokens.c */
const struct object *theme_make_tokens(struct theme_loader *loader, str *css);

/* That text can be read on what it stands on. theme_contrast.c */
void theme_check_contrast(const struct theme_loader *loader);

/* The strings of all layers. theme_strings.c */
const struct object *theme_make_strings(struct theme_loader *loader);

/* The assets of all layers, and tokens.css. theme_assets.c */
const struct object *theme_make_assets(struct theme_loader *loader);

/* That a style sheet refers to nothing outside its folder. theme_css.c */
void theme_check_css(const struct source *source, struct diag_list *diags);

/* Letters and digits of `name`, all else as _. */
const char *theme_field_name(str name, struct arena *arena);

/* An object whose fields are `fields`, with `values` in their order. */
const struct object *theme_make_object(const char *name,
				       const struct list *fields,
				       const struct list *values,
				       struct arena *arena);

/* Adds a field and its value to lists of struct shape_field, struct value. */
void theme_add_field(struct list *fields, struct list *values, const char *name,
		     struct value value, struct arena *arena);

#endif
