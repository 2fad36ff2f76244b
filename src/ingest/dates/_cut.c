/* tokens.cut in C: where a line's tokens are, and the form of each that is looked up.

   A test holds the two together. What is not ASCII is folded by Python. */

#include "_scan.h"

Chars chars_of(PyObject *text) {
    return (Chars){text, PyUnicode_DATA(text), PyUnicode_KIND(text), PyUnicode_GET_LENGTH(text)};
}

PyObject *lowered(const Chars *text, Py_ssize_t from, Py_ssize_t to) {
    PyObject *word = PyUnicode_New(to - from, 127);
    for (Py_ssize_t at = from; word && at < to; at++) {
        Py_UCS4 one = AT(text, at);
        PyUnicode_1BYTE_DATA(word)[at - from] = (Py_UCS1)(one >= 'A' && one <= 'Z' ? one + 32 : one);
    }
    return word;
}

/* tokens._SIGNS: those that end a word. */
static int is_sign(Py_UCS4 one) {
    static const Py_UCS4 ranges[][2] = {
        {'!', '/'},         {':', '@'},         {'[', '`'},         {'{', 0xa9},        {0xab, 0xb4},
        {0xb6, 0xb9},       {0xbb, 0xbf},       {0xd7, 0xd7},       {0xf7, 0xf7},       {0x60c, 0x60c},
        {0x61b, 0x61f},     {0x66a, 0x66d},     {0x6d4, 0x6d4},     {0x964, 0x965},     {0x970, 0x970},
        {0x2000, 0x200b},   {0x200e, 0x206f},   {0x20a0, 0x20cf},   {0x2100, 0x2bff},   {0x3000, 0x3004},
        {0x3008, 0x3020},   {0x3030, 0x3030},   {0x30fb, 0x30fb},   {0xfeff, 0xfeff},   {0xff01, 0xff0f},
        {0xff1a, 0xff20},   {0xff3b, 0xff40},   {0xff5b, 0xff65},   {0x1f000, 0x1faff}};
    for (size_t at = 0; at < sizeof ranges / sizeof *ranges && one >= ranges[at][0]; at++)
        if (one <= ranges[at][1])
            return 1;
    return 0;
}

