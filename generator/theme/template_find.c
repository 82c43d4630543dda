/*
 * What a name in a template means: the nearest scope that has the first part of
 * a path, and from there its other parts.
 *
 * It is asked for once a tag of every page, so nothing is compared where a
 * shape is known: its index gives the field of a name's id. On the way it is
 * noted whether the value is that of the page alone, of its column or of the
 * whole site, as long lasts what is made of it (theme/template_memory.h).
 */
#include "theme/template_evaluator.h"

#include "theme/template_print.h"

enum { NAME_LIMIT = 200 /* names looked at for a proposal */ };

static size_t field_of_name(const struct object *object,
			    const uint16_t *field_of, const struct name *name)
{
	const struct shape *shape = object->shape;

	if (field_of != NULL)
		return field_of[name->id] == 0 ? STR_NONE
					       : (size_t)field_of[name->id] - 1;
	for (size_t i = 0; i < shape->count; i++)
		if (str_equal_c(name->text, shape->fields[i].name))
			return i;
	return STR_NONE;
}

static const struct object *object_of(struct value value)
{
	return value.kind == VALUE_OBJECT ? value.as.object : NULL;
}

struct scope evaluator_scope(const struct evaluator *evaluator,
			     const struct scope *outer, struct value value)
{
	const struct object *object = object_of(value);

	return (struct scope){
		.outer = outer,
		.object = object,
		.value = value,
		.field_of = object == NULL ? NULL
					   : template_shape(evaluator->set,
							    object->shape),
	};
}

/* A look at the page: what is made of it lasts as long as what was seen. */
static void note_read(struct evaluator *evaluator, const struct scope *scope,
		      size_t field)
{
	const struct shape *shape;

	if (scope != evaluator->page || scope->object == NULL)
		return;
	shape = scope->object->shape;
	evaluator->column_reads += !shape_fields_have(shape->of_site, field);
	evaluator->page_reads += !shape_fields_have(shape->of_column, field);
}

static bool find_first(struct value *out, struct evaluator *evaluator,
		       const struct scope *scope, const struct name *name,
		       bool *is_open)
{
	for (; scope != NULL; scope = scope->outer) {
		size_t field;

		if (scope->object == NULL)
			continue;
		field = field_of_name(scope->object, scope->field_of, name);
		if (field != STR_NONE) {
			note_read(evaluator, scope, field);
			*out = scope->object->values[field];
			return true;
		}
		*is_open |= scope->object->shape->is_open;
	}
	return false;
}

/* The checker finds these, except in templates that are chosen by name. */
static bool unknown(struct evaluator *evaluator,
		    const struct eval_position *position,
		    const struct node *node, size_t number)
{
	str names[NAME_LIMIT];
	size_t count = 0;

	if (evaluator->set->mode == TEMPLATE_LENIENT)
		return true;
	for (const struct scope *scope = position->scope;
	     scope != NULL && number == 0; scope = scope->outer)
		for (size_t i = 0;
		     scope->object != NULL && i < scope->object->shape->count &&
		     count < NAME_LIMIT;
		     i++)
			names[count++] = str_from_c(
				scope->object->shape->fields[i].name);
	template_report_unknown(position->template,
				template_path_part(node, number), names, count,
				evaluator->diags);
	return false;
}

static bool find_fact(struct value *out, struct evaluator *evaluator,
		      const struct eval_position *position,
		      const struct node *node)
{
	const struct scope *scope = position->scope;

	while (scope != NULL && scope->length == 0)
		scope = scope->outer;
	if (scope == NULL)
		return unknown(evaluator, position, node, 0);
	switch (node->path.fact) {
	case LOOP_FIRST:
		*out = value_truth(scope->index == 0);
		break;
	case LOOP_LAST:
		*out = value_truth(scope->index + 1 == scope->length);
		break;
	case LOOP_INDEX:
		*out = value_number((int64_t)scope->index + 1);
		break;
	default:
		*out = value_number((int64_t)scope->length);
		break;
	}
	return true;
}

static bool find_rest(struct value *out, struct evaluator *evaluator,
		      const struct eval_position *position,
		      const struct node *node)
{
	const struct path *path = &node->path;

	for (size_t i = 1; i < path->count; i++) {
		const struct object *object = object_of(*out);
		enum value_kind kind = out->kind;
		size_t field;

		*out = value_none();
		if (object == NULL)
			return kind == VALUE_NONE || kind == VALUE_OBJECT ||
			       unknown(evaluator, position, node, i);
		field = field_of_name(
			object, template_shape(evaluator->set, object->shape),
			path->parts[i]);
		if (field == STR_NONE)
			return object->shape->is_open ||
			       unknown(evaluator, position, node, i);
		*out = object->values[field];
	}
	return true;
}

/* False after an error only; what is absent is VALUE_NONE. */
bool evaluator_path(struct value *out, struct evaluator *evaluator,
		    const struct eval_position *position,
		    const struct node *node)
{
	const struct path *path = &node->path;
	bool is_open = false;

	*out = value_none();
	if (path->fact != LOOP_NONE)
		return find_fact(out, evaluator, position, node);
	if (path->count == 0) {
		note_read(evaluator, position->scope, STR_NONE);
		*out = position->scope->value;
		return true;
	}
	if (!find_first(out, evaluator, position->scope, path->parts[0],
			&is_open))
		return is_open || unknown(evaluator, position, node, 0);
	return path->count == 1 || find_rest(out, evaluator, position, node);
}

/* What the tag's name and its filters give. */
bool evaluator_value(struct value *out, struct evaluator *evaluator,
		     const struct eval_position *position,
		     const struct node *node)
{
	if (!evaluator_path(out, evaluator, position, node))
		return false;
	for (size_t i = 0; i < node->filter_count; i++)
		*out = filter_apply(&node->filters[i], *out,
				    evaluator->out->arena);
	return true;
}
