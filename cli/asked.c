#include "cli/asked.h"

#include <string.h>

#include "model/measures.h"
#include "results/derived.h"

enum { NAME = 256 };

static enum ech_status refuse(const struct ech_guess *guess, struct ech_error *error)
{
    return ech_call_refuse_name(
        guess, ECH_BOTH("measure", "指标"),
        ECH_BOTH("`echelon measures` lists them", "参见 `echelon measures`"), error);
}

static void guess_derived(struct ech_guess *guess)
{
    for (int i = 0; i < ech_n_derived; i++) {
        ech_guess_try(guess, ech_derived_rows[i].name);
    }
}

enum ech_status ech_asked_refuse(const char *name, struct ech_error *error)
{
    struct ech_guess guess = {.word = name};
    for (int i = 0; i < ECH_N_COUNTS; i++) {
        ech_guess_try(&guess, ech_count_rows[i].name);
    }
    for (int i = 0; i < ECH_N_RATIOS; i++) {
        ech_guess_try(&guess, ech_ratio_rows[i].name);
    }
    guess_derived(&guess);
    return refuse(&guess, error);
}

/** Refuses with the nearest full name of this file's measures; a guess keeps only a pointer to it. */
static enum ech_status refuse_of_file(const char *name, const struct ech_layout *layout,
                                      const struct ech_level *levels, struct ech_error *error)
{
    char names[2][NAME];
    struct ech_guess guess = {.word = name};
    for (int i = 0, at = 0; i < ech_n_measures(layout); i++) {
        ech_measure_at(i, layout, levels, names[at], NAME);
        ech_guess_try(&guess, names[at]);
        at = guess.best == names[at] ? 1 - at : at;
    }
    guess_derived(&guess);
    return refuse(&guess, error);
}

enum ech_status ech_asked_check(const struct ech_call *call, const struct ech_results *results,
                                struct ech_error *error)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(results, 0);
    struct ech_layout layout = ech_measure_layout(scenario->n_levels);
    enum ech_status status = ECH_OK;
    for (int i = 0; i < call->n_listed; i++) {
        struct ech_measure found;
        if (!ech_measure_find(call->listed[i], &layout, scenario->levels, &found) &&
            ech_derived_find(call->listed[i]) == NULL) {
            status = refuse_of_file(call->listed[i], &layout, scenario->levels, error);
        }
    }
    return status;
}
