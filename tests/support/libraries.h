/* Set-up of programs whose tests build: for cmocka_run_group_tests. */
#ifndef JIYUE_TESTS_SUPPORT_LIBRARIES_H
#define JIYUE_TESTS_SUPPORT_LIBRARIES_H

/* The libraries are ready, and nothing that is written is waited for. */
int set_up_libraries(void **state);

#endif
