/* The quick looks at a text in C, which tell that most hold no date: quick.py, which says what each is for.

   A test holds the two together. */

#include "_scan.h"

#define WORDY 60    /* characters of a text that is a date without a digit */
#define BITS 65536  /* of the sieve: one word in fifty that is not in it passes */

typedef struct {
    PyObject_HEAD
    PyObject *telling, *second, *moments, *signs; /* dicts; sets */
    Folding folding;
    uint8_t told[BITS / 8], begun[BITS / 8]; /* the words of telling and of moments that are ASCII */
} Sieve;

/* ---- characters ---- */

static int is_wordless(Py_UCS4 one) { return !Py_UNICODE_ISALNUM(one) && one != '_'; }

static int is_joint(Py_UCS4 one, int barred) {
    static const Py_UCS4 joints[] = {'-', '.', '/', 0xff0e, 0xff0f, 0xff0d, 0x2212, 0x2010, 0x2011};
    for (size_t at = 0; at < sizeof joints / sizeof *joints; at++)
        if (one == joints[at])
            return 1;
    return barred && one == '|';
}

/* quick._PLAIN: nothing beyond ASCII but signs that a space may stand for. */
static int is_plain(Py_UCS4 one) {
    static const Py_UCS4 signs[] = {0xa0,   0x2013, 0x2014, 0x2018, 0x2019, 0x201c, 0x201d,
                                    0x2026, 0x2022, 0x20ac, 0xa3,   0xa9};
    if (one < 128)
        return 1;
    for (size_t at = 0; at < sizeof signs / sizeof *signs; at++)
        if (one == signs[at])
            return 1;
    return 0;
}

