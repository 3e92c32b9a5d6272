#include "model/moves.h"

#include "model/office.h"
#include "model/places.h"
#include "model/retirement.h"

ech_id ech_move_post(const struct ech_run *run, const struct ech_person *person, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    enum ech_role role = ech_kind_of(run, person->post)->role;
    ech_id best = ECH_NONE;
    if (ech_retired_in_new_post(run, person)) {
        return ECH_NONE;
    }
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        const struct ech_post_kind *kind = ech_kind_of(run, post);
        bool open = run->posts[post].holder == ECH_NONE && run->posts[post].nominee == ECH_NONE;
        if (open && kind->level == person->level && kind->role >= role &&
            (best == ECH_NONE || kind->role < ech_kind_of(run, best)->role)) {
            best = post;
        }
    }
    return best;
}

bool ech_move_has_room(const struct ech_run *run, const struct ech_person *person, ech_id unit)
{
    return ech_places_vacant(run, unit, ECH_ADMIN) > 0 &&
           (person->post == ECH_NONE || ech_move_post(run, person, unit) != ECH_NONE);
}

void ech_move(struct ech_run *run, ech_id id, ech_id unit, const char *cause)
{
    struct ech_person *person = &run->people[id];
    if (person->post == ECH_NONE) {
        ech_transfer(run, id, unit, cause);
        return;
    }
    ech_id post = ech_move_post(run, person, unit);
    struct ech_post_state *state = &run->posts[post];
    state->nominee = id;
    state->move_cause = cause;
    state->from_reserve = person->listed != ECH_UNLISTED;
    person->next_post = post;
    person->next_place = ech_place_take(run, unit, ECH_ADMIN, id);
    ech_take_office(run, post);
}
