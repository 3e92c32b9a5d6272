/* Posts against places: both quotas bind, and a leader occupies a place. */
#include "input/loading.h"

/** What a policy lets a unit have beyond its establishment. */
static int64_t beyond(const struct ech_params *params)
{
    return (int64_t)params->establishment_extra + params->establishment_overrun;
}

/** Refuses a policy that adds more places than the stated limit. */
static void check_total(struct ech_loading *loading, int epoch)
{
    const struct ech_scenario *scenario = loading->scenario;
    int64_t places = 0;
    for (ech_id u = 0; u < scenario->n_units; u++) {
        const struct ech_unit *unit = &scenario->units[u];
        places += (int64_t)unit->establishment[ECH_ADMIN] + unit->establishment[ECH_INSTITUTION] +
                  beyond(ech_scenario_params(scenario, epoch, u, 0));
    }
    if (places > ECH_MOST_PLACES) {
        ech_too_large(loading,
                      ECH_BOTH("the number of places with establishment.extra",
                               "含 establishment.extra 的编制数"),
                      places, ECH_MOST_PLACES, ECH_BYTES_OF_PERSON, loading->drafts[0].entry->at);
    }
}

static void fail_unit(struct ech_loading *loading, const struct ech_unit *unit, int64_t places,
                      struct ech_mark at)
{
    struct ech_arena *arena = &loading->scratch;
    ech_fail(
        loading->error, ECH_ERR_CONFLICT,
        (struct ech_facts){
            .what = ech_arena_format(arena, ECH_BOTH("%s, %d leading posts", "%s，领导职位 %d 个"),
                                     unit->id, unit->n_posts, unit->id, unit->n_posts),
            .value =
                ech_arena_format(arena, ECH_BOTH("%lld administrative places", "行政编制 %lld 个"),
                                 (long long)places, (long long)places),
            .hint = ECH_BOTH("more posts than places, and a leader occupies a place",
                             "职位多于编制，而领导也占编制"),
            .at = at});
}

/** Fewest administrative places that a unit ever has, allowed overrun aside. */
static int64_t fewest_places(const struct ech_scenario *scenario, ech_id unit)
{
    int least = ech_scenario_params(scenario, 0, unit, 0)->establishment_extra;
    for (int e = 1; e < scenario->n_epochs; e++) {
        int extra = ech_scenario_params(scenario, e, unit, 0)->establishment_extra;
        least = extra < least ? extra : least;
    }
    return (int64_t)scenario->units[unit].establishment[ECH_ADMIN] + least;
}

void ech_places_check(struct ech_loading *loading)
{
    const struct ech_scenario *scenario = loading->scenario;
    const struct ech_node *reported = NULL;
    bool usable = scenario->n_epochs > 0 && scenario->n_levels > 0 && scenario->n_sets > 0;
    if (loading->county_bad || !usable) {
        return;
    }
    for (ech_id u = 0; u < scenario->n_units; u++) {
        const struct ech_unit *unit = &scenario->units[u];
        int64_t places = fewest_places(scenario, u);
        const struct ech_node *entry = loading->drafts[u].quota_entry;
        if (unit->n_posts > places && entry != reported) {
            reported = entry; /* once for all units of an entry */
            fail_unit(loading, unit, places, entry->at);
        }
    }
    loading->county_bad = reported != NULL; /* margins would only repeat it */
    for (int e = 0; e < scenario->n_epochs; e++) {
        check_total(loading, e);
    }
}
