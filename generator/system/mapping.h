/* Files that are mapped into this process by somebody who keeps the address. */
#ifndef JIYUE_SYSTEM_MAPPING_H
#define JIYUE_SYSTEM_MAPPING_H

#include <stddef.h>

/*
 * Gives back the memory that pages of the file take up in this process, where
 * it is mapped with so many bytes, shared. What is looked at again is read
 * again; nothing happens where the system does not say what is mapped.
 */
void mapping_forget(int file, size_t size);

#endif
