/* Files that appear whole or not at all, and replace nothing that is not theirs. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "plots_fixture.h"
#include "results/size.h"
#include "results/whole.h"
#include "tests/results_files.h"

static char folder[PATH_SIZE];

static int setup_folder(void **state)
{
    make_folder(folder);
    return 0;
}

static int teardown_folder(void **state)
{
    remove_folder(folder);
    return 0;
}

/* A path in the folder; two calls' results may be used at the same time. */
static const char *in_folder(const char *name)
{
    static char paths[2][PATH_SIZE + 32];
    static int next;
    next = 1 - next;
    snprintf(paths[next], sizeof paths[next], "%s/%s", folder, name);
    return paths[next];
}

static void put(const char *name, const char *words)
{
    FILE *file = fopen(in_folder(name), "wb");
    assert_non_null(file);
    fputs(words, file);
    assert_int_equal(fclose(file), 0);
}

static void assert_holds(const char *name, const char *words)
{
    struct ech_text back = {0};
    read_whole(in_folder(name), &back);
    assert_string_equal(ech_text_string(&back), words);
    ech_text_free(&back);
}

static void expect_refused(const char *name, enum ech_status status, enum ech_error_code code)
{
    struct ech_error error = {0};
    assert_int_equal(ech_whole_write(in_folder(name), "mine", 4, &error), status);
    files_expect_code(&error, code);
}

