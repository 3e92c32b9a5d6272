#include "model/cycle.h"

#include "model/office.h"
#include "model/rank.h"
#include "model/rotation.h"

static ech_id unit_of(const struct ech_run *run, const struct ech_rank *rank)
{
    return run->people[rank->id].unit;
}

/* How many of ranks[n] serve in a unit. */
static int in_unit(const struct ech_run *run, const struct ech_rank *ranks, int n, ech_id unit)
{
    int sum = 0;
    for (int i = 0; i < n; i++) {
        sum += unit_of(run, &ranks[i]) == unit;
    }
    return sum;
}

/* The unit with the most people among ranks[n]; more than half of them are in no other. */
static int largest_share(const struct ech_run *run, const struct ech_rank *ranks, int n,
                         ech_id *unit)
{
    int most = 0;
    for (int i = 0; i < n; i++) {
        ech_id here = unit_of(run, &ranks[i]);
        bool seen = i > 0 && here == unit_of(run, &ranks[i - 1]);
        int count = seen ? 0 : in_unit(run, ranks, n, here);
        if (count > most) {
            most = count;
            *unit = here;
        }
    }
    return most;
}

/* Leaves out the last people of a unit that has more than half of them. */
static int thin_out(const struct ech_run *run, struct ech_rank *ranks, int n)
{
    ech_id unit = ECH_NONE;
    while (n >= 2 && 2 * largest_share(run, ranks, n, &unit) > n) {
        int last = n - 1;
        while (unit_of(run, &ranks[last]) != unit) {
            last--;
        }
        for (int i = last; i + 1 < n; i++) {
            ranks[i] = ranks[i + 1];
        }
        n--;
    }
    return n;
}

/* People of one unit stand together; units and people in the order of keyed numbers. */
static void shuffle(const struct ech_run *run, struct ech_rank *ranks, int n)
{
    for (int i = 0; i < n; i++) {
        const struct ech_person *person = &run->people[ranks[i].id];
        ech_key unit = run->scenario->units[person->unit].key;
        uint64_t number = ech_chance_bits(&run->chance, unit, run->month, ECH_FOR_CYCLE);
        ranks[i] = (struct ech_rank){
            .first = (double)(number >> 32),
            .second = (double)(number & 0xffffffffU),
            .tie = ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_CYCLE),
            .key = person->key,
            .id = ranks[i].id};
    }
    ech_rank_sort(ranks, n);
}

static int greatest_common_divisor(int a, int b)
{
    while (b != 0) {
        int rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The first who would come home where that is avoided; n if nobody would. */
static int first_homecomer(struct ech_run *run, const struct ech_rank *ranks, int n, int step)
{
    int i = 0;
    while (i < n && !ech_rotation_avoids(run, ranks[i].id, unit_of(run, &ranks[(i + step) % n]))) {
        i++;
    }
    return i;
}

/* The order in which people move, without those who would come home; gives their number. */
static int arrange(struct ech_run *run, struct ech_rank *ranks, int n, int *step)
{
    ech_id unit;
    for (;;) {
        n = thin_out(run, ranks, n);
        if (n < 2) {
            return 0;
        }
        shuffle(run, ranks, n);
        *step = largest_share(run, ranks, n, &unit);
        int home = first_homecomer(run, ranks, n, *step);
        if (home == n) {
            return n;
        }
        for (int i = home; i + 1 < n; i++) {
            ranks[i] = ranks[i + 1];
        }
        n--;
    }
}

/* Everybody moves on by as many seats as the largest unit has people: beyond his own unit, because
   its people stand together and are at most half. Steps of that length fall into circles. */
int ech_cycle(struct ech_run *run, struct ech_rank *ranks, int n, const char *cause)
{
    int step = 0;
    n = arrange(run, ranks, n, &step);
    if (n == 0) {
        return 0;
    }
    int n_circles = greatest_common_divisor(n, step);
    for (int c = 0; c < n_circles; c++) {
        for (int i = 0; i < n / n_circles; i++) {
            run->movers[i] = ranks[(c + (int64_t)i * step) % n].id;
        }
        ech_rotate(run, run->movers, n / n_circles, cause);
    }
    return n;
}
