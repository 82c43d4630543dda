#include "theme/template_folds.h"

struct template_reach template_fold_begin(struct template_folder *folder)
{
	struct template_reach before = folder->reach;

	folder->reach = (struct template_reach){ 0 };
	return before;
}

static void add_name(struct template_reach *reach, str name)
{
	for (size_t i = 0; i < reach->name_count; i++)
		if (str_equal(reach->names[i], name))
			return;
	if (reach->name_count == FOLD_NAMES_LIMIT)
		reach->has_more_names = true;
	else
		reach->names[reach->name_count++] = name;
}

void template_fold_join(struct template_reach *reach,
			const struct template_reach *more)
{
	if (more->lasting < reach->lasting)
		return;
	if (more->lasting > reach->lasting)
		*reach = (struct template_reach){ .lasting = more->lasting };
	for (size_t i = 0; i < more->name_count; i++)
		add_name(reach, more->names[i]);
	reach->has_more_names |= more->has_more_names;
}

void template_fold_end(struct template_folder *folder,
		       struct template_reach *before)
{
	template_fold_join(before, &folder->reach);
	folder->reach = *before;
}

void template_fold_read(struct template_folder *folder,
			const struct shape *shape, str name, str written)
{
	struct template_reach read = { .names = { written }, .name_count = 1 };
	size_t field = 0;

	while (field < shape->count &&
	       !str_equal_c(name, shape->fields[field].name))
		field++;
	if (shape_fields_have(shape->of_site, field))
		return;
	read.lasting = shape_fields_have(shape->of_column, field) ? LASTS_COLUMN
								  : LASTS_PAGE;
	template_fold_join(&folder->reach, &read);
}

size_t template_fold_open(struct template_folder *folder,
			  const struct template *template,
			  const struct node *node, bool is_indented)
{
	struct template_fold *fold = list_add(folder->folds, folder->arena);
	struct place place = source_place(template->source.text, node->start);

	*fold = (struct template_fold){
		.template = template->name,
		.line = place.line,
		.tag = str_between(template->source.text, node->start,
				   node->end),
		.depth = folder->depth++,
		.is_indented = is_indented,
	};
	return folder->folds->count - 1;
}

void template_fold_close(struct template_folder *folder, size_t place)
{
	struct template_fold *folds = folder->folds->items;

	folder->depth--;
	folds[place].reach = folder->reach;
	if (folder->reach.lasting == LASTS_SITE && !folds[place].is_indented)
		folder->folds->count = place + 1;
}
