/* terms.terms in C: tokens -> the terms that the grammar of dates reads. A test holds the two together. */

#include "_scan.h"

#include <structmember.h>

#define LONGEST 24      /* terms.LONGEST */
#define WITHOUT_SPACES 0xe00 /* from here on the scripts begin whose signs are tokens of their own */
#define DIGITS 9        /* of a number that are read */

/* What a phrase that begins at a token turns out to be. */
typedef struct {
    PyObject *packed; /* borrowed: the roles as one text, or NULL */
    Py_ssize_t more;  /* tokens that it goes on for */
    PyObject *inner;  /* borrowed: the number within, or NULL */
} Phrase;

typedef struct {
    PyObject *index, *roles, *opened, *nothing, *type; /* phrases; opens roles, and keeps them; {}; Term */
    PyObject *number, *n, *w, *x, *empty;
    Py_ssize_t slots[6]; /* where in a Term its attributes lie */
} Reader;

/* The two with a space between. */
static PyObject *joined(PyObject *rest, PyObject *token) {
    if (!rest)
        return Py_NewRef(token);
    Py_UCS4 most = PyUnicode_MAX_CHAR_VALUE(rest), own = PyUnicode_MAX_CHAR_VALUE(token);
    Py_ssize_t before = PyUnicode_GET_LENGTH(rest), size = PyUnicode_GET_LENGTH(token);
    PyObject *both = PyUnicode_New(before + 1 + size, most > own ? most : own);
    if (both && (PyUnicode_CopyCharacters(both, 0, rest, 0, before) < 0 ||
                 PyUnicode_CopyCharacters(both, before + 1, token, 0, size) < 0))
        Py_CLEAR(both);
    if (both)
        PyUnicode_WRITE(PyUnicode_KIND(both), PyUnicode_DATA(both), before, ' ');
    return both;
}

/* The longest way that a phrase goes on from a token. */
static int longest(const Reader *reader, PyObject *entry, const Tokens *tokens, Py_ssize_t at, Phrase *phrase) {
    PyObject *rest = NULL, *number = NULL;
    phrase->packed = PyDict_GetItemWithError(entry, reader->empty);
    Py_ssize_t ahead = at;
    for (int left = LONGEST; !PyErr_Occurred() && left > 0 && ahead < tokens->count; ahead++) {
        PyObject *token = tokens->found[ahead].text;
        left -= PyUnicode_READ_CHAR(token, 0) < WITHOUT_SPACES ? 4 : 1;
        PyObject *longer = joined(rest, token);
        PyObject *packed = longer ? PyDict_GetItemWithError(entry, longer) : NULL;
        if (longer && !packed && !PyErr_Occurred() && is_first_decimal(token)) {
            number = token;
            Py_SETREF(longer, joined(rest, reader->number));
            packed = longer ? PyDict_GetItemWithError(entry, longer) : NULL;
        }
        Py_XDECREF(rest);
        rest = longer;
        if (packed)
            *phrase = (Phrase){packed, ahead + 1 - at, number};
    }
    Py_XDECREF(rest);
    return PyErr_Occurred() ? -1 : 0;
}

/* int(token[:9]) */
static PyObject *number_of(PyObject *token) {
    PyObject *head = PyUnicode_Substring(token, 0, DIGITS);
    PyObject *number = head ? PyLong_FromUnicodeObject(head, 10) : NULL;
    Py_XDECREF(head);
    return number;
}

/* The roles of a phrase, opened once. */
static PyObject *roles_of(const Reader *reader, PyObject *packed) {
    if (!packed || !PyUnicode_Check(packed) || !PyUnicode_GET_LENGTH(packed))
        return Py_NewRef(reader->nothing);
    PyObject *roles = PyDict_GetItemWithError(reader->opened, packed);
    if (roles)
        return Py_NewRef(roles);
    roles = PyErr_Occurred() ? NULL : PyObject_CallOneArg(reader->roles, packed);
    if (roles && PyDict_SetItem(reader->opened, packed, roles) < 0)
        Py_CLEAR(roles);
    return roles;
}

/* A Term; takes what it is made of. */
static PyObject *made(const Reader *reader, PyObject *const *values) {
    PyTypeObject *type = (PyTypeObject *)reader->type;
    PyObject *term = type->tp_alloc(type, 0);
    for (int at = 0; at < 6; at++) {
        if (term && values[at])
            *(PyObject **)((char *)term + reader->slots[at]) = values[at];
        else
            Py_XDECREF(values[at]);
    }
    if (PyErr_Occurred())
        Py_CLEAR(term);
    return term;
}

