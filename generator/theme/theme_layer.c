/*
 * A theme names its parent, and that one its own: the chain is followed with a
 * bound, and a name that comes again is told as such. The theme in the program
 * is the last layer and always there, so every template that the program asks
 * for is found somewhere.
 */
#include "theme/theme_layer.h"

#include "base/builtin.h"

#include <stdio.h>

static size_t builtin_count(void)
{
	size_t count = 0;

	while (builtin_theme[count].path != NULL)
		count++;
	return count;
}

static bool is_builtin(const struct theme_layer *layer)
{
	return layer->folder.len == 0;
}

bool theme_builtin_source(struct source *out, uint32_t number,
			  struct arena *arena)
{
	const struct builtin_file *file;

	if (number < SOURCE_THEME || number - SOURCE_THEME >= builtin_count())
		return false;
	file = &builtin_theme[number - SOURCE_THEME];
	*out = (struct source){
		.number = number,
		.path = arena_printf(arena, "themes/default/%s (built in)",
				     file->path),
		.text = { file->data, (size_t)(file->end - file->data) },
	};
	return true;
}

str theme_file_name(const struct theme_loader *loader,
		    const struct theme_layer *layer, size_t number)
{
	if (is_builtin(layer))
		return str_from_c(builtin_theme[number].path);
	return str_from(snapshot_path(loader->options->snapshot, number),
			layer->folder.len);
}

size_t theme_find_file(const struct theme_loader *loader,
		       const struct theme_layer *layer, str name)
{
	for (size_t i = layer->first; i < layer->behind; i++)
		if (str_equal(theme_file_name(loader, layer, i), name))
			return i;
	return STR_NONE;
}

bool theme_read_file(struct source *out, struct theme_loader *loader,
		     const struct theme_layer *layer, size_t number)
{
	if (is_builtin(layer))
		return theme_builtin_source(
			out, SOURCE_THEME + (uint32_t)number, loader->arena);
	return snapshot_read_text(out, loader->options->reader, number,
				  loader->arena, loader->diags);
}

void theme_read_asset(struct theme_asset *asset,
		      const struct theme_loader *loader,
		      const struct theme_layer *layer, size_t number)
{
	if (is_builtin(layer)) {
		const struct builtin_file *file = &builtin_theme[number];

		asset->file = STR_NONE;
		asset->data =
			(str){ file->data, (size_t)(file->end - file->data) };
		asset->digest = digest_of(asset->data);
		return;
	}
	asset->file = number;
	asset->digest =
		digest_of(snapshot_blob(loader->options->snapshot, number));
}

/* --- finding them --------------------------------------------------------- */

static bool read_settings(struct theme_loader *loader,
			  struct theme_layer *layer)
{
	size_t number = theme_find_file(loader, layer, STR("theme.yaml"));
	struct source source;

	if (number == STR_NONE)
		return true;
	if (!theme_read_file(&source, loader, layer, number))
		return false;
	theme_settings_read(&layer->settings, &source, loader->arena,
			    loader->diags);
	return true;
}

static struct theme_layer *add_folder(struct theme_loader *loader, str folder)
{
	struct theme_layer *layer = &loader->layers[loader->layer_count];

	*layer = (struct theme_layer){ .folder = folder };
	snapshot_range(loader->options->snapshot, folder, &layer->first,
		       &layer->behind);
	if (layer->first == layer->behind)
		return NULL;
	loader->layer_count++;
	return layer;
}

/* The names of the folders below themes/, for a proposal. */
static str nearest_theme(const struct snapshot *snapshot, str wanted,
			 struct arena *arena)
{
	struct list names;
	str last = { "", 0 };
	size_t first;
	size_t behind;

	list_init(&names, sizeof(str));
	snapshot_range(snapshot, STR("themes/"), &first, &behind);
	for (size_t i = first; i < behind; i++) {
		str rest = str_from(snapshot_path(snapshot, i), 7);
		str name;

		if (!str_split_next(&rest, '/', &name) || str_equal(name, last))
			continue;
		last = name;
		*(str *)list_add(&names, arena) = name;
	}
	return str_nearest(wanted, names.items, names.count);
}

bool theme_is_there(const struct snapshot *snapshot, str name)
{
	char folder[SNAPSHOT_PATH_LIMIT];
	size_t first, behind;
	int length =
		snprintf(folder, sizeof(folder), "themes/%.*s/", STR_ARG(name));

	if (name.len == 0 || str_equal_c(name, "default"))
		return true;
	if (length < 0 || (size_t)length >= sizeof(folder))
		return false;
	snapshot_range(snapshot, (str){ folder, (size_t)length }, &first,
		       &behind);
	return first != behind;
}

void theme_report_missing(const struct snapshot *snapshot, str name,
			  struct span span, struct diag_list *diags)
{
	struct diag *diag = diag_error(
		diags, span, "theme-missing",
		_("there is no theme \"%.*s\": themes/%.*s/ is empty"),
		STR_ARG(name), STR_ARG(name));
	struct arena scratch;
	str nearest;

	arena_init(&scratch);
	nearest = nearest_theme(snapshot, name, &scratch);
	if (nearest.len > 0)
		diag_help(diags, diag, _("did you mean \"%.*s\"?"),
			  STR_ARG(nearest));
	arena_release(&scratch);
}

static bool was_met(const struct theme_loader *loader, str folder)
{
	for (size_t i = 0; i < loader->layer_count; i++)
		if (str_equal(loader->layers[i].folder, folder))
			return true;
	return false;
}

static bool is_theme_name(str name)
{
	return name.len > 0 && name.len <= 100 && name.data[0] != '.' &&
	       str_find_byte(name, '/') == STR_NONE;
}

/* Adds a theme and its parents, down to the one in the program. */
static bool add_themes(struct theme_loader *loader, str name)
{
	struct span span = loader->options->name_span;

	while (name.len > 0) {
		str folder = arena_join(
			loader->arena,
			(str[]){ STR("themes/"), name, STR("/") }, 3);
		struct theme_layer *layer;

		if (was_met(loader, folder) ||
		    loader->layer_count + 2 > THEME_LAYER_LIMIT) {
			diag_error(loader->diags, span, "theme-parent",
				   _("the theme \"%.*s\" is among its own "
				     "parents"),
				   STR_ARG(name));
			return false;
		}
		layer = is_theme_name(name) ? add_folder(loader, folder) : NULL;
		if (layer == NULL && str_equal_c(name, "default"))
			return true;
		if (layer == NULL) {
			theme_report_missing(loader->options->snapshot, name,
					     span, loader->diags);
			return false;
		}
		if (!read_settings(loader, layer))
			return false;
		name = layer->settings.parent;
		span = layer->settings.parent_span;
	}
	return true;
}

bool theme_find_layers(struct theme_loader *loader)
{
	str site = loader->options->site_id;
	str name = loader->options->theme_name;
	struct theme_layer *layer;

	if (site.len > 0) {
		layer = add_folder(loader,
				   arena_join(loader->arena,
					      (str[]){ STR("sites/"), site,
						       STR("/theme/") },
					      3));
		if (layer != NULL && !read_settings(loader, layer))
			return false;
	}
	if (!add_themes(loader, name.len > 0 ? name : STR("default")))
		return false;
	layer = &loader->layers[loader->layer_count++];
	*layer = (struct theme_layer){ .behind = builtin_count() };
	return read_settings(loader, layer);
}
