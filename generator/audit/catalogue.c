#include "audit/catalogue.h"

#include "base/diag.h"

#define ENTRY(id, state, messages, more, title)                                \
	{ id, CATALOGUE_##state, messages, more, title },
const struct catalogue_entry catalogue[] = {
#include "audit/catalogue_rows.h"
};
#undef ENTRY

const size_t catalogue_count = COUNT_OF(catalogue);

const char *catalogue_state_name(enum catalogue_state state)
{
	static const char *const names[] = {
		[CATALOGUE_DECIDED] = N_("decided"),
		[CATALOGUE_WITH_FILE] = N_("decided with a file"),
		[CATALOGUE_HELD] = N_("every page is made so"),
		[CATALOGUE_REPORTED] = N_("counted in a report"),
		[CATALOGUE_NOT_DECIDABLE] = N_("not decidable"),
	};

	return _(names[state]);
}

bool catalogue_has(const struct catalogue_entry *entry, const char *kind)
{
	str rest = str_from_c(entry->messages);
	str id;

	while (str_split_next(&rest, ' ', &id))
		if (str_equal_c(id, kind))
			return true;
	return false;
}
