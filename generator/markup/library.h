/* Starts and ends libxml2 once, before and after all threads. */
#ifndef JIYUE_MARKUP_LIBRARY_H
#define JIYUE_MARKUP_LIBRARY_H

void markup_library_init(void);
void markup_library_shutdown(void);

#endif
