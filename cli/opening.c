#include "cli/opening.h"

#include <stdio.h>

static void tell_unfinished(const struct ech_call *call, const struct ech_results *results)
{
    int n_scenarios = ech_results_n_scenarios(results);
    long total = (long)ech_results_manifest(results)->n_replications * n_scenarios, done = 0;
    for (int s = 0; s < n_scenarios; s++) {
        done += ech_results_scenario(results, s)->n_replications_done;
    }
    fprintf(stderr,
            call->lang == ECH_LANG_ZH
                ? "echelon: %s：运行未完成，只有 %ld/%ld 次模拟\n"
                : "echelon: %s: the run is not complete; the file holds %ld of %ld runs\n",
            call->operands[0], done, total);
}

enum ech_status ech_opening_results(const struct ech_call *call, struct ech_results **results,
                                    struct ech_error *error)
{
    enum ech_status status = ech_results_open(call->operands[0], results, error);
    if (status == ECH_OK && !ech_results_manifest(*results)->complete &&
        !call->given[ECH_OPT_QUIET]) {
        tell_unfinished(call, *results);
    }
    return status;
}

enum ech_status ech_opening_comparison(const struct ech_call *call, struct ech_results **results,
                                       int *baseline, struct ech_error *error)
{
    enum ech_status status = ech_opening_results(call, results, error);
    if (status == ECH_OK) {
        status = ech_results_baseline(*results, call->text[ECH_OPT_BASELINE], baseline, error);
    }
    return status;
}
