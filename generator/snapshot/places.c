#include <stdlib.h>

#include "snapshot/gitdir.h"
#include "snapshot/snapshot.h"

static void add(struct list *out, const char *path, struct arena *arena)
{
	*(const char **)list_add(out, arena) = path;
}

/* What is wrong with a repository is told by whoever opens it. */
void snapshot_places(struct list *out, const char *directory,
		     struct arena *arena)
{
	char *real = realpath(directory, NULL);
	struct gitdir_objects objects;
	struct diag_list ignored;
	struct gitdir gitdir;

	diag_list_init(&ignored, arena);
	if (real == NULL ||
	    !gitdir_find(&gitdir, real, directory, arena, &ignored))
		goto done;
	add(out, gitdir.path, arena);
	add(out, gitdir.common, arena);
	/* which may be links, to another disk for example */
	add(out, arena_printf(arena, "%s/objects", gitdir.common).data, arena);
	if (gitdir.top != NULL) /* a file in a linked work tree */
		add(out, arena_printf(arena, "%s/.git", gitdir.top).data,
		    arena);
	if (!gitdir_check(&objects, &gitdir, arena, &ignored))
		goto done;
	for (size_t i = 0; i < objects.stores.count; i++)
		add(out, ((const char **)objects.stores.items)[i], arena);
done:
	free(real);
}