static int is_of_word(Py_UCS4 one) {
    if ((one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z'))
        return 1;
    return !Py_UNICODE_ISSPACE(one) && !Py_UNICODE_ISDECIMAL(one) && !is_sign(one);
}

static Py_ssize_t digits_from(const Chars *text, Py_ssize_t at) {
    Py_ssize_t from = at;
    while (at < text->size && Py_UNICODE_ISDECIMAL(AT(text, at)))
        at++;
    return at - from;
}

/* Whether a year ends four digits on, set apart from a time or a date: "Jan 26, 202410:05", "26.01.202426. Jan". */
static int is_glued_year(const Chars *text, Py_ssize_t at, Py_ssize_t digits) {
    if (digits < 5 || digits > 6 || (at && Py_UNICODE_ISDECIMAL(AT(text, at - 1))))
        return 0;
    if (!(AT(text, at) == '1' && AT(text, at + 1) == '9') && !(AT(text, at) == '2' && AT(text, at + 1) == '0'))
        return 0;
    Py_ssize_t after = at + digits;
    if (after + 1 >= text->size)
        return 0;
    if (AT(text, after) == ':')
        return digits_from(text, after + 1) == 2;
    if (AT(text, after++) != '.')
        return 0;
    after += AT(text, after) == ' ';
    return after < text->size && Py_UNICODE_ISALNUM(AT(text, after)) && !Py_UNICODE_ISDECIMAL(AT(text, after));
}

/* The end of the token that begins at a place, and the greatest of its characters. */
static Py_ssize_t token_end(const Chars *text, Py_ssize_t at, Py_UCS4 *greatest) {
    Py_UCS4 one = AT(text, at);
    *greatest = one;
    if (Py_UNICODE_ISDECIMAL(one)) {
        Py_ssize_t digits = digits_from(text, at);
        Py_ssize_t end = at + (is_glued_year(text, at, digits) ? 4 : digits);
        for (Py_ssize_t inside = at; inside < end; inside++)
            *greatest = AT(text, inside) > *greatest ? AT(text, inside) : *greatest;
        return end;
    }
    if (!is_of_word(one))
        return at + 1;
    for (; at < text->size; at++) {
        one = AT(text, at);
        if (one == '\'' || one == 0x2019) {
            if (at + 1 >= text->size || !is_of_word(AT(text, at + 1)))
                break;
        } else if (!is_of_word(one)) {
            break;
        }
        *greatest = one > *greatest ? one : *greatest;
    }
    return at;
}

/* Adds a token; takes its text. */
static int add(Tokens *tokens, PyObject *text, Py_ssize_t start, Py_ssize_t end) {
    if (text && tokens->count == tokens->room) {
        Py_ssize_t room = tokens->room ? 2 * tokens->room : 32;
        Token *more = PyMem_Realloc(tokens->found, (size_t)room * sizeof(Token));
        if (!more) {
            PyErr_NoMemory();
            Py_CLEAR(text);
        } else {
            tokens->found = more, tokens->room = room;
        }
    }
    if (!text)
        return -1;
    tokens->found[tokens->count++] = (Token){text, start, end};
    return 0;
}

/* The tokens of a word that may hold scripts without spaces, which Python cuts. */
static int add_parts(Tokens *tokens, PyObject *word, Py_ssize_t start, const Folding *folding) {
    PyObject *told = PyObject_CallOneArg(folding->parts, word);
    PyObject *parts = told ? PySequence_Fast(told, "parts are a sequence") : NULL;
    int failed = !parts;
    for (Py_ssize_t at = 0; !failed && at < PySequence_Fast_GET_SIZE(parts); at++) {
        PyObject *part;
        Py_ssize_t first, last;
        failed = !PyArg_ParseTuple(PySequence_Fast_GET_ITEM(parts, at), "Unn", &part, &first, &last) ||
                 add(tokens, Py_NewRef(part), start + first, start + last) < 0;
    }
    Py_XDECREF(parts);
    Py_XDECREF(told);
    return failed ? -1 : 0;
}

static PyObject *folded(PyObject *word, const Folding *folding) {
    PyObject *form = PyObject_CallOneArg(folding->fold, word);
    if (form && (!PyUnicode_Check(form) || !PyUnicode_GET_LENGTH(form))) {
        PyErr_SetString(PyExc_TypeError, "a token's form is a str");
        Py_CLEAR(form);
    }
    return form;
}

int cut(const Chars *text, const Folding *folding, Tokens *tokens) {
    for (Py_ssize_t at = 0, end; at < text->size; at = end) {
        Py_UCS4 first = AT(text, at), greatest;
        if (Py_UNICODE_ISSPACE(first)) {
            end = at + 1;
            continue;
        }
        end = token_end(text, at, &greatest);
        if (greatest < 128) {
            if (add(tokens, lowered(text, at, end), at, end) < 0)
                return -1;
            continue;
        }
        PyObject *word = PyUnicode_Substring(text->text, at, end);
        if (!word)
            return -1;
        int failed = Py_UNICODE_ISDECIMAL(first) ? add(tokens, Py_NewRef(word), at, end)
                     : greatest >= 0xe00         ? add_parts(tokens, word, at, folding)
                                                 : add(tokens, folded(word, folding), at, end);
        Py_DECREF(word);
        if (failed < 0)
            return -1;
    }
    return 0;
}

void drop(Tokens *tokens) {
    for (Py_ssize_t at = 0; at < tokens->count; at++)
        Py_DECREF(tokens->found[at].text);
    PyMem_Free(tokens->found);
}

int is_first_decimal(PyObject *token) { return Py_UNICODE_ISDECIMAL(PyUnicode_READ_CHAR(token, 0)); }
