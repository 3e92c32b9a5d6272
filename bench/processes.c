/* What each process of the month costs: nanoseconds for each person and month, and its share. Every
   step of every month is timed in three passes over the same replications, and the fastest counts, so
   that an interruption is no cost.
   usage: bench_processes REPLICATIONS SCENARIO... */
#include <stdio.h>
#include <stdlib.h>

#include "bench/timing.h"
#include "input/load.h"
#include "model/state.h"

enum { PASSES = 3, MOST_PROCESSES = 64 };

/* Times of one pass; `best` of all passes: [n] steps in the order in which they are taken. */
struct watch {
    double last;
    float *best;
    int n;
    int capacity;
    const char *names[MOST_PROCESSES]; /* "start", then the table of the month */
    int n_names;
};

static int row_of(struct watch *watch, const char *name)
{
    int row = 0;
    while (row < watch->n_names && watch->names[row] != name) {
        row++;
    }
    if (row == watch->n_names && row < MOST_PROCESSES) {
        watch->names[watch->n_names++] = name;
    }
    return row;
}

static void note(const struct ech_run *run, const char *process, void *context)
{
    struct watch *watch = context;
    double now = timing_wall_seconds();
    (void)run;
    (void)row_of(watch, process);
    if (watch->n < watch->capacity) {
        float spent = (float)(now - watch->last);
        float *best = &watch->best[watch->n++];
        *best = spent < *best ? spent : *best;
    }
    watch->last = timing_wall_seconds();
}

/* What reading the clock adds to each step. */
static double cost_of_clock(void)
{
    double best = 1;
    for (int i = 0; i < 1000; i++) {
        double begin = timing_wall_seconds();
        double spent = timing_wall_seconds() - begin;
        best = spent < best ? spent : best;
    }
    return best;
}

static double pass(struct ech_run *run, const struct ech_scenario *s, int n_replications,
                   struct watch *watch)
{
    struct ech_output output = timing_make_output(s);
    double people = 0;
    watch->n = 0;
    for (int r = 1; r <= n_replications; r++) {
        watch->last = timing_wall_seconds();
        if (ech_run_replication(run, 1, r, &output, NULL, NULL) != ECH_OK) {
            abort();
        }
        people += timing_person_months(s, &output);
    }
    timing_free_output(&output);
    return people;
}

/* Steps come as "start", then the table of the month over and over, for each county and replication. */
static void print(const struct ech_scenario *s, const struct watch *watch, double people)
{
    double sums[MOST_PROCESSES] = {0};
    double clock = cost_of_clock();
    double total = 0;
    int n_steps = 1 + s->n_months * (watch->n_names - 1);
    for (int i = 0; i < watch->n; i++) {
        int step = i % n_steps;
        int row = step == 0 ? 0 : 1 + (step - 1) % (watch->n_names - 1);
        double spent = watch->best[i] > clock ? watch->best[i] - clock : 0;
        sums[row] += spent;
        total += spent;
    }
    printf("%s: %.1f ns for each person and month\n", s->name, 1e9 * total / people);
    for (int row = 0; row < watch->n_names; row++) {
        printf("  %-20s %8.2f %6.1f %%\n", watch->names[row], 1e9 * sums[row] / people,
               100 * sums[row] / total);
    }
}

static void measure(const struct ech_scenario *s, int n_replications)
{
    struct watch watch = {.capacity =
                              n_replications * s->n_counties * (1 + s->n_months * MOST_PROCESSES)};
    struct ech_run *run;
    double people = 0;
    watch.best = malloc((size_t)watch.capacity * sizeof *watch.best);
    if (watch.best == NULL || ech_run_create(s, &run, NULL) != ECH_OK) {
        abort();
    }
    for (int i = 0; i < watch.capacity; i++) {
        watch.best[i] = 1;
    }
    ech_run_set_check(run, note, &watch);
    for (int i = 0; i < PASSES; i++) {
        people = pass(run, s, n_replications, &watch);
    }
    print(s, &watch, people);
    ech_run_free(run);
    free(watch.best);
}

int main(int argc, char **argv)
{
    int n_replications = argc > 1 ? atoi(argv[1]) : 0;
    if (n_replications < 1 || argc < 3) {
        fprintf(stderr, "usage: %s REPLICATIONS SCENARIO...\n", argv[0]);
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        struct ech_scenario s = {0};
        timing_load(argv[i], &s);
        measure(&s, n_replications);
        ech_scenario_free(&s);
    }
    return 0;
}
