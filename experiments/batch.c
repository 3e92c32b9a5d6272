/* Tasks are (scenario, replication). A block of replications goes through all scenarios before the
   next begins: what an interrupt leaves can be compared. Within a block tasks go scenario by
   scenario, so that a thread holds memory for one at a time. Threads simulate and fold; one at a time
   writes. No result depends on who does what when. */
#include "experiments/batch.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <omp.h>

#include "model/run.h"
#include "results/store.h"

/* What the threads share. */
struct job {
    const struct ech_batch *batch;
    const struct ech_scenario **scenarios; /* [batch->n_scenarios] by name */
    struct ech_store *store;
    long n_tasks;
    atomic_long next_task;
    atomic_int status; /* the first failure: an enum ech_status */
    struct ech_error *error;
};

/* What a thread has before it; made anew for each scenario. */
struct desk {
    int s; /* ECH_NONE: nothing */
    struct ech_run *run;
    struct ech_intake intake;
};

static void fail(struct job *job, enum ech_status status, const struct ech_error *error)
{
#pragma omp critical(ech_batch_store)
    if (job->status == ECH_OK) {
        for (int i = 0; i < error->n_problems; i++) {
            ech_fail(job->error, error->problems[i].code, error->problems[i].facts);
        }
        job->status = (int)status;
    }
}

static bool is_over(const struct job *job)
{
    return job->status != ECH_OK || (job->batch->stop && *job->batch->stop != 0);
}

static bool take_task(struct job *job, int *s, int *replication)
{
    enum { BLOCK = 16 }; /* replications; entering a scenario costs less than running it once */
    long task = job->next_task++;
    long before = task / ((long)job->batch->n_scenarios * BLOCK) * BLOCK;
    long rest = task - before * job->batch->n_scenarios;
    long left = job->batch->n_replications - before;
    long block = left < BLOCK ? left : BLOCK;
    if (task >= job->n_tasks) {
        return false;
    }
    *s = (int)(rest / block);
    *replication = (int)(before + rest % block) + 1;
    return true;
}

/* Hands the sums in and clears the desk. */
static enum ech_status leave_scenario(struct job *job, struct desk *desk, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    if (desk->s != ECH_NONE) {
        ech_intake_flush(&desk->intake);
#pragma omp critical(ech_batch_store)
        status = ech_store_merge(job->store, &desk->intake, error);
    }
    ech_run_free(desk->run);
    ech_intake_free(&desk->intake);
    *desk = (struct desk){.s = ECH_NONE};
    return status;
}

static enum ech_status enter_scenario(struct job *job, struct desk *desk, int s,
                                      struct ech_error *error)
{
    enum ech_status status = ech_run_create(job->scenarios[s], &desk->run, error);
    if (status == ECH_OK) {
        status = ech_store_intake(job->store, s, &desk->intake, error);
    }
    if (status == ECH_OK) {
        desk->s = s;
    }
    return status;
}

static enum ech_status put(struct job *job, const struct desk *desk, struct ech_error *error)
{
    const struct ech_batch *batch = job->batch;
    enum ech_status status;
#pragma omp critical(ech_batch_store)
    {
        status = ech_store_put(job->store, &desk->intake, error);
        if (status == ECH_OK && batch->progress) {
            batch->progress(batch->context, ech_store_n_done(job->store), job->n_tasks);
        }
    }
    return status;
}

static enum ech_status do_task(struct job *job, struct desk *desk, int s, int replication,
                               struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    if (desk->s != s) {
        status = leave_scenario(job, desk, error);
        if (status == ECH_OK) {
            status = enter_scenario(job, desk, s, error);
        }
    }
    if (status == ECH_OK) {
        status = ech_run_replication(desk->run, job->batch->seed, replication,
                                     ech_intake_output(&desk->intake), NULL, error);
    }
    if (status == ECH_OK) {
        ech_intake_add(&desk->intake, replication);
        status = put(job, desk, error);
    }
    return status;
}

static void work(struct job *job)
{
    struct desk desk = {.s = ECH_NONE};
    struct ech_error error = {0};
    enum ech_status status = ECH_OK;
    int s, replication;
    while (status == ECH_OK && !is_over(job) && take_task(job, &s, &replication)) {
        status = do_task(job, &desk, s, replication, &error);
    }
    if (status == ECH_OK) {
        status = leave_scenario(job, &desk, &error);
    }
    if (status != ECH_OK) {
        fail(job, status, &error);
    }
    ech_run_free(desk.run);
    ech_intake_free(&desk.intake);
    ech_error_free(&error);
}

static int by_name(const void *a, const void *b)
{
    const struct ech_scenario *const *left = a, *const *right = b;
    return strcmp((*left)->name, (*right)->name);
}

static const struct ech_scenario **sorted(const struct ech_batch *batch)
{
    const struct ech_scenario **scenarios = calloc((size_t)batch->n_scenarios, sizeof *scenarios);
    for (int s = 0; scenarios && s < batch->n_scenarios; s++) {
        scenarios[s] = &batch->scenarios[s];
    }
    if (scenarios) {
        qsort(scenarios, (size_t)batch->n_scenarios, sizeof *scenarios, by_name);
    }
    return scenarios;
}

static int n_threads(const struct job *job)
{
    long n = job->batch->n_threads > 0 ? job->batch->n_threads : omp_get_num_procs();
    return (int)(n < job->n_tasks ? n : job->n_tasks);
}

/* Completes the file, or leaves what was spared. Bad input leaves nothing. */
static enum ech_status end(struct job *job)
{
    enum ech_status status = (enum ech_status)job->status;
    if (status == ECH_USAGE) {
        ech_store_discard(job->store);
        return status;
    }
    if (status != ECH_OK) {
        ech_store_stop(job->store, NULL);
        return status;
    }
    if (ech_store_n_done(job->store) == job->n_tasks) {
        return ech_store_finish(job->store, job->error);
    }
    status = ech_store_stop(job->store, job->error);
    return status == ECH_OK ? ECH_INTERRUPTED : status;
}

static struct ech_store_plan plan_of(const struct ech_batch *batch,
                                     const struct ech_scenario *const *scenarios)
{
    return (struct ech_store_plan){.path = batch->path,
                                   .overwrite = batch->overwrite,
                                   .seed = batch->seed,
                                   .keep = batch->keep,
                                   .n_replications = batch->n_replications,
                                   .n_scenarios = batch->n_scenarios,
                                   .scenarios = scenarios};
}

double ech_batch_bytes(const struct ech_batch *batch)
{
    const struct ech_scenario **scenarios = sorted(batch);
    struct ech_store_plan plan = plan_of(batch, scenarios);
    double bytes = scenarios ? ech_store_bytes(&plan) : NAN;
    free(scenarios);
    return bytes;
}

enum ech_status ech_batch_run(const struct ech_batch *batch, struct ech_error *error)
{
    struct job job = {.batch = batch,
                      .scenarios = sorted(batch),
                      .n_tasks = (long)batch->n_scenarios * batch->n_replications,
                      .error = error};
    if (!job.scenarios) {
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("sorting scenarios", "情景排序")});
    }
    struct ech_store_plan plan = plan_of(batch, job.scenarios);
    enum ech_status status = ech_store_create(&plan, &job.store, error);
    if (status == ECH_OK) {
#pragma omp parallel num_threads(n_threads(&job))
        work(&job);
        status = end(&job);
    }
    free(job.scenarios);
    return status;
}
