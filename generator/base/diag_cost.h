/*
 * What a message costs, in a few words: what is not published as it was
 * written until the mistake is mended. It is said with every message.
 *
 * The kind says how far its mistakes reach (base/diag_kind.h); the file that
 * one stands in says whose that is: the same slip costs a resource in its text
 * and a site in its site.yaml.
 */
#ifndef JIYUE_BASE_DIAG_COST_H
#define JIYUE_BASE_DIAG_COST_H

#include "base/diag.h"

/*
 * "costs this resource", translated. `path` is that of the message, or empty;
 * NULL when it is no file of a library, so that nothing can be said.
 */
const char *diag_cost_text(const struct diag *diag, str path);

#endif
