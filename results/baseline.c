/* Which scenario the others are compared with. */
#include <stdio.h>
#include <string.h>

#include "results/results.h"

/* True if the chain of `extends` of scenario s passes through `base`; a chain cannot be longer than
   the number of scenarios. */
static bool extends(const struct ech_results *results, int s, int base)
{
    for (int step = 0; step < ech_results_n_scenarios(results) && s != ECH_NONE; step++) {
        const char *parent = ech_results_scenario(results, s)->extends;
        s = *parent ? ech_results_find_scenario(results, parent) : ECH_NONE;
        if (s == base) {
            return true;
        }
    }
    return false;
}

static bool all_extend(const struct ech_results *results, int base)
{
    for (int s = 0; s < ech_results_n_scenarios(results); s++) {
        if (s != base && !extends(results, s, base)) {
            return false;
        }
    }
    return true;
}

void ech_results_range_done(const struct ech_results *results, int *fewest, int *most)
{
    *fewest = *most = ech_results_scenario(results, 0)->n_replications_done;
    for (int s = 1; s < ech_results_n_scenarios(results); s++) {
        int done = ech_results_scenario(results, s)->n_replications_done;
        *fewest = done < *fewest ? done : *fewest;
        *most = done > *most ? done : *most;
    }
}

/* "name one of: a, b, c", in both languages; what does not fit is left out with dots. */
static void list_names(const struct ech_results *results, char *hint, size_t size)
{
    char names[400] = "";
    size_t used = 0;
    for (int s = 0; s < ech_results_n_scenarios(results); s++) {
        const char *name = ech_results_scenario(results, s)->name;
        const char *comma = s ? ", " : "";
        if (used + strlen(comma) + strlen(name) + sizeof ", ..." > sizeof names) {
            snprintf(names + used, sizeof names - used, ", ...");
            break;
        }
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", comma, name);
    }
    snprintf(hint, size, ECH_BOTH("name one of: %s", "请指定其一：%s"), names, names);
}

enum ech_status ech_results_baseline(const struct ech_results *results, const char *name,
                                     int *scenario, struct ech_error *error)
{
    char names[900];
    list_names(results, names, sizeof names);
    *scenario = ech_results_find_scenario(results, name ? name : "baseline");
    if (*scenario != ECH_NONE) {
        return ECH_OK;
    }
    if (name) {
        return ech_fail(
            error, ECH_ERR_UNKNOWN_NAME,
            (struct ech_facts){.what = ECH_BOTH("scenario", "情景"), .value = name, .hint = names});
    }
    for (int s = 0; s < ech_results_n_scenarios(results); s++) {
        if (all_extend(results, s)) {
            *scenario = s;
            return ECH_OK;
        }
    }
    return ech_fail(error, ECH_ERR_OPTION,
                    (struct ech_facts){.what = "--baseline",
                                       .value = ECH_BOTH("no scenario is called baseline and "
                                                         "none is extended by all others",
                                                         "没有名为 baseline "
                                                         "的情景，也没有各情景共同继承的情景"),
                                       .hint = names});
}
