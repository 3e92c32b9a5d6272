/* Counting the people of month 0 from the `start` events of the log, for tests of margins. */
#ifndef TESTS_MARGINS_H
#define TESTS_MARGINS_H

#include "fixture.h"

enum { MARGINS_MAX_PEOPLE = 2000, MARGINS_MAX_AGE = 100 };

/** Somebody at month 0, as his `start` event tells. */
struct margins_person {
    ech_id unit, post;
    int age; /* completed years */
    enum ech_education education;
    enum ech_track track;
    bool woman, fulltime, nonparty, outsider;
};

/** All people at month 0 of one replication. */
struct margins_roll {
    const struct ech_scenario *scenario;
    int n;
    struct margins_person people[MARGINS_MAX_PEOPLE];
};

/** A group of people: of one type (ECH_NONE: all) and track (ECH_N_TRACKS: all), leaders or not. */
struct margins_group {
    ech_id type;
    int track;
    enum { MARGINS_ALL, MARGINS_LEADERS, MARGINS_STAFF } who;
};

/** Counts of a group. */
struct margins_tally {
    int n, women, nonparty, outsiders;
    int education[ECH_N_EDUCATIONS];
    int fulltime[ECH_N_EDUCATIONS];
    int of_age[MARGINS_MAX_AGE];
};

/** Value of `key` in "key=value;...", copied into word[size]. */
static inline void margins_word(const char *detail, const char *key, char *word, size_t size)
{
    size_t length = strlen(key);
    for (const char *at = detail; at; at = strchr(at, ';') ? strchr(at, ';') + 1 : NULL) {
        if (strncmp(at, key, length) == 0 && at[length] == '=') {
            snprintf(word, size, "%.*s", (int)strcspn(at + length + 1, ";"), at + length + 1);
            return;
        }
    }
    fail_msg("no %s in '%s'", key, detail);
}

/** Row of a word in a list of names. */
static inline int margins_row(const char *word, const char *const *names, int n)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(word, names[i]) == 0) {
            return i;
        }
    }
    fail_msg("unknown word '%s'", word);
    return ECH_NONE;
}

/** Completed years at the start of somebody born in "1978-06". */
static inline int margins_age(const char *birth, int start_month)
{
    int year = 0, month = 0;
    assert_int_equal(sscanf(birth, "%d-%d", &year, &month), 2);
    assert_in_range(month, 1, 12);
    return (start_month - (year * 12 + month - 1)) / 12;
}

/** Whether `key` has this value in a detail. */
static inline bool margins_is(const char *detail, const char *key, const char *value)
{
    char word[64];
    margins_word(detail, key, word, sizeof word);
    return strcmp(word, value) == 0;
}

/** What the detail of a `start` or `entry` event says; age at month 0, unit and post not filled. */
static inline struct margins_person margins_facts(const char *detail, int start_month)
{
    char birth[64], education[64], track[64];
    margins_word(detail, "birth", birth, sizeof birth);
    margins_word(detail, "edu", education, sizeof education);
    margins_word(detail, "track", track, sizeof track);
    return (struct margins_person){
        .unit = ECH_NONE,
        .post = ECH_NONE,
        .age = margins_age(birth, start_month),
        .education =
            (enum ech_education)margins_row(education, ech_education_names, ECH_N_EDUCATIONS),
        .track = (enum ech_track)margins_row(track, ech_track_names, ECH_N_TRACKS),
        .woman = margins_is(detail, "sex", "f"),
        .fulltime = margins_is(detail, "fulltime", "1"),
        .nonparty = margins_is(detail, "party", "none"),
        .outsider = margins_is(detail, "home", "outside"),
    };
}

/** Sink of a run: keeps who is there at the start. */
static inline void margins_take(void *context, const struct ech_event *event)
{
    struct margins_roll *roll = context;
    if (event->type != ECH_EV_START) {
        return;
    }
    assert_true(roll->n < MARGINS_MAX_PEOPLE);
    struct margins_person *person = &roll->people[roll->n++];
    *person = margins_facts(event->detail, roll->scenario->start_month);
    person->unit = event->to_unit;
    person->post = event->to_post;
}

static inline bool margins_belongs(const struct margins_roll *roll,
                                   const struct margins_person *person, struct margins_group group)
{
    bool leads = person->post != ECH_NONE;
    return (group.type == ECH_NONE || roll->scenario->units[person->unit].type == group.type) &&
           (group.track == ECH_N_TRACKS || (int)person->track == group.track) &&
           (group.who == MARGINS_ALL || leads == (group.who == MARGINS_LEADERS));
}

/** Counts the people of a group. */
static inline struct margins_tally margins_count(const struct margins_roll *roll,
                                                 struct margins_group group)
{
    struct margins_tally tally = {0};
    for (int i = 0; i < roll->n; i++) {
        const struct margins_person *person = &roll->people[i];
        if (!margins_belongs(roll, person, group)) {
            continue;
        }
        assert_in_range(person->age, 0, MARGINS_MAX_AGE - 1);
        tally.n++;
        tally.women += person->woman;
        tally.nonparty += person->nonparty;
        tally.outsiders += person->outsider;
        tally.education[person->education]++;
        tally.fulltime[person->education] += person->fulltime;
        tally.of_age[person->age]++;
    }
    return tally;
}

/** People of completed ages from ... to. */
static inline int margins_of_ages(const struct margins_tally *tally, int from, int to)
{
    int n = 0;
    for (int age = from; age <= to && age < MARGINS_MAX_AGE; age++) {
        n += tally->of_age[age];
    }
    return n;
}

#endif
