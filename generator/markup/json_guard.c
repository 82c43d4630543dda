#include "markup/json_guard.h"

bool json_guard_allows(str text, size_t values)
{
	size_t depth = 0;
	size_t count = 0;
	bool in_text = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (in_text && c == '\\')
			i++;
		else if (c == '"')
			in_text = !in_text;
		else if (!in_text && (c == '{' || c == '['))
			depth++, count++;
		else if (!in_text && c == ',')
			count++;
		else if (!in_text && (c == '}' || c == ']') &&
			 (depth == 0 || --depth == 0))
			return true;
		if (depth > JSON_DEPTH_LIMIT || count > values)
			return false;
	}
	return true;
}
