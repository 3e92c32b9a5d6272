#include "model/places.h"

int ech_places_free(const struct ech_run *run, ech_id unit, enum ech_track track)
{
    const struct ech_unit_state *state = &run->units[unit];
    int n = state->limit[track] - state->taken[track];
    return n > 0 ? n : 0;
}

int ech_places_vacant(const struct ech_run *run, ech_id unit, enum ech_track track)
{
    const struct ech_unit_state *state = &run->units[unit];
    int n = state->places[track] - state->taken[track];
    return n > 0 ? n : 0;
}

ech_id ech_place_lowest(const struct ech_run *run, ech_id unit, enum ech_track track)
{
    const struct ech_unit_state *state = &run->units[unit];
    if (ech_places_free(run, unit, track) == 0) {
        return ECH_NONE;
    }
    for (int i = 0; i < state->max_places[track]; i++) {
        if (run->places[state->first_place[track] + i] == ECH_NONE) {
            return state->first_place[track] + i;
        }
    }
    return ECH_NONE;
}

ech_id ech_place_take(struct ech_run *run, ech_id unit, enum ech_track track, ech_id person)
{
    ech_id place = ech_place_lowest(run, unit, track);
    ECH_ASSERT(place != ECH_NONE);
    run->places[place] = person;
    run->units[unit].taken[track]++;
    return place;
}

void ech_place_release(struct ech_run *run, ech_id unit, enum ech_track track, ech_id place)
{
    if (run->scenario->units[unit].free) {
        return; /* nobody holds a place there */
    }
    ECH_ASSERT(run->places[place] != ECH_NONE);
    run->places[place] = ECH_NONE;
    run->units[unit].taken[track]--;
}

ech_key ech_place_entrant_key(const struct ech_run *run, ech_id unit, enum ech_track track,
                              ech_id place)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    uint64_t number = (uint64_t)(place - run->units[unit].first_place[track]);
    ech_key where = ech_key_pair(facts->key, (uint64_t)track << 32 | number);
    return ech_key_pair(where, (uint64_t)(int64_t)run->month);
}
