/* Keyed chance: every draw is a pure function of (seed, replication, identity, month, purpose).
   Generator: Threefry-2x64 of Salmon et al. 2011 (Random123), 20 rounds. No state, no order. */
#ifndef ECH_CHANCE_H
#define ECH_CHANCE_H

#include <gsl/gsl_rng.h>

#include "model/types.h"

/** What a draw decides. One uniform never serves two decisions; numbers are part of the results. */
enum ech_purpose {
    ECH_FOR_EXIT = 1,
    ECH_FOR_CAUSE = 2,
    ECH_FOR_WINDOW = 3,
    ECH_FOR_STEPDOWN = 4,
    ECH_FOR_ROTATION = 5,
    ECH_FOR_NOISE = 6,
    ECH_FOR_TIE = 7,
    ECH_FOR_OPENING = 8,
    ECH_FOR_RESERVE = 9,
    ECH_FOR_DROPOUT = 10,
    ECH_FOR_TRANSFER = 11,
    ECH_FOR_SOURCE = 12,
    ECH_FOR_TERM = 13,
    ECH_FOR_CYCLE = 14,
    ECH_FOR_SHUFFLE = 15,
    ECH_FOR_CONFLICT = 16,
    ECH_FOR_APPLICANTS = 50,
    ECH_FOR_CONVERT = 51,
    ECH_FOR_MERIT = 20,
    ECH_FOR_SEX = 21,
    ECH_FOR_AGE = 22,
    ECH_FOR_EDUCATION = 23,
    ECH_FOR_FULLTIME = 24,
    ECH_FOR_PARTY = 25,
    ECH_FOR_HOME = 26,
    ECH_FOR_SERVICE = 27,
    ECH_FOR_POST_TIME = 28,
    ECH_FOR_LEVEL_TIME = 29,
    ECH_FOR_AGE_BAND = 30,
    ECH_FOR_BLOCK = 31,
    ECH_FOR_AGE_LIMIT = 32,
    ECH_FOR_SPECIALTY = 33,
    ECH_FOR_BASE_TIME = 34,
    ECH_FOR_HOME_UNIT = 35,
    ECH_FOR_QUALIFYING = 50,
    ECH_FOR_POPULARITY = 51,
    ECH_FOR_VOTE_MEETING = 52,
    ECH_FOR_VOTE_TALKS = 53,
    ECH_FOR_EXAM = 54,
    ECH_FOR_INSPECTION = 55,
    ECH_FOR_DECLINE = 56,
    ECH_FOR_PROCEDURE = 57,
    ECH_FOR_POST_PROBATION = 58,
    ECH_FOR_UP_AGAIN = 59,
    ECH_FOR_CHANNEL = 60,
    ECH_FOR_ENTRY_LEVEL = 61,
    ECH_FOR_SECONDMENT = 62,
    ECH_FOR_AWAY_TIME = 63,
    ECH_FOR_BEYOND = 64,
    ECH_FOR_CONVERSION = 65,
    ECH_FOR_STAYING = 66,
    ECH_FOR_ABOVE = 67,
    ECH_FOR_WISH = 68,
    ECH_FOR_WISH_ORDER = 69
};

/** The part of an address that a replication shares. */
struct ech_chance {
    uint64_t seed;
    uint64_t replication;
};

/** 64 random bits at an address. month may be negative. */
uint64_t ech_chance_bits(const struct ech_chance *chance, ech_key identity, int month,
                         enum ech_purpose purpose);

/** Uniform in the open interval (0, 1), 53 bits. */
double ech_chance_uniform(const struct ech_chance *chance, ech_key identity, int month,
                          enum ech_purpose purpose);

/** Whole number 0 ... n - 1, each as likely (bias below n / 2^53); 0 where n < 1. */
int ech_chance_below(const struct ech_chance *chance, ech_key identity, int month,
                     enum ech_purpose purpose, int n);

/** Standard normal, by inversion of the uniform at the same address. */
double ech_chance_normal(const struct ech_chance *chance, ech_key identity, int month,
                         enum ech_purpose purpose);

/** Identity of an ordered pair, such as (person, opening). */
ech_key ech_key_pair(ech_key a, ech_key b);

/** The bits below which a uniform word falls with probability p (0 ... 1). */
uint64_t ech_chance_threshold(double p);

/** Address of a stream for GSL's distributions: draws count up from `block` 0. */
struct ech_stream {
    struct ech_chance chance;
    ech_key identity;
    int month;
    enum ech_purpose purpose;
    uint32_t block;
};

/** The generator as GSL knows it; its state is a struct ech_stream, filled by ech_stream_at(). */
extern const gsl_rng_type *const ech_rng_type;

/** Points a generator of ech_rng_type to an address. */
void ech_stream_at(gsl_rng *rng, const struct ech_chance *chance, ech_key identity, int month,
                   enum ech_purpose purpose);

#endif
