#include "support/libraries.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markup/library.h"
#include "snapshot/snapshot.h"
#include "support/no_sync.h"

int set_up_libraries(void **state)
{
	struct diag_list diags;
	struct arena arena;

	(void)state;
	no_sync();
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	assert_true(snapshot_library_init(&diags));
	markup_library_init();
	arena_release(&arena);
	return 0;
}
