#include "model/chance.h"
#include "model/widest.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

/* The generator's header is not ours to warn about. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wcast-qual"
#include <Random123/threefry.h>
#pragma GCC diagnostic pop

/* A member for each number: two purposes of one number do not compile. */
struct numbers_stand_once {
#define PURPOSE(name, number) char of_##number;
#include "model/purposes.def"
#undef PURPOSE
};

/* An address has room for 8 bits of purpose. */
#define PURPOSE(name, number) _Static_assert((number) > 0 && (number) < 256, "purpose " #name);
#include "model/purposes.def"
#undef PURPOSE

/* The first word at a counter and a key of two words each. */
static uint64_t word(uint64_t first, uint64_t second, ech_key identity, uint64_t where)
{
    threefry2x64_ctr_t counter = {{identity, where}};
    threefry2x64_key_t key = {{first, second}};
    return threefry2x64(counter, key).v[0];
}

/* Month, purpose and block share the second counter word: 32, 8 and 24 bits. */
static uint64_t draw(const struct ech_chance *chance, ech_key identity, int month,
                     enum ech_purpose purpose, uint32_t block)
{
    uint64_t where = (uint64_t)(uint32_t)month << 32 | (uint64_t)purpose << 24 | block;
    return word(chance->seed, chance->replication, identity, where);
}

/* One by one up to FEWER. */
enum { LANES = 64, FEW_LANES = 16, FEWER = 3, KEY_WORDS = 3 };

#define ROUND(x, y, by) ((x) += (y), (y) = (y) << (by) | (y) >> (64 - (by)), (y) ^= (x))

/* Threefry-2x64 with 20 rounds, written out for many counters of one second word and one key: the
   first words of the results. `key` holds both words and the third that follows from them. */
static inline void draw_each(const uint64_t *restrict key, const ech_key *restrict identities,
                             uint64_t where, uint64_t *restrict bits, int n)
{
    for (int i = 0; i < n; i++) {
        uint64_t x = identities[i] + key[0];
        uint64_t y = where + key[1];
        for (uint64_t four = 1; four <= 5; four++) {
            if (four % 2 == 1) {
                ROUND(x, y, 16), ROUND(x, y, 42), ROUND(x, y, 12), ROUND(x, y, 31);
            } else {
                ROUND(x, y, 16), ROUND(x, y, 32), ROUND(x, y, 24), ROUND(x, y, 21);
            }
            x += key[four % KEY_WORDS];
            y += key[(four + 1) % KEY_WORDS] + four;
        }
        bits[i] = x;
    }
}

ECH_WIDEST static void draw_many(const uint64_t *restrict key, const ech_key *restrict identities,
                                 uint64_t where, uint64_t *restrict bits)
{
    draw_each(key, identities, where, bits, LANES);
}

ECH_WIDEST static void draw_few(const uint64_t *restrict key, const ech_key *restrict identities,
                                uint64_t where, uint64_t *restrict bits)
{
    draw_each(key, identities, where, bits, FEW_LANES);
}

/* Whether any of so many bits is below its threshold. */
ECH_WIDEST static bool is_any_below(const uint64_t *restrict bits,
                                    const uint64_t *restrict thresholds, int n)
{
    uint64_t any = 0;
    for (int i = 0; i < n; i++) {
        any |= bits[i] < thresholds[i];
    }
    return any != 0;
}

/* Writes rows from `from` on with bits below their thresholds into hits; gives their number. */
static int collect(const uint64_t *restrict bits, const uint64_t *restrict thresholds, int n,
                   int from, ech_id *restrict hits)
{
    int n_hits = 0;
    for (int i = 0; i < n; i++) {
        hits[n_hits] = from + i;
        n_hits += bits[i] < thresholds[i];
    }
    return n_hits;
}

