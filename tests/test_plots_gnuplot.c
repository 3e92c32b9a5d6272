/* Other programs: run, caught, ended; pictures complete or not at all. */
#include "plots_fixture.h"

#include <signal.h>
#include <time.h>

#include "plots/fonts.h"
#include "plots/gnuplot.h"
#include "plots/process.h"
#include "plots/svg.h"

static enum ech_process_end run(const char *const *argv, const char *input, size_t n,
                                double seconds, struct ech_text *out)
{
    struct ech_text complaints = {0};
    struct ech_process process = {argv, input, n, seconds};
    enum ech_process_end end = ech_process_run(&process, out, &complaints);
    ech_text_free(&complaints);
    return end;
}

static void test_megabytes_go_in_and_come_out(void **state)
{
    enum { N = 3000000 };
    static const char *const argv[] = {"cat", NULL};
    char *input = malloc(N);
    struct ech_text out = {0};
    assert_non_null(input);
    for (size_t i = 0; i < N; i++) {
        input[i] = (char)(i * 7 % 251);
    }
    assert_int_equal(run(argv, input, N, 30, &out), ECH_PROCESS_DONE);
    assert_int_equal(out.length, N);
    assert_memory_equal(out.bytes, input, N);
    ech_text_free(&out);
    free(input);
}

static void test_a_program_that_does_not_read_is_no_sigpipe(void **state)
{
    enum { N = 1000000 };
    static const char *const argv[] = {"true", NULL};
    char *input = calloc(1, N);
    struct ech_text out = {0};
    assert_non_null(input);
    signal(SIGPIPE, SIG_DFL);
    assert_int_equal(run(argv, input, N, 30, &out), ECH_PROCESS_DONE);
    ech_text_free(&out);
    free(input);
}

static void test_ends_are_told_apart(void **state)
{
    static const char *const missing[] = {"echelon-no-such-program", NULL};
    static const char *const failing[] = {"sh", "-c", "echo half; exit 3", NULL};
    static const char *const killed[] = {"sh", "-c", "kill -9 $$", NULL};
    struct ech_text out = {0};
    assert_int_equal(run(missing, "", 0, 5, &out), ECH_PROCESS_MISSING);
    assert_int_equal(run(failing, "", 0, 5, &out), ECH_PROCESS_FAILED);
    assert_string_equal(ech_text_string(&out), "half\n");
    assert_int_equal(run(killed, "", 0, 5, &out), ECH_PROCESS_FAILED);
    ech_text_free(&out);
}

static void test_what_hangs_is_killed_with_its_children(void **state)
{
    static const char *const hanging[] = {"sh", "-c", "sleep 30 & sleep 30", NULL};
    static const char *const silent[] = {"sh", "-c", "exec >&- 2>&-; sleep 30", NULL};
    struct ech_text out = {0};
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    assert_int_equal(run(hanging, "x", 1, 0.2, &out), ECH_PROCESS_TIMEOUT);
    assert_int_equal(run(silent, "x", 1, 0.2, &out), ECH_PROCESS_TIMEOUT);
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_true(after.tv_sec - before.tv_sec < 10);
    ech_text_free(&out);
}

static void test_programs_see_a_fixed_locale(void **state)
{
    static const char *const argv[] = {"sh", "-c", "echo $LC_ALL", NULL};
    struct ech_text out = {0};
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    assert_int_equal(run(argv, "", 0, 5, &out), ECH_PROCESS_DONE);
    unsetenv("LC_ALL");
    assert_string_equal(ech_text_string(&out), "C.UTF-8\n");
    ech_text_free(&out);
}

static enum ech_status draw(enum ech_picture_format format, const char *words,
                            struct ech_text *bytes, struct ech_error *error)
{
    struct ech_font font;
    struct ech_text script = {0};
    assert_int_equal(ech_font_find(ECH_LANG_EN, &font, NULL), ECH_OK);
    ech_text_add(&script, words);
    struct ech_picture picture = {"test", format, 300, 200, &font, &script};
    enum ech_status status = ech_gnuplot_draw(&picture, bytes, error);
    ech_text_free(&script);
    return status;
}

static void test_each_format_is_drawn_whole(void **state)
{
    for (int f = 0; f < ECH_N_PICTURE_FORMATS; f++) {
        struct ech_text bytes = {0};
        struct ech_error error = {0};
        enum ech_picture_format format = (enum ech_picture_format)f;
        assert_int_equal(draw(format, "plot [0:1] x\n", &bytes, &error), ECH_OK);
        assert_true(ech_gnuplot_is_complete(format, &bytes));
        bytes.length -= 20;
        assert_false(ech_gnuplot_is_complete(format, &bytes));
        ech_text_free(&bytes);
        ech_error_free(&error);
    }
}

static void test_a_wrong_script_says_what_gnuplot_said(void **state)
{
    struct ech_text bytes = {0};
    struct ech_error error = {0};
    char words[1000];
    assert_int_equal(draw(ECH_PICTURE_SVG, "plott x\n", &bytes, &error), ECH_PARTIAL);
    assert_int_equal(error.n_problems, 1);
    assert_int_equal(error.problems[0].code, ECH_ERR_GNUPLOT);
    ech_error_text(&error.problems[0], ECH_LANG_EN, words, sizeof words);
    assert_non_null(strstr(words, "gnuplot failed"));
    assert_non_null(strstr(words, "plott"));
    ech_error_text(&error.problems[0], ECH_LANG_ZH, words, sizeof words);
    assert_non_null(strstr(words, "出错"));
    ech_text_free(&bytes);
    ech_error_free(&error);
}

