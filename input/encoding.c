#include "input/encoding.h"

#include <iconv.h>
#include <string.h>

struct ech_place ech_place_of(const char *text, size_t offset)
{
    struct ech_place place = {1, 1};
    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

size_t ech_utf8_length(const char *text, size_t length)
{
    const unsigned char *byte = (const unsigned char *)text;
    size_t need = byte[0] < 0x80 ? 1 : byte[0] < 0xE0 ? 2 : byte[0] < 0xF0 ? 3 : 4;
    if ((byte[0] >= 0x80 && byte[0] < 0xC2) || byte[0] > 0xF4 || need > length) {
        return 0;
    }
    for (size_t i = 1; i < need; i++) {
        if ((byte[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    bool overlong = (byte[0] == 0xE0 && byte[1] < 0xA0) || (byte[0] == 0xF0 && byte[1] < 0x90);
    bool surrogate = byte[0] == 0xED && byte[1] >= 0xA0;
    bool beyond = byte[0] == 0xF4 && byte[1] >= 0x90;
    return overlong || surrogate || beyond ? 0 : need;
}

/** True for characters that text may hold; C1 controls, U+FFFE, U+FFFF and marks inside are not text. */
static bool is_text(const char *text, size_t n)
{
    const unsigned char *byte = (const unsigned char *)text;
    if (n == 1) {
        return (byte[0] >= 0x20 && byte[0] != 0x7F) || byte[0] == '\t' || byte[0] == '\n' ||
               byte[0] == '\r';
    }
    bool c1 = n == 2 && byte[0] == 0xC2 && byte[1] < 0xA0 && byte[1] != 0x85;
    bool mark = n == 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
    bool never = n == 3 && byte[0] == 0xEF && byte[1] == 0xBF && byte[2] >= 0xBE;
    return !c1 && !mark && !never;
}

size_t ech_text_bad(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length) {
        size_t n = ech_utf8_length(text + i, length - i);
        if (n == 0 || !is_text(text + i, n)) {
            return i;
        }
        i += n;
    }
    return length;
}

bool ech_text_is_line(const char *text)
{
    size_t length = strlen(text);
    return length >= 1 && length <= 100 && ech_text_bad(text, length) == length &&
           strpbrk(text, "\n\r\t") == NULL;
}

static size_t mark_length(const struct ech_file *file)
{
    return file->length >= 3 && memcmp(file->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static bool is_utf16(const struct ech_file *file)
{
    size_t zeros = 0;
    for (size_t i = 0; i < file->length; i++) {
        zeros += file->bytes[i] == '\0';
    }
    bool marked = file->length >= 2 && (memcmp(file->bytes, "\xFF\xFE", 2) == 0 ||
                                        memcmp(file->bytes, "\xFE\xFF", 2) == 0);
    return marked || (file->length >= 4 && 4 * zeros > file->length);
}

/** Converts from GB18030; NULL if the bytes are not GB18030. */
static char *from_gb18030(const struct ech_file *file, size_t *length, struct ech_arena *arena)
{
    size_t room = 2 * file->length + 1; /* two bytes become three at most, four stay four */
    char *input = ech_arena_take(arena, file->length + 1);
    char *output = ech_arena_take(arena, room);
    memcpy(input, file->bytes, file->length);
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1) {
        return NULL;
    }
    char *from = input;
    char *to = output;
    size_t from_left = file->length;
    size_t to_left = room - 1;
    size_t result = iconv(converter, &from, &from_left, &to, &to_left);
    iconv_close(converter);
    *length = room - 1 - to_left;
    return result != (size_t)-1 && from_left == 0 ? output : NULL;
}

static const char *describe(const struct ech_file *file, size_t at, struct ech_arena *arena)
{
    unsigned char byte = (unsigned char)file->bytes[at];
    if (byte == 0) {
        return ECH_BOTH("it holds a NUL byte", "含有空字节 NUL");
    }
    if (ech_utf8_length(file->bytes + at, file->length - at) == 0) {
        return ech_arena_format(
            arena, ECH_BOTH("byte 0x%02X is not UTF-8", "字节 0x%02X 不是 UTF-8"), byte, byte);
    }
    return ECH_BOTH("it holds a control character", "含有控制字符");
}

static const char *advise(const struct ech_file *file, size_t at, struct ech_arena *arena)
{
    size_t length = 0;
    if (is_utf16(file)) {
        return ECH_BOTH("it looks like UTF-16: save it as UTF-8", "疑似 UTF-16，请另存为 UTF-8");
    }
    if (ech_utf8_length(file->bytes + at, file->length - at) == 0 &&
        from_gb18030(file, &length, arena) != NULL) {
        return ECH_BOTH("it looks like GBK or GB18030: save it as UTF-8",
                        "疑似 GBK 或 GB18030，请另存为 UTF-8");
    }
    return NULL;
}

bool ech_encoding_check(const struct ech_file *file, size_t *skip, struct ech_arena *arena,
                        struct ech_error *error)
{
    *skip = mark_length(file);
    size_t bad = *skip + ech_text_bad(file->bytes + *skip, file->length - *skip);
    if (bad == file->length) {
        return true;
    }
    struct ech_place place = ech_place_of(file->bytes + *skip, bad - *skip);
    ech_fail(error, ECH_ERR_ENCODING,
             (struct ech_facts){.value = describe(file, bad, arena),
                                .hint = advise(file, bad, arena),
                                .at = {file->path, place.line, place.column}});
    return false;
}

bool ech_encoding_decode(struct ech_file *file, size_t *skip, struct ech_arena *arena,
                         struct ech_error *error)
{
    size_t mark = mark_length(file);
    size_t bad = mark + ech_text_bad(file->bytes + mark, file->length - mark);
    size_t length = 0;
    if (bad < file->length && !is_utf16(file) &&
        ech_utf8_length(file->bytes + bad, file->length - bad) == 0) {
        const char *converted = from_gb18030(file, &length, arena);
        file->length = converted != NULL ? length : file->length;
        file->bytes = converted != NULL ? converted : file->bytes;
    }
    return ech_encoding_check(file, skip, arena, error);
}
