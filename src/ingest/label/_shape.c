/* What one line looks like, in one pass over its characters: shape.py in C, which says what each measure means.

   A test holds the two together, on every code point and on any text. The dates of a line are Python's
   business; most lines are known here to have none. */

#include "_crf.h"
#include "../vocabulary/_marks.h"

#define HEAD 600  /* characters that are looked at */
#define DATED 200 /* longer lines are prose, and the dates in it are of events */
#define WORDY 60  /* characters of a text that is a date without a digit */
#define MOST_WORDS 40
#define WIDE 0x2e80 /* from here on the letters that take two columns begin */

typedef struct {
    PyObject *text;
    const void *data;
    int kind;
    Py_ssize_t whole, size; /* characters; those of the head */
    PyObject *words[MOST_WORDS];
    int count, lettered, capital, upper; /* words; with a letter first; with a capital first; in capitals */
    int wide, digits, decimals, sentences, hyphens;
    unsigned marks; /* which of MARKS are in the head, a bit each */
} Measured;

/* The telling signs. */
static const Py_UCS4 MARKS[] = {'|', 0xb7, 0x2022, '/',    0x203a, 0xbb,   '@', '#',
                                0xa9, ':', 0x2013, 0x2014, 0x201c, '"', '(', 0};
#define RIGHTS (1u << 8) /* of the copyright sign */

#define AT(line, place) PyUnicode_READ((line)->kind, (line)->data, place)

/* ---- kinds of characters ---- */

static int is_in(Py_UCS4 one, const Py_UCS4 *set) {
    for (; *set; set++)
        if (*set == one)
            return 1;
    return 0;
}

static int is_stop(Py_UCS4 one) {
    static const Py_UCS4 set[] = {'.',    '!',    '?',    0x2026, 0x3002, 0xff01, 0xff1f, 0xff61, 0x0964,
                                  0x0965, 0x061f, 0x06d4, 0x0589, 0x1362, 0x166e, 0x1803, 0};
    static const Py_UCS4 few[] = {'.', '!', '?', 0};
    return is_in(one, one < 128 ? few : set);
}

/* Those that end a sentence whatever follows. */
static int is_full_stop(Py_UCS4 one) {
    static const Py_UCS4 set[] = {0x3002, 0xff01, 0xff1f, 0xff61, 0x0964, 0x0965, 0x06d4, 0};
    return one > 128 && is_in(one, set);
}

static int is_closing(Py_UCS4 one) {
    static const Py_UCS4 set[] = {'"',    '\'',   ')',    ']',    0x201d, 0x2019, 0xbb,   0x203a,
                                  0xff09, 0x300d, 0x300f, 0x3011, 0x3009, 0x300b, 0};
    return is_in(one, set);
}

static int is_of_word(Py_UCS4 one) {
    if (one < 128)
        return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') || one == '_';
    return Py_UNICODE_ISALNUM(one) || is_mark(one);
}

/* ---- words ---- */

/* Words come again and again: those seen last are kept, and with them their hashes. */
enum { RECENT = 4096, KEPT_WORD = 24 };
static PyObject *recent[RECENT];

static PyObject *known_word(const Py_UCS1 *letters, Py_ssize_t size) {
    uint32_t hash = 2166136261u;
    for (Py_ssize_t at = 0; at < size; at++)
        hash = (hash ^ letters[at]) * 16777619u;
    PyObject **slot = &recent[(hash ^ hash >> 12) % RECENT];
    if (!*slot || PyUnicode_GET_LENGTH(*slot) != size || memcmp(PyUnicode_1BYTE_DATA(*slot), letters, (size_t)size)) {
        PyObject *word = PyUnicode_New(size, 127);
        if (!word)
            return NULL;
        memcpy(PyUnicode_1BYTE_DATA(word), letters, (size_t)size);
        Py_XSETREF(*slot, word);
    }
    return Py_NewRef(*slot);
}

/* A word in lower case. */
static PyObject *lowered(const Measured *line, Py_ssize_t from, Py_ssize_t to, int ascii) {
    static PyObject *lower; /* the name of the method */
    if (!lower && !(lower = PyUnicode_InternFromString("lower")))
        return NULL;
    if (!ascii) {
        PyObject *word = PyUnicode_Substring(line->text, from, to);
        PyObject *low = word ? PyObject_CallMethodNoArgs(word, lower) : NULL;
        Py_XDECREF(word);
        return low;
    }
    Py_UCS1 room[KEPT_WORD];
    PyObject *word = to - from > KEPT_WORD ? PyUnicode_New(to - from, 127) : NULL;
    if (!word && to - from > KEPT_WORD)
        return NULL;
    Py_UCS1 *letters = word ? PyUnicode_1BYTE_DATA(word) : room;
    for (Py_ssize_t at = from; at < to; at++) {
        Py_UCS4 one = AT(line, at);
        letters[at - from] = (Py_UCS1)(one >= 'A' && one <= 'Z' ? one + 32 : one);
    }
    return word ? word : known_word(room, to - from);
}

