/* How cost grows with people, months and replications: the exponent of each, 1 where it is in proportion;
   a hidden square in people would show as 2. And how memory grows with people.
   usage: bench_scaling REPLICATIONS SCENARIO...   each of more people than the one before; the first is
   also run for more months and replications */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/timing.h"
#include "input/load.h"

enum { TIMES = 4 };

/* Seconds and people-months of a scenario. */
struct cost {
    double seconds;
    double people; /* in the mean over the months */
    double months;
    double replications;
    double bytes; /* of memory of a run */
};

static struct cost cost_of(const char *path, int n_months, int n_replications)
{
    struct ech_scenario s = {0};
    timing_load(path, &s);
    s.n_months = n_months > 0 ? n_months : s.n_months;
    struct ech_output output = timing_make_output(&s);
    struct ech_run *run;
    if (ech_run_create(&s, &run, NULL) != ECH_OK ||
        ech_run_replication(run, 1, 1, &output, NULL, NULL) != ECH_OK) {
        abort();
    }
    double person_months = timing_person_months(&s, &output);
    struct cost cost = {.people = person_months / s.n_months,
                        .months = s.n_months,
                        .replications = n_replications,
                        .bytes = (double)ech_run_bytes(&s)};
    cost.seconds = timing_ns(&s, n_replications) * 1e-9 * person_months * n_replications;
    ech_run_free(run);
    timing_free_output(&output);
    ech_scenario_free(&s);
    return cost;
}

static double exponent(double seconds, double more_seconds, double size, double more)
{
    return log(more_seconds / seconds) / log(more / size);
}

/* What is fixed is what a run without people would take, if memory grows in proportion to them. */
static void print_memory(const struct cost *first, const struct cost *larger)
{
    double each = (larger->bytes - first->bytes) / (larger->people - first->people);
    printf("%-14s %8.0f bytes for each further person, %.0f KB fixed\n", "memory", each,
           (first->bytes - each * first->people) / 1000);
}

int main(int argc, char **argv)
{
    int n_replications = argc > 1 ? atoi(argv[1]) : 0;
    if (n_replications < 1 || argc < 3) {
        fprintf(stderr, "usage: %s REPLICATIONS SCENARIO...\n", argv[0]);
        return 2;
    }
    struct cost first = cost_of(argv[2], 0, n_replications);
    struct cost longer = cost_of(argv[2], (int)first.months / TIMES, n_replications);
    struct cost more = cost_of(argv[2], 0, n_replications * TIMES);
    printf("%-14s exponent\n", "");
    printf("%-14s %8.3f\n", "months",
           exponent(longer.seconds, first.seconds, longer.months, first.months));
    printf("%-14s %8.3f\n", "replications",
           exponent(first.seconds, more.seconds, first.replications, more.replications));
    for (int i = 3; i < argc; i++) {
        struct cost larger = cost_of(argv[i], 0, n_replications);
        printf("%-14s %8.3f   %.0f people: %.1f ns, %.0f people: %.1f ns\n", "people",
               exponent(first.seconds, larger.seconds, first.people, larger.people), first.people,
               1e9 * first.seconds / (first.people * first.months * n_replications), larger.people,
               1e9 * larger.seconds / (larger.people * larger.months * n_replications));
        print_memory(&first, &larger);
    }
    return 0;
}
