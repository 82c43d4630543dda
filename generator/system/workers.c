#include "system/workers.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { THREADS_LIMIT = 64 };

/*
 * The largest file that is copied, or the page of the longest text
 * (markup/markdown_guard.h), and what a thread has besides.
 */
enum { MEMORY_A_THREAD = 160 << 20 };

/* The system's own size of a stack may be a limit that somebody lowered. */
enum { STACK_SIZE = 8 << 20 };

struct crew {
	worker_job *job;
	void *context;
	size_t items;
	atomic_size_t next;
};

struct worker {
	struct crew *crew;
	size_t number;
	pthread_t thread;
	bool is_running;
};

static void *work(void *argument)
{
	struct worker *worker = argument;
	struct crew *crew = worker->crew;
	size_t item;

	while ((item = atomic_fetch_add(&crew->next, 1)) < crew->items)
		crew->job(crew->context, worker->number, item);
	return NULL;
}

static bool start(pthread_t *out, void *(*run)(void *), void *argument)
{
	pthread_attr_t attributes;
	bool ok;

	if (pthread_attr_init(&attributes) != 0)
		return false;
	ok = pthread_attr_setstacksize(&attributes, STACK_SIZE) == 0 &&
	     pthread_create(out, &attributes, run, argument) == 0;
	pthread_attr_destroy(&attributes);
	return ok;
}

void workers_run(size_t threads, size_t items, worker_job *job, void *context)
{
	struct worker workers[THREADS_LIMIT];
	struct crew crew = { .job = job, .context = context, .items = items };

	if (threads > THREADS_LIMIT)
		threads = THREADS_LIMIT;
	if (threads < 1)
		threads = 1;
	for (size_t i = 0; i < threads; i++) {
		workers[i] = (struct worker){ .crew = &crew, .number = i };
		if (i > 0)
			/* one that cannot be started is not missed: the
			 * others do its work */
			workers[i].is_running =
				start(&workers[i].thread, work, &workers[i]);
	}
	work(&workers[0]);
	for (size_t i = 1; i < threads; i++)
		if (workers[i].is_running)
			pthread_join(workers[i].thread, NULL);
}

static void *run_side_job(void *argument)
{
	struct side_job *job = argument;

	job->run(job->context);
	return NULL;
}

void side_job_begin(struct side_job *job, void (*run)(void *), void *context)
{
	*job = (struct side_job){ .run = run, .context = context };
	job->is_running = start(&job->thread, run_side_job, job);
}

void side_job_end(struct side_job *job)
{
	if (job->is_running)
		pthread_join(job->thread, NULL);
	job->is_running = false;
}

size_t workers_available(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return 1;
	return CPU_COUNT(&set) < 1 ? 1 : (size_t)CPU_COUNT(&set);
}

size_t workers_affordable(size_t threads, uint64_t memory)
{
	uint64_t most = memory / MEMORY_A_THREAD;

	if (most < 1)
		most = 1;
	return threads < most ? threads : (size_t)most;
}
