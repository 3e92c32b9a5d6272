/* A scenario: counties, resolved policy by date, events, words. Filled by input/, read-only then. */
#ifndef ECH_SCENARIO_H
#define ECH_SCENARIO_H

#include <stdint.h>

#include "model/county.h"
#include "model/error.h"
#include "model/params.h"

/**
 * The policy from one month on. For unit u (row in `units`) and column c the values are
 * sets[set_of[u * n_columns + c]]: column l for level l, and kinds[k].column for posts of kind k and
 * their holders, which is that of the kind's level unless a policy tells kinds apart. COUNTY, PEOPLE
 * and UNIT rows are equal over the columns of a unit. All this stands once for each cohort: cohort 0
 * is bound by every change, cohort k escaped the last k of those that spare whoever is in office.
 * Cohorts differ in PEOPLE and HOLDER rows alone.
 */
struct ech_epoch {
    int from_month; /* months since the start; the first epoch has 0 */
    int n_cohorts;  /* 1 + the changes so far that spare whoever is in office */
    int *set_of;    /* [n_cohorts * n_units * n_columns], rows of struct ech_scenario.sets */
};

enum ech_event_kind { ECH_EVENT_EXAM_WINDOW };

/** A dated event: an exam window draws a share of a track's people under max_age away at once. */
struct ech_dated_event {
    int month; /* months since the start, at least 1 */
    enum ech_event_kind kind;
    enum ech_track track;
    double share;
    int age_from, age_to; /* completed years, inclusive */
    enum ech_cause cause; /* upward or outward */
};

/**
 * An opening at `level` (ECH_NONE: any) in units of type `to` is filled laterally from a unit of type
 * `from` with this probability; what the shares of an opening leave comes from outside the county.
 */
struct ech_source {
    ech_id to, from; /* rows of types */
    ech_id level;
    double share;
};

/**
 * A push flow: people at level `from` who hold no leading post pass to level `to`, or leave the county
 * (`to` ECH_NONE, with `cause`). A rate acts every month, an exact probability once in each month that
 * is a multiple of `every`.
 */
struct ech_flow {
    const char *id;
    ech_id type; /* only in units of this type; ECH_NONE: in all */
    ech_id from;
    ech_id to;
    enum ech_cause cause;
    int every;
    struct ech_rate rate;
};

enum ech_recruit_by { ECH_RECRUIT_NUMBER, ECH_RECRUIT_TOTAL, ECH_RECRUIT_GROWTH };

/** Recruitment into each unit with free head count, in months that are multiples of `every`. */
struct ech_recruitment {
    const char *id;
    ech_key key; /* hash of the id */
    ech_id type; /* only in units of this type; ECH_NONE: in all */
    enum ech_recruit_by by;
    double amount;   /* people; people in all; growth in one interval */
    bool whole_unit; /* a total or a growth is that of the unit, not of the level */
    int every;
    double level[ECH_MAX_LEVELS];   /* shares of the levels at which recruits begin */
    double channel[ECH_N_CHANNELS]; /* shares of the channels by which they come */
    double women;                   /* share; below 0: hiring.women */
    int age_from, age_to;           /* completed months, inclusive; ECH_NONE: hiring.age_* */
};

/** Where a value of the policy comes from, for the manifest and for "settings that differ". */
struct ech_setting {
    const char *path;  /* "hiring.quota", or "years", "events[2021-05 exam_window].share"; "true"
                          for "stepdown.age.grandfather": whoever is in office keeps the old value */
    const char *scope; /* "" everywhere, "township" (type), "township_10" (unit), "section" (level),
                          "deputy" (kind) */
    int from_month;    /* 0: from the start */
    const char *value; /* in the row's unit, canonical spelling */
    const char *basis; /* "rule", "data", "assumed", "fitted"; "" if not a parameter */
    const char *file;  /* relative to the scenario's folder; "" for a default */
    int line;
};

/** Ends the path of a setting that says so. */
#define ECH_GRANDFATHER_SUFFIX ".grandfather"

/** A file that was read. */
struct ech_input_file {
    const char *path;   /* relative to the first scenario of the run */
    const char *sha256; /* 64 hex digits */
};

