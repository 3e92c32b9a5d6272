#include "model/events.h"

#include "model/background.h"

const char *const ech_event_names[ECH_N_EVENT_TYPES] = {"start",
                                                        "entry",
                                                        "exit",
                                                        "promote",
                                                        "move",
                                                        "step_down",
                                                        "nominate",
                                                        "reject",
                                                        "reserve_in",
                                                        "reserve_out",
                                                        "secondment_start",
                                                        "secondment_end",
                                                        "decline",
                                                        "sanction",
                                                        "grade",
                                                        "train",
                                                        "rating"};

struct ech_event ech_event_of(enum ech_event_type type, ech_key person)
{
    return (struct ech_event){.type = type,
                              .person = person,
                              .cause = "",
                              .from_unit = ECH_NONE,
                              .from_post = ECH_NONE,
                              .to_unit = ECH_NONE,
                              .to_post = ECH_NONE,
                              .from_level = ECH_NONE,
                              .to_level = ECH_NONE,
                              .chain_post = ECH_NONE,
                              .detail = ""};
}

struct ech_event ech_opening_event(const struct ech_run *run, enum ech_event_type type, ech_id post,
                                   const struct ech_person *person)
{
    struct ech_event event = ech_event_of(type, person->key);
    event.from_unit = person->unit;
    event.from_post = person->post;
    event.to_unit = run->scenario->posts[post].unit;
    event.to_post = post;
    event.from_level = person->level;
    event.to_level = ech_kind_of(run, post)->level;
    event.chain_post = run->posts[post].chain_post;
    event.chain_month = run->posts[post].chain_month;
    return event;
}

void ech_emit_sanction(const struct ech_run *run, const struct ech_person *person,
                       const char *cause, const char *detail, ech_id level)
{
    struct ech_event event = ech_event_of(ECH_EV_SANCTION, person->key);
    event.cause = cause;
    event.from_unit = person->unit;
    event.from_post = person->post;
    event.from_level = person->level;
    event.to_level = level;
    event.detail = detail;
    ech_emit(run, event);
}

void ech_emit(const struct ech_run *run, struct ech_event event)
{
    if (run->sink == NULL) {
        return;
    }
    event.month = run->month;
    run->sink->take(run->sink->context, &event);
}

void ech_person_detail(struct ech_run *run, ech_id id, char *text, size_t size)
{
    const struct ech_person *person = &run->people[id];
    int birth = run->scenario->start_month + person->birth_month;
    ech_id unit = ech_background_home(run, id);
    const char *home = person->outsider   ? "outside"
                       : unit == ECH_NONE ? "county"
                                          : run->scenario->units[unit].id;
    snprintf(text, size,
             "sex=%s;birth=%04d-%02d;edu=%s;fulltime=%d;party=%s;track=%s;home=%s;specialty=%s%s%s",
             ech_sex_names[person->sex], birth / 12, birth % 12 + 1,
             ech_education_names[person->education], person->fulltime,
             person->nonparty ? "none" : "cpc", ech_track_names[person->track], home,
             ech_specialty_names[person->specialty],
             person->grade != ECH_GRADE_NONE ? ";grade=" : "",
             person->grade != ECH_GRADE_NONE ? ech_grade_names[person->grade] : "");
}
