/* Keyed chance: every draw is a pure function of (seed, replication, identity, month, purpose).
   Generator: Threefry-2x64 of Salmon et al. 2011 (Random123), 20 rounds. No state, no order. */
#ifndef ECH_CHANCE_H
#define ECH_CHANCE_H

#include <gsl/gsl_rng.h>

#include "model/types.h"

/** What a draw decides: one for each row of purposes.def. */
enum ech_purpose {
#define PURPOSE(name, number) ECH_FOR_##name = (number),
#include "model/purposes.def"
#undef PURPOSE
};

/** The part of an address that a replication shares. */
struct ech_chance {
    uint64_t seed;
    uint64_t replication;
};

/** 64 random bits at an address. month may be negative. */
uint64_t ech_chance_bits(const struct ech_chance *chance, ech_key identity, int month,
                         enum ech_purpose purpose);

/**
 * Many draws at once, of everybody in keys[n]: writes the rows whose bits are below their thresholds[n]
 * into hits[n] in their order and gives their number. The same bits as ech_chance_bits().
 */
int ech_chance_hits(const struct ech_chance *chance, int month, enum ech_purpose purpose,
                    const ech_key *keys, const uint64_t *thresholds, int n, ech_id *hits);

/** The same with one threshold for all. */
int ech_chance_hits_below(const struct ech_chance *chance, int month, enum ech_purpose purpose,
                          const ech_key *keys, uint64_t threshold, int n, ech_id *hits);

/** Uniform in the open interval (0, 1), 53 bits. */
double ech_chance_uniform(const struct ech_chance *chance, ech_key identity, int month,
                          enum ech_purpose purpose);

/** Whole number 0 ... n - 1, each as likely (bias below n / 2^53); 0 where n < 1. */
int ech_chance_below(const struct ech_chance *chance, ech_key identity, int month,
                     enum ech_purpose purpose, int n);

/** Standard normal, by inversion of the uniform at the same address. */
double ech_chance_normal(const struct ech_chance *chance, ech_key identity, int month,
                         enum ech_purpose purpose);

/** The same of each of keys[n] at once, into normals[n]: bit by bit what ech_chance_normal gives. */
void ech_chance_normals(const struct ech_chance *chance, int month, enum ech_purpose purpose,
                        const ech_key *keys, int n, double *normals);

/** The bits of each of identities[n] at once, into bits[n]: what ech_chance_bits gives. */
void ech_chance_bits_of(const struct ech_chance *chance, const ech_key *identities, int n,
                        int month, enum ech_purpose purpose, uint64_t *bits);

/** The standard normal that bits stand for. */
double ech_chance_normal_at(uint64_t bits);

/** Identity of an ordered pair, such as (person, opening). */
ech_key ech_key_pair(ech_key a, ech_key b);

/** Identities of the pairs of each of a[n] and b, into pairs[n]. */
void ech_key_pairs(const ech_key *a, int n, ech_key b, ech_key *pairs);

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