/* The first words at n counters of one second word under a key of two words. */
static void draw_all(uint64_t first, uint64_t second, const ech_key *identities, int n,
                     uint64_t where, uint64_t *bits)
{
    const uint64_t key[KEY_WORDS] = {first, second, SKEIN_KS_PARITY64 ^ first ^ second};
    int i = 0;
    for (; n - i >= LANES; i += LANES) {
        draw_many(key, identities + i, where, bits + i);
    }
    while (i < n) {
        int n_left = n - i < FEW_LANES ? n - i : FEW_LANES;
        if (n_left <= FEWER) {
            bits[i] = word(first, second, identities[i], where);
            i++;
            continue;
        }
        ech_key some[FEW_LANES] = {0};
        uint64_t drawn[FEW_LANES];
        memcpy(some, identities + i, (size_t)n_left * sizeof *some);
        draw_few(key, some, where, drawn);
        memcpy(bits + i, drawn, (size_t)n_left * sizeof *bits);
        i += n_left;
    }
}

/* Hits among up to LANES people from a row on. */
static int some_hits(const struct ech_chance *chance, uint64_t where, const ech_key *keys,
                     const uint64_t *thresholds, int n, int from, ech_id *hits)
{
    uint64_t bits[LANES];
    draw_all(chance->seed, chance->replication, keys + from, n, where, bits);
    return is_any_below(bits, thresholds, n) ? collect(bits, thresholds, n, from, hits) : 0;
}

static uint64_t second_word(int month, enum ech_purpose purpose)
{
    return (uint64_t)(uint32_t)month << 32 | (uint64_t)purpose << 24;
}

int ech_chance_hits(const struct ech_chance *chance, int month, enum ech_purpose purpose,
                    const ech_key *keys, const uint64_t *thresholds, int n, ech_id *hits)
{
    int n_hits = 0;
    for (int from = 0; from < n; from += LANES) {
        n_hits += some_hits(chance, second_word(month, purpose), keys, thresholds + from,
                            n - from < LANES ? n - from : LANES, from, hits + n_hits);
    }
    return n_hits;
}

int ech_chance_hits_below(const struct ech_chance *chance, int month, enum ech_purpose purpose,
                          const ech_key *keys, uint64_t threshold, int n, ech_id *hits)
{
    uint64_t thresholds[LANES];
    int n_hits = 0;
    for (int i = 0; i < LANES; i++) {
        thresholds[i] = threshold;
    }
    for (int from = 0; from < n; from += LANES) {
        n_hits += some_hits(chance, second_word(month, purpose), keys, thresholds,
                            n - from < LANES ? n - from : LANES, from, hits + n_hits);
    }
    return n_hits;
}

static double open_unit(uint64_t bits)
{
    return ((double)(bits >> 11) + 0.5) * 0x1p-53;
}

uint64_t ech_chance_bits(const struct ech_chance *chance, ech_key identity, int month,
                         enum ech_purpose purpose)
{
    return draw(chance, identity, month, purpose, 0);
}

void ech_chance_bits_of(const struct ech_chance *chance, const ech_key *identities, int n,
                        int month, enum ech_purpose purpose, uint64_t *bits)
{
    draw_all(chance->seed, chance->replication, identities, n, second_word(month, purpose), bits);
}

double ech_chance_uniform(const struct ech_chance *chance, ech_key identity, int month,
                          enum ech_purpose purpose)
{
    return open_unit(draw(chance, identity, month, purpose, 0));
}

int ech_chance_below(const struct ech_chance *chance, ech_key identity, int month,
                     enum ech_purpose purpose, int n)
{
    if (n < 1) {
        return 0;
    }
    return (int)(ech_chance_uniform(chance, identity, month, purpose) * n);
}

double ech_chance_normal_at(uint64_t bits)
{
    return gsl_cdf_ugaussian_Pinv(open_unit(bits));
}

double ech_chance_normal(const struct ech_chance *chance, ech_key identity, int month,
                         enum ech_purpose purpose)
{
    return ech_chance_normal_at(ech_chance_bits(chance, identity, month, purpose));
}

/* The middle of the inverse normal distribution (Wichura 1988, AS241), where |u - 1/2| is at most
   CENTRAL: with GSL's constants and in its order, so that the bits are the same. */
static const double CENTRAL = 0.425;
static const double CENTRAL_SQUARED = 0.180625;
enum { DEGREE = 7 };

