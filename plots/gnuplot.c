#include "plots/gnuplot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/process.h"

static const double seconds_allowed = 60;

/* Widths on paper and screen: PNG 2.5 pixels for each of ours (1,800 wide), PDF 17 cm on A4. The
   cairo terminals take a point for 4/3 of a pixel, SVG takes it for one. */
static const double png_scale = 2.5;
static const double pdf_inches = 6.693;
static const double points_per_pixel = 0.75;

const char *const ech_picture_format_names[ECH_N_PICTURE_FORMATS] = {"svg", "png", "pdf"};

void ech_gnuplot_quote(struct ech_text *script, const char *string)
{
    bool doubled_may_follow = false;
    ech_text_add(script, "'");
    for (; *string; string++) {
        unsigned char byte = (unsigned char)*string;
        if (byte == '\'') {
            ech_text_add(script, doubled_may_follow ? "''" : "\xE2\x80\x99");
            doubled_may_follow = false;
        } else if (byte >= 32 && byte != 127) {
            ech_text_bytes(script, string, 1);
            doubled_may_follow = true;
        }
    }
    ech_text_add(script, "'");
}

/* Whole parts and thousandths, whatever the locale's decimal sign. */
static void add_decimal(struct ech_text *script, double value)
{
    long thousandths = lround(value * 1000);
    ech_text_print(script, "%ld.%03ld", thousandths / 1000, thousandths % 1000);
}

static void add_scales(struct ech_text *script, double font, double line)
{
    ech_text_add(script, " fontscale ");
    add_decimal(script, font);
    ech_text_add(script, " linewidth ");
    add_decimal(script, line);
}

static void add_terminal(struct ech_text *script, const struct ech_picture *picture)
{
    double shrink = pdf_inches * 72 / picture->width;
    ech_text_add(script, "set encoding utf8\nset terminal ");
    switch (picture->format) {
    case ECH_PICTURE_PNG:
        ech_text_print(script, "pngcairo size %ld,%ld", lround(picture->width * png_scale),
                       lround(picture->height * png_scale));
        add_scales(script, png_scale * points_per_pixel, png_scale);
        break;
    case ECH_PICTURE_PDF:
        ech_text_add(script, "pdfcairo size ");
        add_decimal(script, pdf_inches);
        ech_text_add(script, "in,");
        add_decimal(script, pdf_inches * picture->height / picture->width);
        ech_text_add(script, "in");
        /* gnuplot's PDF lines of width 1 are half a point thick */
        add_scales(script, shrink * points_per_pixel, shrink * 2);
        break;
    default:
        ech_text_print(script, "svg size %ld,%ld dynamic background '#FFFFFF'",
                       lround(picture->width), lround(picture->height));
        break;
    }
    ech_text_add(script, " noenhanced font ");
    ech_gnuplot_quote(script, picture->font->family);
    ech_text_add(script, "\n");
}

static bool begins(const struct ech_text *bytes, const char *with, size_t n)
{
    return bytes->length >= n && memcmp(bytes->bytes, with, n) == 0;
}

/* The last bytes but for white space at the end. */
static bool ends(const struct ech_text *bytes, const char *with, size_t n)
{
    size_t length = bytes->length;
    while (length > 0 && strchr("\r\n ", bytes->bytes[length - 1])) {
        length--;
    }
    return length >= n && memcmp(bytes->bytes + length - n, with, n) == 0;
}

bool ech_gnuplot_is_complete(enum ech_picture_format format, const struct ech_text *bytes)
{
    switch (format) {
    case ECH_PICTURE_PNG:
        return begins(bytes, "\x89PNG", 4) && bytes->length > 12 &&
               memcmp(bytes->bytes + bytes->length - 8, "IEND\xAE\x42\x60\x82", 8) == 0;
    case ECH_PICTURE_PDF:
        return begins(bytes, "%PDF", 4) && ends(bytes, "%%EOF", 5);
    default:
        return begins(bytes, "<?xml", 5) && ends(bytes, "</svg>", 6);
    }
}

/* At most 200 bytes of what gnuplot said, on one line. */
static void tidy(struct ech_text *complaints)
{
    static const size_t most = 200;
    if (complaints->length > most) {
        complaints->length = most;
        complaints->bytes[most] = '\0';
    }
    for (size_t i = 0; i < complaints->length; i++) {
        bool control = (unsigned char)complaints->bytes[i] < 32;
        complaints->bytes[i] = control ? ' ' : complaints->bytes[i];
    }
}

static enum ech_status complain(const struct ech_picture *picture, enum ech_process_end end,
                                struct ech_text *complaints, struct ech_error *error)
{
    static const char *const why[][ECH_N_LANGS] = {
        [ECH_PROCESS_DONE] = {"gnuplot gave an incomplete picture", "gnuplot 输出不完整"},
        [ECH_PROCESS_MISSING] = {"gnuplot is not installed", "未安装 gnuplot"},
        [ECH_PROCESS_FAILED] = {"gnuplot failed", "gnuplot 出错"},
        [ECH_PROCESS_TIMEOUT] = {"gnuplot did not end within 60 s", "gnuplot 60 秒内未完成"},
        [ECH_PROCESS_SYSTEM] = {"gnuplot could not be started", "无法启动 gnuplot"}};
    struct ech_text value = {0};
    tidy(complaints);
    for (int lang = 0; lang < ECH_N_LANGS; lang++) {
        ech_text_add(&value, lang > 0 ? ECH_BOTH_SEPARATOR : "");
        ech_text_fill(&value, complaints->length > 0 ? "{1}: {2}" : "{1}", why[end][lang],
                      ech_text_string(complaints), NULL);
    }
    enum ech_status status =
        ech_fail(error, ECH_ERR_GNUPLOT,
                 (struct ech_facts){.what = picture->name, .value = ech_text_string(&value)});
    ech_text_free(&value);
    return status;
}

enum ech_status ech_gnuplot_draw(const struct ech_picture *picture, struct ech_text *bytes,
                                 struct ech_error *error)
{
    static const char *const argv[] = {"gnuplot", "-d", "-", NULL};
    struct ech_text script = {0}, complaints = {0};
    add_terminal(&script, picture);
    ech_text_bytes(&script, ech_text_string(picture->script), picture->script->length);
    script.failed = script.failed || picture->script->failed;
    enum ech_status status = ech_text_status(&script, picture->name, error);
    if (status == ECH_OK) {
        struct ech_process process = {argv, script.bytes, script.length, seconds_allowed};
        enum ech_process_end end = ech_process_run(&process, bytes, &complaints);
        status = ech_text_status(bytes, picture->name, error);
        bool good = end == ECH_PROCESS_DONE && ech_gnuplot_is_complete(picture->format, bytes);
        if (status == ECH_OK && !good) {
            status = complain(picture, end, &complaints, error);
        }
    }
    ech_text_free(&script);
    ech_text_free(&complaints);
    return status;
}
