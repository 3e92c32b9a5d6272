#define _XOPEN_SOURCE 700 /* realpath */

#include "cli/scenarios.h"

#include <stdio.h>
#include <string.h>

#include "input/load.h"
#include "model/run.h"

/** The folder of `path` as a new string, or NULL. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return strdup(".");
    }
    return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

/**
 * The folder that names in the results are relative to: of all the files' folders the first in
 * bytewise order, so that the order of the files on the command line leaves no trace.
 */
static char *base_of(const char *const *paths, int n)
{
    char *base = NULL;
    char *base_real = NULL;
    for (int i = 0; i < n; i++) {
        char *folder = folder_of(paths[i]);
        char *real = folder != NULL ? realpath(folder, NULL) : NULL;
        if (real != NULL && (base_real == NULL || strcmp(real, base_real) < 0)) {
            char *former = base;
            char *former_real = base_real;
            base = folder;
            base_real = real;
            folder = former;
            real = former_real;
        }
        free(folder);
        free(real);
    }
    free(base_real);
    return base;
}

/** Draws the initial people once: the one thing that may fail in a run of checked files. */
static enum ech_status try_start(const struct ech_scenario *scenario, uint64_t seed,
                                 struct ech_error *error)
{
    struct ech_scenario start = *scenario; /* shares everything; no month is simulated */
    start.n_months = 0;
    struct ech_run *run = NULL;
    enum ech_status status = ech_run_create(&start, &run, error);
    if (status == ECH_OK) {
        status = ech_run_replication(run, seed, 1, NULL, NULL, error);
    }
    ech_run_free(run);
    return status;
}

static enum ech_status check_names(const struct ech_scenarios *scenarios, const char *const *paths,
                                   struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int i = 0; i < scenarios->n; i++) {
        for (int j = 0; j < i; j++) {
            const char *name = scenarios->scenario[i].name;
            if (name == NULL || scenarios->scenario[j].name == NULL ||
                strcmp(name, scenarios->scenario[j].name) != 0) {
                continue;
            }
            char files[1024];
            snprintf(files, sizeof files, "%.500s, %.500s", paths[j], paths[i]);
            status = ech_fail(error, ECH_ERR_SAME_NAME,
                              (struct ech_facts){.what = name, .value = files});
            break; /* each later file once */
        }
    }
    return status;
}

enum ech_status ech_scenarios_load(const char *const *paths, int n, uint64_t seed,
                                   struct ech_scenarios *scenarios, struct ech_error *error)
{
    *scenarios = (struct ech_scenarios){.n = n};
    scenarios->scenario = calloc((size_t)n, sizeof *scenarios->scenario);
    char *base = base_of(paths, n);
    if (scenarios->scenario == NULL) {
        free(base);
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("loading", "读取情景")});
    }
    enum ech_status status = ECH_OK;
    for (int i = 0; i < n; i++) {
        struct ech_scenario *scenario = &scenarios->scenario[i];
        enum ech_status loaded = ech_scenario_load(paths[i], base, scenario, error);
        if (loaded == ECH_OK) {
            loaded = try_start(scenario, seed, error);
        }
        status = ech_status_worse(status, loaded);
    }
    free(base);
    status = ech_status_worse(status, check_names(scenarios, paths, error));
    if (status != ECH_OK) {
        ech_scenarios_free(scenarios);
    }
    return status;
}

void ech_scenario_put_remarks(const struct ech_scenario *scenario, enum ech_lang lang)
{
    for (int i = 0; i < scenario->n_remarks; i++) {
        fprintf(stderr, "%s\n", scenario->remarks[i].text[lang]);
    }
}

void ech_scenarios_free(struct ech_scenarios *scenarios)
{
    for (int i = 0; scenarios->scenario != NULL && i < scenarios->n; i++) {
        ech_scenario_free(&scenarios->scenario[i]);
    }
    free(scenarios->scenario);
    *scenarios = (struct ech_scenarios){0};
}