/* open_unit() by conversions that registers of every width have. */
static inline double open_unit_by_halves(uint64_t bits)
{
    double high = (double)(int32_t)(bits >> 37);
    double low = (double)(int32_t)(bits >> 11 & 0x3ffffff);
    return (high * 0x1p26 + low + 0.5) * 0x1p-53;
}

ECH_WIDEST static void central_normals(const uint64_t *restrict bits, double *restrict uniforms,
                                       double *restrict normals)
{
    static const double above[DEGREE + 1] = {
        3.387132872796366608,  133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
        45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727};
    static const double below[DEGREE + 1] = {1.0,
                                             42.313330701600911252,
                                             687.1870074920579083,
                                             5394.1960214247511077,
                                             21213.794301586595867,
                                             39307.89580009271061,
                                             28729.085735721942674,
                                             5226.495278852854561};
    for (int i = 0; i < LANES; i++) {
        uniforms[i] = open_unit_by_halves(bits[i]);
        double q = uniforms[i] - 0.5;
        double r = CENTRAL_SQUARED - q * q;
        double numerator = above[DEGREE];
        double denominator = below[DEGREE];
        for (int power = DEGREE - 1; power >= 0; power--) {
            numerator = r * numerator + above[power];
            denominator = r * denominator + below[power];
        }
        normals[i] = q * (numerator / denominator);
    }
}

void ech_chance_normals(const struct ech_chance *chance, int month, enum ech_purpose purpose,
                        const ech_key *keys, int n, double *normals)
{
    uint64_t bits[LANES] = {0}; /* what stands in the lanes of nobody means nothing */
    double uniforms[LANES];
    double central[LANES];
    for (int from = 0; from < n; from += LANES) {
        int some = n - from < LANES ? n - from : LANES;
        ech_chance_bits_of(chance, keys + from, some, month, purpose, bits);
        central_normals(bits, uniforms, central);
        for (int i = 0; i < some; i++) {
            bool is_central = fabs(uniforms[i] - 0.5) <= CENTRAL;
            normals[from + i] = is_central ? central[i] : gsl_cdf_ugaussian_Pinv(uniforms[i]);
        }
    }
}

static const uint64_t pair_key[2] = {0x6563686c6f6e0001U, 0x7061697200000001U};

ech_key ech_key_pair(ech_key a, ech_key b)
{
    return word(pair_key[0], pair_key[1], a, b);
}

void ech_key_pairs(const ech_key *a, int n, ech_key b, ech_key *pairs)
{
    draw_all(pair_key[0], pair_key[1], a, n, b, pairs);
}

uint64_t ech_chance_threshold(double p)
{
    if (!(p > 0)) {
        return 0;
    }
    return p >= 1 ? UINT64_MAX : (uint64_t)(p * 0x1p64);
}

static void stream_seed(void *state, unsigned long seed)
{
    struct ech_stream *stream = state;
    *stream = (struct ech_stream){.chance = {.seed = seed, .replication = 1}};
}

static uint64_t stream_next(void *state)
{
    struct ech_stream *stream = state;
    return draw(&stream->chance, stream->identity, stream->month, stream->purpose, stream->block++);
}

static unsigned long stream_get(void *state)
{
    return (unsigned long)(stream_next(state) >> 32);
}

static double stream_get_double(void *state)
{
    /* GSL asks for [0, 1). */
    return (double)(stream_next(state) >> 11) * 0x1p-53;
}

static const gsl_rng_type stream_type = {
    .name = "echelon-threefry2x64",
    .max = 0xffffffffUL,
    .min = 0,
    .size = sizeof(struct ech_stream),
    .set = stream_seed,
    .get = stream_get,
    .get_double = stream_get_double,
};
const gsl_rng_type *const ech_rng_type = &stream_type;

void ech_stream_at(gsl_rng *rng, const struct ech_chance *chance, ech_key identity, int month,
                   enum ech_purpose purpose)
{
    struct ech_stream *stream = gsl_rng_state(rng);
    *stream = (struct ech_stream){
        .chance = *chance, .identity = identity, .month = month, .purpose = purpose};
}
