#include "library/resource_type.h"

void type_set_add(struct type_set *set, uint32_t type)
{
	set->words[type / 64] |= UINT64_C(1) << type % 64;
}

bool type_set_has(const struct type_set *set, uint32_t type)
{
	return (set->words[type / 64] >> type % 64 & 1) != 0;
}

bool type_set_is_empty(const struct type_set *set)
{
	for (size_t i = 0; i < COUNT_OF(set->words); i++)
		if (set->words[i] != 0)
			return false;
	return true;
}

uint16_t resource_type_field(const struct resource_type *type, str key)
{
	size_t mask = type->slot_count - 1;
	size_t at = (size_t)digest_hash(key) & mask;

	for (; type->slots[at] != 0; at = (at + 1) & mask) {
		uint16_t number = (uint16_t)(type->slots[at] - 1);

		if (str_equal_c(key, type->fields[number].key))
			return number;
	}
	return FIELD_NONE;
}

bool resource_type_means(const struct resource_type *type,
			 enum field_meaning meaning)
{
	return type->meanings[meaning] != FIELD_NONE;
}
