/*
 * Threads that share a row of numbered items: each takes the next number until
 * none is left.
 */
#ifndef JIYUE_SYSTEM_WORKERS_H
#define JIYUE_SYSTEM_WORKERS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void worker_job(void *context, size_t worker, size_t item);

/*
 * Calls `job` once for every item in [0, items), from up to `threads` threads
 * (numbered from 0), and returns when all are done. With one thread, or when
 * no more can be started, the caller's thread does the work.
 */
void workers_run(size_t threads, size_t items, worker_job *job, void *context);

/* One job beside what the caller does meanwhile. */
struct side_job {
	void (*run)(void *context);
	void *context;
	pthread_t thread;
	bool is_running;
};

/* Where no thread can be started, nothing is done: it must not be needed. */
void side_job_begin(struct side_job *job, void (*run)(void *), void *context);
/* Waits for it; also of one that never began ({ 0 }). */
void side_job_end(struct side_job *job);

/* Processors that this process may use; at least 1. */
size_t workers_available(void);

/*
 * Of these threads, as many as there are bytes of memory for
 * (system/memory.h); at least 1. What is made does not depend on it.
 */
size_t workers_affordable(size_t threads, uint64_t memory);

#endif