static int is_letter(Py_UCS4 one) { return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z'); }

static int is_decimal(Py_UCS4 one) { return one < 128 ? one >= '0' && one <= '9' : Py_UNICODE_ISDECIMAL(one); }

/* ---- words ---- */

/* The place of a word among the bits, in lower case; of ASCII. */
static unsigned bit_of(const Chars *text, Py_ssize_t from, Py_ssize_t to) {
    uint32_t hash = 2166136261u;
    for (; from < to; from++) {
        Py_UCS4 one = AT(text, from);
        hash = (hash ^ (one >= 'A' && one <= 'Z' ? one + 32 : one)) * 16777619u;
    }
    return (hash ^ hash >> 16) % BITS;
}

static int has(const uint8_t *bits, unsigned bit) { return bits[bit / 8] >> bit % 8 & 1; }

static int fill(uint8_t *bits, PyObject *words) {
    PyObject *each = PyObject_GetIter(words), *word;
    while (each && (word = PyIter_Next(each))) {
        if (!PyUnicode_Check(word)) {
            PyErr_SetString(PyExc_TypeError, "words are str");
        } else if (PyUnicode_IS_ASCII(word)) {
            Chars text = chars_of(word);
            unsigned bit = bit_of(&text, 0, text.size);
            bits[bit / 8] |= (uint8_t)(1 << bit % 8);
        }
        Py_DECREF(word);
    }
    Py_XDECREF(each);
    return PyErr_Occurred() ? -1 : 0;
}

/* ---- numbers ---- */

/* The end of one to nine signs with a joint among them, none further than four from it, before a digit; or 0.
   A bar is one only in pairs. */
static Py_ssize_t joint_end(const Chars *text, Py_ssize_t from, int barred) {
    Py_ssize_t to = from;
    while (to < text->size && to - from < 10 && is_wordless(AT(text, to)))
        to++;
    if (to == text->size || !is_decimal(AT(text, to)))
        return 0;
    for (Py_ssize_t at = from; at < to && at - from < 5; at++)
        if (to - at < 6 && is_joint(AT(text, at), barred))
            return to;
    return 0;
}

static Py_ssize_t digits_end(const Chars *text, Py_ssize_t at) {
    while (at < text->size && is_decimal(AT(text, at)))
        at++;
    return at;
}

/* Whether two numbers stand with a sign between them: "26. 01.". ``digit`` is where the first one is. */
static int is_pair(const Chars *text, Py_ssize_t digit) {
    for (Py_ssize_t at = digit; at < text->size; at++)
        if (is_decimal(AT(text, at)) && at + 1 < text->size && !is_decimal(AT(text, at + 1)) &&
            joint_end(text, at + 1, 1))
            return 1;
    return 0;
}

/* Whether a text holds a date of three numbers, "26/01/2024": what find.NUMERIC finds. */
static int is_numeric(const Chars *text) {
    for (Py_ssize_t at = 0; at + 1 < text->size; at++) {
        Py_ssize_t middle, last, end;
        if (!is_decimal(AT(text, at)) || !(middle = joint_end(text, at + 1, 0)))
            continue;
        end = digits_end(text, middle);
        if (end - middle < 3 && (last = joint_end(text, end, 0)) && digits_end(text, last) - last > 1)
            return 1;
    }
    return 0;
}

/* ---- what words tell ---- */

/* Whether a word that ends a telling phrase stands in a text with one that begins it. ``words`` is made when needed. */
static int is_told(PyObject *telling, PyObject *word, PyObject *words) {
    PyObject *firsts = PyDict_GetItemWithError(telling, word);
    if (!firsts)
        return PyErr_Occurred() ? -1 : 0;
    for (Py_ssize_t at = 0; PyList_Check(firsts) && at < PyList_GET_SIZE(firsts); at++) {
        int there = PySet_Contains(words, PyList_GET_ITEM(firsts, at));
        if (there)
            return there;
    }
    return 0;
}

/* The words of a text of plain signs, those of them alone that the sieve lets pass. */
static int add_words(const Sieve *sieve, const Chars *text, PyObject *words) {
    for (Py_ssize_t at = 0, from; at < text->size; at++) {
        if (!is_letter(AT(text, at)))
            continue;
        for (from = at; at < text->size && is_letter(AT(text, at));)
            at++;
        if (!has(sieve->told, bit_of(text, from, at)))
            continue;
        PyObject *word = lowered(text, from, at);
        int failed = !word || PySet_Add(words, word) < 0;
        Py_XDECREF(word);
        if (failed)
            return -1;
    }
    return 0;
}

static int add_tokens(const Sieve *sieve, const Chars *text, PyObject *words) {
    Tokens tokens = {0};
    int failed = cut(text, &sieve->folding, &tokens) < 0;
    for (Py_ssize_t at = 0; !failed && at < tokens.count; at++)
        failed = PySet_Add(words, tokens.found[at].text) < 0;
    drop(&tokens);
    return failed ? -1 : 0;
}

/* Whether there is a word without which no date is more than numbers. */
static int speaks_of_days(const Sieve *sieve, const Chars *text) {
    Py_ssize_t at = 0;
    while (at < text->size && is_plain(AT(text, at)))
        at++;
    PyObject *words = PySet_New(NULL), *each = NULL, *word;
    int told = !words || (at == text->size ? add_words : add_tokens)(sieve, text, words) < 0 ? -1 : 0;
    if (!told && PySet_GET_SIZE(words) && !(each = PyObject_GetIter(words)))
        told = -1;
    while (!told && each && (word = PyIter_Next(each))) {
        told = is_told(sieve->telling, word, words);
        Py_DECREF(word);
    }
    Py_XDECREF(each);
    Py_XDECREF(words);
    return PyErr_Occurred() ? -1 : told;
}

/* ---- dates without a digit ---- */

/* Whether such a date may begin with a word; signs around it are taken off. */
static int may_begin(const Sieve *sieve, const Chars *text, Py_ssize_t from, Py_ssize_t to) {
    static const char around[] = ".,:()|\xb7";
    int ascii = 1;
    while (from < to && AT(text, from) < 256 && AT(text, from) && strchr(around, (char)AT(text, from)))
        from++;
    while (from < to && AT(text, to - 1) < 256 && AT(text, to - 1) && strchr(around, (char)AT(text, to - 1)))
        to--;
    for (Py_ssize_t at = from; at < to; at++)
        ascii &= AT(text, at) < 128;
    if (from == to || (ascii && !has(sieve->begun, bit_of(text, from, to))))
        return 0;
    PyObject *word = ascii ? lowered(text, from, to) : PyUnicode_Substring(text->text, from, to);
    if (word && !ascii)
        Py_SETREF(word, PyObject_CallOneArg(sieve->folding.fold, word));
    int known = word ? PySet_Contains(sieve->moments, word) : -1;
    Py_XDECREF(word);
    return known;
}

/* Whether a text has a sign with which such a date begins in a script without spaces. */
static int has_sign(const Sieve *sieve, const Chars *text) {
    int known = 0;
    for (Py_ssize_t at = 0; !known && at < text->size; at++) {
        if (AT(text, at) < 0xe00)
            continue;
        PyObject *sign = PyUnicode_FromOrdinal((int)AT(text, at));
        known = sign ? PySet_Contains(sieve->signs, sign) : -1;
        Py_XDECREF(sign);
    }
    return known;
}

static int ends_word(Py_UCS4 one, int ascii) {
    return Py_UNICODE_ISSPACE(one) || one == '-' || (ascii && one && one < 128 && strchr(".,:()|", (char)one));
}

/* Whether one of a text's tokens begins such a date, and the next one goes on with it. */
static int has_moment(const Sieve *sieve, const Chars *text) {
    static PyObject *nothing;
    Tokens tokens = {0};
    int found = nothing || (nothing = PyUnicode_InternFromString("")) ? cut(text, &sieve->folding, &tokens) : -1;
    for (Py_ssize_t at = 0; !found && at < tokens.count; at++) {
        PyObject *second = PyDict_GetItemWithError(sieve->second, tokens.found[at].text);
        PyObject *following = at + 1 < tokens.count ? tokens.found[at + 1].text : nothing;
        if (second && !(found = PySequence_Contains(second, nothing)))
            found = PySequence_Contains(second, following);
    }
    drop(&tokens);
    return PyErr_Occurred() ? -1 : found;
}

static int is_wordy(const Sieve *sieve, const Chars *text) {
    int ascii = PyUnicode_IS_ASCII(text->text);
    if (text->size > WORDY)
        return 0;
    int known = ascii ? 0 : has_sign(sieve, text);
    for (Py_ssize_t at = 0, from; !known && at < text->size; at++) {
        for (from = at; at < text->size && !ends_word(AT(text, at), ascii);)
            at++;
        if (from < at)
            known = may_begin(sieve, text, from, at);
    }
    return known > 0 ? has_moment(sieve, text) : known;
}

/* The place of the first digit, or the size of the text: most texts are bytes that hold none. */
static Py_ssize_t first_digit(const Chars *text) {
    Py_ssize_t at = 0;
    if (text->kind == PyUnicode_1BYTE_KIND)
        for (const Py_UCS1 *bytes = text->data; at < text->size && (unsigned)(bytes[at] - '0') > 9;)
            at++;
    else
        while (at < text->size && !is_decimal(AT(text, at)))
            at++;
    return at;
}

/* ---- what Python calls ---- */

static int is_text(PyObject *text) {
    if (!PyUnicode_Check(text))
        PyErr_SetString(PyExc_TypeError, "a text is a str");
    return PyUnicode_Check(text);
}

static PyObject *sieve_may_hold_date(Sieve *sieve, PyObject *object) {
    if (!is_text(object))
        return NULL;
    Chars text = chars_of(object);
    Py_ssize_t digit = first_digit(&text);
    int may = digit == text.size ? is_wordy(sieve, &text) : is_pair(&text, digit) || speaks_of_days(sieve, &text);
    return PyErr_Occurred() ? NULL : PyBool_FromLong(may);
}

static PyObject *has_numbers(PyObject *module, PyObject *object) {
    (void)module;
    if (!is_text(object))
        return NULL;
    Chars text = chars_of(object);
    return PyBool_FromLong(is_numeric(&text));
}

static int sieve_init(Sieve *sieve, PyObject *args, PyObject *keywords) {
    PyObject *telling, *second, *moments, *signs, *fold, *parts;
    if ((keywords && PyDict_GET_SIZE(keywords)) || sieve->telling ||
        !PyArg_ParseTuple(args, "O!O!O!O!OO", &PyDict_Type, &telling, &PyDict_Type, &second, &PyFrozenSet_Type, &moments,
                          &PyFrozenSet_Type, &signs, &fold, &parts)) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "Sieve(telling, second, moments, signs, fold, parts), once");
        return -1;
    }
    sieve->telling = Py_NewRef(telling), sieve->second = Py_NewRef(second), sieve->moments = Py_NewRef(moments), sieve->signs = Py_NewRef(signs);
    sieve->folding = (Folding){Py_NewRef(fold), Py_NewRef(parts)};
    if (fill(sieve->told, telling) < 0 || fill(sieve->begun, moments) < 0)
        return -1;
    PyObject *firsts, *word;
    for (Py_ssize_t at = 0; PyDict_Next(telling, &at, &word, &firsts);)
        if (fill(sieve->told, firsts) < 0) /* and those that telling phrases begin with */
            return -1;
    return 0;
}

