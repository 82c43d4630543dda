#include "base/diag_levels.h"

#include "base/diag_kind.h"

void diag_levels_init(struct diag_levels *levels)
{
	*levels = (struct diag_levels){ 0 };
	list_init(&levels->units, sizeof(struct diag_unit_levels));
}

diag_word *diag_words_new(struct arena *arena)
{
	return arena_array(arena, diag_kind_count + 1, sizeof(diag_word));
}

static diag_word word_of_unit(const struct diag_levels *levels, uint16_t kind,
			      uint32_t source)
{
	const struct diag_unit_levels *units = levels->units.items;

	for (size_t i = 0; i < levels->units.count; i++)
		if (source >= units[i].first && source < units[i].behind)
			return units[i].words[kind];
	return DIAG_AS_GIVEN;
}

enum diag_level diag_levels_apply(const struct diag_levels *levels,
				  enum diag_level given, uint16_t kind,
				  uint32_t source, bool is_imported)
{
	diag_word word;

	if (levels == NULL || given == DIAG_FAILURE)
		return given;
	word = word_of_unit(levels, kind, source_file(source));
	if (word == DIAG_AS_GIVEN && is_imported && levels->imported != NULL)
		word = levels->imported[kind];
	if (word == DIAG_AS_GIVEN && levels->all != NULL)
		word = levels->all[kind];
	return word == DIAG_AS_GIVEN ? given : (enum diag_level)(word - 1);
}
