/*
 * Where the draft of a new resource goes, so that a column of its site finds
 * it: the folder whose _defaults.yaml names its type; where the resources of
 * its type lie; the folder that a column of the site selects it from; else the
 * first unit of the site. The first of these that there is counts.
 */
#ifndef JIYUE_COMMAND_NEW_FOLDER_H
#define JIYUE_COMMAND_NEW_FOLDER_H

#include "pipeline/library.h"

struct new_place {
	struct library *library;
	const struct resource_type *type;
	const struct site *site; /* has units */
	struct diag_list *diags;
	struct arena *arena;
};

/*
 * "content/szf/tzgg". False with an error that names the folders when there are
 * several to choose from.
 */
MUST_USE bool new_folder_choose(str *out, const struct new_place *place);

#endif