static void test_a_file_is_written_whole_or_not_at_all(void **state)
{
    struct ech_text back = {0};
    struct ech_error error = {0};
    struct stat facts;
    mode_t mask = umask(027);
    assert_int_equal(ech_whole_write(in_folder("x.svg"), "a\0b", 3, &error), ECH_OK);
    umask(mask);
    read_whole(in_folder("x.svg"), &back);
    assert_int_equal(back.length, 3);
    ech_text_free(&back);
    assert_int_equal(stat(in_folder("x.svg"), &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0640);
    assert_int_equal(count_files(folder), 1);
    expect_refused("none/x.svg", ECH_IO, ECH_ERR_WRITE);
    assert_int_equal(mkdir(in_folder("d"), 0700), 0); /* a folder stands in the way */
    expect_refused("d", ECH_IO, ECH_ERR_WRITE);
    assert_int_equal(rmdir(in_folder("d")), 0);
    assert_int_equal(count_files(folder), 1);
    assert_int_equal(ech_whole_write(in_folder("x.svg"), "anew", 4, &error), ECH_OK);
    assert_holds("x.svg", "anew");
}

/* A limit on the size of files stands in for a full disk. */
static void test_a_full_disk_leaves_nothing(void **state)
{
    struct rlimit before, small;
    put("x.png", "old");
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){3, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    expect_refused("x.png", ECH_IO, ECH_ERR_WRITE);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(count_files(folder), 1);
    assert_holds("x.png", "old");
}

static void test_a_neighbour_called_part_is_nobodys_business(void **state)
{
    struct ech_error error = {0};
    put("x.csv.part", "a user's own");
    assert_int_equal(ech_whole_write(in_folder("x.csv"), "mine", 4, &error), ECH_OK);
    assert_holds("x.csv", "mine");
    assert_holds("x.csv.part", "a user's own");
    assert_int_equal(count_files(folder), 2);
}

static void test_what_a_run_keeps_or_writes_is_left_alone(void **state)
{
    char database[] = "SQLite format 3\0rest";
    FILE *file = fopen(in_folder("r.db.part"), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(database, 1, sizeof database, file), sizeof database);
    fclose(file);
    expect_refused("r.db", ECH_USAGE, ECH_ERR_EXISTS);
    expect_refused("r.db.part", ECH_USAGE, ECH_ERR_EXISTS);
    put("r.db.part-wal", "log");
    expect_refused("r.db.part-wal", ECH_USAGE, ECH_ERR_EXISTS);
    put("s.db.part", ""); /* a run that has just begun */
    int claim = open(in_folder("s.db.part"), O_RDONLY);
    assert_true(claim >= 0 && flock(claim, LOCK_EX | LOCK_NB) == 0);
    expect_refused("s.db", ECH_USAGE, ECH_ERR_BUSY);
    expect_refused("s.db.part", ECH_USAGE, ECH_ERR_BUSY);
    close(claim);
    assert_int_equal(count_files(folder), 3);
}

/* A run that begins or ends while we write. */
static void test_a_run_that_came_meanwhile_is_left_alone(void **state)
{
    static const char *const made[] = {"r.db.part", "r.db"};
    for (int i = 0; i < 2; i++) {
        struct ech_error error = {0};
        struct ech_whole whole;
        assert_int_equal(ech_whole_open(in_folder("r.db"), &whole, &error), ECH_OK);
        fputs("mine", whole.out);
        FILE *file = fopen(in_folder(made[i]), "wb");
        assert_non_null(file);
        assert_int_equal(fwrite("SQLite format 3", 1, 16, file), 16);
        fclose(file);
        assert_int_equal(ech_whole_finish(&whole, &error), ECH_USAGE);
        files_expect_code(&error, ECH_ERR_EXISTS);
        assert_int_equal(count_files(folder), 1);
        assert_holds(made[i], "SQLite format 3");
        unlink(in_folder(made[i]));
    }
}

/* With and without a file that was there before. */
static void test_of_two_at_once_the_first_stays(void **state)
{
    for (int existed = 0; existed < 2; existed++) {
        struct ech_error error = {0};
        struct ech_whole large, small;
        assert_int_equal(ech_whole_open(in_folder("x.csv"), &large, &error), ECH_OK);
        assert_int_equal(ech_whole_open(in_folder("x.csv"), &small, &error), ECH_OK);
        fputs("large large", large.out);
        fputs("small", small.out);
        assert_int_equal(ech_whole_finish(&small, &error), ECH_OK);
        assert_int_equal(ech_whole_finish(&large, &error), ECH_USAGE);
        files_expect_code(&error, ECH_ERR_EXISTS);
        assert_holds("x.csv", "small");
        assert_int_equal(count_files(folder), 1);
    }
}

static void test_what_is_thrown_away_or_abandoned_is_gone(void **state)
{
    struct ech_error error = {0};
    struct ech_whole one, two, three;
    put("x.csv", "old");
    assert_int_equal(ech_whole_open(in_folder("x.csv"), &one, &error), ECH_OK);
    assert_int_equal(ech_whole_open(in_folder("y.csv"), &two, &error), ECH_OK);
    assert_int_equal(ech_whole_open(in_folder("z.csv"), &three, &error), ECH_OK);
    assert_int_equal(count_files(folder), 4);
    ech_whole_discard(&two);
    ech_whole_discard(&two);
    assert_int_equal(count_files(folder), 3);
    ech_whole_abandon();
    assert_int_equal(count_files(folder), 1);
    ech_whole_discard(&one);
    ech_whole_discard(&three);
    assert_holds("x.csv", "old");
    ech_whole_discard(&(struct ech_whole){0});
}

static void assert_size(double bytes, const char *words)
{
    char text[40];
    ech_size_text(bytes, text, sizeof text);
    assert_string_equal(text, words);
}

static void test_sizes_are_said_in_units_that_fit(void **state)
{
    assert_size(4096, "4 kB");
    assert_size(2.1e7, "21 MB");
    assert_size(1.37e8, "0.14 GB");
    assert_size(8.796e12, "8796.00 GB");
}

static void test_what_does_not_fit_is_refused(void **state)
{
    struct ech_error error = {0};
    assert_int_equal(ech_size_fits("x.csv", 1234, 1e9, &error), ECH_OK);
    assert_int_equal(ech_size_fits("x.csv", 2.1e7, 3.4e3, &error), ECH_MEMORY);
    assert_non_null(strstr(error.problems[0].facts.value, "about 21 MB"));
    assert_non_null(strstr(error.problems[0].facts.allowed, "3 kB"));
    files_expect_code(&error, ECH_ERR_TOO_LARGE);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup_folder, teardown_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_a_file_is_written_whole_or_not_at_all),
        IN_FOLDER(test_a_full_disk_leaves_nothing),
        IN_FOLDER(test_a_neighbour_called_part_is_nobodys_business),
        IN_FOLDER(test_what_a_run_keeps_or_writes_is_left_alone),
        IN_FOLDER(test_a_run_that_came_meanwhile_is_left_alone),
        IN_FOLDER(test_of_two_at_once_the_first_stays),
        IN_FOLDER(test_what_is_thrown_away_or_abandoned_is_gone),
        cmocka_unit_test(test_sizes_are_said_in_units_that_fit),
        cmocka_unit_test(test_what_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
