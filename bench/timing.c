#include "bench/timing.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench/plain.h"
#include "input/load.h"

enum { PASSES = 3, PLAIN_PEOPLE = 8000, PLAIN_MONTHS = 240 };

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double timing_thread_seconds(void)
{
    return seconds_of(CLOCK_THREAD_CPUTIME_ID);
}

double timing_wall_seconds(void)
{
    return seconds_of(CLOCK_MONOTONIC);
}

struct ech_output timing_make_output(const struct ech_scenario *scenario)
{
    size_t months = (size_t)scenario->n_months + 1;
    struct ech_layout layout = ech_measure_layout(scenario->n_levels);
    struct ech_output output = {
        .county = calloc(months * (size_t)(scenario->n_counties * layout.n), sizeof(int64_t)),
        .type = calloc(months * (size_t)(scenario->n_types * layout.n), sizeof(int64_t)),
        .unit = calloc(months * (size_t)(scenario->n_units * layout.n_unit), sizeof(int64_t))};
    if (output.county == NULL || output.type == NULL || output.unit == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(4);
    }
    return output;
}

void timing_free_output(struct ech_output *output)
{
    free(output->county);
    free(output->type);
    free(output->unit);
}

double timing_person_months(const struct ech_scenario *scenario, const struct ech_output *output)
{
    struct ech_layout layout = ech_measure_layout(scenario->n_levels);
    double sum = 0;
    for (int i = scenario->n_counties; i < (scenario->n_months + 1) * scenario->n_counties; i++) {
        const int64_t *row = output->county + (size_t)i * (size_t)layout.n;
        for (int track = 0; track < ECH_N_TRACKS; track++) {
            sum += (double)row[layout.first[ECH_M_heads_TRACK] + track];
        }
    }
    return sum;
}

double timing_ns(const struct ech_scenario *scenario, int n_replications)
{
    struct ech_output output = timing_make_output(scenario);
    struct ech_run *run;
    double best = 1e300;
    if (ech_run_create(scenario, &run, NULL) != ECH_OK) {
        abort();
    }
    for (int pass = 0; pass < PASSES; pass++) {
        double people = 0;
        double begin = timing_thread_seconds();
        for (int r = 1; r <= n_replications; r++) {
            if (ech_run_replication(run, 1, r, &output, NULL, NULL) != ECH_OK) {
                abort();
            }
            people += timing_person_months(scenario, &output);
        }
        double ns = 1e9 * (timing_thread_seconds() - begin) / people;
        best = ns < best ? ns : best;
    }
    ech_run_free(run);
    timing_free_output(&output);
    return best;
}

double timing_plain_ns(void)
{
    double best = 1e300;
    for (int pass = 0; pass < PASSES; pass++) {
        double begin = timing_thread_seconds();
        struct plain_result result = plain_run(PLAIN_PEOPLE, PLAIN_MONTHS, 20190805);
        double ns = 1e9 * (timing_thread_seconds() - begin) / result.person_months;
        best = ns < best ? ns : best;
    }
    return best;
}

void timing_load(const char *path, struct ech_scenario *scenario)
{
    struct ech_error error = {0};
    if (ech_scenario_load(path, NULL, scenario, &error) != ECH_OK) {
        fprintf(stderr, "%s: not loaded; `echelon check` says why\n", path);
        exit(2);
    }
}
