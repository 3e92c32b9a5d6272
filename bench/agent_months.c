/* Speed of the model alone: months of people simulated a second, for each scenario file given.
   usage: bench_agent_months REPLICATIONS SCENARIO...   Takes the best of three passes. */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

#include "input/load.h"
#include "model/run.h"

/* Memory for one replication's counters, as a batch would hold it. */
static struct ech_output make_output(const struct ech_scenario *s)
{
    size_t months = (size_t)s->n_months + 1;
    struct ech_layout layout = ech_measure_layout(s->n_levels);
    return (struct ech_output){
        .county = calloc(months * (size_t)(s->n_counties * layout.n), sizeof(int64_t)),
        .type = calloc(months * (size_t)(s->n_types * layout.n), sizeof(int64_t)),
        .unit = calloc(months * (size_t)(s->n_units * layout.n_unit), sizeof(int64_t))};
}

/* People on the books, both tracks, summed over months 1 ... n. */
static double agent_months(const struct ech_scenario *s, const struct ech_output *output)
{
    struct ech_layout layout = ech_measure_layout(s->n_levels);
    double sum = 0;
    for (int month = 1; month <= s->n_months; month++) {
        for (int c = 0; c < s->n_counties; c++) {
            const int64_t *row = output->county + (month * s->n_counties + c) * layout.n;
            for (int track = 0; track < ECH_N_TRACKS; track++) {
                sum += (double)row[layout.first[ECH_M_heads_TRACK] + track];
            }
        }
    }
    return sum;
}

/* Seconds for the replications on n_threads; *people is what they simulated. */
static double pass(const struct ech_scenario *s, int replications, int n_threads, double *people)
{
    double sum = 0;
    double begin = omp_get_wtime();
#pragma omp parallel num_threads(n_threads) reduction(+ : sum)
    {
        struct ech_output output = make_output(s);
        struct ech_run *run;
        if (ech_run_create(s, &run, NULL) != ECH_OK) {
            abort();
        }
#pragma omp for schedule(dynamic)
        for (int r = 1; r <= replications; r++) {
            if (ech_run_replication(run, 1, r, &output, NULL, NULL) != ECH_OK) {
                abort();
            }
            sum += agent_months(s, &output);
        }
        ech_run_free(run);
        free(output.county);
        free(output.type);
        free(output.unit);
    }
    *people = sum;
    return omp_get_wtime() - begin;
}

static double best_of_three(const struct ech_scenario *s, int replications, int n_threads,
                            double *people)
{
    double best = 1e300;
    for (int i = 0; i < 3; i++) {
        double seconds = pass(s, replications, n_threads, people);
        best = seconds < best ? seconds : best;
    }
    return best;
}

int main(int argc, char **argv)
{
    int replications = argc > 1 ? atoi(argv[1]) : 0;
    if (replications < 1 || argc < 3) {
        fprintf(stderr, "usage: %s REPLICATIONS SCENARIO...\n", argv[0]);
        return 2;
    }
    printf("%-28s %14s %12s %10s\n", "scenario", "agent-months/s", "ns each", "2 threads");
    for (int i = 2; i < argc; i++) {
        struct ech_scenario s = {0};
        struct ech_error error = {0};
        if (ech_scenario_load(argv[i], NULL, &s, &error) != ECH_OK) {
            fprintf(stderr, "%s: not loaded; `echelon check` says why\n", argv[i]);
            return 2;
        }
        double people;
        double one = best_of_three(&s, replications, 1, &people);
        double two = best_of_three(&s, replications, 2, &people);
        printf("%-28s %14.0f %12.1f %9.2fx\n", s.name, people / one, 1e9 * one / people, one / two);
        ech_scenario_free(&s);
    }
    return 0;
}
