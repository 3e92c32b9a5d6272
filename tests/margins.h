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

/** Sink of a run: keeps who is there at the start. */
static inline void margins_take(void *context, const struct ech_event *event)
{
    struct margins_roll *roll = context;
    char word[64];
    if (event->type != ECH_EV_START) {
        return;
    }
    assert_true(roll->n < MARGINS_MAX_PEOPLE);
    struct margins_person *person = &roll->people[roll->n++];
    *person = (struct margins_person){.unit = event->to_unit, .post = event->to_post};
    margins_word(event->detail, "birth", word, sizeof word);
    person->age = margins_age(word, roll->scenario->start_month);
    margins_word(event->detail, "edu", word, sizeof word);
    person->education =
        (enum ech_education)margins_row(word, ech_education_names, ECH_N_EDUCATIONS);
    margins_word(event->detail, "track", word, sizeof word);
    person->track = (enum ech_track)margins_row(word, ech_track_names, ECH_N_TRACKS);
    margins_word(event->detail, "sex", word, sizeof word);
    person->woman = strcmp(word, "f") == 0;
    margins_word(event->detail, "fulltime", word, sizeof word);
    person->fulltime = strcmp(word, "1") == 0;
    margins_word(event->detail, "party", word, sizeof word);
    person->nonparty = strcmp(word, "none") == 0;
    margins_word(event->detail, "home", word, sizeof word);
    person->outsider = strcmp(word, "outside") == 0;
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