static void sieve_dealloc(Sieve *sieve) {
    Py_XDECREF(sieve->telling);
    Py_XDECREF(sieve->moments);
    Py_XDECREF(sieve->signs);
    Py_XDECREF(sieve->second);
    Py_XDECREF(sieve->folding.fold);
    Py_XDECREF(sieve->folding.parts);
    Py_TYPE(sieve)->tp_free(sieve);
}

PyDoc_STRVAR(may_hold_doc, "may_hold_date(text) -> bool: what quick.may_hold_date tells");
PyDoc_STRVAR(numbers_doc, "has_numbers(text) -> bool: whether a text holds a date of three numbers");
PyDoc_STRVAR(terms_doc, "terms(text, index, roles, opened, nothing, Term, fold, parts) -> list: what terms.terms tells");

static PyMethodDef sieve_methods[] = {
    {"may_hold_date", (PyCFunction)sieve_may_hold_date, METH_O, may_hold_doc},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject sieve_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "ingest.dates._scan.Sieve",
    .tp_doc = "Sieve(telling, second, moments, signs, fold, parts): the tables of quick.py, and what it asks Python",
    .tp_basicsize = sizeof(Sieve),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)sieve_init,
    .tp_dealloc = (destructor)sieve_dealloc,
    .tp_methods = sieve_methods,
};

static PyMethodDef functions[] = {
    {"has_numbers", has_numbers, METH_O, numbers_doc},
    {"terms", (PyCFunction)(void (*)(void))terms, METH_FASTCALL, terms_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "ingest.dates._scan", .m_size = -1, .m_methods = functions};

PyMODINIT_FUNC PyInit__scan(void) {
    PyObject *made;
    if (PyType_Ready(&sieve_type) < 0 || !(made = PyModule_Create(&module)))
        return NULL;
    if (PyModule_AddObjectRef(made, "Sieve", (PyObject *)&sieve_type) < 0)
        Py_CLEAR(made);
    return made;
}
