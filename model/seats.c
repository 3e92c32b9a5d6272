#include "model/seats.h"

#include "model/careers.h"

ech_id ech_seat_person(struct ech_run *run, ech_key key, ech_id unit, enum ech_track track,
                       ech_id place)
{
    ech_id id = ech_person_new(run);
    struct ech_person *person = &run->people[id];
    person->key = key;
    person->presence = ECH_SERVING;
    person->track = (uint8_t)track;
    person->unit = unit;
    person->place = place;
    person->joined_month = 0;
    if (place != ECH_NONE) {
        run->places[place] = id;
        run->units[unit].taken[track]++;
    }
    run->units[unit].heads[track]++;
    return id;
}

ech_id ech_seat_of_post(const struct ech_run *run, ech_id post)
{
    ech_id unit = run->scenario->posts[post].unit;
    ech_id place =
        run->units[unit].first_place[ECH_ADMIN] + post - run->scenario->units[unit].first_post;
    return run->places[place] == ECH_NONE ? place : ECH_NONE;
}

ech_id ech_seat_leader(struct ech_run *run, ech_key key, ech_id post)
{
    ech_id place = ech_seat_of_post(run, post);
    ECH_ASSERT(place != ECH_NONE);
    ech_id id = ech_seat_person(run, key, run->scenario->posts[post].unit, ECH_ADMIN, place);
    run->people[id].post = post;
    run->people[id].level = (uint8_t)ech_kind_of(run, post)->level;
    run->posts[post].holder = id;
    run->vacant[post] = 0;
    run->posts[post].n_holders = 1;
    return id;
}