/* The word that begins at a place: counts its capitals, keeps it in lower case. Its end, or -1. */
static Py_ssize_t read_word(Measured *line, Py_ssize_t from) {
    int ascii = 1, cased = 0, small = 0;
    Py_ssize_t at = from;
    for (; at < line->size; at++) {
        Py_UCS4 one = AT(line, at);
        if (one == '\'' || one == '-' || one == 0x2019) {
            if (at + 1 == line->size || !is_of_word(AT(line, at + 1)))
                break;
            line->hyphens |= one == '-';
        } else if (!is_of_word(one)) {
            break;
        }
        ascii &= one < 128;
        if (one < 128) {
            cased |= one >= 'A' && one <= 'Z';
            small |= one >= 'a' && one <= 'z';
        } else if (Py_UNICODE_ISUPPER(one)) {
            cased = 1;
        } else if (Py_UNICODE_ISLOWER(one) || Py_UNICODE_ISTITLE(one)) {
            small = 1;
        }
    }
    if (line->count == MOST_WORDS)
        return at;
    Py_UCS4 first = AT(line, from);
    if (Py_UNICODE_ISALPHA(first)) {
        line->lettered++;
        line->capital += Py_UNICODE_ISUPPER(first);
        line->upper += cased && !small;
    }
    PyObject *word = lowered(line, from, at, ascii);
    if (!word)
        return -1;
    line->words[line->count++] = word;
    return at;
}

/* Counts one character, if it is no letter of ASCII and no space. */
static void count_sign(Measured *line, Py_UCS4 one) {
    int number = one >= '0' && one <= '9';
    line->wide += one >= WIDE;
    line->digits += one < 128 ? number : Py_UNICODE_ISDIGIT(one) != 0;
    line->decimals += one < 128 ? number : Py_UNICODE_ISDECIMAL(one) != 0;
    for (int mark = 0; !number && MARKS[mark]; mark++)
        if (one == MARKS[mark])
            line->marks |= 1u << mark;
}

