/*
 * Lists grow while files are added, and become arrays that end with an empty
 * row when the type is finished: whoever reads a type has no count to carry
 * about. A field that comes again replaces what is said of it and keeps its
 * place, as pages show fields in the order of the first file.
 */
#include "library/type_maker.h"

#include "library/field_check.h"

size_t type_item_count(const struct yaml_node *node)
{
	return node->kind == YAML_SEQUENCE ? node->count : 1;
}

const struct yaml_node *type_item(const struct yaml_node *node, size_t number)
{
	return node->kind == YAML_SEQUENCE ? &node->items[number] : node;
}

static void copy(struct list *out, const struct list *from, size_t item_size,
		 struct arena *arena)
{
	list_init(out, item_size);
	if (from == NULL || from->count == 0)
		return;
	list_reserve(out, from->count, arena);
	memcpy(out->items, from->items, from->count * item_size);
	out->count = from->count;
}

void type_maker_init(struct type_maker *maker, const struct type_maker *from)
{
	struct arena *arena = maker->arena;

	copy(&maker->fields, from == NULL ? NULL : &from->fields,
	     sizeof(struct field), arena);
	copy(&maker->rules, from == NULL ? NULL : &from->rules,
	     sizeof(struct field_rule), arena);
	copy(&maker->facts, from == NULL ? NULL : &from->facts,
	     sizeof(uint16_t), arena);
	copy(&maker->parts, from == NULL ? NULL : &from->parts,
	     sizeof(uint16_t), arena);
	copy(&maker->searched, from == NULL ? NULL : &from->searched,
	     sizeof(uint16_t), arena);
	copy(&maker->listed, from == NULL ? NULL : &from->listed,
	     sizeof(uint16_t), arena);
}

/* The row without key lies behind the list, not in it. */
const struct field *type_maker_table(struct type_maker *maker)
{
	list_add(&maker->fields, maker->arena);
	maker->fields.count--;
	return maker->fields.items;
}

bool type_maker_find(uint16_t *out, struct type_maker *maker,
		     const struct yaml_node *node)
{
	const struct field *table = type_maker_table(maker);
	const struct field *found = field_find(table, node->text);

	if (found == NULL) {
		field_report_unknown(table, false, node->text, node->span,
				     maker->diags);
		return false;
	}
	*out = (uint16_t)(found - table);
	return true;
}

static bool has_number(const struct list *list, uint16_t number)
{
	const uint16_t *numbers = list->items;

	for (size_t i = 0; i < list->count; i++)
		if (numbers[i] == number)
			return true;
	return false;
}

static bool add_shown(struct list *list, struct type_maker *maker,
		      const struct yaml_node *node)
{
	bool ok = true;

	for (size_t i = 0; node != NULL && i < type_item_count(node); i++) {
		uint16_t number;

		if (!type_maker_find(&number, maker, type_item(node, i)))
			ok = false;
		else if (!has_number(list, number))
			*(uint16_t *)list_add(list, maker->arena) = number;
	}
	return ok;
}

bool type_maker_add(struct type_maker *maker, const struct type_file *file)
{
	bool ok = file->fields == NULL || type_fields_add(maker, file->fields);

	/* what follows names fields: it would be wrong for want of one */
	if (!ok)
		return false;
	ok = type_rules_add(maker, FIELD_RULE_NEEDS, file->needs);
	ok &= type_rules_add(maker, FIELD_RULE_EXCLUDES, file->excludes);
	ok &= type_rules_add(maker, FIELD_RULE_ORDER, file->orders);
	ok &= add_shown(&maker->facts, maker, file->facts);
	ok &= add_shown(&maker->parts, maker, file->parts);
	ok &= add_shown(&maker->searched, maker, file->searched);
	ok &= add_shown(&maker->listed, maker, file->listed);
	return ok;
}

/* --- the finished type --- */

static void index_keys(struct resource_type *type, struct arena *arena)
{
	uint16_t *slots;
	size_t count = 64;

	while (count < type->field_count * 2)
		count *= 2;
	slots = arena_array(arena, count, sizeof(*slots));
	for (size_t i = 0; i < type->field_count; i++) {
		str key = str_from_c(type->fields[i].key);
		size_t at = (size_t)digest_hash(key) & (count - 1);

		while (slots[at] != 0)
			at = (at + 1) & (count - 1);
		slots[at] = (uint16_t)(i + 1);
	}
	type->slots = slots;
	type->slot_count = count;
}

/* From behind, so that the first of a meaning leads to the others. */
static void index_meanings(struct resource_type *type, struct arena *arena)
{
	type->same_meaning = arena_array(arena, type->field_count + 1,
					 sizeof(*type->same_meaning));
	memset(type->meanings, 0xff, sizeof(type->meanings));
	for (size_t i = type->field_count; i-- > 0;) {
		enum field_meaning meaning = type->fields[i].meaning;

		type->same_meaning[i] = type->meanings[meaning];
		if (meaning != MEANS_NOTHING)
			type->meanings[meaning] = (uint16_t)i;
	}
}

void type_maker_finish(struct resource_type *out, struct type_maker *maker)
{
	out->fields = type_maker_table(maker);
	out->field_count = maker->fields.count;
	out->rules = maker->rules.items;
	out->rule_count = maker->rules.count;
	out->facts = maker->facts.items;
	out->fact_count = maker->facts.count;
	out->parts = maker->parts.items;
	out->part_count = maker->parts.count;
	out->searched = maker->searched.items;
	out->searched_count = maker->searched.count;
	out->listed = maker->listed.items;
	out->listed_count = maker->listed.count;
	index_keys(out, maker->arena);
	index_meanings(out, maker->arena);
}
