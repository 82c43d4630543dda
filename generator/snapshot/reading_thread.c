#include "snapshot/reading_thread.h"

bool reading_thread_open(struct reading_thread *thread,
			 const struct snapshot *snapshot,
			 const struct diag_list *whole)
{
	arena_init(&thread->scratch);
	arena_init(&thread->talk);
	diag_list_init_part(&thread->diags, &thread->talk, whole);
	thread->reader = snapshot_reader_open(snapshot, &thread->diags);
	return thread->reader != NULL;
}

bool reading_thread_close(struct reading_thread *thread,
			  struct diag_list *diags)
{
	bool ok = !thread->diags.failed;

	diag_merge(diags, &thread->diags);
	snapshot_reader_close(thread->reader);
	arena_release(&thread->scratch);
	arena_release(&thread->talk);
	return ok;
}
