#include "markup/host_name.h"

#include <idn2.h>

#include "base/arena.h"

bool host_name_encode(str *out, const char **reason, str name,
		      struct arena *arena)
{
	char *encoded = NULL;
	int code = idn2_to_ascii_8z(arena_c_string(arena, name), &encoded,
				    IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);

	*reason = idn2_strerror(code);
	if (code != IDN2_OK)
		return false;
	*out = arena_copy(arena, str_from_c(encoded));
	idn2_free(encoded);
	return true;
}
