#include "model/sources.h"

static bool speaks_of(const struct ech_source *source, ech_id type, ech_id level)
{
    return source->to == type && (source->level == ECH_NONE || source->level == level);
}

bool ech_source_of(const struct ech_run *run, ech_id post, ech_id *type)
{
    const struct ech_scenario *scenario = run->scenario;
    ech_id to = scenario->units[scenario->posts[post].unit].type;
    ech_id level = ech_kind_of(run, post)->level;
    bool spoken = false;
    double u = 0;
    *type = ECH_NONE;
    for (int i = 0; i < scenario->n_sources; i++) {
        const struct ech_source *source = &scenario->sources[i];
        if (!speaks_of(source, to, level)) {
            continue;
        }
        if (!spoken) {
            u = ech_chance_uniform(&run->chance, run->posts[post].opening, 0, ECH_FOR_SOURCE);
            spoken = true;
        }
        if (u >= 0 && u < source->share) {
            *type = source->from;
        }
        u -= source->share; /* below 0 once a source is found */
    }
    return spoken;
}

bool ech_source_offers(const struct ech_run *run, ech_id post, ech_id type,
                       const struct ech_person *person)
{
    ech_id unit = run->scenario->posts[post].unit;
    return person->presence == ECH_SERVING && person->post != ECH_NONE &&
           person->level == ech_kind_of(run, post)->level && person->unit != unit &&
           run->scenario->units[person->unit].type == type;
}
