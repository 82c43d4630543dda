/* What to do about a call of the system that failed. */
#ifndef JIYUE_SYSTEM_REASON_H
#define JIYUE_SYSTEM_REASON_H

#include "base/diag.h"

/* What strerror says, in the language of messages. */
const char *reason_text(int error);

/*
 * Gives the message the help that fits the error (of errno): it names the
 * limit that was hit and the option or command that moves it. No help where
 * the reason says all there is to say.
 */
void reason_explain(struct diag_list *diags, struct diag *diag, int error);

#endif
