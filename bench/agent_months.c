/* Speed of the model alone, for each scenario file given: nanoseconds for each person and month on one
   thread, that time in units of the plain model's (bench/plain.h), how much faster two threads are, and
   memory.
   usage: bench_agent_months REPLICATIONS SCENARIO...   Takes the best of three passes. */
#include <stdio.h>
#include <stdlib.h>

#include "bench/timing.h"
#include "input/load.h"

enum { PASSES = 3 };

/* Seconds on the wall for the replications on n_threads. */
static double wall(const struct ech_scenario *s, int n_replications, int n_threads)
{
    double begin = timing_wall_seconds();
#pragma omp parallel num_threads(n_threads)
    {
        struct ech_output output = timing_make_output(s);
        struct ech_run *run;
        if (ech_run_create(s, &run, NULL) != ECH_OK) {
            abort();
        }
#pragma omp for schedule(dynamic)
        for (int r = 1; r <= n_replications; r++) {
            if (ech_run_replication(run, 1, r, &output, NULL, NULL) != ECH_OK) {
                abort();
            }
        }
        ech_run_free(run);
        timing_free_output(&output);
    }
    return timing_wall_seconds() - begin;
}

static double best_wall(const struct ech_scenario *s, int n_replications, int n_threads)
{
    double best = 1e300;
    for (int pass = 0; pass < PASSES; pass++) {
        double seconds = wall(s, n_replications, n_threads);
        best = seconds < best ? seconds : best;
    }
    return best;
}

/* People on the books, in the mean over the months of a replication. */
static double mean_people(const struct ech_scenario *s)
{
    struct ech_output output = timing_make_output(s);
    struct ech_run *run;
    if (ech_run_create(s, &run, NULL) != ECH_OK ||
        ech_run_replication(run, 1, 1, &output, NULL, NULL) != ECH_OK) {
        abort();
    }
    double people = timing_person_months(s, &output) / s->n_months;
    ech_run_free(run);
    timing_free_output(&output);
    return people;
}

int main(int argc, char **argv)
{
    int n_replications = argc > 1 ? atoi(argv[1]) : 0;
    if (n_replications < 1 || argc < 3) {
        fprintf(stderr, "usage: %s REPLICATIONS SCENARIO...\n", argv[0]);
        return 2;
    }
    double plain = timing_plain_ns();
    printf("%-28s %8s %8s %10s %12s\n", "scenario", "ns each", "/ plain", "2 threads",
           "bytes each");
    printf("%-28s %8.1f %8.2f\n", "plain C", plain, 1.0);
    for (int i = 2; i < argc; i++) {
        struct ech_scenario s = {0};
        timing_load(argv[i], &s);
        double ns = timing_ns(&s, n_replications);
        double gain = best_wall(&s, n_replications, 1) / best_wall(&s, n_replications, 2);
        printf("%-28s %8.1f %8.2f %9.2fx %12.0f\n", s.name, ns, ns / plain, gain,
               (double)ech_run_bytes(&s) / mean_people(&s));
        ech_scenario_free(&s);
    }
    return 0;
}
