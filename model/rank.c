#include "model/rank.h"

static inline bool comes_before(const struct ech_rank *x, const struct ech_rank *y)
{
    if (x->first != y->first) {
        return x->first < y->first;
    }
    if (x->second != y->second) {
        return x->second < y->second;
    }
    return x->tie != y->tie ? x->tie < y->tie : x->key < y->key;
}

int ech_rank_compare(const void *a, const void *b)
{
    return comes_before(a, b) ? -1 : comes_before(b, a);
}

static void swap(struct ech_rank *x, struct ech_rank *y)
{
    struct ech_rank kept = *x;
    *x = *y;
    *y = kept;
}

static void insert_each(struct ech_rank *ranks, int n)
{
    for (int i = 1; i < n; i++) {
        struct ech_rank mine = ranks[i];
        int at = i;
        for (; at > 0 && comes_before(&mine, &ranks[at - 1]); at--) {
            ranks[at] = ranks[at - 1];
        }
        ranks[at] = mine;
    }
}

/* Of the first, the middle and the last the one between the others. */
static struct ech_rank pivot_of(struct ech_rank *ranks, int n)
{
    struct ech_rank *middle = &ranks[n / 2];
    struct ech_rank *last = &ranks[n - 1];
    if (comes_before(middle, ranks)) {
        swap(middle, ranks);
    }
    if (comes_before(last, middle)) {
        swap(last, middle);
    }
    if (comes_before(middle, ranks)) {
        swap(middle, ranks);
    }
    return *middle;
}

/* Hoare's partition: nobody in ranks[0 ... result - 1] comes after anybody in the rest. */
static int part(struct ech_rank *ranks, int n)
{
    const struct ech_rank pivot = pivot_of(ranks, n);
    int low = 0;
    int high = n - 1;
    while (true) {
        while (comes_before(&ranks[low], &pivot)) {
            low++;
        }
        while (comes_before(&pivot, &ranks[high])) {
            high--;
        }
        if (low >= high) {
            return low;
        }
        swap(&ranks[low++], &ranks[high--]);
    }
}

enum { FEW = 16 };

/* Quicksort, because qsort of the C library calls a function for each comparison. */
void ech_rank_sort(struct ech_rank *ranks, int n)
{
    while (n > FEW) {
        int n_low = part(ranks, n);
        bool low_is_smaller = n_low < n - n_low;
        ech_rank_sort(low_is_smaller ? ranks : ranks + n_low, low_is_smaller ? n_low : n - n_low);
        ranks = low_is_smaller ? ranks + n_low : ranks;
        n = low_is_smaller ? n - n_low : n_low;
    }
    insert_each(ranks, n);
}

void ech_rank_select(struct ech_rank *ranks, int n, int most)
{
    if (most <= 0 || most >= n) {
        return;
    }
    while (n > FEW) {
        int n_low = part(ranks, n);
        if (most <= n_low) {
            n = n_low;
        } else {
            ranks += n_low;
            n -= n_low;
            most -= n_low;
        }
    }
    insert_each(ranks, n);
}

/* A heap in which `mine` sinks from place `at` until nobody below comes before it. */
static void sink(struct ech_rank *ranks, int n, int at, struct ech_rank mine)
{
    for (int below = 2 * at + 1; below < n; below = 2 * at + 1) {
        below += below + 1 < n && comes_before(&ranks[below + 1], &ranks[below]);
        if (!comes_before(&ranks[below], &mine)) {
            break;
        }
        ranks[at] = ranks[below];
        at = below;
    }
    ranks[at] = mine;
}

void ech_rank_pile(struct ech_rank *ranks, int n)
{
    for (int at = n / 2 - 1; at >= 0; at--) {
        sink(ranks, n, at, ranks[at]);
    }
}

void ech_rank_take(struct ech_rank *ranks, int n)
{
    if (n > 1) {
        sink(ranks, n - 1, 0, ranks[n - 1]);
    }
}

/* Brings values below the pivot, or equal to it too, to the front, without a branch for each; gives
   their number. */
static int gather(double *values, int n, double pivot, bool equal_too)
{
    int n_low = 0;
    for (int i = 0; i < n; i++) {
        double mine = values[i];
        bool low = equal_too ? mine <= pivot : mine < pivot;
        values[i] = values[n_low];
        values[n_low] = mine;
        n_low += low;
    }
    return n_low;
}

/* Of the first, the middle and the last the one between the others. */
static double middle_of(const double *values, int n)
{
    double a = values[0];
    double b = values[n / 2];
    double c = values[n - 1];
    double low = a < b ? a : b;
    double high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

double ech_rank_border(double *values, int n, int n_first)
{
    if (n_first <= 0 || n_first >= n) {
        return n_first <= 0 ? -INFINITY : INFINITY;
    }
    while (true) { /* the value at place n_first of the sorted ones stands in values[n] */
        double pivot = middle_of(values, n);
        int n_below = gather(values, n, pivot, false);
        if (n_first < n_below) {
            n = n_below;
            continue;
        }
        int n_passed = n_below + gather(values + n_below, n - n_below, pivot, true);
        if (n_first < n_passed) {
            return n_first == n_below ? pivot : NAN;
        }
        values += n_passed;
        n -= n_passed;
        n_first -= n_passed;
    }
}
