/* The order of ranks, and the smallest of them. */
#include "fixture.h"

#include "model/rank.h"

enum { MOST = 337 };

/* Ranks that differ in their keys alone, in ties, or in everything, as n says. */
static void fill(struct ech_rank *ranks, int n)
{
    const struct ech_chance chance = {2385, (uint64_t)n};
    int values = n % 3 == 0 ? 1 : n % 3 == 1 ? 4 : 1000;
    for (int i = 0; i < n; i++) {
        ech_key key = (ech_key)i;
        ranks[i] = (struct ech_rank){
            .first = ech_chance_below(&chance, key, 1, ECH_FOR_EXIT, values),
            .second = ech_chance_below(&chance, key, 2, ECH_FOR_EXIT, values),
            .tie = (uint64_t)ech_chance_below(&chance, key, 3, ECH_FOR_EXIT, values),
            .key = ech_chance_bits(&chance, key, 4, ECH_FOR_EXIT),
            .id = i};
    }
}

static void test_ranks_are_sorted_as_the_library_sorts_them(void **state)
{
    struct ech_rank ranks[MOST], expected[MOST];
    for (int n = 0; n <= MOST; n++) {
        fill(ranks, n);
        memcpy(expected, ranks, sizeof ranks);
        qsort(expected, (size_t)n, sizeof *expected, ech_rank_compare);
        ech_rank_sort(ranks, n);
        for (int i = 0; i < n; i++) {
            assert_int_equal(ranks[i].id, expected[i].id);
        }
        ech_rank_sort(ranks, n); /* what is sorted stays so */
        for (int i = 0; i < n; i++) {
            assert_int_equal(ranks[i].id, expected[i].id);
        }
    }
}

static void test_the_smallest_ranks_come_to_the_front(void **state)
{
    struct ech_rank ranks[MOST], expected[MOST];
    for (int n = 0; n <= MOST; n += n < 40 ? 1 : 33) {
        for (int most = -1; most <= n + 1; most++) {
            fill(ranks, n);
            memcpy(expected, ranks, sizeof ranks);
            ech_rank_sort(expected, n);
            ech_rank_select(ranks, n, most);
            int n_chosen = most < n ? most : n;
            ech_rank_sort(ranks, n_chosen > 0 ? n_chosen : 0);
            for (int i = 0; i < n_chosen; i++) {
                assert_int_equal(ranks[i].id, expected[i].id);
            }
        }
    }
}

static void test_a_pile_gives_one_after_the_other(void **state)
{
    struct ech_rank ranks[MOST], expected[MOST];
    for (int n = 0; n <= MOST; n += n < 40 ? 1 : 33) {
        fill(ranks, n);
        memcpy(expected, ranks, sizeof ranks);
        ech_rank_sort(expected, n);
        ech_rank_pile(ranks, n);
        for (int i = 0; i < n; i++) {
            assert_int_equal(ranks[0].id, expected[i].id);
            ech_rank_take(ranks, n - i);
        }
    }
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void test_a_border_has_so_many_below_it(void **state)
{
    double values[MOST], sorted[MOST];
    struct ech_rank ranks[MOST];
    for (int n = 0; n <= MOST; n += n < 40 ? 1 : 33) {
        fill(ranks, n);
        for (int i = 0; i < n; i++) {
            values[i] = ranks[i].second;
        }
        memcpy(sorted, values, sizeof values);
        qsort(sorted, (size_t)n, sizeof *sorted, compare_numbers);
        for (int most = -1; most <= n + 1; most++) { /* on what the last one has reordered */
            double border = ech_rank_border(values, n, most);
            if (most > 0 && most < n && sorted[most - 1] == sorted[most]) {
                assert_true(isnan(border));
                continue;
            }
            int n_below = 0;
            for (int i = 0; i < n; i++) {
                n_below += values[i] < border;
            }
            assert_int_equal(n_below, most < 0 ? 0 : most < n ? most : n);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks_are_sorted_as_the_library_sorts_them),
        cmocka_unit_test(test_the_smallest_ranks_come_to_the_front),
        cmocka_unit_test(test_a_pile_gives_one_after_the_other),
        cmocka_unit_test(test_a_border_has_so_many_below_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
