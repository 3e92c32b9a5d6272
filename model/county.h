/* The county: who and what is there before any policy. Filled by input/, read-only in a run. */
#ifndef ECH_COUNTY_H
#define ECH_COUNTY_H

#include <stdbool.h>

#include "model/error.h"
#include "model/types.h"

/** Words in both languages; owned by the scenario's arena, never NULL after loading. */
struct ech_words {
    const char *text[2]; /* by enum ech_lang */
};

/** A rung of the ladder; the array is ordered lowest first. */
struct ech_level {
    const char *id;
    struct ech_words title;
};

/** A type of units, such as township. */
struct ech_unit_type {
    const char *id;
    struct ech_words title;
    bool base_level; /* work in its units counts as base-level experience (基层) */
};

/** A kind of leading post, such as party_secretary; sorted by level (highest first), role, id. */
struct ech_post_kind {
    const char *id;
    struct ech_words title;
    ech_id level;
    enum ech_role role;
    bool elected;
    bool term_bound; /* its holders serve terms: the change of terms looks at them */
    int column;      /* of the policy for its posts and their holders; see struct ech_epoch */
};

/** A unit. Units are sorted by county, then id (bytewise), on loading. */
struct ech_unit {
    const char *id;
    struct ech_words title;
    ech_key key;   /* hash of county id and unit id */
    ech_id county; /* row of struct ech_scenario.counties */
    ech_id type;
    double remoteness;     /* 0-1 */
    double development;    /* 0-1 */
    double workload;       /* 1 = average */
    double accountability; /* 1 = average */
    bool free; /* head count without an establishment: no posts, and nobody needs a place */
    unsigned specialties; /* 1 << enum ech_specialty for each that its team should have */
    int establishment[ECH_N_TRACKS];
    int first_post; /* its posts are rows first_post ... first_post + n_posts - 1 */
    int n_posts;
};

/** A leading post. Ordered by unit, then kind, then ordinal. */
struct ech_post {
    const char *id; /* "township_01/party_secretary", "township_01/deputy/3" */
    ech_key key;    /* hash of county id and "unit/kind/ordinal", ordinal 1 too */
    ech_id unit;
    ech_id kind;
};

/** What a block of initial people fills. */
enum ech_block_fill {
    ECH_FILL_POSTS, /* leading posts of the block's units, `count` of them (default: all) */
    ECH_FILL_STAFF, /* places below the leading posts: establishment - posts on its track */
    ECH_FILL_FREE   /* units with free head count, one after the other */
};

/** One integer margin cell: n people in completed ages from..to. */
struct ech_age_band {
    int from;
    int to;
    int n;
};

/**
 * A block of margins: a set of places that is filled with people whose integer margins are met
 * exactly. A margin ECH_NONE is not given: `outsiders` and the like are then 0. Blocks stand in file
 * order and fill by turns: posts, then staff by track; those of one type before those of all; by id.
 * Several STAFF blocks of one track share the staff places of their units (spread by keyed numbers):
 * their sizes sum to the places at most, and what they leave is vacant.
 */
struct ech_block {
    const char *id;
    ech_key key; /* hash of county id and "block:" block id */
    enum ech_block_fill fill;
    enum ech_track track;
    ech_id type; /* only units of this type; ECH_NONE: all units of the county */
    ech_id county;
    ech_id level; /* of the people of a FREE block; the lowest elsewhere */
    int count;    /* people in the block (resolved on loading) */
    int n_bands;  /* age bands at month 0, or at entry if age_at_entry */
    const struct ech_age_band *bands;
    bool age_at_entry; /* bands hold at entry; age = entry age + service */
    int service_from,
        service_to; /* months of service, uniform, inclusive; ECH_NONE: from entry_age */
    int women;      /* people; only below the retirement age of women */
    int non_party;
    int outsiders;
    int education[ECH_N_EDUCATIONS]; /* people; sums to count when any is given */
    int fulltime[ECH_N_EDUCATIONS];  /* of these with a full-time degree */
    int bond;                        /* months of service bond from entry; 0: none */
    int level_from, level_to;        /* months in level (of leaders: beyond those in post), uniform,
                                     inclusive; ECH_NONE: params initial.level_time */
    int post_from, post_to;          /* leaders' months in post, likewise; initial.post_time */
    int turn; /* of the county's blocks, the row of the one that fills at the turn of this row */
    struct ech_mark at;
};

/**
 * A person given one by one. Ordered by county, leaders before staff, then key, whatever the order of
 * the rows. Months are relative to the start; ECH_UNSAID: what the file does not say is drawn.
 */
struct ech_initial_person {
    const char *id;
    ech_key key; /* hash of county id and "person:" id */
    ech_id county;
    ech_id unit;
    ech_id post; /* ECH_NONE: below the leading posts */
    ech_id level;
    enum ech_track track;
    enum ech_sex sex;
    enum ech_education education;
    bool fulltime;
    bool nonparty;
    bool outsider;
    ech_id home;   /* unit; ECH_UNDRAWN: somewhere in the county; ECH_NONE: outside */
    int specialty; /* enum ech_specialty, or ECH_NONE: drawn */
    int birth_month;
    int entry_month;
    int level_month;
    int post_month;
    int unit_month;
    int base_months; /* of base-level experience before this unit */
    int bond_end;    /* last month of the service bond; ECH_UNSAID: none */
    int grade;       /* enum ech_grade; ECH_GRADE_NONE: what education, service and level bring */
    int grade_month; /* ECH_UNSAID: since his level or his entry, the later */
    bool has_merit;  /* else drawn */
    double merit;    /* standard deviations of entrants */
};

/** At most `at_most` people of completed ages from..to, on `track` or on all (ECH_N_TRACKS). */
struct ech_age_limit {
    const char *id;
    int track;
    int from;
    int to;
    int at_most;
};

/** A county: a range of units, its blocks and limits. */
struct ech_county {
    const char *id;
    struct ech_words title;
    ech_key key;
    int first_unit, n_units;
    int first_post, n_posts;
    int first_block, n_blocks;
    int first_person, n_people; /* given one by one */
    int n_limits;
    const struct ech_age_limit *limits;
};

/** One row of retirement_schedule.csv: born in `birth`, retires at `age` months. */
struct ech_retirement_row {
    int birth_month; /* absolute: year * 12 + month - 1 */
    int age_months;
};

/** Tables that ship as data. */
struct ech_tables {
    int n_retirement[ECH_N_SEXES]; /* rows in order of birth month, without gaps */
    const struct ech_retirement_row *retirement[ECH_N_SEXES];
    bool has_grades;
    int grade_months[ECH_N_GRADES];  /* least months in the grade below; 0 for the lowest */
    double mortality_a[ECH_N_SEXES]; /* q(x) = a + b exp(c (x - 40)), x completed years */
    double mortality_b[ECH_N_SEXES];
    double mortality_c[ECH_N_SEXES];
};

#endif