/** A note of the county file for the report: an assumption or a contradiction of the source. */
enum ech_note_kind { ECH_NOTE_ASSUMPTION, ECH_NOTE_CONTRADICTION };
struct ech_note {
    enum ech_note_kind kind;
    struct ech_words text;
    const char *source;
};

/** All arrays are owned by the scenario (allocated in its arena) and freed by ech_scenario_free. */
struct ech_scenario {
    const char *name;
    const char *extends; /* name of the first scenario that it extends; NULL: none */
    struct ech_words title;
    struct ech_words note;
    int start_month; /* calendar: year * 12 + month - 1 of month 0 */
    int n_months;

    int n_levels;
    struct ech_level *levels;
    int n_types;
    struct ech_unit_type *types;
    int n_kinds;
    struct ech_post_kind *kinds;
    int n_counties;
    struct ech_county *counties;
    int n_units;
    struct ech_unit *units;
    int n_posts;
    struct ech_post *posts;
    int n_blocks;
    struct ech_block *blocks;
    int n_people; /* given one by one */
    struct ech_initial_person *people;
    struct ech_tables tables;

    int n_columns; /* of the policy: levels, and kinds where some policy tells them apart */
    int n_sets;
    struct ech_params *sets;
    int n_epochs;
    struct ech_epoch *epochs; /* by from_month, strictly rising */
    int n_grandfathered;
    int *grandfathered; /* months of the changes that spare whoever is in office, rising */
    int n_sources;
    struct ech_source *sources; /* by ids of `to`, level, id of `from` */
    int n_flows;
    struct ech_flow *flows; /* by id */
    int n_recruitments;
    struct ech_recruitment *recruitments; /* by id */
    int n_events;
    struct ech_dated_event *events; /* by month, then by what they say */

    int n_settings; /* every parameter once for scope "" and month 0, then what differs */
    struct ech_setting *settings;
    int n_files;
    struct ech_input_file *files;
    int n_notes;
    struct ech_note *notes;
    int n_remarks; /* what `check` says though it is no error: changes after the end, ... */
    struct ech_words *remarks;

    void *arena; /* owner of everything above; see input/arena.h */
};

/** Whether a plan recruits for a unit. */
static inline bool ech_plan_is_for(const struct ech_recruitment *plan, const struct ech_unit *unit)
{
    return unit->free && (plan->type == ECH_NONE || plan->type == unit->type);
}

/**
 * Most people whom the units with free head count of a county add to those on places: its initial
 * people there and all whom the plan may bring until the end, exits not counted (but where a total is
 * that of the whole unit, for it is never exceeded).
 */
int64_t ech_scenario_free_people(const struct ech_scenario *scenario,
                                 const struct ech_county *county);

/** Values in force for a cohort, a unit and a column of the policy from an epoch on. */
static inline const struct ech_params *
ech_scenario_cohort_params(const struct ech_scenario *scenario, int epoch, int cohort, ech_id unit,
                           int column)
{
    int row = cohort * scenario->n_units + unit;
    return &scenario->sets[scenario->epochs[epoch].set_of[row * scenario->n_columns + column]];
}

/** Values in force for a unit and a column, for whoever is bound by every change. */
static inline const struct ech_params *ech_scenario_params(const struct ech_scenario *scenario,
                                                           int epoch, ech_id unit, int column)
{
    return ech_scenario_cohort_params(scenario, epoch, 0, unit, column);
}

/** Completed months of age at which somebody born `birth_month` months from the start retires under a
    policy; ECH_NEVER without a rule. */
static inline int ech_scenario_retirement_age(const struct ech_scenario *scenario,
                                              const struct ech_params *policy, enum ech_sex sex,
                                              int birth_month)
{
    const struct ech_tables *tables = &scenario->tables;
    int n = tables->n_retirement[sex];
    if (policy->retirement_rule == ECH_RETIRE_NONE) {
        return ECH_NEVER;
    }
    if (policy->retirement_rule == ECH_RETIRE_LAW && n > 0) {
        int row = scenario->start_month + birth_month - tables->retirement[sex][0].birth_month;
        if (row >= 0) {
            return tables->retirement[sex][row < n ? row : n - 1].age_months;
        }
    }
    return sex == ECH_FEMALE ? policy->retirement_age_women : policy->retirement_age_men;
}

#endif
