/*
 * Layers are gone through from the strongest on, and the first that has a name
 * keeps it; what it covers stays within reach as "parent/…". All files are
 * read before it is said whether the theme can be used, so that every mistake
 * is told at once.
 */
#include "theme/theme.h"

#include "theme/accessibility.h"
#include "theme/theme_layer.h"

const char *theme_field_name(str name, struct arena *arena)
{
	char *field = arena_c_string(arena, name);

	for (size_t i = 0; i < name.len; i++) {
		char c = field[i];

		if (!(byte_is_letter(c) || byte_is_digit(c)))
			field[i] = '_';
	}
	return field;
}

void theme_add_field(struct list *fields, struct list *values, const char *name,
		     struct value value, struct arena *arena)
{
	struct shape_field *field = list_add(fields, arena);

	field->name = name;
	field->kind = value.kind;
	if (value.kind == VALUE_OBJECT)
		field->of = value.as.object->shape;
	*(struct value *)list_add(values, arena) = value;
}

const struct object *theme_make_object(const char *name,
				       const struct list *fields,
				       const struct list *values,
				       struct arena *arena)
{
	struct shape *shape = arena_alloc(arena, sizeof(*shape));
	struct object *object = arena_alloc(arena, sizeof(*object));

	*shape = (struct shape){ .name = name,
				 .fields = fields->items,
				 .count = fields->count };
	*object = (struct object){ shape, values->items };
	return object;
}

static struct digest object_digest(const struct object *object)
{
	struct digest digest = digest_of(str_from_c(object->shape->name));

	for (size_t i = 0; i < object->shape->count; i++) {
		struct value value = object->values[i];

		digest_add(&digest, str_from_c(object->shape->fields[i].name));
		if (value.kind == VALUE_OBJECT)
			digest_add_digest(&digest,
					  object_digest(value.as.object));
		else
			digest_add(&digest, value.as.text);
	}
	return digest;
}

static void make_base(struct theme_loader *loader)
{
	struct theme *theme = loader->theme;
	struct list fields;
	struct list values;

	list_init(&fields, sizeof(struct shape_field));
	list_init(&values, sizeof(struct value));
	theme_add_field(
		&fields, &values, "tokens",
		value_object(theme_make_tokens(loader, &theme->tokens_css)),
		loader->arena);
	theme_add_field(&fields, &values, "strings",
			value_object(theme_make_strings(loader)),
			loader->arena);
	theme_add_field(&fields, &values, "assets",
			value_object(theme_make_assets(loader)), loader->arena);
	theme->base =
		theme_make_object("theme", &fields, &values, loader->arena);
	theme->digest = object_digest(theme->base);
}

struct digest theme_strings_digest(const struct theme *theme, const char *group)
{
	struct value found = object_member(theme->base, "strings");

	if (found.kind == VALUE_OBJECT)
		found = object_member(found.as.object, group);
	return found.kind == VALUE_OBJECT ? object_digest(found.as.object)
					  : (struct digest){ 0 };
}

static str template_name(str file)
{
	str name = str_from(file, STR("templates/").len);

	if (str_ends_with(name, STR(".html")))
		name.len -= STR(".html").len;
	return name;
}

/* What a stronger layer has already stays within reach as "parent/…". */
static void add_template(struct theme_loader *loader,
			 const struct theme_layer *layer, size_t number)
{
	struct template_set *set = loader->theme->templates;
	str name = template_name(theme_file_name(loader, layer, number));
	struct source source;

	if (template_has(set, name))
		name = arena_join(loader->arena,
				  (str[]){ STR("parent/"), name }, 2);
	if (!template_has(set, name) &&
	    theme_read_file(&source, loader, layer, number))
		template_add(set, name, &source, loader->diags);
}

static void add_templates(struct theme_loader *loader)
{
	for (size_t i = 0; i < loader->layer_count; i++) {
		const struct theme_layer *layer = &loader->layers[i];

		for (size_t j = layer->first; j < layer->behind; j++)
			if (str_starts_with(theme_file_name(loader, layer, j),
					    STR("templates/")))
				add_template(loader, layer, j);
		template_set_weaker(loader->theme->templates);
	}
}

static void check_page(struct theme_loader *loader,
		       const struct theme_page *page)
{
	const char *wanted =
		page->names == NULL
			? page->template_name
			: template_first(loader->theme->templates, page->names);
	str name = str_from_c(wanted);
	bool is_good;

	if (loader->options->is_checked) {
		template_add_shape(loader->theme->templates, page->shape);
		return;
	}
	if (template_has(loader->theme->templates, name)) {
		is_good = template_check(loader->theme->templates, name,
					 page->shape, loader->diags);
		(void)is_good; /* the caller counts the errors */
		return;
	}
	diag_help(loader->diags,
		  diag_error(loader->diags, span_none(), "theme-template",
			     _("the theme \"%.*s\" has no template \"%s\""),
			     STR_ARG(loader->theme->name), wanted),
		  _("add templates/%s.html to it"), wanted);
}

/* Its rows are read when a page shows them; here, for what is wrong. */
static void add_accessibility(struct theme_loader *loader)
{
	struct theme *theme = loader->theme;
	struct source *sources = arena_array(loader->arena, loader->layer_count,
					     sizeof(*sources));
	struct digest digest = digest_of(theme->first_language);
	struct accessibility rows;
	bool is_good;

	theme->accessibility = sources;
	for (size_t i = 0; i < loader->layer_count; i++) {
		const struct theme_layer *layer = &loader->layers[i];
		size_t number = theme_find_file(loader, layer,
						STR("accessibility.yaml"));
		struct source *source = &sources[theme->accessibility_count];

		if (number == STR_NONE ||
		    !theme_read_file(source, loader, layer, number))
			continue;
		theme->accessibility_count++;
		digest_add(&digest, source->text);
	}
	theme->accessibility_digest = digest;
	if (loader->options->is_checked)
		return;
	is_good =
		accessibility_read(&rows, theme, loader->arena, loader->diags);
	(void)is_good; /* the caller counts the errors */
}

static void name_theme(struct theme_loader *loader)
{
	struct theme *theme = loader->theme;
	str asked = loader->options->theme_name;

	theme->name = asked.len > 0 ? asked : STR("default");
	for (size_t i = 0; i < loader->layer_count; i++)
		if (theme->title.len == 0)
			theme->title = loader->layers[i].settings.title;
}

bool theme_load(struct theme *out, const struct theme_options *options,
		struct arena *arena, struct diag_list *diags)
{
	struct theme_loader loader = {
		.options = options,
		.arena = arena,
		.diags = diags,
		.theme = out,
	};
	size_t errors = diags->error_count;

	*out = (struct theme){ .pages = options->pages };
	if (!theme_find_layers(&loader))
		return false;
	name_theme(&loader);
	make_base(&loader);
	add_accessibility(&loader);
	out->templates = template_set_new(TEMPLATE_STRICT, arena);
	template_set_base(out->templates, out->base, out->digest);
	add_templates(&loader);
	if (!template_set_freeze(out->templates, diags))
		return false;
	for (size_t i = 0; i < options->page_count; i++)
		check_page(&loader, &options->pages[i]);
	return diags->error_count == errors;
}