static int read_head(Measured *line) {
    Py_ssize_t ended = 0; /* where the last sentence did */
    for (Py_ssize_t at = 0; at < line->size; at++) {
        Py_UCS4 one = AT(line, at);
        if (one == ' ' || (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z'))
            continue;
        count_sign(line, one);
        if (at < ended || !is_stop(one))
            continue;
        Py_ssize_t after = at + 1;
        while (after < line->size && is_closing(AT(line, after)))
            after++;
        if (after == line->size || Py_UNICODE_ISSPACE(AT(line, after))) {
            line->sentences++;
            ended = after;
        } else if (is_full_stop(one)) {
            line->sentences++;
        }
    }
    for (Py_ssize_t at = 0; at < line->size && line->count < MOST_WORDS;) {
        if (!is_of_word(AT(line, at)))
            at++;
        else if ((at = read_word(line, at)) < 0)
            return -1;
    }
    return 0;
}

/* ---- the measures ---- */

static int size_of(Py_ssize_t length) {
    static const int limits[] = {8, 16, 28, 45, 70, 110, 180, 320};
    int size = 0;
    while (size < 8 && length >= limits[size])
        size++;
    return size;
}

static Py_UCS4 end_of(const Measured *line) {
    static const Py_UCS4 own[] = {':', ',', ';', 0x2013, 0x2014, '-', '|', 0x203a, 0xbb, '/', 0};
    Py_ssize_t end = line->whole;
    while (end > 0 && is_closing(AT(line, end - 1)))
        end--;
    if (!end)
        end = line->whole;
    int bare = end == line->whole;
    Py_UCS4 last = AT(line, end - 1);
    if (last == 0x2026 || (last == '.' && end > 1 && AT(line, end - 2) == '.'))
        return 0x2026;
    if (is_stop(last))
        return bare ? '.' : 0x201d;
    if (Py_UNICODE_ISALPHA(last))
        return bare ? 'a' : ')';
    return Py_UNICODE_ISDIGIT(last) ? '0' : is_in(last, own) ? last : '*';
}

static Py_UCS4 start_of(const Measured *line) {
    static const Py_UCS4 own[] = {'(', '[', '@', '#', 0xa9, '|', '+', '/', 0};
    static const Py_UCS4 quotes[] = {'"', '\'', 0x201c, 0x2018, 0x201e, 0xab, 0x2039, 0x300c, 0x300e, 0};
    static const Py_UCS4 bullets[] = {0x2022, 0xb7,   '*',  '-',    0x2013, 0x2014, 0x25ba, 0x25aa,
                                      0x25cf, 0x25a0, '>',  0xbb,   0x203a, 0x2192, 0};
    Py_UCS4 first = AT(line, 0);
    if (Py_UNICODE_ISUPPER(first))
        return 'A';
    if (Py_UNICODE_ISALPHA(first))
        return Py_UNICODE_ISLOWER(first) ? 'a' : 0x5b57;
    if (Py_UNICODE_ISDIGIT(first))
        return '0';
    return is_in(first, own) ? first : is_in(first, quotes) ? 0x201c : is_in(first, bullets) ? 0x2022 : '*';
}

static int capitals_of(const Measured *line) {
    if (!line->lettered)
        return 0;
    if (line->upper == line->lettered)
        return 5;
    int share = 4 * line->capital / line->lettered;
    return 1 + (share < 3 ? share : 3);
}

static int share_of(int part, Py_ssize_t whole) {
    double share = (double)part / (double)whole;
    return !part ? 0 : share < 0.1 ? 1 : share < 0.35 ? 2 : 3;
}

/* The telling signs of the head, each once, as a tuple. */
static PyObject *marks_of(const Measured *line) {
    int count = 0, found = 0;
    for (unsigned left = line->marks; left; left >>= 1)
        count += left & 1;
    PyObject *marks = PyTuple_New(count);
    for (int mark = 0; marks && MARKS[mark]; mark++) {
        if (!(line->marks >> mark & 1))
            continue;
        PyObject *sign = PyUnicode_FromOrdinal((int)MARKS[mark]);
        if (sign)
            PyTuple_SET_ITEM(marks, found++, sign);
        else
            Py_CLEAR(marks);
    }
    return marks;
}

/* ---- known words ---- */

/* Whether the words from a place on are those of an entry of the index: (category, word, word …). */
static int goes_on(PyObject *words, Py_ssize_t at, PyObject *entry) {
    Py_ssize_t size = PyTuple_GET_SIZE(entry) - 1;
    if (at + size > PyTuple_GET_SIZE(words))
        return 0;
    for (Py_ssize_t one = 1; one < size; one++) {
        PyObject *wanted = PyTuple_GET_ITEM(entry, one + 1);
        if (!PyUnicode_Check(wanted) || PyUnicode_Compare(PyTuple_GET_ITEM(words, at + one), wanted) != 0)
            return 0;
    }
    return 1;
}

static int is_told_within(PyObject *category) {
    static const char *const names[] = {"appeal", "chrome", "credit", "read_more", "rights"};
    for (int at = 0; at < 5; at++)
        if (PyUnicode_CompareWithASCIIString(category, names[at]) == 0)
            return 1;
    return 0;
}

static int add_name(PyObject **found, PyObject *category, char where) {
    if (!*found && !(*found = PySet_New(NULL)))
        return -1;
    PyObject *name = PyUnicode_FromFormat("%U%c", category, where);
    int failed = !name || PySet_Add(*found, name) < 0;
    Py_XDECREF(name);
    return failed ? -1 : 0;
}

static int look_up(PyObject *words, Py_ssize_t at, PyObject *index, PyObject **found) {
    PyObject *entries = PyDict_GetItemWithError(index, PyTuple_GET_ITEM(words, at));
    if (!entries)
        return PyErr_Occurred() ? -1 : 0;
    for (Py_ssize_t one = 0; PyList_Check(entries) && one < PyList_GET_SIZE(entries); one++) {
        PyObject *entry = PyList_GET_ITEM(entries, one);
        if (!PyTuple_Check(entry) || PyTuple_GET_SIZE(entry) < 2 || !PyUnicode_Check(PyTuple_GET_ITEM(entry, 0)) ||
            !goes_on(words, at, entry))
            continue;
        PyObject *category = PyTuple_GET_ITEM(entry, 0);
        char where = PyTuple_GET_SIZE(entry) - 1 == PyTuple_GET_SIZE(words) ? '=' : at == 0 ? '^' : '~';
        if ((where != '~' || is_told_within(category)) && add_name(found, category, where) < 0)
            return -1;
    }
    return 0;
}

static PyObject *lexicon_of(const Measured *line, PyObject *words, PyObject *index) {
    PyObject *found = NULL, *list = NULL, *lexicon = NULL;
    int failed = 0;
    for (Py_ssize_t at = 0; !failed && at < 25 && at < PyTuple_GET_SIZE(words); at++)
        failed = look_up(words, at, index, &found) < 0;
    if (!failed && line->marks & RIGHTS) {
        PyObject *rights = PyUnicode_FromString("rights");
        failed = !rights || add_name(&found, rights, '~') < 0;
        Py_XDECREF(rights);
    }
    if (!failed && !found)
        return PyTuple_New(0);
    if (!failed && (list = PySequence_List(found)) && PyList_Sort(list) == 0)
        lexicon = PyList_AsTuple(list);
    Py_XDECREF(found);
    Py_XDECREF(list);
    return lexicon;
}

/* ---- dates ---- */

/* Whether dates.find_dates need be asked: no date without a digit is long, or without a word of ``moments``. */
static int may_be_dated(const Measured *line, PyObject *moments) {
    if (line->decimals)
        return 1;
    if (line->whole > WORDY)
        return 0;
    if (!PyUnicode_IS_ASCII(line->text) || line->hyphens)
        return 1;
    for (int at = 0; at < line->count; at++) {
        int known = PySet_Contains(moments, line->words[at]);
        if (known)
            return known;
    }
    return 0;
}

static PyObject *date_of(const Measured *line, PyObject *moments, PyObject *date) {
    int dated = line->whole + line->wide < DATED ? may_be_dated(line, moments) : 0;
    return dated < 0 ? NULL : dated ? PyObject_CallOneArg(date, line->text) : PyLong_FromLong(0);
}

/* ---- what Python calls ---- */

static PyObject *shape_of(const Measured *line, PyObject *type, PyObject *index, PyObject *moments, PyObject *date) {
    Py_ssize_t length = line->whole + line->wide;
    PyObject *words = PyTuple_New(line->count), *shape = NULL, *fields = NULL;
    if (!words)
        return NULL;
    for (int at = 0; at < line->count; at++)
        PyTuple_SET_ITEM(words, at, Py_NewRef(line->words[at]));
    PyObject *marks = marks_of(line), *when = marks ? date_of(line, moments, date) : NULL;
    PyObject *lexicon = !when ? NULL : length < 220 ? lexicon_of(line, words, index) : PyTuple_New(0);
    PyObject *end = lexicon ? PyUnicode_FromOrdinal((int)end_of(line)) : NULL;
    PyObject *start = end ? PyUnicode_FromOrdinal((int)start_of(line)) : NULL;
    if (start)
        fields = Py_BuildValue("(OnNiOOiiiOOO)", words, length, PyBool_FromLong(2 * line->wide > line->size),
                               size_of(length), end, start, line->sentences < 4 ? line->sentences : 4,
                               capitals_of(line), share_of(line->digits, line->size), marks, when, lexicon);
    if (fields) { /* tuple.__new__(Shape, fields): the named tuple's own is written in Python */
        PyObject *args = PyTuple_Pack(1, fields);
        shape = args ? PyTuple_Type.tp_new((PyTypeObject *)type, args, NULL) : NULL;
        Py_XDECREF(args);
    }
    PyObject *used[] = {words, marks, when, lexicon, end, start, fields};
    for (size_t at = 0; at < sizeof used / sizeof *used; at++)
        Py_XDECREF(used[at]);
    return shape;
}

PyObject *measure(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    PyObject *shape = NULL;
    (void)module;
    if (count != 5 || !PyUnicode_Check(args[0]) || !PyType_Check(args[1]) ||
        !PyType_IsSubtype((PyTypeObject *)args[1], &PyTuple_Type) || !PyDict_Check(args[2]) ||
        !PyAnySet_Check(args[3])) {
        PyErr_SetString(PyExc_TypeError, "measure(text: str, shape: type[tuple], index: dict, moments: set, date)");
        return NULL;
    }
    Measured line = {.text = args[0], .data = PyUnicode_DATA(args[0]), .kind = PyUnicode_KIND(args[0]),
                     .whole = PyUnicode_GET_LENGTH(args[0])};
    line.size = line.whole < HEAD ? line.whole : HEAD;
    if (!line.whole)
        PyErr_SetString(PyExc_ValueError, "a line has characters");
    else if (read_head(&line) == 0)
        shape = shape_of(&line, args[1], args[2], args[3], args[4]);
    for (int at = 0; at < line.count; at++)
        Py_DECREF(line.words[at]);
    return shape;
}