/* The term that begins at a token, and the token behind it. */
static PyObject *term_at(const Reader *reader, const Tokens *tokens, Py_ssize_t *at) {
    const Token *token = &tokens->found[(*at)++];
    int is_number = is_first_decimal(token->text);
    Phrase phrase = {NULL, 0, NULL};
    PyObject *entry = PyDict_GetItemWithError(reader->index, is_number ? reader->number : token->text);
    if (!entry && PyErr_Occurred())
        return NULL;
    if (entry && PyDict_Check(entry)) {
        if (longest(reader, entry, tokens, *at, &phrase) < 0)
            return NULL;
    } else {
        phrase.packed = entry;
    }
    int known = phrase.packed && PyUnicode_Check(phrase.packed) && PyUnicode_GET_LENGTH(phrase.packed);
    *at += phrase.more;
    PyObject *digits = phrase.inner ? phrase.inner : is_number ? token->text : NULL;
    PyObject *number = digits ? number_of(digits) : PyLong_FromLong(0);
    PyObject *width = PyLong_FromSsize_t(digits ? PyUnicode_GET_LENGTH(digits) : 0);
    PyObject *kind = is_number ? reader->n
                     : known   ? reader->w
                     : Py_UNICODE_ISALPHA(PyUnicode_READ_CHAR(token->text, 0)) ? reader->x
                                                                                : token->text;
    PyObject *values[] = {Py_NewRef(kind),
                          roles_of(reader, phrase.packed),
                          number,
                          width,
                          PyLong_FromSsize_t(token->start),
                          PyLong_FromSsize_t(tokens->found[*at - 1].end)};
    return made(reader, values);
}

static PyObject *read_terms(const Reader *reader, const Tokens *tokens) {
    PyObject *found = PyList_New(0);
    for (Py_ssize_t at = 0; found && at < tokens->count;) {
        PyObject *term = term_at(reader, tokens, &at);
        if (!term || PyList_Append(found, term) < 0)
            Py_CLEAR(found);
        Py_XDECREF(term);
    }
    return found;
}

/* The texts that every reading needs, made once. */
static int open_reader(Reader *reader) {
    static const char *const texts[] = {"#", "n", "w", "x", ""};
    static PyObject *made[sizeof texts / sizeof *texts];
    for (size_t at = 0; at < sizeof texts / sizeof *texts; at++)
        if (!made[at] && !(made[at] = PyUnicode_InternFromString(texts[at])))
            return -1;
    reader->number = made[0], reader->n = made[1], reader->w = made[2], reader->x = made[3], reader->empty = made[4];
    return 0;
}

/* Finds the slots of the class Term, which are written without asking it: it has no other way to be made. */
static int open_type(Reader *reader) {
    static const char *const names[] = {"kind", "roles", "number", "width", "start", "end"};
    for (int at = 0; at < 6; at++) {
        PyObject *slot = PyObject_GetAttrString(reader->type, names[at]);
        if (slot && !Py_IS_TYPE(slot, &PyMemberDescr_Type))
            PyErr_SetString(PyExc_TypeError, "a Term has slots");
        else if (slot)
            reader->slots[at] = ((PyMemberDescrObject *)slot)->d_member->offset;
        Py_XDECREF(slot);
    }
    return PyErr_Occurred() ? -1 : 0;
}

PyObject *terms(PyObject *module, PyObject *const *args, Py_ssize_t count) {
    (void)module;
    if (count != 8 || !PyUnicode_Check(args[0]) || !PyDict_Check(args[1]) || !PyDict_Check(args[3]) ||
        !PyDict_Check(args[4]) || !PyType_Check(args[5])) {
        PyErr_SetString(PyExc_TypeError, "terms(text, index, roles, opened, nothing, Term, fold, parts)");
        return NULL;
    }
    Reader reader = {.index = args[1], .roles = args[2], .opened = args[3], .nothing = args[4], .type = args[5]};
    Folding folding = {args[6], args[7]};
    Tokens tokens = {0};
    Chars text = chars_of(args[0]);
    PyObject *found = NULL;
    if (open_reader(&reader) == 0 && open_type(&reader) == 0 && cut(&text, &folding, &tokens) == 0)
        found = read_terms(&reader, &tokens);
    drop(&tokens);
    return found;
}
