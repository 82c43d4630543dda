/* What must hold of the process before anything else is done. */
#ifndef JIYUE_SYSTEM_PROCESS_H
#define JIYUE_SYSTEM_PROCESS_H

#include <stdbool.h>

/*
 * Descriptors 0 to 2 are open: were one closed, the next file opened would get
 * its number, and messages would be written into that file. A pipe that nobody
 * reads and a limit on the size of files are errors of the call that meets
 * them (EPIPE, EFBIG) and not the end of the process; children can be waited
 * for. As many files may be open, and as much stack be used, as the system
 * allows. Ends the process when
 * not even /dev/null can be had.
 */
void process_prepare(void);

/* False: text within its limits could need more stack than is allowed. */
bool process_has_stack(void);

#endif
