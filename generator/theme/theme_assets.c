/*
 * The name of a style sheet or script has a digest of its bytes, so that
 * browsers can keep it for ever; pictures keep their names, since style sheets
 * name them too. What the strongest layer has covers the same name of the
 * others.
 */
#include "theme/theme_layer.h"

#include <stdlib.h>

enum { DIGEST_DIGITS = 8 };

/* Pictures are also named by style sheets; a sprite is named by templates. */
static bool is_versioned(str name)
{
	return str_ends_with(name, STR(".css")) ||
	       str_ends_with(name, STR(".js")) ||
	       str_equal(name, STR("icons.svg"));
}

/* "style.css" as "assets/style.3f2a9c1b.css". */
static str output_path(str name, struct digest digest, struct arena *arena)
{
	size_t dot = str_find_last_byte(name, '.');
	struct buf digits;

	if (!is_versioned(name))
		return arena_join(arena, (str[]){ STR("assets/"), name }, 2);
	buf_init(&digits, arena);
	digest_print(&digits, digest);
	return arena_printf(arena, "assets/%.*s.%.*s%.*s", (int)dot, name.data,
			    DIGEST_DIGITS, digits.data,
			    STR_ARG(str_from(name, dot)));
}

static void add_asset(struct list *assets, struct map *names,
		      struct theme_asset asset, struct arena *arena)
{
	if (!map_add(names, asset.name, (void *)asset.name.data))
		return;
	asset.output = output_path(asset.name, asset.digest, arena);
	*(struct theme_asset *)list_add(assets, arena) = asset;
}

/* A pointer of Git LFS is short; nothing else is read. */
static void check_pointer(struct theme_loader *loader, size_t file)
{
	enum { POINTER_LIMIT = 1024 };
	struct snapshot_reader *reader = loader->options->reader;
	size_t size;
	str bytes;

	if (snapshot_size(&size, reader, file, loader->diags) &&
	    size < POINTER_LIMIT &&
	    snapshot_read(&bytes, reader, file, loader->arena, loader->diags) &&
	    snapshot_is_lfs_pointer(bytes))
		snapshot_report_lfs((struct span){ (uint32_t)file, 0, 0 },
				    loader->diags);
}

static void check_asset(struct theme_loader *loader,
			const struct theme_layer *layer, size_t number,
			str name)
{
	struct source source;

	if (str_ends_with(name, STR(".css"))) {
		if (theme_read_file(&source, loader, layer, number))
			theme_check_css(&source, loader->diags);
	} else if (layer->folder.len > 0) {
		check_pointer(loader, number);
	}
}

static void add_layer(struct theme_loader *loader,
		      const struct theme_layer *layer, struct list *assets,
		      struct map *names)
{
	for (size_t i = layer->first; i < layer->behind; i++) {
		str name = theme_file_name(loader, layer, i);
		struct theme_asset asset = { 0 };

		if (!str_starts_with(name, STR("assets/")))
			continue;
		asset.name = str_from(name, STR("assets/").len);
		check_asset(loader, layer, i, asset.name);
		theme_read_asset(&asset, loader, layer, i);
		add_asset(assets, names, asset, loader->arena);
	}
}

static int compare(const void *left, const void *right)
{
	const struct theme_asset *a = left;
	const struct theme_asset *b = right;

	return str_compare(a->name, b->name);
}

static void add_address(struct theme_loader *loader, struct list *fields,
			struct list *values, struct map *names,
			const struct theme_asset *asset)
{
	const char *name = theme_field_name(asset->name, loader->arena);
	struct theme_asset *other = map_get(names, str_from_c(name));
	str address = arena_join(loader->arena,
				 (str[]){ STR("/"), asset->output }, 2);

	if (other != NULL) {
		diag_error(
			loader->diags,
			asset->file == STR_NONE
				? span_none()
				: (struct span){ (uint32_t)asset->file, 0, 0 },
			"theme-asset",
			_("templates cannot tell the assets \"%.*s\" and "
			  "\"%.*s\" apart: both are {{assets.%s}}"),
			STR_ARG(other->name), STR_ARG(asset->name), name);
		return;
	}
	map_add(names, str_from_c(name), (void *)asset);
	theme_add_field(fields, values, name, value_url(address),
			loader->arena);
}

const struct object *theme_make_assets(struct theme_loader *loader)
{
	struct theme *theme = loader->theme;
	struct theme_asset tokens = {
		.name = STR("tokens.css"),
		.file = STR_NONE,
		.data = theme->tokens_css,
		.digest = digest_of(theme->tokens_css),
	};
	struct list assets;
	struct list fields;
	struct list values;
	struct map names;
	struct map addresses;

	list_init(&assets, sizeof(struct theme_asset));
	list_init(&fields, sizeof(struct shape_field));
	list_init(&values, sizeof(struct value));
	map_init(&names, loader->arena);
	map_init(&addresses, loader->arena);
	add_asset(&assets, &names, tokens, loader->arena);
	for (size_t i = 0; i < loader->layer_count; i++)
		add_layer(loader, &loader->layers[i], &assets, &names);
	qsort(assets.items, assets.count, sizeof(tokens), compare);
	theme->assets = assets.items;
	theme->asset_count = assets.count;
	for (size_t i = 0; i < assets.count; i++)
		add_address(loader, &fields, &values, &addresses,
			    &theme->assets[i]);
	return theme_make_object("assets", &fields, &values, loader->arena);
}

const struct theme_asset *theme_find_asset(const struct theme *theme, str name)
{
	const struct theme_asset wanted = { .name = name };

	return bsearch(&wanted, theme->assets, theme->asset_count,
		       sizeof(wanted), compare);
}
