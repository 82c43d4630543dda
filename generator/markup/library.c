#include "markup/library.h"

#include <libxml/parser.h>

void markup_library_init(void)
{
	xmlInitParser();
}

void markup_library_shutdown(void)
{
	xmlCleanupParser();
}
