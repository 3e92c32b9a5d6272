#include "model/hiring.h"

#include "model/careers.h"
#include "model/outside.h"
#include "model/places.h"
#include "model/steps.h"

/* Whole people of the annual quota up to the end of year y, without carry-over. */
static int64_t quota_until(double quota, int year)
{
    return (int64_t)(quota * year + 1e-9);
}

int64_t ech_hiring_quota(const struct ech_run *run, double quota)
{
    int year = (run->month + 11) / 12;
    if (!isfinite(quota)) {
        return run->n_places;
    }
    return quota_until(quota, year) - quota_until(quota, year - 1);
}

/* Each free place is filled with the same probability, by a number of its own. */
static void transfer_into(struct ech_run *run, ech_id unit, double share)
{
    const struct ech_unit_state *state = &run->units[unit];
    int free_places = ech_places_vacant(run, unit, ECH_ADMIN);
    for (int i = 0; i < state->max_places[ECH_ADMIN] && free_places > 0; i++) {
        ech_id place = state->first_place[ECH_ADMIN] + i;
        if (run->places[place] != ECH_NONE) {
            continue;
        }
        free_places--;
        ech_key key = ech_place_entrant_key(run, unit, ECH_ADMIN, place);
        if (ech_chance_bits(&run->chance, key, 0, ECH_FOR_TRANSFER) < ech_chance_threshold(share)) {
            ech_enter(run, ech_transfer_recruit(run, unit, place), ECH_CHANNEL_TRANSFER);
        }
    }
}

void ech_hiring_step(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct ech_county *county = run->county;
    int calendar_month = ech_calendar_month(run);
    if (calendar_month == policy->hiring_exam_month) {
        ech_recruit_year(run);
    }
    if (calendar_month != policy->entry_transfer_month) {
        return;
    }
    ech_convert_staff(run);
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        double share = ech_policy_unit(run, unit)->entry_transfer_in;
        if (share > 0) {
            transfer_into(run, unit, share);
        }
    }
}