static void assert_partial_with(const char *script)
{
    char folder[PATH_SIZE];
    struct ech_text bytes = {0};
    struct ech_error error = {0};
    make_folder(folder);
    if (script) {
        put_program(folder, "gnuplot", script);
    }
    set_path(folder);
    enum ech_status status = draw(ECH_PICTURE_PNG, "plot x\n", &bytes, &error);
    put_path_back();
    assert_int_equal(status, ECH_PARTIAL);
    assert_int_equal(error.problems[0].code, ECH_ERR_GNUPLOT);
    ech_text_free(&bytes);
    ech_error_free(&error);
    remove_folder(folder);
}

static void test_a_missing_or_dying_gnuplot_costs_only_the_picture(void **state)
{
    assert_partial_with(NULL);
    assert_partial_with("exit 0");
    assert_partial_with("exit 1");
    assert_partial_with("kill -9 $$");
    assert_partial_with("read line; printf '\\211PNG half'; exit 0");
}

static void test_without_a_chinese_font_the_package_is_named(void **state)
{
    char folder[PATH_SIZE];
    struct ech_font font;
    struct ech_error error = {0};
    make_folder(folder);
    put_program(folder, "fc-list", "exit 0");
    set_path(folder);
    enum ech_status chinese = ech_font_find(ECH_LANG_ZH, &font, &error);
    enum ech_status english = ech_font_find(ECH_LANG_EN, &font, &error);
    put_path_back();
    assert_int_equal(chinese, ECH_PARTIAL);
    assert_int_equal(error.n_problems, 1);
    assert_int_equal(error.problems[0].code, ECH_ERR_FONT);
    assert_string_equal(error.problems[0].facts.hint, "fonts-wqy-zenhei");
    assert_int_equal(english, ECH_OK);
    assert_string_equal(font.family, "sans-serif");
    ech_error_free(&error);
    remove_folder(folder);
}

static void test_a_liked_font_is_taken_before_others(void **state)
{
    char folder[PATH_SIZE];
    struct ech_font font;
    make_folder(folder);
    put_program(folder, "fc-list",
                "printf 'Odd Kai,\\t0\\t/f/odd.ttf\\nWenQuanYi Zen Hei Mono,\\t1\\t/f/w.ttc\\n"
                "WenQuanYi Zen Hei,\\t2\\t/f/w.ttc\\n'");
    set_path(folder);
    enum ech_status status = ech_font_find(ECH_LANG_ZH, &font, NULL);
    put_path_back();
    assert_int_equal(status, ECH_OK);
    assert_string_equal(font.family, "WenQuanYi Zen Hei");
    assert_string_equal(font.file, "/f/w.ttc");
    assert_int_equal(font.face, 2);
    remove_folder(folder);
}

static void test_a_subset_is_a_small_font(void **state)
{
    struct ech_text words = {0}, few = {0}, more = {0};
    struct ech_error error = {0};
    ech_text_add(&words, "空缺率");
    assert_int_equal(ech_font_subset(&words, &few, &error), ECH_OK);
    ech_text_add(&words, "后备干部领导职位编制");
    assert_int_equal(ech_font_subset(&words, &more, &error), ECH_OK);
    assert_in_range(few.length, 2000, 60000);
    assert_true(more.length > few.length);
    ech_text_free(&words);
    ech_text_free(&few);
    ech_text_free(&more);
    ech_error_free(&error);
}

static void test_svg_is_cleaned(void **state)
{
    struct ech_text bytes = {0}, clean = {0};
    struct ech_error error = {0};
    struct ech_svg svg = {.title = "A <b> & c", .description = "d", .font = "Font's"};
    const char *script = "set label 'rgb(1, 2, 3)  .00 id=\"x\" <title>$ <defs>' at 0.5,0.5 "
                         "font 'X:Bold,12'\n"
                         "plot [0:1][0:1] x with lines\n";
    assert_int_equal(draw(ECH_PICTURE_SVG, script, &bytes, &error), ECH_OK);
    ech_svg_clean(&bytes, &svg, &clean);
    const char *xml = ech_text_string(&clean);
    assert_well_formed(xml);
    assert_non_null(strstr(xml, "<title>A &lt;b&gt; &amp; c</title>"));
    assert_non_null(strstr(xml, "font-family=\"'Font&#39;s',"));
    assert_non_null(strstr(xml, "font-weight=\"bold\""));
    assert_non_null(strstr(xml, ">rgb(1, 2, 3)  .00 id=\"x\" &lt;title>$ &lt;defs>"));
    assert_null(strstr(xml, " id='"));
    assert_null(strstr(xml, "<defs>"));
    assert_null(strstr(xml, "font-family=\"X"));
    assert_null(strstr(xml, "Gnuplot"));
    assert_true(clean.length < bytes.length);
    ech_text_free(&bytes);
    ech_text_free(&clean);
    ech_error_free(&error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_megabytes_go_in_and_come_out),
        cmocka_unit_test(test_a_program_that_does_not_read_is_no_sigpipe),
        cmocka_unit_test(test_ends_are_told_apart),
        cmocka_unit_test(test_what_hangs_is_killed_with_its_children),
        cmocka_unit_test(test_programs_see_a_fixed_locale),
        cmocka_unit_test(test_each_format_is_drawn_whole),
        cmocka_unit_test(test_a_wrong_script_says_what_gnuplot_said),
        cmocka_unit_test(test_a_missing_or_dying_gnuplot_costs_only_the_picture),
        cmocka_unit_test(test_without_a_chinese_font_the_package_is_named),
        cmocka_unit_test(test_a_liked_font_is_taken_before_others),
        cmocka_unit_test(test_a_subset_is_a_small_font),
        cmocka_unit_test(test_svg_is_cleaned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
