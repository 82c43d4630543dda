/*
 * The name of a style sheet or script has a digest of its bytes, so that
 * browsers can keep it for ever; pictures keep their names, since style sheets
 * name them too. What the strongest layer has covers the same name of the
 * others.
 */
#include "theme/theme_layer.h"

#include <stdlib.h>

#include "markup/file_kind.h"
#include "markup/svg.h"
#include "theme/css_mirror.h"
#include "theme/css_pack.h"

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

static bool refuse_asset(struct theme_loader *loader, size_t number, str name,
			 const char *help)
{
	struct diag *diag = diag_error(
		loader->diags, (struct span){ (uint32_t)number, 0, 0 },
		"theme-asset-kind", _("a theme cannot have the asset “%.*s”"),
		STR_ARG(name));

	diag_help(loader->diags, diag, "%s", help);
	return false;
}

static bool check_drawing(struct theme_loader *loader, size_t number, str name,
			  str bytes)
{
	struct svg_report report;
	struct arena scratch;
	bool ok;
	str cleaned;

	arena_init(&scratch);
	ok = svg_clean(&cleaned, &report, bytes, &scratch);
	if (!ok)
		refuse_asset(loader, number, name,
			     _("it is no well-formed SVG; save it once more"));
	else if (report.kinds > 0)
		ok = refuse_asset(
			loader, number, name,
			arena_printf(loader->diags->arena,
				     _("drawings of a theme are static; take "
				       "out of it: %.*s"),
				     STR_ARG(report.removed))
				.data);
	arena_release(&scratch);
	return ok;
}

/*
 * Every site loads its theme, so that a large font or picture is not unpacked
 * for its first bytes: with its own type and “nosniff” nobody runs it.
 */
static bool check_bytes(struct theme_loader *loader, size_t number, str name,
			enum file_look look)
{
	struct snapshot_reader *reader = loader->options->reader;
	size_t size;
	str bytes;

	if (!snapshot_size(&size, reader, number, loader->diags))
		return false;
	if (look < LOOK_TEXT && size > THEME_ASSET_READ)
		return true;
	if (!snapshot_read(&bytes, reader, number, loader->arena,
			   loader->diags))
		return false;
	if (!snapshot_is_file(number, bytes, loader->diags))
		return false;
	if (!file_bytes_fit(look, str_between(bytes, 0, FILE_HEAD)))
		return bytes.len == 0 ||
		       refuse_asset(loader, number, name,
				    _("its bytes are not what its extension "
				      "says; save it once more, or rename "
				      "it"));
	return look != LOOK_SVG || check_drawing(loader, number, name, bytes);
}

static const char *help_for_name(enum file_name why)
{
	switch (why) {
	case FILE_NAME_SETTINGS:
		return _("servers are set up by their operators, not by files "
			 "of a theme");
	case FILE_NAME_SERVED:
	case FILE_NAME_INSIDE:
		return _("servers go by any extension in a name; leave only "
			 "the one of its kind");
	default:
		return _("themes have css, js, json, webmanifest, txt, fonts "
			 "(woff2, woff, ttf, otf) and pictures (svg, png, "
			 "jpg, gif, webp, avif, ico); take it out of assets/");
	}
}

/* What Git itself needs to keep a folder. */
static bool is_of_git(str name)
{
	str last = str_file_name(name);

	return str_equal(last, STR(".gitkeep")) ||
	       str_equal(last, STR(".gitignore")) ||
	       str_equal(last, STR(".gitattributes"));
}

/* False: it is not published. Those of the program are ours. */
static bool check_asset(struct theme_loader *loader,
			const struct theme_layer *layer, size_t number,
			str name)
{
	struct file_kind kind;
	struct source source;
	enum file_name why;

	if (layer->folder.len == 0)
		return true;
	if (is_of_git(name))
		return false;
	why = file_name_judge_asset(&kind, name);
	if (why != FILE_NAME_FITS)
		return refuse_asset(loader, number, name, help_for_name(why));
	if (!check_bytes(loader, number, name, kind.look))
		return false;
	if (str_equal_c(str_from_c(kind.extension), "css") &&
	    theme_read_file(&source, loader, layer, number))
		theme_check_css(&source, loader->diags);
	return true;
}

/* Right-to-left languages have every style sheet the other way round. */
static void pack_asset(struct theme_asset *asset, struct theme_loader *loader,
		       const struct theme_layer *layer, size_t number)
{
	struct source source;

	if (!str_ends_with(asset->name, STR(".css")) ||
	    !theme_read_file(&source, loader, layer, number))
		return;
	asset->file = STR_NONE;
	asset->data = css_pack(source.text, loader->arena);
	if (language_is_rtl(loader->theme->language))
		asset->data = css_mirror(asset->data, loader->arena);
	asset->digest = digest_of(asset->data);
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
		if (!check_asset(loader, layer, i, asset.name))
			continue;
		theme_read_asset(&asset, loader, layer, i);
		pack_asset(&asset, loader, layer, i);
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
